"""Answers made by hand for courses: what was said is decided here, not heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.reports import report
from voicerehearsal.rehearsal.course import Course, Done
from voicerehearsal.rehearsal.events import EndedBy
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import (
    CautionHit,
    Evidence,
    Keywords,
    PointResult,
    Question,
    Report,
    Surge,
    TalkingPoint,
    Transcript,
    Word,
)


def asked(name: str, *points: str, **more: object) -> Question:
    """A question with points of these ids."""
    made = tuple(TalkingPoint(id=point, label=point.capitalize(), phrases=(point,)) for point in points)
    return replace(Question(id=name, text=f"{name}?", points=made), **more)  # type: ignore[arg-type]


def answer(question: Question, *made: str, hurts: str = "", surges: int = 0, says: str = "some words") -> Report:
    """A report on an answer that made these points."""
    whole = report(rate=140.0)
    points = tuple(
        PointResult(point.id, point.label, point.id in made, (Evidence(point.id, 1.0, 2.0),) * (point.id in made))
        for point in question.points
    )
    cautions = (CautionHit(hurts, 3.0, 4.0, "It hurts."),) if hurts else ()
    assert whole.tone is not None
    return replace(
        whole,
        transcript=Transcript(says, tuple(Word(word, at, at + 0.3, 1.0) for at, word in enumerate(says.split()))),
        keywords=Keywords(points, len(made) / len(points) if points else None, None, cautions),
        tone=replace(whole.tone, surges=(Surge(1.0, 3.0, 1.3, 4.0),) * surges),
    )


def wordless(question: Question) -> Report:
    """A report on an answer that nobody wrote down."""
    missing = dict.fromkeys(("transcript", "keywords"), "there is no model for this language")
    return replace(answer(question), transcript=None, keywords=None, missing=missing)


def unheard(question: Question) -> Report:
    """A report on an answer without speech."""
    return replace(wordless(question), pauses=None, pace=None, length=None)


def take(course: Course, done: Sequence[Done], report: Report | None, *, ended_by: EndedBy = "silence") -> list[Done]:
    """`done` and the next step, answered so."""
    step = course.next(done)
    assert step is not None
    return [*done, Done(step, report if step.listens else None, ended_by if step.listens else None)]


def follow(course: Course, *reports: Report) -> tuple[list[Done], Step | None]:
    """Every report as the answer to one step after the other; and the step after them."""
    done: list[Done] = []
    for one in reports:
        done = take(course, done, one)
    return done, course.next(done)


def said(comments: Sequence[object]) -> str:
    """What the coach says, as one text."""
    return " ".join(getattr(comment, "text", "") for comment in comments)
