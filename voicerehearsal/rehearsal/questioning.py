"""The questioning drill: name the kind of a question, and ask for a fact by a question of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicerehearsal.coaching.kinds_of_question import instruction, names_of_kinds, solved, verdict
from voicerehearsal.rehearsal.course import Comment, Done
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Language, Question


class Questioning:
    """The exercises of one question, one after another, each answered once."""

    def __init__(self, question: Question, language: Language) -> None:
        self._question = question
        self._language: Language = language

    def texts(self) -> Sequence[str]:
        """What is said in every exercise."""
        return [instruction(exercise, self._language) for exercise in self._question.exercises]

    def next(self, done: Sequence[Done]) -> Step | None:
        """The next exercise; what is said in one is not measured against the talking points."""
        exercises = self._question.exercises
        if len(done) >= len(exercises):
            return None
        exercise = exercises[len(done)]
        return Step(
            replace(self._question, points=(), cautions=(), target_s=None),
            attempt=len(done) + 1,
            lines=(instruction(exercise, self._language),),
            because=f"Exercise {len(done) + 1} of {len(exercises)}",
            shown=(names_of_kinds(self._language),) if exercise.says else (),
            flows=True,
        )

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """Right or wrong, and why."""
        exercise, report = self._question.exercises[len(done) - 1], done[-1].report
        if report is None:
            return [Comment("Nothing was heard.", good=False)]
        if report.pauses is not None and report.transcript is None:
            reason = report.missing.get("transcript", "there is none").rstrip(".")
            return [Comment(f"A questioning drill needs the recogniser, and {reason}.", good=False)]
        right = solved(exercise, report, self._language)
        return [Comment(verdict(exercise, report, self._language), good=right)]

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """The score."""
        if not done:
            return []
        answered = list(zip(self._question.exercises, done, strict=False))
        parts = []
        for what, named in (("named", True), ("asked", False)):
            these = [
                one.report is not None and solved(exercise, one.report, self._language)
                for exercise, one in answered
                if bool(exercise.says) is named
            ]
            if these:
                parts.append(f"{sum(these)} of {len(these)} {what} rightly")
        return [Comment(f"Score: {', '.join(parts)}.")]
