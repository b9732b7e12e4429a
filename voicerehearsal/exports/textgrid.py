"""Praat's TextGrid: one interval tier for every kind of event.

The format is that of the chapter "TextGrid file formats" in Praat's manual (Boersma & Weenink): UTF-8 text, times in
seconds, quotation marks doubled; the intervals of a tier fill the whole time without gap or overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from voicerehearsal.exports.events import TIERS, Event, plain
from voicerehearsal.values import Report


def to_textgrid(report: Report) -> str:
    """The answer as a TextGrid of the tiers in `TIERS`; a tier without events is one empty interval."""
    duration_s = report.audio.duration_s
    tiers = {name: tier(events(report), duration_s) for name, events in TIERS.items()}
    return "\n".join(_lines(tiers, duration_s)) + "\n"


def tier(events: Iterable[Event], duration_s: float) -> list[Event]:
    """`events` as intervals from 0 to `duration_s`, one after the other, with empty labels where there is nothing.

    Where several happen at once, the stretch that they share is labelled with all of them, as in "um + you know".
    """
    duration_s = _microseconds(duration_s)
    clipped = (
        Event(max(0.0, _microseconds(event.start_s)), min(duration_s, _microseconds(event.end_s)), event.label)
        for event in events
    )
    inside = [event for event in clipped if event.start_s < event.end_s]
    edges = sorted({0.0, duration_s, *(e.start_s for e in inside), *(e.end_s for e in inside)})
    begins: dict[float, list[Event]] = {}
    for event in inside:
        begins.setdefault(event.start_s, []).append(event)
    intervals: list[Event] = []
    active: list[Event] = []
    for start, end in pairwise(edges):
        active = [event for event in active if event.end_s > start] + begins.get(start, [])
        intervals.append(Event(start, end, " + ".join(event.label for event in active)))
    return intervals


def _lines(tiers: dict[str, list[Event]], duration_s: float) -> Iterator[str]:
    yield from ('File type = "ooTextFile"', 'Object class = "TextGrid"', "")
    yield from _from_to(0.0, duration_s, "")
    yield from ("tiers? <exists>", f"size = {len(tiers)}", "item []:")
    for number, (name, intervals) in enumerate(tiers.items(), 1):
        yield from _tier_lines(number, name, intervals, duration_s)


def _tier_lines(number: int, name: str, intervals: Sequence[Event], duration_s: float) -> Iterator[str]:
    yield f"    item [{number}]:"
    yield f'        class = "IntervalTier"\n        name = {_quoted(name)}'
    yield from _from_to(0.0, duration_s, " " * 8)
    yield f"        intervals: size = {len(intervals)}"
    for place, interval in enumerate(intervals, 1):
        yield f"        intervals [{place}]:"
        yield from _from_to(interval.start_s, interval.end_s, " " * 12)
        yield f"            text = {_quoted(interval.label)}"


def _from_to(start_s: float, end_s: float, indent: str) -> tuple[str, str]:
    return f"{indent}xmin = {_number(start_s)}", f"{indent}xmax = {_number(end_s)}"


def _microseconds(seconds: float) -> float:
    """Rounded, so that two times that are written alike are the same: Praat drops an interval without length."""
    return round(seconds, 6)


def _number(seconds: float) -> str:
    return f"{seconds:.6f}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    return '"' + plain(text).replace('"', '""') + '"'
