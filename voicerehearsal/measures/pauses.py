"""Where it was silent: silent pauses, phonation, and how long the answer took to begin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from voicerehearsal.measures.activity import MIN_SILENCE_S
from voicerehearsal.measures.timeline import duration_s, without
from voicerehearsal.values import Pauses, Silence, Span

LONG_S = 1.5
DEAD_AIR_S = 3.0

_ROUNDING_S = 1e-9


def answer_span(*, sounding: Sequence[Span], mutes: Sequence[Span]) -> Span | None:
    """From the first sound to the last, sound during a mute left out; None when nobody spoke.

    Args:
        sounding: Stretches of speech, in order.
        mutes: When the speaker had muted the line.
    """
    heard = without(spans=sounding, cut=mutes)
    return Span(heard[0].start_s, heard[-1].end_s) if heard else None


def span_duration_s(*, span: Span, mutes: Sequence[Span]) -> float:
    """The answer's length: last sound − first sound − mutes inside it, in seconds."""
    return duration_s(spans=without(spans=(span,), cut=mutes))


def measure_pauses(
    *, sounding: Sequence[Span], mutes: Sequence[Span] = (), question_end_s: float | None = None
) -> Pauses | None:
    """The silences of an answer and what follows from them.

    A silence is `MIN_SILENCE_S` or more without sound between the first and the last sound. A mute is no silence: a
    silence that a mute overlaps is cut at the mute, and each remaining piece must be long enough by itself.

    Args:
        sounding: Stretches of speech, in order.
        mutes: When the speaker had muted the line.
        question_end_s: When the question's last sample was heard; None if it is not known.

    Returns:
        The contract's `pauses`; a response latency under 0 means that the answer began before the question's end. None
        when nobody spoke.
    """
    span = answer_span(sounding=sounding, mutes=mutes)
    if span is None:
        return None
    length_s = span_duration_s(span=span, mutes=mutes)
    heard = without(spans=sounding, cut=mutes)
    gaps = [Span(before.end_s, after.start_s) for before, after in pairwise(heard)]
    silences = tuple(
        Silence(piece.start_s, piece.end_s, _kind(piece.duration_s))
        for piece in without(spans=gaps, cut=mutes)
        if piece.duration_s >= MIN_SILENCE_S - _ROUNDING_S
    )
    lengths_s = [silence.end_s - silence.start_s for silence in silences]
    return Pauses(
        response_latency_s=None if question_end_s is None else span.start_s - question_end_s,
        first_sound_s=span.start_s,
        last_sound_s=span.end_s,
        phonation_s=length_s - sum(lengths_s),
        silences=silences,
        count=len(silences),
        per_minute=60 * len(silences) / length_s,
        mean_s=sum(lengths_s) / len(silences) if silences else None,
        longest_s=max(lengths_s, default=None),
        ratio=sum(lengths_s) / length_s,
    )


def _kind(length_s: float) -> Literal["short", "long", "dead_air"]:
    if length_s >= DEAD_AIR_S - _ROUNDING_S:
        return "dead_air"
    return "long" if length_s >= LONG_S - _ROUNDING_S else "short"
