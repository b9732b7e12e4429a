"""Arithmetic on stretches of time: what is left when mutes are cut out."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal.values import Span


def merged(*, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same time covered once, in order; stretches that touch or overlap become one."""
    union: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start_s):
        if union and span.start_s <= union[-1].end_s:
            union[-1] = Span(union[-1].start_s, max(union[-1].end_s, span.end_s))
        else:
            union.append(span)
    return tuple(union)


def without(*, spans: Sequence[Span], cut: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of each of `spans` outside all of `cut`, in order; a stretch may be left in pieces."""
    left: list[Span] = []
    holes = merged(spans=cut)
    for span in spans:
        at = span.start_s
        for hole in holes:
            if hole.end_s <= at or hole.start_s >= span.end_s:
                continue
            if hole.start_s > at:
                left.append(Span(at, hole.start_s))
            at = hole.end_s
        if at < span.end_s:
            left.append(Span(at, span.end_s))
    return tuple(left)


def duration_s(*, spans: Sequence[Span]) -> float:
    """Total length in seconds; the stretches must not overlap."""
    return sum(span.duration_s for span in spans)


def inside(*, time_s: float, span: Span, cut: Sequence[Span]) -> bool:
    """Whether a moment lies in `span`, both ends included, and in none of `cut`."""
    return span.start_s <= time_s <= span.end_s and not any(c.start_s <= time_s < c.end_s for c in cut)
