"""Lanes below a curve: what happened when, each kind in a lane of its own, and no label over another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from voicerehearsal.pictures.look import Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Shape = Literal["target", "pause", "long_pause", "dead_air", "filled_pause", "phrase", "surge", "mute", "point"]

STRETCHES = ("target", "pause", "long_pause", "dead_air", "mute")
"""Drawn as shaded boxes; the others as markers told apart by their shape."""

_GAP = 0.12  # inches between what stands side by side in a row
_MARK = 0.10  # inches that a marker reaches to both sides of its moment

_MARKERS: dict[Shape, str] = {"filled_pause": "D", "phrase": "s", "surge": "^", "point": "o"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened; `end_s` is `start_s` for a moment. Without a label only its mark is drawn."""

    shape: Shape
    start_s: float
    end_s: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """The marks of one kind, in the order of time.

    Attributes:
        name: What stands at its left.
        marks: None in the lane of an answer in which nothing was heard.
        most_rows: With more rows than this its labels are left out; None: as many as it takes.
    """

    name: str
    marks: Sequence[Mark]
    most_rows: int | None = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its row, counted from the top, with its label to the right of it or to the left."""

    mark: Mark
    row: int
    left: bool = False


def place(lane: Lane, *, width: float, at: Callable[[float], float], wide: Callable[[str], float]) -> list[Placed]:
    """The marks of a lane in rows, so that no label lies over another one or over a mark.

    Args:
        lane: Which.
        width: Of the whole lane, inches.
        at: From a moment to inches from the lane's left.
        wide: From a label to its width in inches.
    """
    if not any(mark.label for mark in lane.marks):
        return [Placed(mark, 0) for mark in lane.marks]
    ends: list[float] = []
    placed = []
    for mark in sorted(lane.marks, key=lambda mark: mark.start_s):
        start, end, left = _box(mark, width, at, wide)
        row = next((row for row, taken in enumerate(ends) if start >= taken + _GAP), len(ends))
        ends[row : row + 1] = [end]
        placed.append(Placed(mark, row, left))
    if lane.most_rows is not None and len(ends) > lane.most_rows:
        return [Placed(Mark(mark.shape, mark.start_s, mark.end_s), 0) for mark in lane.marks]
    return placed


def _box(
    mark: Mark, width: float, at: Callable[[float], float], wide: Callable[[str], float]
) -> tuple[float, float, bool]:
    """From where to where mark and label reach, and whether the label stands to the left."""
    start, end = at(mark.start_s) - _MARK, at(mark.end_s) + _MARK
    if not mark.label:
        return start, end, False
    room = wide(mark.label) + _MARK / 2
    if end + room <= width or start - room < 0:
        return start, end + room, False
    return start - room, end, True


def rows_of(placed: Sequence[Placed]) -> int:
    """How many rows there are."""
    return 1 + max((one.row for one in placed), default=0)


def draw_lane(axes: Axes, placed: Sequence[Placed], look: Look, *, per_inch_s: float) -> None:
    """Draw a lane whose axes are `rows_of(placed)` high, the first row on top; `per_inch_s` seconds are an inch."""
    axes.set_ylim(rows_of(placed), 0)
    for one in placed:
        draw_mark(axes, one.mark.shape, one.mark.start_s, one.mark.end_s, one.row, look)
        if one.mark.label:
            side = one.mark.start_s if one.left else one.mark.end_s
            axes.text(
                side + (-1 if one.left else 1) * 1.3 * _MARK * per_inch_s,
                one.row + 0.5,
                one.mark.label,
                ha="right" if one.left else "left",
                va="center_baseline",
                fontsize=9,
                parse_math=False,
                bbox={"facecolor": look.paper, "edgecolor": "none", "pad": 1},
            )


def draw_mark(axes: Axes, shape: Shape, start: float, end: float, row: int, look: Look) -> None:
    """Draw one mark in a row of axes that count rows downwards; a moment is in the middle of `start` and `end`."""
    from matplotlib.patches import Rectangle

    if shape in STRETCHES:
        axes.add_patch(Rectangle((start, row + 0.2), end - start, 0.6, **shading(shape, look)))
        return
    if shape == "surge":
        axes.plot([start, end], [row + 0.5] * 2, color=look.surge, linewidth=3, solid_capstyle="butt")
    hollow = shape == "phrase"
    colour = {"filled_pause": look.filler, "phrase": look.filler, "surge": look.surge, "point": look.point}[shape]
    axes.plot(
        [(start + end) / 2],
        [row + 0.5],
        marker=_MARKERS[shape],
        color=colour,
        markerfacecolor=look.paper if hollow else colour,
        markeredgewidth=1.5 if hollow else 0,
        markersize=9 if shape == "surge" else (6 if shape in ("filled_pause", "phrase") else 7),
        linestyle="none",
        clip_on=False,
    )


def shading(shape: Shape, look: Look) -> dict[str, Any]:
    """How a stretch is shaded: the longer a silence the darker, dead air and mutes with lines or dots in it."""
    match shape:
        case "target":
            return {"facecolor": look.band, "alpha": 0.25, "linewidth": 0}
        case "pause":
            return {"facecolor": look.pause, "alpha": 0.17, "linewidth": 0}
        case "long_pause":
            return {"facecolor": look.pause, "alpha": 0.4, "linewidth": 0}
        case "dead_air":
            return {"facecolor": look.pause, "alpha": 0.4, "hatch": "////", "edgecolor": look.ink, "linewidth": 0}
        case _:
            return {"facecolor": "none", "hatch": "....", "edgecolor": look.pause, "linewidth": 0}
