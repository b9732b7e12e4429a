"""A measure from answer to answer, or by the day or week: a rolling median, what is usual, and a line of blocks.

Numbers only; whether they change is said by `change`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from statistics import median
from typing import Literal

from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.targets import LEAST_HISTORY
from voicerehearsal.values import Language, QuestionRef, Usual

WINDOW = 5
"""Answers in a rolling median: one odd answer in five cannot move it far."""

ENOUGH = LEAST_HISTORY
"""Fewer answers than this say nothing about a direction: as many as make a habit, one full window."""

USUAL = 30
"""The latest numbers that say what is usual for a speaker."""

By = Literal["answer", "day", "week"]
"""What one number stands for: an answer, or the median of a day or week on this computer's clock."""

_AS_DEVIATION = 1.4826
_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = "_.-~=*#@"


Number = tuple[float, float, int]
"""When an answer began, in seconds since 1970, its value, and the answer."""


@dataclass(frozen=True, slots=True)
class Point:
    """One answer's number, or the median of a day or week.

    Attributes:
        when: When the answer, the day or the week began; with a time zone.
        value: The number.
        answer_id: The answer, the last of several.
        question: What was asked, None when not known or when it stands for several.
        answers: How many answers it stands for.
    """

    when: datetime
    value: float
    answer_id: int
    question: QuestionRef | None
    answers: int = 1


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure in one language, measured one way, as it stands today.

    Attributes:
        metric: Which measure.
        language: Of the answers.
        count: Number of answers, or of days or weeks.
        first: The earliest.
        recent: The latest ones, oldest first; at least one.
        other_versions: Answers left out because they were measured another way.
        by: What each number stands for.
        cut: Whether there are older answers that were not looked at: neither counted nor `first`.
    """

    metric: Metric
    language: Language
    count: int
    first: Point
    recent: tuple[Point, ...]
    other_versions: int = 0
    by: By = "answer"
    cut: bool = False

    @property
    def latest(self) -> Point:
        """The newest answer."""
        return self.recent[-1]

    @property
    def median(self) -> float:
        """Median of the last `WINDOW` answers."""
        return median(point.value for point in self.recent[-WINDOW:])

    @property
    def values(self) -> list[float]:
        """The latest numbers, oldest first."""
        return [point.value for point in self.recent]

    @property
    def usual(self) -> Usual | None:
        """What is usual for the speaker by the latest `USUAL` numbers; None below `ENOUGH`."""
        return usual_of(self.values[-USUAL:]) if self.count >= ENOUGH else None

    @property
    def too_early(self) -> bool:
        """Whether there are too few answers to speak of a direction."""
        return self.count < ENOUGH


def usual_of(values: Sequence[float]) -> Usual | None:
    """Median, spread and count of `values`; None when there are none.

    The spread is 1.4826 · the median distance from the median, which is the standard deviation of normal numbers and
    which one odd answer does not move (Hampel 1974).
    """
    if not values:
        return None
    middle = median(values)
    return Usual(middle, _AS_DEVIATION * median(abs(value - middle) for value in values), len(values))


def by_period(numbers: Sequence[Number], by: By) -> list[Point]:
    """The median of every day, or week from Monday on, that has a number; `numbers` in the order of time."""
    points = []
    for first, group in groupby(numbers, key=lambda number: _first_day(number[0], by)):
        same = list(group)
        points.append(
            Point(
                when=datetime.combine(first, time.min).astimezone().astimezone(UTC),
                value=median(value for _, value, _ in same),
                answer_id=same[-1][2],
                question=None,
                answers=len(same),
            )
        )
    return points


def _first_day(when_s: float, by: By) -> date:
    day = datetime.fromtimestamp(when_s).date()
    return day - timedelta(days=day.weekday()) if by == "week" else day


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
