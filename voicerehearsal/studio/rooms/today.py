"""Home: one press to what is due, and how it has been going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Route

from voicerehearsal.studio.pages import page

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from voicerehearsal.coaching.schedule import Standing
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Language, Pack, QuestionRef

_DUE_NAMED = 4
_ANSWERS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A question that stands in the schedule: its text where its pack is here, when it is due, and why."""

    question: QuestionRef
    text: str
    when: str
    why: str
    now: bool


def today(request: Request) -> Response:
    """The first page."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.answers import OWN_KINDS
    from voicerehearsal.journal.home import data_home, now
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.journal.settings import read_settings
    from voicerehearsal.packs import list_packs
    from voicerehearsal.presenting.due import todays_focus
    from voicerehearsal.studio.rooms.left_behind import recordings_left
    from voicerehearsal.studio.upcoming import next_call

    settings = read_settings(data_home())
    language = settings.practice_language or "en"
    packs = {listed.pack.id: listed.pack for listed in list_packs(pack_folders()).packs}
    with wiring.open_journal(read_only=True) as journal:
        left = recordings_left(journal, request.app.state.stage)
        answers = journal.answers(limit=_ANSWERS_NAMED, kinds=OWN_KINDS)
        return page(
            request,
            "today.html",
            left=left,
            goes_on=request.app.state.stage.snapshot.can.start is False,
            language=language,
            call=next_call(journal, language, settings.count, now()),
            due=_due(journal, language, packs, now()),
            focus=todays_focus(journal, language),
            answers=[(answer, _text_of(answer, packs)) for answer in answers],
            trend=_trend(journal, language) if answers else "",
            calibrated=not isinstance(wiring.find_profile(None), str),
        )


def _due(journal: Journal, language: Language, packs: dict[str, Pack], now: datetime) -> list[Due]:
    """What is due, longest overdue first; when nothing is, what comes next."""
    from voicerehearsal.journal.standings import read_standings
    from voicerehearsal.presenting.own_targets import targets_for

    standings = sorted(read_standings(journal, language, targets_for()).values(), key=lambda stands: stands.due)
    due = [stands for stands in standings if stands.due <= now]
    return [_as_due(stands, packs, now) for stands in (due or standings[:1])[:_DUE_NAMED]]


def _as_due(stands: Standing, packs: dict[str, Pack], now: datetime) -> Due:
    from voicerehearsal.presenting.due import when_due
    from voicerehearsal.studio.upcoming import why_due

    return Due(
        question=stands.question,
        text=_text(stands.question, packs),
        when=when_due(stands.due, now),
        why=why_due(stands, now),
        now=stands.due <= now,
    )


def _trend(journal: Journal, language: Language) -> str:
    """The honest word on where the pace is going."""
    from voicerehearsal.coaching.change import change, in_words
    from voicerehearsal.coaching.metrics import METRICS
    from voicerehearsal.coaching.targets import PACE
    from voicerehearsal.presenting.own_targets import targets_for

    metric = METRICS[PACE[language]]
    values = [point.value for point in journal.series(metric, language, last=200)]
    return in_words(change(values, targets_for().of(metric.name)), metric, evidence=False)


def _text_of(answer: Answer, packs: dict[str, Pack]) -> str:
    return "" if answer.question is None else _text(answer.question, packs)


def _text(ref: QuestionRef, packs: dict[str, Pack]) -> str:
    """What is asked, or the question's name where its pack is not here any more."""
    questions = packs[ref.pack].questions if ref.pack in packs else ()
    return next((question.text for question in questions if question.id == ref.id), ref.id)


routes: list[BaseRoute] = [Route("/", today)]
