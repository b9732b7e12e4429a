"""What the person, or the author of the pack, has set out to reach: measures outside a stated target."""

from __future__ import annotations

from collections.abc import Iterator

from voicerehearsal.coaching.judgement import (
    ENOUGH_SPEECH_S,
    Candidate,
    Judge,
    Number,
    around,
    length_s,
    opening,
    words_are_sure,
)
from voicerehearsal.coaching.metrics import numbers
from voicerehearsal.coaching.targets import PACE, held_against, in_words, owner
from voicerehearsal.values import Pauses, Report, Span, Target

_JUDGED_ELSEWHERE = (*PACE.values(), "fillers_per_minute")
"""Measures whose own judge goes by the stated target."""

_TOLD_BY_ONE_MOMENT = ("response_latency_s", "pause_longest_s", "speaking_s", "coverage")
"""What a short answer tells as well as a long one."""


def praises_a_miss(candidate: Candidate, report: Report) -> bool:
    """Whether something is praised that lies outside a stated target."""
    stated = None if candidate.number is None else held_against(report).stated.get(candidate.number.name)
    return stated is not None and candidate.number is not None and stated.distance(candidate.number.value) > 0


def misses_no_target(candidate: Candidate, report: Report) -> bool:
    """Whether a change is asked for although a stated target says that the number is well."""
    number = candidate.number
    if number is None or number.name in _JUDGED_ELSEWHERE:
        return False
    stated = held_against(report).stated.get(number.name)
    return stated is not None and stated.distance(number.value) == 0


def _stated_target_missed(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    stated = held_against(report).stated
    for metric, value in numbers(report) if stated else ():
        target = stated.get(metric.name)
        if target is None or metric.name in _JUDGED_ELSEWHERE or not target.distance(value):
            continue
        if metric.name not in _TOLD_BY_ONE_MOMENT and length_s(pauses) < ENOUGH_SPEECH_S:
            continue
        if metric.name == "coverage" and not words_are_sure(report):
            continue
        shown = f"{value:.{metric.decimals}f} {metric.unit}".rstrip()
        high = target.high is not None and value > target.high
        yield Candidate(
            0.3 + 0.5 * _share_off(target, value),
            metric.path[0],
            f"{metric.label.capitalize()}: {shown}; {owner(target)} is {in_words(target)}.",
            _moment(metric.name, pauses),
            "Answer again with only this in mind, then listen to both attempts.",
            Number(metric.name, value, "high" if high else "low"),
        )


def _share_off(target: Target, value: float) -> float:
    """How far outside, as a share of the limit that is missed, at most 1."""
    limit = target.high if target.high is not None and value > target.high else target.low
    return min(1.0, target.distance(value) / abs(limit)) if limit else 1.0


def _moment(name: str, pauses: Pauses) -> Span:
    if name != "pause_longest_s" or not pauses.silences:
        return opening(pauses)
    longest = max(pauses.silences, key=lambda silence: silence.end_s - silence.start_s)
    return around(Span(longest.start_s, longest.end_s), pauses)


CHANGES: tuple[Judge, ...] = (_stated_target_missed,)
