"""A sheet that is filled from top to bottom: lines of text, curves and lanes over one common time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicerehearsal.measures.pauses import DEAD_AIR_S, LONG_S
from voicerehearsal.pictures.fonts import families
from voicerehearsal.pictures.lanes import Lane, Shape, draw_lane, draw_mark, place, rows_of
from voicerehearsal.pictures.look import Look, drawing, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH_IN = 10.0
LEFT_IN, RIGHT_IN = 0.95, 0.3
PLOT_IN = WIDTH_IN - LEFT_IN - RIGHT_IN

_EDGE_IN, _LINE_IN, _ROW_IN = 0.2, 1.75 / 72, 0.25
_TIMES_IN = 0.3
_TITLE = 13
_TICKS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)
_MEANINGS: dict[Shape, str] = {
    "pause": "pause",
    "long_pause": f"pause of {LONG_S:g} s and more",
    "dead_air": f"pause of {DEAD_AIR_S:g} s and more",
    "filled_pause": "filled pause",
    "phrase": "filler phrase",
    "surge": "surge: faster and louder",
    "mute": "muted",
    "point": "talking point made",
}


@dataclass
class Sheet:
    """A picture in the making; use `open` around all of it. Times run from 0 to `length_s`."""

    look: Look
    length_s: float
    _top_in: float = _EDGE_IN
    _figure: Figure = field(init=False)
    _texts: list[tuple[Text, float]] = field(default_factory=list)
    _rows: list[tuple[Axes, float, float]] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[None]:
        """An empty sheet, in its look, until the end of the block."""
        with drawing(self.look, width_in=WIDTH_IN, height_in=1.0) as self._figure:
            self._figure.set_layout_engine("none")
            yield

    def skip(self, height_in: float) -> None:
        """Leave some room."""
        self._top_in += height_in

    def write(self, text: str, *, size: float = 10, bold: bool = False) -> None:
        """A line of text, cut where the sheet ends; nothing for ""."""
        if not text:
            return
        weight = "bold" if bold else "normal"
        shown = text
        while shown and self.wide(shown + ("…" if shown != text else ""), size, weight) > PLOT_IN:
            shown = shown[:-1].rstrip()
        shown += "…" if shown != text else ""
        line = self._figure.text(
            LEFT_IN / WIDTH_IN, 0, shown, fontsize=size, fontweight=weight, va="top", parse_math=False
        )
        self._texts.append((line, self._top_in))
        self._top_in += size * _LINE_IN

    def axes(self, height_in: float) -> Axes:
        """Axes over the whole width and all times."""
        axes = self._figure.add_axes((0, 0, 1, 1), label=str(len(self._rows)))
        axes.set_xlim(0, self.length_s)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(axis="x", length=0, labelbottom=False)
        self._rows.append((axes, self._top_in, height_in))
        self._top_in += height_in
        return axes

    def lane(self, lane: Lane, *, row_in: float = _ROW_IN) -> None:
        """One lane with its name."""
        placed = place(lane, width=PLOT_IN, at=self.at_in, wide=self.wide)
        axes = self.axes(rows_of(placed) * row_in)
        axes.set_yticks([])
        axes.spines[["bottom", "left"]].set_visible(False)
        axes.patch.set_alpha(0)
        name_y = 1 - 0.5 / rows_of(placed)
        axes.grid(axis="x", linewidth=0.5)
        axes.set_axisbelow(True)
        axes.text(-0.012, name_y, lane.name, ha="right", va="center_baseline", transform=axes.transAxes)
        draw_lane(axes, placed, self.look, per_inch_s=self.length_s / PLOT_IN)

    def put_times(self) -> None:
        """Minutes and seconds below the last axes; in every lane a faint line at each."""
        from matplotlib.ticker import FuncFormatter, MultipleLocator

        step_s = next((step for step in _TICKS_S if self.length_s / step <= 12), _TICKS_S[-1])
        for axes, _, _ in self._rows:
            axes.xaxis.set_major_locator(MultipleLocator(step_s))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: clock(at)))
        self._rows[-1][0].tick_params(axis="x", length=0, labelbottom=True)
        self._top_in += _TIMES_IN

    def at_in(self, moment_s: float) -> float:
        """How far from the left a moment is, inches."""
        return moment_s / self.length_s * PLOT_IN

    def wide(self, text: str, size: float = 9, weight: str = "normal") -> float:
        """How wide a text is, inches."""
        from matplotlib.font_manager import FontProperties

        renderer = self._figure.canvas.get_renderer()  # type: ignore[attr-defined]
        font = FontProperties(family=families(), size=size, weight=weight)
        return float(renderer.get_text_width_height_descent(text, font, False)[0]) / self._figure.dpi

    def headline(self, text: str) -> None:
        """A title, folded where the sheet ends."""
        for line in self.folded(text.split(), " ", "", size=_TITLE, weight="bold"):
            self.write(line, size=_TITLE, bold=True)
            self.skip(-0.06)
        self.skip(0.06)

    def folded(
        self, parts: Sequence[str], between: str, before: str, *, size: float = 9, weight: str = "normal"
    ) -> list[str]:
        """Parts as lines that fit, led by `before`; none without parts."""
        lines: list[str] = []
        for number, part in enumerate(parts):
            piece = part + ("" if number == len(parts) - 1 else between)
            if lines and self.wide(lines[-1] + piece, size, weight) <= PLOT_IN:
                lines[-1] += piece
            else:
                lines.append(piece if lines else before + piece)
        return lines

    def legend(self, shapes: Iterable[Shape], *, curve: str, target: bool) -> None:
        """What every mark means, in as many lines as it takes; `curve` is what the curve is, "" where there is none."""
        present = set(shapes)
        entries: list[tuple[Shape | None, str]] = [(None, f"{curve}, over about 10 s")] if curve else []
        entries += [("target", "target")] if target else []
        entries += [(shape, name) for shape, name in _MEANINGS.items() if shape in present]
        rows: list[list[tuple[float, Shape | None, str]]] = []
        end = PLOT_IN + 1
        for shape, name in entries:
            room = 0.36 + self.wide(name) + 0.25
            if end + room - 0.25 > PLOT_IN:
                rows.append([])
                end = 0.0
            rows[-1].append((end, shape, name))
            end += room
        if not rows:
            return
        axes = self.axes(len(rows) * _ROW_IN)
        axes.set_axis_off()
        axes.set_xlim(0, PLOT_IN)
        axes.set_ylim(len(rows), 0)
        for number, row in enumerate(rows):
            for x, shape, name in row:
                if shape is None:
                    axes.plot([x, x + 0.28], [number + 0.5] * 2, color=self.look.dot, linewidth=2.2)
                else:
                    draw_mark(axes, shape, x, x + 0.28, number, self.look)
                axes.text(x + 0.36, number + 0.5, name, fontsize=9, va="center_baseline", parse_math=False)

    def save(self, out: Path | BinaryIO) -> None:
        """Cut the sheet to what is on it and write it; raises RehearsalError when the file cannot be written."""
        height_in = self._top_in + _EDGE_IN
        self._figure.set_size_inches(WIDTH_IN, height_in)
        for text, top_in in self._texts:
            text.set_y(1 - top_in / height_in)
        for axes, top_in, row_in in self._rows:
            bottom = (height_in - top_in - row_in) / height_in
            axes.set_position((LEFT_IN / WIDTH_IN, bottom, PLOT_IN / WIDTH_IN, row_in / height_in))
        save(self._figure, out)


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 75.3 is 1:15."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
