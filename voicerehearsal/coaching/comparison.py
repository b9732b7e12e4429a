"""Two attempts side by side: what changed by more than a person's answers differ anyway, and which points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from voicerehearsal.coaching.metrics import METRICS, Metric, numbers
from voicerehearsal.coaching.targets import PACE, Target, Targets, aim
from voicerehearsal.values import CautionHit, Keywords, PointResult, Report, Usual

ENOUGH = 6
"""Answers that it takes to know a usual spread: with fewer, no factor keeps false alarms near one in twenty."""

HEADLINES = (
    "words_per_minute",
    "characters_per_minute",
    "syllables_per_second",
    "pauses_per_minute",
    "pause_longest_s",
    "fillers_per_minute",
    "response_latency_s",
    "speaking_s",
    "coverage",
    "smile_score",
)
"""The measures that are always shown; of the others, those that changed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of both answers; None where it is not known.

    Attributes:
        metric: Which.
        a: Of the first answer.
        b: Of the second.
        usual: What is usual for the speaker, None when not known.
        target: Where it should lie, None when nobody says.
    """

    metric: Metric
    a: float | None
    b: float | None
    usual: Usual | None = None
    target: Target | None = None

    @property
    def difference(self) -> float | None:
        """How much more the second has."""
        return None if self.a is None or self.b is None else self.b - self.a

    @property
    def least_change(self) -> float | None:
        """The difference from which it is beyond the usual; None when that is not known.

        The difference of two answers has √2 times the spread s of single ones, and only once in twenty is it more than
        1.96 · √2 · s (repeatability coefficient, Bland & Altman 1986). A spread told from n answers is uncertain
        itself, hence 1 + 3 / n times as much: it keeps to once in twenty from `ENOUGH` answers up (own simulation).
        """
        if self.usual is None or self.usual.answers < ENOUGH or self.usual.spread <= 0:
            return None
        return 1.96 * sqrt(2) * self.usual.spread * (1 + 3 / self.usual.answers)

    @property
    def beyond_usual(self) -> bool | None:
        """Whether they differ by more than the speaker's answers do anyway; None when that is not known."""
        difference, least = self.difference, self.least_change
        if difference is None or least is None:
            return None
        return abs(difference) > max(least, 10.0**-self.metric.decimals)

    @property
    def on_target(self) -> bool:
        """Whether the second is where it should be."""
        wished = aim(self.metric.name, self.target)
        return wished is not None and self.b is not None and wished.distance(self.b) == 0

    @property
    def towards_target(self) -> Literal["nearer", "further"] | None:
        """Whether the second is nearer to the target or further from it; None when neither."""
        wished = aim(self.metric.name, self.target)
        if wished is None or self.a is None or self.b is None:
            return None
        closer = wished.distance(self.a) - wished.distance(self.b)
        return None if closer == 0 else ("nearer" if closer > 0 else "further")


@dataclass(frozen=True, slots=True)
class Points:
    """The talking points of two answers to one question, by what became of them; and the phrases that hurt.

    Attributes:
        gained: Made in the second only.
        lost: Made in the first only.
        kept: Made in both.
        missed: Made in neither.
        order: Whether they came in a sensible order, in the first and in the second; None where that is not known.
        cautions_gone: Only in the first.
        cautions_new: Only in the second.
    """

    gained: tuple[PointResult, ...]
    lost: tuple[PointResult, ...]
    kept: tuple[PointResult, ...]
    missed: tuple[PointResult, ...]
    order: tuple[bool | None, bool | None]
    cautions_gone: tuple[CautionHit, ...]
    cautions_new: tuple[CautionHit, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two answers side by side.

    Attributes:
        measures: Every measure that at least one of them has, pace first.
        points: What became of the talking points; None when they cannot be compared.
        no_points: Why they cannot, "" when they can.
    """

    measures: tuple[Measured, ...]
    points: Points | None
    no_points: str = ""

    @property
    def shown(self) -> list[Measured]:
        """The measures that matter: the headlines, and of the others what changed beyond the usual."""
        return [one for one in self.measures if one.metric.name in self._headlines() or one.beyond_usual]

    @property
    def changed(self) -> list[Measured]:
        """What changed beyond the usual."""
        return [one for one in self.measures if one.beyond_usual]

    @property
    def told(self) -> int:
        """Of how many measures it can be told whether they changed beyond the usual."""
        return sum(one.beyond_usual is not None for one in self.measures)

    def _headlines(self) -> set[str]:
        """Syllables stand in for words where neither answer has any."""
        has_words = any(one.metric.name in PACE.values() for one in self.measures)
        return set(HEADLINES) - ({"syllables_per_second"} if has_words else set())


def compare(a: Report, b: Report, usual: Mapping[str, Usual], targets: Targets) -> Comparison:
    """The second answer against the first.

    Args:
        a: The first.
        b: The second.
        usual: What is usual for the speaker in this language, by name of measure.
        targets: Where their measures should lie.
    """
    no_points = _no_points(a, b)
    ours, theirs = ({metric.name: value for metric, value in numbers(report)} for report in (a, b))
    return Comparison(
        measures=tuple(
            Measured(metric, ours.get(name), theirs.get(name), usual.get(name), _length(a, b, name) or targets.of(name))
            for name, metric in METRICS.items()
            if (name in ours or name in theirs) and not (name == "coverage" and no_points)
        ),
        points=_points(a.keywords, b.keywords) if a.keywords and b.keywords and not no_points else None,
        no_points=no_points,
    )


def _no_points(a: Report, b: Report) -> str:
    """Why the points of two answers cannot be compared."""
    if a.question is None or b.question is None:
        return "it is not known which question was answered"
    if a.question != b.question:
        return "they answer different questions"
    for report in (a, b):
        if report.keywords is None:
            return report.missing.get("keywords", "the words are not known")
    return "" if b.keywords and b.keywords.points else "the question has none"


def _length(a: Report, b: Report, name: str) -> Target | None:
    """The question's own target for the length, where both were held against it."""
    if name != "speaking_s" or a.length is None or b.length is None:
        return None
    wished = b.length.target_s
    return None if wished is None or wished != a.length.target_s else Target(*wished, "the question's own length")


def _points(a: Keywords, b: Keywords) -> Points:
    made_before = {point.id for point in a.points if point.covered}
    known_before = {point.id for point in a.points}
    both = [point for point in b.points if point.id in known_before]  # a pack may have changed meanwhile
    return Points(
        gained=tuple(point for point in both if point.covered and point.id not in made_before),
        lost=tuple(point for point in both if not point.covered and point.id in made_before),
        kept=tuple(point for point in both if point.covered and point.id in made_before),
        missed=tuple(point for point in both if not point.covered and point.id not in made_before),
        order=(a.order, b.order),
        cautions_gone=_cautions_only_in(a, b),
        cautions_new=_cautions_only_in(b, a),
    )


def _cautions_only_in(one: Keywords, other: Keywords) -> tuple[CautionHit, ...]:
    """The first of every kind of phrase that hurts and that only `one` has."""
    known = {caution.why for caution in other.cautions}
    found: dict[str, CautionHit] = {}
    for caution in one.cautions:
        if caution.why not in known:
            found.setdefault(caution.why, caution)
    return tuple(found.values())
