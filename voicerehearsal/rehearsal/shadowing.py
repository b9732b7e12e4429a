"""Shadowing: hear the model answer, say it after the voice, and see both side by side."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal.coaching.side_by_side import Beside, beside, differs_most
from voicerehearsal.rehearsal.course import Comment, Done
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Question


class Shadowing:
    """The model answers of some questions, one after another."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = tuple(questions)

    def texts(self) -> Sequence[str]:
        """The model answers."""
        return [_model_answer(question) for question in self._questions]

    def next(self, done: Sequence[Done]) -> Step | None:
        """The next model answer, which is heard and stands on the screen to be said."""
        begun = sum(one.step.attempt == 1 for one in done)
        if begun >= len(self._questions):
            return None
        question = self._questions[begun]
        answer = _model_answer(question)
        return Step(question, lines=(answer,), heading=question.text, shown=(answer,), measures_voice=True)

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """Both side by side, and what differs most."""
        model, own = done[-1].voice, done[-1].report
        if model is None or own is None or own.pauses is None:
            return []
        rows = beside(model, own)
        table = (("", "the voice", "you", ""), *map(_cells, rows))
        return [Comment(differs_most(rows), table=table)]

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """Nothing more."""
        return ()


def _model_answer(question: Question) -> str:
    return " ".join(question.model_answer.split())


def _cells(row: Beside) -> tuple[str, ...]:
    numbers = ("–" if value is None else f"{value:.{row.measure.decimals}f}" for value in (row.voice, row.own))
    return (row.measure.name, *numbers, row.measure.unit)
