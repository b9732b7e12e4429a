"""From notes: the speaker's own bullets on the screen at first, then hidden, and answered from recall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicerehearsal.rehearsal.course import Comment, Done
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.rehearsal.understanding import BY_WORDS_ALONE, Understanding
from voicerehearsal.values import Question, Report, TalkingPoint

SHOWN_ATTEMPTS = 2
"""With the notes in view; recall is trained by doing without (Roediger & Karpicke 2006)."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A question with the speaker's notes on it.

    Attributes:
        question: What is asked.
        bullets: What the speaker wants to say, one thing each.
        attempts: How often they answered it since they wrote the notes.
    """

    question: Question
    bullets: tuple[str, ...]
    attempts: int


class FromNotes:
    """Questions with notes, each answered until it was answered once without them."""

    def __init__(self, noted: Sequence[Noted], understanding: Understanding = BY_WORDS_ALONE) -> None:
        self._noted = tuple(noted)
        self._understanding = understanding

    def texts(self) -> Sequence[str]:
        """The questions."""
        return [one.question.text for one in self._noted]

    def next(self, done: Sequence[Done]) -> Step | None:
        """The same question while the notes were shown, then the next."""
        if done and done[-1].step.shown:
            return self._step(self._of(done[-1]), done)
        begun = {one.step.question.id for one in done}
        return next((self._step(one, done) for one in self._noted if one.question.id not in begun), None)

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """After an answer from recall: what of the notes was left out."""
        report = done[-1].report
        noted = self._of(done[-1])
        if report is None or report.pauses is None:
            return []
        if done[-1].step.shown:
            left = SHOWN_ATTEMPTS - _answered(noted, done)
            again = "once more with your notes" if left == 1 else "now without them"
            return [Comment(f"That was with your notes; {again}.")] if left >= 0 else []
        missing = left_out(noted.question, noted.bullets, report, self._understanding)
        if missing is None:
            return [Comment("What of your notes you said cannot be told without the words.")]
        if not missing:
            return [Comment(f"From recall: all {len(noted.bullets)} of your notes.", good=True)]
        said = len(noted.bullets) - len(missing)
        return [
            Comment(f"From recall: {said} of {len(noted.bullets)} notes. Left out: {'; '.join(missing)}.", good=False)
        ]

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """Nothing more."""
        return ()

    def _of(self, one: Done) -> Noted:
        return next(noted for noted in self._noted if noted.question.id == one.step.question.id)

    def _step(self, noted: Noted, done: Sequence[Done]) -> Step:
        here = sum(one.step.question.id == noted.question.id for one in done)
        shown = _answered(noted, done) < SHOWN_ATTEMPTS
        because = "With your notes." if shown else "From recall: your notes are hidden now."
        bullets = tuple(f"- {bullet}" for bullet in noted.bullets) if shown else ()
        return Step(noted.question, attempt=here + 1, heading=noted.question.text, because=because, shown=bullets)


def _answered(noted: Noted, done: Sequence[Done]) -> int:
    """How often the question was answered since the notes were written, today and before."""
    return noted.attempts + sum(one.step.question.id == noted.question.id for one in done)


def left_out(
    question: Question, bullets: Sequence[str], report: Report, understanding: Understanding = BY_WORDS_ALONE
) -> list[str] | None:
    """The notes that an answer did not come to; None without words.

    A note was said when it would count as a talking point made; one that is called like a talking point of the
    question is said as that is.
    """
    if report.transcript is None:
        return None
    labelled = {point.label.casefold(): point for point in question.points}
    points = tuple(
        replace(labelled.get(bullet.casefold()) or _as_point(bullet), id=str(at), label=bullet)
        for at, bullet in enumerate(bullets)
    )
    asked = replace(question, points=points, cautions=())
    found, _ = understanding.covered(asked, None, report.transcript.words, report.language)
    return [point.label for point in found.points if not point.covered]


def _as_point(bullet: str) -> TalkingPoint:
    return TalkingPoint(id="", label=bullet, phrases=(bullet,), examples=(bullet,))
