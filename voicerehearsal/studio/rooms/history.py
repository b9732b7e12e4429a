"""All answers, newest first: searched, narrowed down, heard, compared, exported and deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _
from voicerehearsal.studio.filters import Filters, choices
from voicerehearsal.studio.pages import fragment, page
from voicerehearsal.studio.rooms import deleting, exchange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.search import Hit, Place
    from voicerehearsal.presenting.asked import AskedPack

_SHOWN = 40
"""Answers at a time."""

_PLACE = re.compile(r"(\d{1,15})-(\d{1,15})")


def _page(request: Request) -> Response:
    from voicerehearsal.studio.gate import MAX_BODY

    return page(request, "history.html", most=MAX_BODY, **_view(request))


def _list(request: Request) -> Response:
    return fragment(request, "_history.html", **_view(request))


def _view(request: Request) -> dict[str, Any]:
    """What the list shows; raises UsageError for what cannot be asked for."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.answers import OWN_KINDS
    from voicerehearsal.journal.deletion import unfinished
    from voicerehearsal.journal.search import count_found, find_answers, find_hits

    filters, before = Filters.of(request.query_params), _before(request)
    wanted = replace(filters.wanted(), kinds=OWN_KINDS)
    with wiring.open_journal(read_only=True) as journal:
        there = choices(journal, wanted)
        answers = find_answers(journal, wanted, limit=_SHOWN + 1, before=before)
        more, answers = len(answers) > _SHOWN, answers[:_SHOWN]
        hits = find_hits(journal, filters.text, [answer.id for answer in answers]) if filters.text else {}
        found = count_found(journal, wanted)
        spoken = _spoken(there.packs)
        cut_off = unfinished(journal.home)
    return {
        "filters": filters,
        "choices": there,
        "spoken": spoken,
        "found": found,
        "days": _by_day(answers, before, there.packs, hits),
        "next": f"{_ms(answers[-1])}-{answers[-1].id}" if more else None,
        "continued": before is not None,
        "cut_off": cut_off,
        "nothing_yet": not found and not filters.chosen,
        "day_called": _day,
    }


def _before(request: Request) -> Place | None:
    """The place after which the list goes on."""
    given = request.query_params.get("before")
    if not given:
        return None
    read = _PLACE.fullmatch(given)
    if read is None:
        raise UsageError(_("The list cannot go on from there"), _("Begin again from its top."))
    return int(read[1]), int(read[2])


def _ms(answer: Answer) -> int:
    from voicerehearsal.journal.series import to_ms

    return to_ms(answer.started_at)


def _spoken(packs: Mapping[str, AskedPack]) -> list[str]:
    return sorted({pack.language for pack in packs.values() if pack.language})


def _by_day(
    answers: Sequence[Answer], before: Place | None, packs: Mapping[str, AskedPack], hits: Mapping[int, Sequence[Hit]]
) -> list[dict[str, Any]]:
    """The answers under the day on which they were given; a day that has begun further up gets no second heading."""
    from voicerehearsal.journal.series import from_ms

    days: list[dict[str, Any]] = []
    last = None if before is None else from_ms(before[0]).astimezone().date()
    for answer in answers:
        day = answer.started_at.astimezone().date()
        if day != last or not days:
            days.append({"day": day, "heading": day != last, "answers": []})
        last = day
        days[-1]["answers"].append(_row(answer, packs, hits.get(answer.id, ())))
    return days


def _day(day: date) -> str:
    """A day as it is called today."""
    today = datetime.now().astimezone().date()
    if day == today:
        return _("Today")
    return _("Yesterday") if day == today - timedelta(days=1) else f"{day:%a %d %b %Y}"


def _row(answer: Answer, packs: Mapping[str, AskedPack], hits: Sequence[Hit]) -> dict[str, Any]:
    question = answer.question
    pack = None if question is None else packs.get(question.pack)
    return {
        "answer": answer,
        "asked": None if question is None else question.id if pack is None else pack.text_of(question.id),
        "pack": None if question is None else question.pack if pack is None else pack.title,
        "language": None if pack is None else pack.language,
        "hits": [(hit.where, _marked(hit.text)) for hit in hits],
        "heard": answer.recording is not None,
    }


def _marked(text: str) -> list[tuple[str, bool]]:
    """A stretch of text in pieces, and whether each of them was found."""
    from voicerehearsal.journal.search import HIT

    return [(piece, n % 2 == 1) for n, piece in enumerate(re.split("|".join(HIT), text)) if piece]


routes: list[BaseRoute] = [
    Route("/history", _page),
    Route("/history/list", _list),
    *exchange.routes,
    *deleting.routes,
]
