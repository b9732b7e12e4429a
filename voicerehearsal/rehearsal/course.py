"""How a rehearsal goes on: a course decides what is asked next from what was heard so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voicerehearsal.rehearsal.events import EndedBy
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Question, Report


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken.

    Attributes:
        step: Which.
        report: How the answer went; None when nothing was to be heard, or not a single sample came.
        ended_by: What ended the answer; None when nothing was to be heard.
        voice: How the voice itself read the lines, where that was asked for.
    """

    step: Step
    report: Report | None = None
    ended_by: EndedBy | None = None
    voice: Report | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A word of the coach on what was just heard.

    Attributes:
        text: One sentence or two.
        good: True for praise, False for what is to be changed, None for neither.
        table: Rows of cells to look at, the first row the headings; mostly empty.
    """

    text: str
    good: bool | None = None
    table: tuple[tuple[str, ...], ...] = ()


class Course(Protocol):
    """What is asked, and what is said about the answers; pure, so that every face may follow it."""

    def texts(self) -> Sequence[str]:
        """Everything that may have to be spoken, what comes first first."""

    def next(self, done: Sequence[Done]) -> Step | None:
        """The next step after those; None when it is over. The same for the same `done`."""

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """What to say right after the last of them; `done` is not empty."""

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """What to say at the end of it all."""


class Planned:
    """Questions one after another, whatever is answered."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = tuple(questions)

    def texts(self) -> Sequence[str]:
        """Every question."""
        return [question.text for question in self._questions]

    def next(self, done: Sequence[Done]) -> Step | None:
        """The first question that was not asked yet."""
        asked = sum(one.step.attempt == 1 for one in done)
        return Step(self._questions[asked]) if asked < len(self._questions) else None

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """The report says it all."""
        return ()

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """The report says it all."""
        return ()


class AtMost:
    """Another course, ended when there can be no more answers."""

    def __init__(self, course: Course, answers: int) -> None:
        self._course = course
        self._answers = answers
        self.texts = course.texts
        self.comments = course.comments
        self.result = course.result

    def next(self, done: Sequence[Done]) -> Step | None:
        """As the course says, but nothing to be answered once all answers were given."""
        step = self._course.next(done)
        given = sum(one.step.listens for one in done)
        return step if step is None or not step.listens or given < self._answers else None


def attempts(question: Question, done: Sequence[Done]) -> list[Report]:
    """The reports on the answers to `question`, in order."""
    return [one.report for one in done if one.step.question.id == question.id and one.report is not None]
