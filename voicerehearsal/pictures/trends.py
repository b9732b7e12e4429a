"""Trends as a picture: a dot an answer, the rolling median as a line, the target as a band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.targets import Target
from voicerehearsal.coaching.trends import WINDOW, Point
from voicerehearsal.pictures.look import LIGHT, Look, drawing, save

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

HEADLINES = ("words_per_minute", "characters_per_minute", "pauses_per_minute", "response_latency_s", "coverage")
"""What is drawn when no measure is named."""

_STEPS = 60
"""Over very many answers the median line moves in about this many steps from side to side."""

_SHARES = {("keywords", "coverage"), ("pauses", "ratio")}


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure's part of a picture; `points` oldest first, at least one."""

    title: str
    metric: Metric
    points: Sequence[Point]
    target: Target | None


def draw(panels: Sequence[Panel], path: Path, look: Look = LIGHT) -> None:
    """Draw `panels` one below the other to `path`.

    Raises:
        RehearsalError: The file cannot be written.
    """
    with drawing(look, width_in=9, height_in=0.7 + 2.3 * len(panels)) as figure:
        rows: list[Axes] = list(figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0])
        window = max(WINDOW, max(len(panel.points) for panel in panels) // _STEPS)
        for axes, panel in zip(rows, panels, strict=True):
            _draw_panel(axes, panel, window, look)
        marks = _legend(rows)
        figure.legend(marks.values(), marks.keys(), loc="outside upper right", ncols=3, frameon=False)
        save(figure, path)


def _draw_panel(axes: Axes, panel: Panel, window: int, look: Look) -> None:
    """Draw one measure; the median line begins where it rests on `window` answers."""
    import numpy as np
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    zone = panel.points[-1].when.astimezone().tzinfo
    when = np.array([point.when.astimezone(UTC).replace(tzinfo=None) for point in panel.points], "datetime64[us]")
    values = [point.value for point in panel.points]
    many = len(values) > 300
    axes.plot(
        when,
        values,
        "o",
        color=look.dot,
        markersize=2 if many else 6,
        alpha=0.35 if many else 0.8,
        markeredgewidth=0,
        label="one answer",
        rasterized=many,
    )
    ends = np.arange(window, len(values) + 1, max(1, window // WINDOW))
    middle = [median(values[end - window : end]) for end in ends]
    if middle:
        axes.plot(when[ends - 1], middle, color=look.line, linewidth=2, label=f"median of {window}")
    _draw_target(axes, panel, values, look)
    axes.set_title(panel.title.capitalize(), loc="left", fontsize=11, fontweight="bold")
    axes.set_ylabel(panel.metric.unit or "share")
    axes.grid(axis="y", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.02)
    locator = AutoDateLocator(minticks=3, maxticks=8, tz=zone)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, tz=zone))  # type: ignore[no-untyped-call]


def _draw_target(axes: Axes, panel: Panel, values: Sequence[float], look: Look) -> None:
    """Shade the target; the panel reaches far enough for it to be seen, and no further."""
    edges = [edge for edge in ((panel.target.low, panel.target.high) if panel.target else ()) if edge is not None]
    low, high = min(*values, *edges, values[0]), max(*values, *edges, values[0])
    room = 0.12 * (high - low) or 1.0
    bottom = max(0.0, low - room) if low >= 0 else low - room
    top = min(1.02, high + room) if panel.metric.path in _SHARES else high + room
    if panel.target is not None and panel.target.low is None:
        bottom = 0.0
    axes.set_ylim(bottom, top)
    if panel.target is None:
        return
    axes.axhspan(
        bottom if panel.target.low is None else panel.target.low,
        top if panel.target.high is None else panel.target.high,
        color=look.band,
        alpha=0.15,
        linewidth=0,
        zorder=0,
        label="target",
    )


def _legend(rows: Sequence[Axes]) -> dict[str, Artist]:
    """Every kind of mark once, by its label."""
    marks: dict[str, Artist] = {}
    for axes in rows:
        for mark, label in zip(*axes.get_legend_handles_labels(), strict=True):
            marks.setdefault(label, mark)
    return marks
