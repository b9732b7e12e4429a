"""Targets: whose they are, the amber band that goes along, and what they change in what is said of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coaching.test_remarks import CALM, fillers, plain, said, um
from tests.reports import report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.schedule import Review, rating_of, weakness
from voicerehearsal.coaching.sitting import why_not
from voicerehearsal.coaching.sources import SOURCES, SUPPORTED, doubt
from voicerehearsal.coaching.targets import DEFAULTS, PACE, RATE_BANDS, TARGETS, Targets
from voicerehearsal.measures.pace import pace_verdict
from voicerehearsal.packs.stated import MEASURES
from voicerehearsal.values import Silence, Surge, Target

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def own(**limits: tuple[float | None, float | None]) -> dict[str, Target]:
    return {name: Target(low, high, "your own", "own") for name, (low, high) in limits.items()}


@given(
    language=st.sampled_from(["en", "zh"]),
    limits=st.tuples(st.integers(40, 400), st.integers(0, 100)),
    rate=st.floats(1, 600),
)
def test_the_amber_band_goes_along(language, limits, rate) -> None:
    """Its margins stay those of the default; a pace inside the target is good, one outside the band slow or fast."""
    low, high = limits[0], limits[0] + limits[1]
    band = Targets(own(**{PACE[language]: (low, high)})).rate_band(language)
    usual = RATE_BANDS[language]
    assert band.target == (low, high)
    assert band.unit == usual.unit
    assert low - band.amber[0] == usual.target[0] - usual.amber[0]
    assert band.amber[1] - high == usual.amber[1] - usual.target[1]
    verdict = pace_verdict(rate=rate, band=band)
    assert (verdict == "good") == (low <= rate <= high)
    assert (verdict in ("slow", "fast")) == (not band.amber[0] <= rate <= band.amber[1])


def test_every_default_names_its_source() -> None:
    """Each has a short name and sentences of what was found; a default is no doubtful one; all measures are known."""
    assert set(METRICS) == set(MEASURES)
    assert set(SOURCES) == set(TARGETS)
    assert set(SUPPORTED) <= set(TARGETS)
    for name, target in TARGETS.items():
        assert len(SOURCES[name].short) <= 26
        assert all(sentence.endswith(".") for sentence in SOURCES[name].found)
        assert doubt(name, target) is None
    assert DEFAULTS.rate_band("en") == RATE_BANDS["en"]
    assert DEFAULTS.of("coverage") == TARGETS["coverage"]
    assert DEFAULTS.of("pause_count") is None


def test_a_target_outside_of_all_sources_is_doubted() -> None:
    """170 to 200 words a minute is more than anybody advises; 150 to 170 is not."""
    assert "175" in (doubt("words_per_minute", Target(170, 200, "")) or "")
    assert doubt("words_per_minute", Target(150, 170, "")) is None
    assert "five the average" in (doubt("fillers_per_minute", Target(None, 9, "")) or "")
    assert doubt("pause_count", Target(None, 900, "")) is None


def test_the_pace_is_judged_by_the_target_in_force() -> None:
    """140 words a minute is well by default, and fast for somebody who wants 100 to 120."""
    assert said(plain()) == {}
    slow_down = replace(plain(), targets=own(words_per_minute=(100, 120)))
    assert said(slow_down)["change"][1] == "140 words a minute is fast; your own target is 100 to 120."
    by_pack = {"words_per_minute": Target(100, 120, "the pack x", "pack")}
    assert "this pack's target is 100 to 120" in said(replace(plain(), targets=by_pack))["change"][1]


def test_what_sits_is_told_with_the_band_in_force() -> None:
    """A drill says between which paces to stay: those of the own target's amber band."""
    fast = report(coverage=1.0)
    assert fast.pace is not None
    assert fast.keywords is not None
    fast = replace(fast, pace=replace(fast.pace, verdict="fast"), keywords=replace(fast.keywords, cautions=()))
    assert "stay between 110 and 180" in (why_not(fast) or "")
    assert "stay between 80 and 140" in (why_not(replace(fast, targets=own(words_per_minute=(100, 120)))) or "")


def test_fillers_are_let_pass_up_to_the_own_target() -> None:
    """Six a minute is too much by default and well for somebody who wants at most eight, who is not praised for it."""
    many = plain(fillers=fillers(*(um(10.0 + 10 * n) for n in range(6)), per_minute=6.0))
    assert "about five is usual" in said(many)["change"][1]
    assert said(replace(many, targets=own(fillers_per_minute=(None, 8)))) == {}
    strict = said(replace(many, targets=own(fillers_per_minute=(None, 2.5))))
    assert strict["change"][1].endswith("your own target is at most 2.5.")


def test_an_own_target_is_asked_for_and_its_reach_ends_the_asking() -> None:
    """A longest pause of 1.9 s is well until somebody wants at most 1 s; one surge is too many until two are let be."""
    pauses = plain().pauses
    assert pauses is not None
    paused = plain(pauses=replace(pauses, silences=(Silence(30.0, 31.9, "long"),)))
    assert said(paused) == {}
    measure, text, start_s = said(replace(paused, targets=own(pause_longest_s=(None, 1))))["change"]
    assert (measure, text) == ("pauses", "Longest pause: 1.9 s; your own target is at most 1.")
    assert start_s == 29.0
    surged = plain(tone=replace(CALM, surges=(Surge(40.0, 46.0, 1.2, 5.0),)))
    assert said(surged)["change"][0] == "tone"
    assert said(replace(surged, targets=own(surges=(None, 2)))) == {}


def test_what_lies_outside_an_own_target_is_not_praised() -> None:
    """A first word after 1.2 s is prompt, but not to somebody who wants it within 1 s."""
    prompt = replace(report(), keywords=None, tone=None, fillers=None, smile=None, length=None)
    assert prompt.pace is not None
    prompt = replace(prompt, pace=replace(prompt.pace, verdict=None))
    assert said(prompt)["praise"][0] == "response_latency"
    strict = said(replace(prompt, targets=own(response_latency_s=(None, 1))))
    assert "praise" not in strict
    assert strict["change"][1] == "Response latency: 1.2 s; your own target is at most 1."


def test_what_is_due_goes_by_the_targets_in_force() -> None:
    """A pace outside the own amber band is no easy answer, and a weakness; so is any measure with an own target."""
    from fsrs import Rating

    review = Review(NOW, coverage=1.0, rate=150.0, fillers_per_minute=1.0)
    calmer = Targets(own(words_per_minute=(100, 120), pause_count=(None, 5)))
    assert rating_of(review, "en") == Rating.Easy
    assert rating_of(review, "en", calmer) == Rating.Good
    assert weakness("words_per_minute", [(NOW, 150.0)]) is None
    assert weakness("words_per_minute", [(NOW, 150.0)], calmer) is not None
    assert weakness("pause_count", [(NOW, 9.0)]) is None
    assert weakness("pause_count", [(NOW, 9.0)], calmer) is not None


@pytest.mark.parametrize(("value", "away"), [(5.0, 5.0), (10.0, 0.0), (15.0, 0.0), (20.0, 0.0), (21.5, 1.5)])
def test_how_far_a_value_lies_outside(value: float, away: float) -> None:
    """Nothing inside and on the limits, else the way to the nearer one."""
    assert Target(10, 20, "").distance(value) == away
