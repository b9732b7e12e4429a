"""Talking points for people: made or missed, how that was recognised, how certain it is, when, and what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voicerehearsal.presenting.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicerehearsal.values import Evidence, PointResult

COLUMNS = (("point", False), ("", False), ("how", False), ("sure", True), ("at", True), ("said", False))

_HOW = {"words": "words", "sound": "sounds like", "meaning": "meaning", "yours": "you said so"}
_IN_A_LINE = {"sound": "sounds like it", "meaning": "by meaning", "yours": "you said so"}


def point_rows(point: PointResult) -> Iterator[tuple[str, ...]]:
    """The rows of a point under `COLUMNS`: one for each place where it was made, or for what came nearest."""
    head = (f"{point.label} ({point.id})", "made" if point.covered else "missed")
    for evidence in point.evidence:
        yield *head, *_cells(evidence)
        head = ("", "")
    if point.nearest is not None and not point.evidence:
        yield *head, *_cells(replace(point.nearest, text=f"nearest: {point.nearest.text}"))
    elif not point.evidence:
        yield *head, "", "", "", ""


def hint(evidence: Evidence) -> str:
    """How something was recognised, for the line that quotes it; "" where it was by its very words."""
    how = _IN_A_LINE.get(evidence.how, "")
    return how if evidence.how in ("words", "yours") else f"{how}, {evidence.certainty:.2f}"


def _cells(evidence: Evidence) -> tuple[str, str, str, str]:
    return _HOW[evidence.how], f"{100 * evidence.certainty:.0f} %", moment(evidence.start_s), evidence.text
