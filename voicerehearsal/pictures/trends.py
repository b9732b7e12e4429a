"""Trends as a picture: a dot an answer, the rolling median, the target, what is usual for the speaker, real changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import localtime
from typing import TYPE_CHECKING, BinaryIO

from voicerehearsal.coaching.change import MEANINGS, Change
from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.trends import WINDOW, By, Point
from voicerehearsal.packs.stated import SHARES
from voicerehearsal.pictures.look import LIGHT, Look, drawing, save
from voicerehearsal.values import Target, Usual

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

HEADLINES = (
    "words_per_minute",
    "characters_per_minute",
    "pauses_per_minute",
    "fillers_per_minute",
    "response_latency_s",
    "coverage",
)
"""What is drawn when no measure is named."""

_COLUMNS = 3
_STEPS = 60
"""Over very many answers the median line moves in about this many steps from side to side."""

_MANY = 300
"""More dots than this are small and faint, and a bitmap even in an SVG."""

_LEAST_DAYS = 4
"""From so many days on a line is drawn from day to day."""

_LEAST_SPAN_S: dict[By, float] = {"answer": 1800.0, "day": 4 * 86_400.0, "week": 28 * 86_400.0}
"""A time axis is no shorter, so that two answers a minute apart are not at the two ends of a picture."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure's part of a picture.

    Attributes:
        title: Above it.
        metric: Which measure.
        whens_s: When each answer, day or week began, in seconds since 1970, in the order of time; at least one.
        values: Their numbers.
        by: What a number stands for.
        target: Where the measure should lie.
        usual: What is usual for the speaker.
        change: Drawn as a line where it is real, through the latest `change.count` numbers.
    """

    title: str
    metric: Metric
    whens_s: Sequence[float]
    values: Sequence[float]
    by: By = "answer"
    target: Target | None = None
    usual: Usual | None = None
    change: Change | None = None

    @classmethod
    def of(cls, title: str, metric: Metric, points: Sequence[Point], target: Target | None = None) -> Panel:
        """A panel of answers that are points already."""
        whens_s, values = [point.when.timestamp() for point in points], [point.value for point in points]
        return cls(title, metric, whens_s, values, target=target)

    @property
    def window(self) -> int:
        """Numbers in the rolling median."""
        return max(WINDOW, len(self.values) // _STEPS)


def draw(panels: Sequence[Panel], out: Path | BinaryIO, look: Look = LIGHT) -> None:
    """Draw `panels`, the first over the whole width and the others by twos below it.

    Raises:
        RehearsalError: The file cannot be written.
    """
    rows = 1 + len(panels) // 2
    with drawing(look, width_in=9, height_in=4.4 if len(panels) == 1 else 1.1 + 2.5 * rows) as figure:
        places = [(0, slice(None)), *((1 + n // 2, slice(n % 2, n % 2 + 1)) for n in range(len(panels) - 1))]
        grid = figure.add_gridspec(rows, 1 if len(panels) == 1 else 2)
        all_axes = [figure.add_subplot(grid[row, column]) for row, column in places]
        limits = _time_limits(panels)
        for axes, panel in zip(all_axes, panels, strict=True):
            _draw_panel(axes, panel, limits, extent(panel), look)
            axes.set_ylabel(_scale(panel.metric))
        _add_legend(figure, all_axes)
        save(figure, out)


def draw_each(panels: Sequence[Panel], heading: str, out: Path | BinaryIO, look: Look = LIGHT) -> None:
    """Draw `panels` of one measure as small ones with the same axes under a heading, one beside another.

    Raises:
        RehearsalError: The file cannot be written.
    """
    rows = -(-len(panels) // _COLUMNS)
    with drawing(look, width_in=10, height_in=1.2 + 2.1 * rows) as figure:
        grid = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False)
        limits = _time_limits(panels)
        ranges = [extent(panel) for panel in panels]
        heights = min(low for low, _ in ranges), max(high for _, high in ranges)
        for axes, panel in zip(grid.flat, panels, strict=False):
            _draw_panel(axes, panel, limits, heights, look, small=True)
        for axes in grid.flat[len(panels) :]:
            axes.set_axis_off()
        for column in range(_COLUMNS):  # the lowest panel of each column has the dates
            grid[(len(panels) - 1 - column) // _COLUMNS, column].tick_params(labelbottom=True)
        figure.suptitle(heading, x=0.01, ha="left", fontsize=12, fontweight="bold")
        figure.supylabel(_scale(panels[0].metric), fontsize=10)
        _add_legend(figure, grid.flat[: len(panels)])
        save(figure, out)


def _draw_panel(
    axes: Axes,
    panel: Panel,
    limits: tuple[datetime, datetime],
    heights: tuple[float, float],
    look: Look,
    *,
    small: bool = False,
) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    axes.set_xlim(*limits)  # type: ignore[arg-type]
    axes.set_ylim(*heights)
    _draw_bands(axes, panel, look)
    _draw_numbers(axes, panel, look)
    said, large = _in_words(panel), 9 if small else 10.5
    axes.set_title(panel.title, loc="left", fontsize=large, fontweight="bold", pad=17 if said else 6)
    axes.annotate(said, (0, 1), (0, 5), "axes fraction", "offset points", fontsize=8.5, color=look.pause)
    axes.grid(axis="y", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    locator = AutoDateLocator(minticks=2 if small else 3, maxticks=4 if small else 7)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(  # type: ignore[no-untyped-call]
            locator,
            formats=["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%H:%M:%S"],
            zero_formats=["", "%Y", "%d %b", "%d %b", "%H:%M", "%H:%M"],
            offset_formats=["", "%Y", "%Y", "%d %b %Y", "%d %b %Y", "%d %b %Y"],
        )
    )


def _draw_numbers(axes: Axes, panel: Panel, look: Look) -> None:
    """Dots, the median line, which begins where it rests on a whole window, and the line of a real change."""
    import numpy as np

    when, values = _on_the_clock(panel.whens_s), np.asarray(panel.values, float)
    many = len(values) > _MANY
    axes.plot(
        when,
        values,
        "o",
        color=look.dot,
        markersize=2.5 if many else 5,
        alpha=max(0.03, 0.75 * (_MANY / len(values)) ** 0.5) if many else 0.75,
        markeredgewidth=0,
        label="one answer" if panel.by == "answer" else f"median of a {panel.by}",
        rasterized=many,
        clip_on=many,  # a dot on the edge is whole
    )
    ends, middle = median_line(panel)
    if len(ends):
        axes.plot(when[ends], middle, color=look.line, linewidth=2, label="rolling median")
    at, line = change_line(panel)
    if len(at):
        axes.plot(when[at], line, color=look.ink, linewidth=1.6, label="change beyond chance")


def median_line(panel: Panel) -> tuple[NDArray[np.intp], list[float]]:
    """The median of the latest numbers at some of them: their places, and the line's heights there."""
    import numpy as np

    values, window = np.asarray(panel.values, float), panel.window
    if len(values) > _MANY:
        ends = np.arange(window - 1, len(values), max(1, window // WINDOW))
    else:
        shown = _ends_of_days(_on_the_clock(panel.whens_s))
        ends = shown[shown >= window - 1]
    if not len(ends):
        return ends, []
    windows = np.lib.stride_tricks.sliding_window_view(values, window)
    middle: list[float] = np.median(windows[ends + 1 - window], axis=1).tolist()
    return ends, middle


def change_line(panel: Panel) -> tuple[NDArray[np.intp], list[float]]:
    """Where the line of a change runs, as `median_line`; without a change that is beyond chance there is none."""
    import numpy as np

    change = panel.change
    if change is None or change.verdict not in MEANINGS or change.start is None or change.end is None:
        return np.zeros(0, np.intp), []
    first = len(panel.values) - change.count
    latest = np.arange(first, len(panel.values))
    at = first + _ends_of_days(_on_the_clock(panel.whens_s[first:])) if len(latest) else latest
    return at, [float(height) for height in np.linspace(change.start, change.end, change.count)[at - first]]


def _ends_of_days(when: NDArray[np.datetime64]) -> NDArray[np.intp]:
    """The last of each day, so that a line has one height a day; all where there are too few days for a line."""
    import numpy as np

    day = when.astype("datetime64[D]")
    last = np.flatnonzero(np.append(day[1:] != day[:-1], True))
    return last if len(last) >= _LEAST_DAYS else np.arange(len(when))


def _on_the_clock(whens_s: Sequence[float]) -> NDArray[np.datetime64]:
    """Times on this computer's clock, summer and winter as they were, without a zone."""
    import numpy as np

    when_s = np.asarray(whens_s, float)
    hours, hour = np.unique(when_s // 3600, return_inverse=True)
    offset_s = np.array([localtime(3600 * one).tm_gmtoff for one in hours], float)[hour]
    return np.array((when_s + offset_s) * 1000, "datetime64[ms]")


def _draw_bands(axes: Axes, panel: Panel, look: Look) -> None:
    """Shade the target; hatch what is usual, its median dashed."""
    bottom, top = axes.get_ylim()
    target, usual = panel.target, panel.usual
    if target is not None:
        low, high = bottom if target.low is None else target.low, top if target.high is None else target.high
        axes.axhspan(low, high, color=look.band, alpha=0.15, linewidth=0, zorder=0, label="target")
    if usual is not None:
        axes.axhspan(
            usual.median - usual.spread,
            usual.median + usual.spread,
            facecolor="none",
            edgecolor=(look.pause, 0.45),
            hatch="////",
            linewidth=0,
            zorder=0.5,
            label="usual for you",
        )
        axes.axhline(usual.median, color=look.pause, linewidth=1, linestyle=(0, (5, 3)), zorder=1)


def extent(panel: Panel) -> tuple[float, float]:
    """What the axis shows: every number and both bands, and no more."""
    edges = [edge for edge in ((panel.target.low, panel.target.high) if panel.target else ()) if edge is not None]
    if panel.usual is not None:
        edges += [panel.usual.median - panel.usual.spread, panel.usual.median + panel.usual.spread]
    least, most = min(panel.values), max(panel.values)
    low, high = min(least, *edges, least), max(most, *edges, most)
    room = 0.1 * (high - low) or 1.0
    bottom = max(0.0, low - room) if least >= 0 else low - room
    if panel.target is not None and panel.target.low is None and least >= 0:
        bottom = 0.0
    return bottom, min(1.02, high + room) if panel.metric.name in SHARES else high + room


def _time_limits(panels: Sequence[Panel]) -> tuple[datetime, datetime]:
    """From the first answer to the last on this computer's clock, with a little room."""
    first = min(panel.whens_s[0] for panel in panels)
    last = max(panel.whens_s[-1] for panel in panels)
    least = max(_LEAST_SPAN_S[panel.by] for panel in panels)
    room = max(0.02 * (last - first), (least - (last - first)) / 2)
    return datetime.fromtimestamp(first - room), datetime.fromtimestamp(last + room)


def _scale(metric: Metric) -> str:
    """What the axis is called: bare numbers that are no shares are named by the title alone."""
    return metric.unit or ("share" if metric.name in SHARES else "")


def _in_words(panel: Panel) -> str:
    decimals = panel.metric.decimals
    usual = panel.usual and f"usual {panel.usual.median:.{decimals}f} ± {panel.usual.spread:.{decimals}f}"
    return " · ".join(filter(None, (usual, MEANINGS.get(panel.change.verdict) if panel.change else None)))


def _add_legend(figure: Figure, all_axes: Iterable[Axes]) -> None:
    """Every kind of mark once, by its label."""
    marks: dict[str, Artist] = {}
    for axes in all_axes:
        for mark, label in zip(*axes.get_legend_handles_labels(), strict=True):
            marks.setdefault(label, mark)
    legend = figure.legend(
        marks.values(), marks.keys(), loc="outside lower left", ncols=min(5, len(marks)), frameon=False
    )
    for line in legend.get_lines():
        line.set_alpha(1)
        if line.get_linestyle() == "None":
            line.set_markersize(5)
