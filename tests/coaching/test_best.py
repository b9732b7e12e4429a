"""The best attempt at a question, and personal bests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import report
from voicerehearsal.coaching.best import Attempt, best_attempt, made_good, order_of, to_mend
from voicerehearsal.coaching.bests import BANDED, COUNTED, best
from voicerehearsal.coaching.judgement import ENOUGH_SPEECH_S
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.targets import DEFAULTS, LEAST_HISTORY
from voicerehearsal.coaching.trends import Point
from voicerehearsal.values import Keywords, Length, Report

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
GOOD = Attempt(1, NOW, coverage=0.8, rate=145.0, fillers_per_minute=1.0, longest_pause_s=1.2, steadiness=0.7)
CLEAN = replace(report(), keywords=Keywords((), 0.8, None, ()))
HURTING = report()


@pytest.mark.parametrize(
    "worse",
    [
        replace(GOOD, coverage=0.6, steadiness=1.0),
        replace(GOOD, coverage=None),
        replace(GOOD, rate=175.0),
        replace(GOOD, rate=None),
        replace(GOOD, longest_pause_s=3.0),
        replace(GOOD, fillers_per_minute=5.5),
        replace(GOOD, steadiness=0.6),
        replace(GOOD, when=NOW - timedelta(days=1)),
    ],
)
def test_each_fault_makes_an_attempt_worse(worse: Attempt) -> None:
    """Fewer points, a pace off target, dead air, fillers, unsteadiness, age, and not knowing each cost first place."""
    assert order_of(GOOD, DEFAULTS, "en") < order_of(worse, DEFAULTS, "en")


def test_points_come_before_phrases_that_hurt_and_these_before_the_rest() -> None:
    """An answer with more points beats a clean one; of equal points, one that hurts loses to one that is too fast."""
    fast = replace(GOOD, rate=175.0)
    assert order_of(GOOD, DEFAULTS, "en", HURTING) > order_of(fast, DEFAULTS, "en", CLEAN)
    assert order_of(replace(GOOD, coverage=1.0), DEFAULTS, "en", HURTING) < order_of(GOOD, DEFAULTS, "en", CLEAN)


_maybe = lambda low, high: st.none() | st.floats(low, high)  # noqa: E731
_attempts = st.lists(
    st.tuples(_maybe(0, 1), _maybe(60, 260), _maybe(0, 12), _maybe(0, 9), _maybe(0, 1), st.booleans(), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(_attempts)
def test_reading_few_reports_finds_the_same_as_reading_all(drawn: list[tuple[float | None, ...]]) -> None:
    """The best attempt is the smallest in the order with reports, and an unheard one is never it."""
    attempts = [Attempt(n, NOW + timedelta(minutes=n), *numbers[:5]) for n, numbers in enumerate(drawn)]
    reports: dict[int, Report | None] = {
        n: None if not heard else HURTING if hurts else CLEAN for n, (*_, hurts, heard) in enumerate(drawn)
    }
    found = best_attempt(attempts, DEFAULTS, "en", reports.get)
    orders = [order_of(one, DEFAULTS, "en", reports[one.answer_id]) for one in attempts if reports[one.answer_id]]
    if found is None:
        assert not orders
    else:
        assert order_of(found[0], DEFAULTS, "en", found[1]) == min(orders)


def test_only_what_could_still_win_is_read() -> None:
    """When the first report keeps what the numbers promise, no other one is opened."""
    opened: list[int] = []

    def read(answer_id: int) -> Report:
        opened.append(answer_id)
        return CLEAN

    worse = [replace(GOOD, answer_id=n, coverage=0.5) for n in range(2, 50)]
    assert best_attempt([*worse, GOOD], DEFAULTS, "en", read) == (GOOD, CLEAN)
    assert opened == [1]


def test_it_is_said_what_is_good_and_what_is_to_mend() -> None:
    """Points, pace, fillers, silence and voice are praised; hurting phrases, silences and a wrong length are not."""
    said = replace(HURTING, length=Length(20.0, (60.0, 120.0), "short"))
    assert made_good(GOOD, said, DEFAULTS) == [
        "1 of 1 points",
        "a good pace (145 words a minute)",
        "few fillers",
        "no dead air",
        "a steady voice",
    ]
    assert to_mend(GOOD, said, DEFAULTS) == ["the phrase “perfectionist”", "too short (20 s)"]
    assert to_mend(replace(GOOD, rate=171.0, longest_pause_s=4.25), CLEAN, DEFAULTS) == [
        "too fast (171 words a minute)",
        "a silence of 4.2 s",
    ]


def _points(values: list[float]) -> list[Point]:
    return [Point(NOW + timedelta(days=n), value, n, None) for n, value in enumerate(values)]


@given(st.sampled_from(sorted({*COUNTED, *BANDED})), st.lists(st.floats(0, 300), max_size=20), st.floats(0, 60))
def test_a_best_is_never_beaten_and_never_of_few(name: str, values: list[float], shortest_s: float) -> None:
    """No counted answer is better than the best, short answers do not count, and a handful has none."""
    long_enough = {n: shortest_s + 2 * n for n in range(len(values))}
    counted = [value for n, value in enumerate(values) if long_enough[n] >= ENOUGH_SPEECH_S]
    target = DEFAULTS.of(name)
    found = best(METRICS[name], "en", _points(values), target=target, speaking_s=long_enough, period={3})
    if len(counted) <= LEAST_HISTORY:
        assert found is None
    if found is not None:
        assert found.among == len(counted)
        assert found.new == (found.answer_id == 3)
        assert values[found.answer_id] == found.value
        if name in COUNTED:
            assert found.value == (max if COUNTED[name] == "more" else min)(counted)
        elif found.kind == "first":
            earlier = [value for n, value in enumerate(values[: found.answer_id]) if long_enough[n] >= ENOUGH_SPEECH_S]
            assert target is not None
            assert len(earlier) >= LEAST_HISTORY
            assert all(value < (target.low or 0) or value > (target.high or 300) for value in earlier)


def test_to_equal_a_best_is_not_to_beat_it() -> None:
    """The earliest of equal answers holds the record; and where all are equal there is none."""
    spoken = dict.fromkeys(range(8), 60.0)
    coverage = METRICS["coverage"]
    held = best(
        coverage, "en", _points([0.5, 0.9, 0.4, 0.3, 0.2, 0.1, 0.9]), target=None, speaking_s=spoken, period={6}
    )
    assert held is not None
    assert (held.answer_id, held.new) == (1, False)
    assert best(coverage, "en", _points([0.5] * 8), target=None, speaking_s=spoken, period=()) is None
