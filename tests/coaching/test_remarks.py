"""What is said about an answer: at most three remarks, the heaviest, each at a moment of the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import report as made_report
from voicerehearsal.coaching import judges_timing, judges_voice
from voicerehearsal.coaching.judgement import PERSONAL
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.coaching.targets import FILLERS_PER_MINUTE
from voicerehearsal.values import (
    CautionHit,
    Endings,
    Filler,
    Fillers,
    Keywords,
    PointResult,
    Report,
    Silence,
    Smile,
    SmileWindow,
    Span,
    Surge,
    Tone,
    Transcript,
    Usual,
    Word,
)

CALM = Tone(
    pitch_median_hz=118.0,
    pitch_range_st=7.0,
    pitch_sd_st=2.8,
    liveliness=0.16,
    loudness_sd_db=4.0,
    loudness_drift_db_per_minute=-0.4,
    harmonicity_db=14.0,
    endings=Endings(falling=3, rising=2, level=2),
    surges=(),
    steadiness=0.8,
    verdict=None,
)


def plain(**sections) -> Report:
    """An answer of 70 s with nothing to praise or change, but for the sections given."""
    base = made_report(latency_s=None)
    assert base.pace is not None
    quiet = replace(
        base,
        pace=replace(base.pace, verdict=None),
        keywords=None,
        length=None,
        fillers=None,
        tone=None,
        smile=None,
        remarks=(),
    )
    return replace(quiet, **sections)


def fillers(*events: Filler, per_minute: float, clusters: tuple[Span, ...] = ()) -> Fillers:
    return Fillers(events, len(events), per_minute, 0.02, clusters)


def um(at_s: float, text: str = "um", confidence: float = 0.8) -> Filler:
    return Filler(text, at_s, at_s + 0.4, "filled_pause", confidence)


def smile(score: float, *, audible: bool | None, uncertainty: float | None = 0.1, reason: str | None = None) -> Smile:
    windows = (
        SmileWindow(1.0, 11.0, score),
        SmileWindow(11.0, 21.0, score - 0.2),
        SmileWindow(21.0, 31.0, score + 0.2),
    )
    return Smile(
        score=score, uncertainty=uncertainty, audible=audible, reason=reason, profile="me", evidence={}, windows=windows
    )


def said(report: Report, usual=None) -> dict[str, tuple[str, str, float]]:
    """By kind: measure, text, start."""
    return {remark.kind: (remark.measure, remark.text, remark.start_s) for remark in remarks(report, usual)}


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    """No praise that is not earned, no change for the sake of it; nothing about an answer without speech."""
    assert remarks(plain()) == ()
    assert remarks(replace(plain(), pauses=None)) == ()


def test_one_praise_one_change_one_exercise() -> None:
    """Everything good and everything bad at once: three remarks, in that order, change and exercise of one measure."""
    bad = replace(
        made_report(rate=240.0),
        fillers=fillers(*(um(10.0 + at) for at in range(12)), per_minute=10.0),
        tone=replace(CALM, surges=(Surge(30.0, 36.0, 1.3, 6.0),), verdict="steady"),
        smile=smile(0.0, audible=False),
    )
    found = remarks(bad)
    assert [remark.kind for remark in found] == ["praise", "change", "exercise"]
    assert found[1].measure == found[2].measure


def test_many_fillers_point_at_the_worst_cluster() -> None:
    """Of two clusters the one with more fillers is played; the words name them, and how many there were in all."""
    events = (um(5.0), um(6.0), um(7.0), um(40.0), um(41.0, "uh"), um(42.0), um(43.0, "you know"))
    many = fillers(*events, per_minute=6.0, clusters=(Span(5.0, 7.4), Span(40.0, 43.4)))
    measure, text, start_s = said(plain(fillers=many))["change"]
    assert (measure, start_s) == ("fillers", 39.0)
    assert text.startswith("4 fillers")
    assert "um, uh, um, you know" in text
    assert "at least 6 fillers a minute in all" in text


def test_scattered_fillers_point_at_the_surest() -> None:
    """Without a cluster, the filler that surely is one is played; a habit is named."""
    events = tuple(um(5.0 + 8 * at, "like", 0.9 if at == 3 else 0.6) for at in range(8))
    _, text, start_s = said(plain(fillers=fillers(*events, per_minute=9.0)))["change"]
    assert start_s == pytest.approx(28.0)
    assert '"like"' in text


def test_doubtful_fillers_blame_nobody() -> None:
    """Ten a minute that are less likely fillers than not: no change; the rate that is named is of the sure ones."""
    doubtful = [um(3.0 + 6 * at, confidence=0.4) for at in range(11)]
    assert "change" not in said(plain(fillers=fillers(*doubtful, per_minute=9.5)))
    sure = [um(4.5 + 6 * at, "uh", 0.6) for at in range(11)]
    both = sorted((*doubtful, *sure), key=lambda event: event.start_s)
    _, text, start_s = said(plain(fillers=fillers(*both, per_minute=19.0)))["change"]
    assert text.startswith('At least 9 fillers a minute, most of them "uh"')
    assert start_s == pytest.approx(3.5)


def test_a_cluster_is_told_by_its_sure_fillers() -> None:
    """A doubtful one that falls among them is neither counted nor named."""
    events = (um(40.0), um(41.0, "uh"), um(41.5, "er", 0.3), um(42.0))
    _, text, _ = said(plain(fillers=fillers(*events, per_minute=3.4, clusters=(Span(40.0, 42.4),))))["change"]
    assert text == "3 fillers came close together here (um, uh, um); elsewhere they were few."


def test_elsewhere_they_were_few_only_where_they_were() -> None:
    """Two clusters in an answer with few in all: that it happened in two places is said instead."""
    events = (um(5.0), um(6.0), um(7.0), um(40.0), um(41.0), um(42.0))
    twice = fillers(*events, per_minute=4.9, clusters=(Span(5.0, 7.4), Span(40.0, 42.4)))
    _, text, _ = said(plain(fillers=twice))["change"]
    assert text == "3 fillers came close together here (um, um, um), and in 2 places altogether."


def test_clusters_weigh_more_than_counts() -> None:
    """The same number of fillers: scattered at the average rate they are no matter, in one place they are."""
    scattered = fillers(*(um(10.0 * at + 5) for at in range(5)), per_minute=4.3)
    crowded = replace(scattered, clusters=(Span(5.0, 8.0),))
    assert "change" not in said(plain(fillers=scattered))
    assert said(plain(fillers=crowded))["change"][0] == "fillers"


@pytest.mark.parametrize("per_minute", [0.0, 0.9, 3.0, FILLERS_PER_MINUTE[1]])
def test_nobody_is_told_to_lose_every_filler(per_minute) -> None:
    """Up to the average nothing is asked for, and no text asks for none."""
    some = fillers(um(5.0), per_minute=per_minute) if per_minute else fillers(per_minute=0.0)
    assert "change" not in said(plain(fillers=some))


def test_few_fillers_between_silent_pauses_are_praised() -> None:
    """One filler in 70 s and real pauses: calm, played where nothing was filled."""
    base = plain(fillers=fillers(um(10.0), per_minute=0.9))
    assert base.pauses is not None
    silent = replace(
        base, pauses=replace(base.pauses, silences=(Silence(15.0, 15.8, "short"), Silence(30.0, 30.9, "short")))
    )
    measure, _, start_s = said(silent)["praise"]
    assert (measure, start_s) == ("fillers", 10.4)


def test_a_surge_is_played_with_the_advice_of_the_source() -> None:
    """The strongest of two is played; mute, sip, breath, speak first and calmly."""
    tone = replace(CALM, surges=(Surge(10.0, 15.0, 1.2, 4.5), Surge(40.0, 46.0, 1.3, 7.0)), verdict="unsteady")
    found = said(plain(tone=tone))
    assert found["change"][0] == "tone"
    assert found["change"][2] == 40.0
    assert "once more" in found["change"][1]
    for word in ("mute", "sip", "breath", "first", "calmly"):
        assert word in found["exercise"][1]


@pytest.mark.parametrize(
    ("tone", "word"),
    [
        (replace(CALM, verdict="monotone", pitch_sd_st=1.1), "flat"),
        (replace(CALM, verdict="unsteady"), "wavered"),
        (replace(CALM, loudness_drift_db_per_minute=-4.0), "faded"),
        (replace(CALM, endings=Endings(1, 5, 1, rising_at_s=(9.0, 20.0))), "rose"),
    ],
)
def test_each_thing_that_a_voice_can_do(tone, word) -> None:
    """Flat, wavering, fading, asking: each is found by itself."""
    measure, text, _ = said(plain(tone=tone))["change"]
    assert measure == "tone"
    assert word in text


def test_rising_ends_are_played() -> None:
    """The last phrase that rose is what is heard."""
    tone = replace(CALM, endings=Endings(1, 5, 1, rising_at_s=(9.0, 20.0)))
    (change, _) = remarks(plain(tone=tone))
    assert (change.start_s, change.end_s) == (17.0, 20.0)


def test_a_calm_voice_is_praised_and_not_changed() -> None:
    """Steady without a surge: praise. With one: none."""
    assert said(plain(tone=replace(CALM, verdict="steady")))["praise"][0] == "tone"
    surged = replace(CALM, verdict="steady", surges=(Surge(10.0, 15.0, 1.3, 6.0),))
    assert "praise" not in said(plain(tone=surged))


def test_a_smile_that_did_not_arrive_is_played_where_it_was_least() -> None:
    """Clearly under one half: the lowest window. Within the uncertainty: not a word."""
    found = said(plain(smile=smile(0.1, audible=False)))
    assert found["change"][0] == "smile"
    assert found["change"][2] == 11.0
    assert "furthest from your smiling reading" in found["change"][1]
    whole = replace(smile(0.1, audible=False), windows=())
    assert said(plain(smile=whole))["change"][1] == "The smile did not arrive."
    assert remarks(plain(smile=smile(0.45, audible=False))) == ()
    assert remarks(plain(smile=smile(0.1, audible=None))) == ()
    assert remarks(plain(smile=smile(0.1, audible=False, uncertainty=None))) == ()


def test_a_smile_that_is_heard_is_praised_where_it_was_most() -> None:
    """The best window is played."""
    measure, _, start_s = said(plain(smile=smile(0.9, audible=True)))["praise"]
    assert (measure, start_s) == ("smile", 21.0)


def test_a_smile_that_may_be_excitement_is_not_called_one() -> None:
    """With two readings the praise says what the voice was near to, and what cannot be told apart."""
    known = said(plain(smile=smile(0.9, audible=True)))["praise"][1]
    assert known == "Your smile can be heard, here most of all."
    reason = "without an irritated reading, excitement cannot be told from a smile"
    unknown = said(plain(smile=smile(0.9, audible=True, reason=reason)))["praise"][1]
    assert unknown == f"Your voice came near your smiling reading, here most of all ({reason})."


def test_an_unreliable_recording_is_not_judged() -> None:
    """A warning is the one thing to change; nothing is said of the voice, and nothing praised."""
    loud = made_report(rate=240.0)
    warned = replace(
        loud,
        audio=replace(loud.audio, warnings=("The sound is clipped.",)),
        tone=replace(CALM, surges=(Surge(10.0, 15.0, 1.5, 9.0),)),
    )
    assert [(remark.kind, remark.measure) for remark in remarks(warned)] == [("change", "audio"), ("exercise", "audio")]


@pytest.mark.parametrize("confidence", [0.4, 0.69])
def test_guessed_words_lower_nothing(confidence) -> None:
    """Where the recogniser guessed, no point is called missed, no phrase harmful, no pace slow."""
    missed = (PointResult("thank", "Thank the caller", False, ()),)
    keywords = Keywords(missed, 0.0, None, (CautionHit("perfectionist", 9.0, 9.8, "worn"),))
    slow = made_report(rate=60.0).pace
    heard = [Word("word", 2.0 + at, 2.9 + at, confidence) for at in range(16)]
    guessed = plain(keywords=keywords, pace=slow, transcript=Transcript("", tuple(heard)))
    assert "change" not in said(guessed)
    sure = replace(guessed, transcript=Transcript("", tuple(replace(word, confidence=0.9) for word in heard)))
    assert "change" in said(sure)


def test_what_is_unusual_for_this_person_weighs_more() -> None:
    """Two faults of like weight: the one that this speaker does not usually have is named."""
    both = plain(
        fillers=fillers(*(um(5.0 + 8 * at) for at in range(8)), per_minute=9.0),
        tone=replace(CALM, verdict="monotone", pitch_sd_st=1.2),
    )
    always_flat = {"fillers_per_minute": (3.0, 2.0, 9), "pitch_sd_st": (1.2, 0.3, 9)}
    always_um = {"fillers_per_minute": (9.0, 2.0, 9), "pitch_sd_st": (2.4, 0.3, 9)}
    assert said(both, always_flat)["change"][0] == "fillers"
    assert said(both, always_um)["change"][0] == "tone"
    too_few = {name: (*numbers[:2], 4) for name, numbers in always_um.items()}
    assert said(both, too_few) == said(both)


def test_a_pace_that_is_usual_for_this_person_weighs_less() -> None:
    """177 words a minute: named before a flat tone where the speaker is usually slower, after it where always so."""
    fast = replace(made_report(rate=177.0), keywords=None, length=None, fillers=None, smile=None)
    words = Transcript("", tuple(Word("word", 2.0 + at, 2.9 + at, 0.9) for at in range(16)))
    both = replace(fast, transcript=words, tone=replace(CALM, verdict="monotone", pitch_sd_st=1.2))
    flat = {"pitch_sd_st": (1.2, 0.3, 9)}
    pace = {rate: Usual(rate, 8.0, 9) for rate in (140.0, 177.0)}
    assert said(both, flat | {"words_per_minute": pace[140.0]})["change"][0] == "pace"
    assert said(both, flat | {"words_per_minute": pace[177.0]})["change"][0] == "tone"


def test_whatever_is_weighed_is_followed() -> None:
    """Every measure that is weighed by habit is one that the journal keeps, and every judge's number is one of them."""
    assert set(PERSONAL) <= set(METRICS)
    fast = replace(made_report(rate=200.0), transcript=Transcript("", (Word("word", 2.0, 2.9, 0.9),)))
    slow = replace(made_report(language="zh", rate=90.0), transcript=fast.transcript)
    smiling = smile(0.9, audible=True)
    bad = (
        replace(CALM, verdict="monotone"),
        replace(CALM, verdict="unsteady", surges=(Surge(30.0, 36.0, 1.3, 6.0),)),
        replace(CALM, verdict="steady", loudness_drift_db_per_minute=-9.0, endings=Endings(1, 6, 1)),
    )
    many = fillers(*(um(10.0 + at) for at in range(12)), per_minute=10.0)
    for answer in (
        *(replace(fast, tone=tone, fillers=many, smile=smile(0.1, audible=False)) for tone in bad),
        replace(slow, smile=smiling, fillers=fillers(per_minute=0.0)),
    ):
        assert answer.pauses is not None
        still = replace(answer.pauses, silences=(Silence(15.0, 20.8, "dead_air"), Silence(30.0, 30.9, "short")))
        judges = (*judges_timing.CHANGES, *judges_voice.CHANGES, *judges_timing.PRAISES, *judges_voice.PRAISES)
        found = [candidate for judge in judges for candidate in judge(answer, still)]
        named = {candidate.number.name for candidate in found if candidate.number is not None}
        assert named
        assert named <= set(PERSONAL)


