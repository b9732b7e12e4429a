"""Pace of words at known times."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.measuring import hear_samples
from tests.measures.made_sound import spoken
from voicerehearsal.measures.pace import han_characters, measure_pace, pace_verdict
from voicerehearsal.measures.pauses import measure_pauses
from voicerehearsal.values import RateBand, Span, Word

EN = RateBand((130, 160), (110, 180), "wpm")
ZH = RateBand((180, 250), (150, 280), "cpm")


def _words(*starts_s, text="word", length_s=0.2):
    return tuple(Word(text, at, at + length_s, 1.0) for at in starts_s)


def _evenly(rate, start_s, end_s):
    """Words at `rate` a minute from start to end."""
    step_s = 60 / rate
    count = round((end_s - start_s) / step_s)
    return tuple(Word("word", start_s + i * step_s, start_s + (i + 0.5) * step_s, 1.0) for i in range(count))


def _pace(words, sounding, nuclei_s=(), mutes=(), language="en", band=EN):
    pauses = measure_pauses(sounding=sounding, mutes=mutes)
    return measure_pace(words=words, nuclei_s=nuclei_s, pauses=pauses, mutes=mutes, language=language, band=band)


def test_rates_of_a_known_answer():
    """Six words and nine syllables in 4 s, one of them silent: 90 and 120 wpm, 2.25 and 3 syllables a second."""
    sounding = [Span(1, 2), Span(3, 5)]
    nuclei = [1.1, 1.3, 1.5, 1.7, 3.1, 3.5, 3.9, 4.3, 4.9]
    pace = _pace(_words(1.0, 1.3, 1.6, 3.0, 3.5, 4.0), sounding, nuclei)
    assert (pace.words_per_minute, pace.articulation_words_per_minute) == pytest.approx((90, 120))
    assert (pace.syllables_per_second, pace.articulation_syllables_per_second) == pytest.approx((2.25, 3))
    assert (pace.unit, pace.characters_per_minute, pace.verdict) == ("wpm", None, "slow")


@pytest.mark.parametrize("filler", ["um", "Uh", "er", "erm", "hmm"])
def test_filled_pauses_are_not_words(filler):
    """They count for nothing, whatever their case."""
    words = (*_words(1.0, 1.5), *_words(1.2, text=filler))
    assert _pace(words, [Span(1, 2)]).words_per_minute == pytest.approx(120)


def test_words_outside_the_answer_or_in_a_mute_do_not_count():
    """A word belongs where its midpoint falls."""
    words = _words(0.0, 0.95, 2.5, 4.8, 4.95)
    pace = _pace(words, [Span(1, 2), Span(4, 5)], nuclei_s=[0.5, 1.5, 2.5, 4.5], mutes=[Span(2, 4)])
    assert pace.words_per_minute == pytest.approx(60)
    assert pace.syllables_per_second == pytest.approx(1)


def test_chinese_counts_characters():
    """Han characters, not words, nor Latin letters, nor filled pauses."""
    words = (Word("我", 1, 1.2, 1), Word("们公司", 1.2, 1.6, 1), Word("嗯", 1.6, 1.7, 1), Word("CRM", 1.7, 2, 1))
    pace = _pace(words, [Span(1, 2)], language="zh", band=ZH)
    assert pace.characters_per_minute == pytest.approx(240)
    assert (pace.words_per_minute, pace.unit, pace.verdict) == (None, "cpm", "good")
    assert han_characters("𠀀一，a１。") == 2


def test_without_words_only_syllables():
    """No recogniser for the language: syllable rates are there, the rest is None."""
    pace = _pace(None, [Span(0, 2)], nuclei_s=[0.5, 1, 1.5], language="zh", band=ZH)
    assert pace.syllables_per_second == pytest.approx(1.5)
    assert (pace.characters_per_minute, pace.words_per_minute, pace.verdict) == (None, None, None)
    assert (pace.windows, pace.drift_per_minute) == ((), None)


@pytest.mark.parametrize(
    ("length_s", "ends_s"),
    [(4.9, []), (5.0, [5.0]), (10.0, [10.0]), (14.9, [10.0]), (15.0, [10.0, 15.0]), (25.0, [10.0, 20.0, 25.0])],
)
def test_windows_are_ten_seconds_and_the_last_at_least_five(length_s, ends_s):
    """Consecutive from the first sound."""
    pace = _pace(_evenly(120, 3, 3 + length_s), [Span(3, 3 + length_s)])
    assert [w.end_s - 3 for w in pace.windows] == pytest.approx(ends_s)
    assert all(w.rate == pytest.approx(120) for w in pace.windows if w.end_s - w.start_s == 10)


def test_muted_time_does_not_slow_a_window():
    """Twelve words in the six open seconds of a window are 120 wpm; a window muted for 6 s is left out."""
    words = (*_evenly(120, 0, 6), *_evenly(120, 16, 30))
    pace = _pace(words, [Span(0, 6), Span(16, 30)], mutes=[Span(6, 16)])
    assert [(w.start_s, w.end_s) for w in pace.windows] == [(0, 10), (20, 30)]
    assert [w.rate for w in pace.windows] == pytest.approx([120, 120])


def test_drift_is_the_slope_over_windows():
    """120, 150 and 180 wpm in three windows of 10 s: 30 faster each 1/6 min."""
    words = (*_evenly(120, 0, 10), *_evenly(150, 10, 20), *_evenly(180, 20, 30))
    pace = _pace(words, [Span(0, 30)])
    assert pace.drift_per_minute == pytest.approx(180)
    assert _pace(words, [Span(0, 24.9)]).drift_per_minute is None


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (109, "slow"),
        (110, None),
        (129, None),
        (130, "good"),
        (160, "good"),
        (161, None),
        (180, None),
        (181, "fast"),
    ],
)
def test_verdict_by_band(rate, verdict):
    """Limits belong to the inside."""
    assert pace_verdict(rate=rate, band=EN) == verdict


@settings(deadline=None)
@given(
    starts=st.lists(st.integers(0, 1200), max_size=40, unique=True),
    length=st.integers(20, 1200),
    shift=st.integers(0, 1000),
)
def test_later_is_the_same(starts, length, shift):
    """Shifted answers have the same rates; the windows' words add up to no more than all words."""
    words = _words(*(s / 20 for s in sorted(starts)), length_s=0.125)
    moved = tuple(Word(w.text, w.start_s + shift, w.end_s + shift, 1.0) for w in words)
    once, later = _pace(words, [Span(0, length / 20)]), _pace(moved, [Span(shift, shift + length / 20)])
    assert later.words_per_minute == pytest.approx(once.words_per_minute)
    assert [w.rate for w in later.windows] == pytest.approx([w.rate for w in once.windows])
    counted = sum(w.rate * (w.end_s - w.start_s) / 60 for w in once.windows)
    assert counted <= once.words_per_minute * length / 20 / 60 + 1e-6


def test_words_per_minute_of_spoken_phrases_within_1_per_cent():
    """With the words given, only the measured first and last sound matter."""
    answer = spoken()
    pauses = measure_pauses(sounding=hear_samples(answer.samples).sounding)
    pace = measure_pace(words=answer.words, nuclei_s=(), pauses=pauses, language="en", band=EN)
    assert pace.words_per_minute == pytest.approx(60 * len(answer.words) / answer.span.duration_s, rel=0.01)
