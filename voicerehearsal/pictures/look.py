"""The one look of every picture: colours told apart with any kind of colour vision, on light paper and on dark."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicerehearsal.errors import RehearsalError, UsageError
from voicerehearsal.pictures.fonts import families

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one kind of paper, as "#RRGGBB"; the hues are those of Okabe & Ito (2008).

    Attributes:
        paper: Behind everything.
        ink: Text and axes.
        faint: Grid lines and frames.
        dot: One answer, one moment.
        line: What runs through the dots.
        band: Where a measure should lie.
        pause: Silence.
        filler: Filled pauses and filler phrases.
        surge: Faster and louder at once.
        point: A talking point.
    """

    paper: str
    ink: str
    faint: str
    dot: str
    line: str
    band: str
    pause: str
    filler: str
    surge: str
    point: str


LIGHT = Look(
    paper="#FFFFFF",
    ink="#222222",
    faint="#DDDDDD",
    dot="#0072B2",
    line="#D55E00",
    band="#009E73",
    pause="#777777",
    filler="#CC79A7",
    surge="#D55E00",
    point="#009E73",
)
DARK = Look(
    paper="#16191D",
    ink="#E6E6E6",
    faint="#3A3F45",
    dot="#56B4E9",
    line="#E69F00",
    band="#00B588",
    pause="#9AA0A6",
    filler="#E29AC2",
    surge="#E69F00",
    point="#00B588",
)


def check_picture_name(path: Path) -> None:
    """Refuse a file that is not a picture of ours, before any work is done.

    Raises:
        UsageError: Its name ends neither in .png nor in .svg.
    """
    if path.suffix.lower() not in {".png", ".svg"}:
        raise UsageError(f"{path} cannot be drawn", "The name of a picture ends in .png or .svg.")


@contextmanager
def drawing(look: Look, *, width_in: float, height_in: float) -> Iterator[Figure]:
    """An empty figure; whatever is drawn inside the block has the colours of this look, and all letters there are."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # not every Chinese font has a bold one
    with mpl.rc_context(
        {
            "font.family": families(),
            "font.size": 10,
            "svg.fonttype": "none",  # text stays text: it can be searched, and a screen reader reads it
            "figure.facecolor": look.paper,
            "axes.facecolor": look.paper,
            "axes.edgecolor": look.pause,
            "axes.labelcolor": look.ink,
            "text.color": look.ink,
            "xtick.color": look.ink,
            "ytick.color": look.ink,
            "grid.color": look.faint,
        }
    ):
        figure = Figure(figsize=(width_in, height_in), layout="constrained")
        FigureCanvasAgg(figure)
        yield figure


def save(figure: Figure, out: Path | BinaryIO) -> None:
    """Write a figure to a .png or .svg file, or as SVG into a stream, while its look is still in force.

    Raises:
        RehearsalError: The file cannot be written.
    """
    try:
        figure.savefig(out, dpi=150, format=None if isinstance(out, Path) else "svg")
    except OSError as error:
        where = out if isinstance(out, Path) else "The picture"
        raise RehearsalError(f"{where} cannot be written ({error.strerror})", "Choose another place.") from error
