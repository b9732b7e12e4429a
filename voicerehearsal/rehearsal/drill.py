"""The drill: one question until it sits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from voicerehearsal.coaching.sitting import GOOD_ONES, why_not
from voicerehearsal.rehearsal.course import Comment, Done
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Question


class Drill:
    """One question, again and again, until it went well twice running."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def texts(self) -> Sequence[str]:
        """The question."""
        return [self._question.text]

    def next(self, done: Sequence[Done]) -> Step | None:
        """The same question, until it sits."""
        if _good_running(done) >= GOOD_ONES:
            return None
        return done[-1].step.once_more() if done else Step(self._question)

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """Why it does not sit yet, or that it does."""
        report = done[-1].report
        missing = "Nothing was heard." if report is None else why_not(report)
        if missing is not None:
            return [Comment(missing, good=False)]
        if _good_running(done) >= GOOD_ONES:
            return [Comment(f"It sits: {GOOD_ONES} good answers running, {len(done)} in all.", good=True)]
        return [Comment("That was a good one. Once more like this, and it sits.", good=True)]

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """How near it came, when it does not sit yet."""
        judged = any(one.report is not None and one.report.keywords is not None for one in done)
        if len(done) < GOOD_ONES or not judged or _good_running(done) >= GOOD_ONES:
            return []
        good = sum(_went_well(one) for one in done)
        return [Comment(f"{self._question.id} does not sit yet: {good} of {len(done)} attempts were good.")]


def _went_well(one: Done) -> bool:
    return one.report is not None and why_not(one.report) is None


def _good_running(done: Sequence[Done]) -> int:
    return len(list(takewhile(_went_well, reversed(done))))
