"""The pace of an answer as it runs: a rate at every half second, from the words of the report alone."""

from __future__ import annotations

from bisect import bisect_left
from math import cos, pi, sin

from voicerehearsal.measures.pace import LEAST_WINDOW_S, WINDOW_S, counted_words
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import Report, Span

STEP_S = 0.5

_LEAST_WEIGHT_S = LEAST_WINDOW_S / 2


def pace_curve(report: Report) -> list[tuple[float, float | None]]:
    """Rate around each moment of the answer, pauses included, muted time not.

    Words are weighed by a Hann window that is 10 s wide at half its height, so that the curve moves when the pace does
    and not whenever a word enters. None where too little of the window is left; an answer shorter than one contract
    window has no curve.

    Returns:
        Moments in seconds with words (in Chinese: characters) per minute; nothing without words, pace or speech.
    """
    if report.pauses is None or report.pace is None or report.transcript is None or not report.transcript.words:
        return []
    span = Span(report.pauses.first_sound_s, report.pauses.last_sound_s)
    if span.duration_s < LEAST_WINDOW_S:
        return []
    open_time = without(spans=(span,), cut=report.mutes)
    words = report.transcript.words
    said = sorted(counted_words(words=words, span=span, mutes=report.mutes, language=report.language))
    middles = [at_s for at_s, _ in said]
    curve: list[tuple[float, float | None]] = []
    for at_s in (*(span.start_s + step * STEP_S for step in range(int(span.duration_s / STEP_S) + 1)), span.end_s):
        near = said[bisect_left(middles, at_s - WINDOW_S) : bisect_left(middles, at_s + WINDOW_S)]
        spoken = sum(size * (1 + cos(pi * (middle - at_s) / WINDOW_S)) / 2 for middle, size in near)
        weight_s = sum(_weight_until(one.end_s - at_s) - _weight_until(one.start_s - at_s) for one in open_time)
        curve.append((at_s, 60 * spoken / weight_s if weight_s >= _LEAST_WEIGHT_S else None))
    return curve


def _weight_until(away_s: float) -> float:
    """The window's weight from its beginning to `away_s` from its middle, in seconds."""
    away_s = min(max(away_s, -WINDOW_S), WINDOW_S)
    return (away_s + WINDOW_S + WINDOW_S / pi * sin(pi * away_s / WINDOW_S)) / 2
