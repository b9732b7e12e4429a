"""Two attempts over each other: pictures on one time scale, either sound at the same place, what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _
from voicerehearsal.studio.pages import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.presenting.compared import Compared


def show(request: Request) -> Response:
    """The page of two answers: those that are named, else the last one and the attempt before it."""
    from voicerehearsal import wiring
    from voicerehearsal.presenting.compared import attempts_like, compared

    a, b = _asked(request, "a"), _asked(request, "b")
    with wiring.open_journal(read_only=True) as journal:
        first, second = _pair(journal, a, b)
        if first is None or second is None:
            return page(request, "compare.html", pair=None, only=second, question=_question(second))
        pair = compared(journal, first, second)
        lists = [list(attempts_like(journal, answer)) for answer in pair.answers]
    return page(request, "compare.html", **_values(pair), lists=lists, only=None)


def _asked(request: Request, name: str) -> int | None:
    given = request.query_params.get(name)
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise UsageError(_("There is no answer {n}").format(n=given), _("Answers are named by their numbers."))
    return int(given)


def _pair(journal: Journal, a: int | None, b: int | None) -> tuple[Answer | None, Answer | None]:
    """The two that are meant, the earlier one first; None where there is none."""
    from voicerehearsal.presenting.compared import attempt_before, latest_answer

    if a is not None and b is not None:
        return journal.answer(a), journal.answer(b)
    named = a if b is None else b
    later = latest_answer(journal) if named is None else journal.answer(named)
    return (None if later is None else attempt_before(journal, later)), later


def _question(answer: Answer | None) -> object:
    from voicerehearsal.wiring.asked import question_asked

    return None if answer is None else question_asked(answer.question)


def _values(pair: Compared) -> dict[str, Any]:
    from voicerehearsal.presenting.comparing import what_changed
    from voicerehearsal.presenting.comparison_rows import comparison_row, first_said_s, points_in_sentences
    from voicerehearsal.studio.answer_shown import picture_of, shown

    seen = [shown(answer.id) for answer in pair.answers]
    points = pair.comparison.points
    made = [report.keywords for report in pair.reports]
    data = {
        "sides": [
            {"answer": one.answer.id, "gone": one.sound_gone, "picture": picture_of(one, tracks=False)} for one in seen
        ],
        "anchors": pair.anchors,
    }
    return {
        "pair": pair,
        "seen": seen,
        "question": _question(pair.answers[1]),
        "same_question": pair.answers[0].question == pair.answers[1].question,
        "rows": [(one, comparison_row(one)) for one in pair.comparison.shown],
        "changed": what_changed(pair.comparison) if pair.comparison.shown else [],
        "points": points,
        "points_said": points_in_sentences(points) if points else [],
        "said_s": [{one.id: first_said_s(one) for one in (side.points if side else ())} for side in made],
        "data": msgspec.to_builtins(data),
    }


routes: list[BaseRoute] = [Route("/compare", show)]