_times = st.floats(1.1, 65.0)
_tones = st.builds(
    lambda verdict, drift, rising, surge_s, rise: replace(
        CALM,
        verdict=verdict,
        loudness_drift_db_per_minute=drift,
        endings=Endings(3, rising, 0, tuple(float(at) for at in range(3, 3 + rising))),
        surges=() if surge_s is None else (Surge(surge_s, surge_s + 3.0, 1.2, rise),),
    ),
    st.sampled_from([None, "monotone", "steady", "lively", "unsteady"]),
    st.floats(-9, 9),
    st.integers(0, 9),
    st.none() | _times,
    st.floats(4, 12),
)
_fillers = st.lists(_times, max_size=20).map(
    lambda at: fillers(
        *(um(time) for time in sorted(at)),
        per_minute=len(at) * 60 / 70,
        clusters=(Span(min(at), min(max(at) + 0.4, 71.0)),) if len(at) > 4 else (),
    )
)


@settings(deadline=None)
@given(st.none() | _tones, st.none() | _fillers, st.none() | st.floats(-1, 2), st.floats(40, 320))
def test_never_more_than_three_each_at_a_moment(tone, filled, score, rate) -> None:
    """Whatever was measured: at most one of each kind, with words, pointing into the answer."""
    heard = None if score is None else smile(score, audible=score > 0.6)
    answer = replace(made_report(rate=rate), tone=tone, fillers=filled, smile=heard)
    found = remarks(answer)
    kinds = [remark.kind for remark in found]
    assert kinds in ([], ["praise"], ["change", "exercise"], ["praise", "change", "exercise"])
    for remark in found:
        assert remark.text.strip()
        assert 1.0 <= remark.start_s <= remark.end_s <= 71.0
