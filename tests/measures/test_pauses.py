"""Pauses of sounds at known times."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.measures.pauses import answer_span, measure_pauses, span_duration_s
from voicerehearsal.values import Span

TIMES = st.lists(st.integers(1, 800), min_size=2, max_size=20, unique=True).map(
    lambda ticks: [t / 20 for t in sorted(ticks)[: len(ticks) // 2 * 2]]
)
SOUNDING = TIMES.map(lambda t: [Span(a, b) for a, b in zip(t[::2], t[1::2], strict=True)])
MUTES = st.lists(st.tuples(st.integers(0, 800), st.integers(1, 100)), max_size=3).map(
    lambda pairs: [Span(start / 20, (start + length) / 20) for start, length in pairs]
)


def _sounding(*gaps_s, piece_s=1.0):
    """Pieces of one second with these gaps between, from 2 s on."""
    spans, at = [], 2.0
    for gap_s in (*gaps_s, 0.0):
        spans.append(Span(at, at + piece_s))
        at += piece_s + gap_s
    return spans


def test_every_number_of_a_known_answer():
    """Two silences, 0.5 and 1.5 s, in an answer of 5 s."""
    pauses = measure_pauses(sounding=_sounding(0.5, 1.5), question_end_s=1.25)
    assert (pauses.first_sound_s, pauses.last_sound_s, pauses.response_latency_s) == (2.0, 7.0, 0.75)
    assert [(s.start_s, s.end_s, s.kind) for s in pauses.silences] == [(3.0, 3.5, "short"), (4.5, 6.0, "long")]
    assert (pauses.count, pauses.per_minute) == (2, 24)
    assert (pauses.mean_s, pauses.longest_s, pauses.ratio, pauses.phonation_s) == pytest.approx((1.0, 1.5, 0.4, 3.0))


@pytest.mark.parametrize(
    ("gap_s", "kinds"),
    [(0.2, []), (0.24, []), (0.25, ["short"]), (1.49, ["short"]), (1.5, ["long"]), (2.99, ["long"]), (3, ["dead_air"])],
)
def test_kinds_begin_at_their_limits(gap_s, kinds):
    """0.25, 1.5 and 3 s belong to the longer kind."""
    assert [s.kind for s in measure_pauses(sounding=_sounding(gap_s)).silences] == kinds


def test_an_answer_without_pauses():
    """No silence: no mean, no longest, no ratio; without a question no latency."""
    pauses = measure_pauses(sounding=_sounding())
    assert (pauses.count, pauses.mean_s, pauses.longest_s, pauses.ratio, pauses.phonation_s) == (0, None, None, 0, 1)
    assert pauses.response_latency_s is None


def test_nobody_spoke():
    """No sound, or none outside a mute: no pauses."""
    assert measure_pauses(sounding=[]) is None
    assert measure_pauses(sounding=[Span(1, 2)], mutes=[Span(0, 3)]) is None


def test_a_mute_is_no_silence():
    """A silence of 4 s with a mute of 3 s in it leaves 0.8 s before and 0.2 s after: one short silence."""
    pauses = measure_pauses(sounding=_sounding(4.0), mutes=[Span(3.8, 6.8)])
    assert [(s.start_s, s.end_s, s.kind) for s in pauses.silences] == [(3.0, 3.8, "short")]
    assert pauses.phonation_s == pytest.approx(2.2)
    assert pauses.ratio == pytest.approx(0.8 / 3.0)


def test_sound_during_a_mute_is_not_the_answers():
    """What is murmured while muted neither begins nor ends the answer."""
    assert answer_span(sounding=[Span(1, 2), Span(5, 6), Span(8, 9)], mutes=[Span(0.5, 3), Span(7, 20)]) == Span(5, 6)


@settings(deadline=None)
@given(SOUNDING, MUTES)
def test_sums_agree(sounding, mutes):
    """Phonation and silences make up the span; no silence overlaps a mute or a sound."""
    pauses = measure_pauses(sounding=sounding, mutes=mutes)
    if pauses is None:
        assert answer_span(sounding=sounding, mutes=mutes) is None
        return
    span = Span(pauses.first_sound_s, pauses.last_sound_s)
    silent_s = sum(s.end_s - s.start_s for s in pauses.silences)
    assert pauses.phonation_s + silent_s == pytest.approx(span_duration_s(span=span, mutes=mutes))
    assert 0 <= pauses.ratio < 1
    for silence in pauses.silences:
        assert silence.end_s - silence.start_s >= 0.25 - 1e-6
        assert all(silence.end_s <= s.start_s or silence.start_s >= s.end_s for s in (*mutes, *sounding))


@settings(deadline=None)
@given(SOUNDING, MUTES, st.integers(0, 500))
def test_later_is_the_same(sounding, mutes, shift):
    """An answer that comes later has the same pauses later, and the same numbers."""

    def moved(spans):
        return [Span(s.start_s + shift, s.end_s + shift) for s in spans]

    once = measure_pauses(sounding=sounding, mutes=mutes)
    later = measure_pauses(sounding=moved(sounding), mutes=moved(mutes))
    if once is None:
        assert later is None
        return
    assert [s.kind for s in later.silences] == [s.kind for s in once.silences]
    assert (later.ratio, later.per_minute, later.phonation_s) == pytest.approx(
        (once.ratio, once.per_minute, once.phonation_s)
    )
