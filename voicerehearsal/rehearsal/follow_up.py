"""The interview: main questions, each followed up by what its answer left out."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal.coaching.schedule import Urgency
from voicerehearsal.packs import find_question
from voicerehearsal.rehearsal.course import Comment, Done, attempts
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Pack, PointResult, Question, Report


class FollowedUp:
    """Main questions, most urgent first or as named, with the follow-ups that their answers ask for."""

    def __init__(self, pack: Pack, *, ids: Sequence[str], count: int, urgency: Urgency) -> None:
        """Plan an interview of `count` questions; those named by `ids` come in their order, all others by urgency.

        Raises:
            UsageError: The pack has no such question.
        """
        self._by_urgency = sorted(pack.questions, key=urgency)
        named = [find_question(pack, wanted) for wanted in dict.fromkeys(ids)]
        self._mains = named or [question for question in self._by_urgency if question.follows is None]
        self._rest = [] if named else self._by_urgency
        self._count = max(count, len(named))
        self._each = max(1, self._count // len(named) - 1) if named else 1

    def texts(self) -> Sequence[str]:
        """The main questions that there is time for, and all their follow-ups; the others where these are too few."""
        mains = self._mains[: self._count]
        questions = [question for main in mains for question in (main, *self._follow_ups(main))]
        rest = self._rest if len(questions) < self._count else []
        return list(dict.fromkeys(question.text for question in (*questions, *rest)))

    def next(self, done: Sequence[Done]) -> Step | None:
        """A follow-up on the main question, or the next one."""
        asked = list(dict.fromkeys(one.step.question.id for one in done))
        if len(asked) >= self._count:
            return None
        main = self._current(asked)
        if main is not None and self._followed(main, asked) < self._each:
            step = self._follow_up(main, asked, done)
            if step is not None:
                return step
        return next((Step(question) for question in (*self._mains, *self._rest) if question.id not in asked), None)

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """The report says it all."""
        return ()

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """The report says it all."""
        return ()

    def _current(self, asked: Sequence[str]) -> Question | None:
        """The main question asked last."""
        mains = {main.id: main for main in self._mains}
        return next((mains[question] for question in reversed(asked) if question in mains), None)

    def _followed(self, main: Question, asked: Sequence[str]) -> int:
        return sum(question in main.follow_ups for question in asked)

    def _follow_ups(self, main: Question) -> list[Question]:
        """The most urgent first."""
        return [
            question for question in self._by_urgency if question.id in main.follow_ups and question not in self._mains
        ]

    def _follow_up(self, main: Question, asked: Sequence[str], done: Sequence[Done]) -> Step | None:
        """On the most important point that was left out and not pursued yet, else the most urgent one."""
        left = [question for question in self._follow_ups(main) if question.id not in asked]
        in_order = sorted(left, key=lambda question: main.follow_ups.index(question.id))
        pursued = {point for question in self._by_urgency if question.id in asked for point in question.when_missed}
        for point in left_out(attempts(main, done)):
            for question in in_order:
                if point.id in question.when_missed and point.id not in pursued:
                    return Step(question, because=f"A follow-up, because this was left out: {point.label}.")
        return Step(left[0]) if left else None


def left_out(reports: Sequence[Report]) -> list[PointResult]:
    """The points that no attempt at a question made, most important first; [] where no words were heard."""
    heard = [report.keywords for report in reports if report.keywords is not None]
    made = {point.id for keywords in heard for point in keywords.points if point.covered}
    return [point for point in (heard[-1].points if heard else ()) if point.id not in made]


def asked_besides(pack: Pack, done: Sequence[Done], urgency: Urgency) -> Step | None:
    """A follow-up to the question answered last, on what was left out first; None when none is left.

    A follow-up is itself followed by the others of its main question, where that was answered.
    """
    answered = {one.step.question.id for one in done if one.report is not None}
    last = done[-1].step.question
    main = last if last.follow_ups else next((one for one in pack.questions if one.id == last.follows), last)
    if main.id not in answered or not main.follow_ups:
        return None
    step = FollowedUp(pack, ids=[main.id], count=len(pack.questions) + 1, urgency=urgency).next(done)
    return step if step is not None and step.question.id in main.follow_ups else None
