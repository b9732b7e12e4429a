"""The attempts at one question, one below the other on the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicerehearsal.pictures.answer import key_numbers, lanes_of, nothing_heard, shapes_of
from voicerehearsal.pictures.fonts import first_drawable
from voicerehearsal.pictures.lanes import Lane, Mark
from voicerehearsal.pictures.look import LIGHT, Look
from voicerehearsal.pictures.pace import draw_pace, has_curve, no_curve, rate_limits
from voicerehearsal.pictures.sheet import Sheet
from voicerehearsal.values import Report

if TYPE_CHECKING:
    from voicerehearsal.coaching.targets import Target

MOST = 8
"""Attempts in one picture."""

_PACE_IN, _NO_PACE_IN, _ROW_IN = 0.85, 0.25, 0.19
_GAP_IN = 0.07  # the lowest number at the curve must not touch the name of the lane below it


def draw_attempts(
    attempts: Sequence[tuple[str, Report]],
    target: Target | None,
    out: Path | BinaryIO,
    look: Look = LIGHT,
    *,
    titles: Sequence[str],
) -> None:
    """Draw attempts at one question, the first on top.

    Args:
        attempts: What to call each, and its report; at least one and at most `MOST`.
        target: Where their pace should lie.
        out: A .png or .svg file, or a stream for SVG.
        look: The colours.
        titles: What to call all of it; the first that this computer has the letters for.

    Raises:
        RehearsalError: The file cannot be written.
    """
    reports = [report for _, report in attempts]
    limits = rate_limits(reports, target)
    sheet = Sheet(look, max(report.audio.duration_s for report in reports))
    with sheet.open():
        sheet.headline(first_drawable(titles))
        for name, report in attempts:
            sheet.skip(0.14)
            _draw_attempt(sheet, name, report, target, limits)
        sheet.put_times()
        sheet.skip(0.1)
        curve = next((_curve(report) for report in reports if has_curve(report)), "")
        sheet.legend(shapes_of(reports), curve=curve, target=bool(curve) and target is not None)
        sheet.save(out)


def _curve(report: Report) -> str:
    words = report.pace is None or report.pace.unit == "wpm"
    return f"pace in {'words' if words else 'characters'} a minute"


def _draw_attempt(sheet: Sheet, name: str, report: Report, target: Target | None, limits: tuple[float, float]) -> None:
    if report.pauses is None:
        sheet.write(f"{name} · {nothing_heard(report)}", size=9)
        sheet.lane(Lane("", []), row_in=_ROW_IN)
        return
    curve = has_curve(report)
    sheet.write(" · ".join((name, key_numbers(report))), size=9)
    if not curve:
        sheet.write(no_curve(report), size=9)
    axes = sheet.axes(_PACE_IN if curve else _NO_PACE_IN)
    draw_pace(axes, report, target, sheet.look, limits, unit=False)
    sheet.skip(_GAP_IN)
    for lane in lanes_of(report):
        marks = [Mark(mark.shape, mark.start_s, mark.end_s) for mark in lane.marks]
        sheet.lane(Lane(lane.name, marks), row_in=_ROW_IN)
