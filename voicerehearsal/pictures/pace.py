"""The pace of an answer as a curve over its target, the pauses behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicerehearsal.coaching.pace_curve import pace_curve
from voicerehearsal.pictures.fonts import drawable
from voicerehearsal.pictures.lanes import Shape, shading
from voicerehearsal.pictures.look import Look
from voicerehearsal.values import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from voicerehearsal.coaching.targets import Target
    from voicerehearsal.pictures.sheet import Sheet

SILENCES: dict[str, Shape] = {"short": "pause", "long": "long_pause", "dead_air": "dead_air"}
"""How each kind of silence is drawn."""


def has_curve(report: Report) -> bool:
    """Whether its pace over time is known."""
    return any(rate is not None for _, rate in pace_curve(report))


def shapes_behind(report: Report) -> set[Shape]:
    """What is shaded behind the curve."""
    silences = report.pauses.silences if report.pauses is not None else ()
    shapes: set[Shape] = {SILENCES[silence.kind] for silence in silences}
    return shapes | {"mute"} if report.mutes else shapes


def no_curve(report: Report) -> str:
    """Why there is no curve."""
    reason = report.missing.get("transcript")
    if reason and drawable(reason):
        return f"No pace over time: {reason}"
    if report.transcript is None or not report.transcript.words:
        return "No pace over time: no words were recognised."
    return "Too short for a pace over time."


def rate_limits(reports: Sequence[Report], target: Target | None) -> tuple[float, float]:
    """From where to where the rates of all `reports` and the target reach, with some room."""
    rates = [rate for report in reports for _, rate in pace_curve(report) if rate is not None]
    edges = [edge for edge in ((target.low, target.high) if target else ()) if edge is not None]
    low, high = min([*rates, *edges], default=0.0), max([*rates, *edges], default=1.0)
    room = 0.12 * (high - low) or 10.0
    return max(0.0, low - room), high + room


def draw_pace(
    axes: Axes, report: Report, target: Target | None, look: Look, limits: tuple[float, float], *, unit: bool = True
) -> None:
    """The curve over its target, pauses and mutes shaded; without a curve only those."""
    _shade(axes, report, look)
    curve = pace_curve(report)
    if all(rate is None for _, rate in curve):
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return
    axes.set_ylim(*limits)
    if target is not None:
        low = limits[0] if target.low is None else target.low
        high = limits[1] if target.high is None else target.high
        axes.axhspan(low, high, zorder=0, **shading("target", look) | {"alpha": 0.14})
        axes.hlines([low, high], 0, axes.get_xlim()[1], color=look.band, linewidth=0.8, alpha=0.6, zorder=0)
    rates = [float("nan") if rate is None else rate for _, rate in curve]
    axes.plot([at for at, _ in curve], rates, color=look.dot, linewidth=2.2, zorder=3, solid_capstyle="round")
    axes.grid(axis="y", linewidth=0.5)
    axes.set_axisbelow(True)
    if unit and report.pace is not None:
        axes.set_ylabel("words a minute" if report.pace.unit == "wpm" else "characters a minute")


def label_pauses(sheet: Sheet, report: Report) -> None:
    """How long the long pauses are, above them; the longest first, as many as do not touch."""
    silences = report.pauses.silences if report.pauses is not None else ()
    long = sorted((one for one in silences if one.kind != "short"), key=lambda one: one.start_s - one.end_s)
    taken: list[tuple[float, float]] = []
    labels = []
    for one in long:
        middle_s, label = (one.start_s + one.end_s) / 2, f"{one.end_s - one.start_s:.1f} s"
        half = sheet.wide(label) / 2 + 0.05
        start, end = sheet.at_in(middle_s) - half, sheet.at_in(middle_s) + half
        if all(end <= other_start or start >= other_end for other_start, other_end in taken):
            taken.append((start, end))
            labels.append((middle_s, label))
    if labels:
        axes = sheet.axes(0.18)
        axes.set_axis_off()
        for middle_s, label in labels:
            axes.text(middle_s, 0.5, label, ha="center", va="center", fontsize=9)


def _shade(axes: Axes, report: Report, look: Look) -> None:
    for silence in report.pauses.silences if report.pauses is not None else ():
        axes.axvspan(silence.start_s, silence.end_s, zorder=0.5, **shading(SILENCES[silence.kind], look))
    for mute in report.mutes:
        axes.axvspan(mute.start_s, mute.end_s, zorder=0.5, **shading("mute", look))
