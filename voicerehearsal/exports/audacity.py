"""Audacity's label track: pauses, fillers, talking points and surges, a line each.

The format is that of "Importing and Exporting Labels" in Audacity's manual: start and end in seconds and the label,
tabs between them.
"""

from __future__ import annotations

from voicerehearsal.exports.events import Event, fillers, plain, points, silences, surges
from voicerehearsal.values import Report


def to_labels(report: Report) -> str:
    """The answer's events as region labels, in the order of time."""
    events = [
        *(Event(e.start_s, e.end_s, f"{e.label} {e.end_s - e.start_s:.1f} s") for e in silences(report)),
        *(Event(e.start_s, e.end_s, f"filler: {e.label}") for e in fillers(report)),
        *(Event(e.start_s, e.end_s, f"point: {e.label}") for e in points(report)),
        *surges(report),
    ]
    events.sort(key=lambda event: (event.start_s, event.end_s))
    return "".join(f"{e.start_s:.6f}\t{e.end_s:.6f}\t{plain(e.label)}\n" for e in events)
