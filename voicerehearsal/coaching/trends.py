"""A measure from answer to answer: points in time, a rolling median, and a line of blocks. Numbers only, no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.targets import LEAST_HISTORY
from voicerehearsal.values import Language, QuestionRef

WINDOW = 5
"""Answers in a rolling median: one odd answer in five cannot move it far."""

ENOUGH = LEAST_HISTORY
"""Fewer answers than this say nothing about a direction: as many as make a habit, one full window."""

_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = "_.-~=*#@"


@dataclass(frozen=True, slots=True)
class Point:
    """One answer's number; `when` has a time zone."""

    when: datetime
    value: float
    answer_id: int
    question: QuestionRef | None


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure in one language, measured one way, as it stands today.

    Attributes:
        metric: Which measure.
        language: Of the answers.
        count: Number of answers.
        first: The earliest.
        recent: The latest ones, oldest first; at least one.
        other_versions: Answers left out because they were measured another way.
    """

    metric: Metric
    language: Language
    count: int
    first: Point
    recent: tuple[Point, ...]
    other_versions: int = 0

    @property
    def latest(self) -> Point:
        """The newest answer."""
        return self.recent[-1]

    @property
    def median(self) -> float:
        """Median of the last `WINDOW` answers."""
        return median(point.value for point in self.recent[-WINDOW:])

    @property
    def too_early(self) -> bool:
        """Whether there are too few answers to speak of a direction."""
        return self.count < ENOUGH


def rolling_median(values: Sequence[float], *, window: int = WINDOW) -> list[float]:
    """Median of each value and the up to `window` − 1 before it; same length as `values`."""
    return [median(values[max(0, at + 1 - window) : at + 1]) for at in range(len(values))]


def sparkline(values: Sequence[float], *, width: int, ascii_only: bool = False) -> str:
    """The last `width` values as one character each, lowest to highest; all in the middle when they are equal."""
    shown = values[-width:] if width > 0 else ()
    if not shown:
        return ""
    marks = _ASCII if ascii_only else _BLOCKS
    low, high = min(shown), max(shown)
    if high == low:
        return marks[len(marks) // 2 - 1] * len(shown)
    step = (high - low) / (len(marks) - 1)
    return "".join(marks[min(len(marks) - 1, round((value - low) / step))] for value in shown)
