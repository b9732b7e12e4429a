"""Personal bests: the one answer in which a measure came out best, and whether it is a best at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from voicerehearsal.coaching.judgement import ENOUGH_SPEECH_S
from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.targets import LEAST_HISTORY, Target, aim
from voicerehearsal.coaching.trends import Point
from voicerehearsal.values import Language, QuestionRef

Better = Literal["more", "less"]

COUNTED: dict[str, Better] = {
    "coverage": "more",
    "steadiness": "more",
    "smile_score": "more",
    "falling_endings": "more",
    "pause_longest_s": "less",
    "response_latency_s": "less",
}
"""The measures of which more (or less) is better without end.

A pace, a rate of fillers or a liveliness is good anywhere in its band: which of the answers inside lies nearest to the
middle is luck, so there only the first one inside, or the nearest of those that all missed it, is a best.
"""

BANDED = ("words_per_minute", "characters_per_minute", "fillers_per_minute", "liveliness")


@dataclass(frozen=True, slots=True)
class Best:
    """The answer in which a measure came out best.

    Attributes:
        metric: Which measure.
        language: What was spoken.
        value: What it was.
        answer_id: Number of the answer.
        when: When it was given.
        question: What was asked.
        among: How many answers it is the best of.
        kind: "most" and "least" of all; the "first" on target; the "nearest" to a target nobody reached.
        new: Whether it was reached in the time looked at.
    """

    metric: Metric
    language: Language
    value: float
    answer_id: int
    when: datetime
    question: QuestionRef | None
    among: int
    kind: Literal["most", "least", "first", "nearest"]
    new: bool


def best(
    metric: Metric,
    language: Language,
    points: Sequence[Point],
    *,
    target: Target | None,
    speaking_s: dict[int, float],
    period: Iterable[int],
) -> Best | None:
    """The best of the answers to `metric`, or None when there are too few to speak of one.

    Only answers with `ENOUGH_SPEECH_S` of speech count, and there must be one more than `LEAST_HISTORY` of them. Where
    several are equally good the earliest holds the record: to equal it is not to beat it. When all are equal there is
    none; and to reach a target is one only after `LEAST_HISTORY` answers that missed it.

    Args:
        metric: Of `COUNTED` or `BANDED`.
        language: What was spoken.
        points: Oldest first.
        target: Where the measure should lie; `BANDED` ones need it.
        speaking_s: By number of answer, how long it was.
        period: The numbers of the answers of the time looked at.
    """
    counted = [point for point in points if speaking_s.get(point.answer_id, 0.0) >= ENOUGH_SPEECH_S]
    if len(counted) <= LEAST_HISTORY:
        return None
    better = COUNTED.get(metric.name)
    if better is None and target is None:
        return None
    costs = [_cost(metric.name, point.value, better, target) for point in counted]
    if min(costs) == max(costs):
        return None
    at = costs.index(min(costs))
    kind: Literal["most", "least", "first", "nearest"] = "most" if better == "more" else "least"
    if better is None:
        kind = "first" if costs[at] == 0 else "nearest"
        if kind == "first" and at < LEAST_HISTORY:
            return None
    point = counted[at]
    return Best(
        metric,
        language,
        point.value,
        point.answer_id,
        point.when,
        point.question,
        len(counted),
        kind,
        new=point.answer_id in set(period),
    )


def _cost(name: str, value: float, better: Better | None, target: Target | None) -> float:
    if better is not None:
        return -value if better == "more" else value
    wished = aim(name, target)
    return 0.0 if wished is None else wished.distance(value)
