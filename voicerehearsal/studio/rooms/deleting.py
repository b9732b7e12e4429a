"""Deleting answers: first what goes, then, of exactly that, the deed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _
from voicerehearsal.studio.bodies import sent
from voicerehearsal.studio.filters import Chosen

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.journal.doomed import Doomed
    from voicerehearsal.journal.store import Journal

_ROOM_FOR_NUMBERS = 1 << 20
"""Of a hundred thousand answers."""


class _Sealed(Chosen, frozen=True):
    """Answers that were chosen, and the seal of what was said to go."""

    seal: str = ""


async def _ask(request: Request) -> Response:
    """What would go."""
    chosen = await sent(request, Chosen, most_bytes=_ROOM_FOR_NUMBERS)
    return JSONResponse(await run_in_threadpool(_what_goes, chosen))


async def _delete(request: Request) -> Response:
    """Delete what was said to go, and nothing else."""
    sealed = await sent(request, _Sealed, most_bytes=_ROOM_FOR_NUMBERS)
    return JSONResponse({"lines": await run_in_threadpool(_carry_out, sealed)})


def _what_goes(chosen: Chosen) -> dict[str, Any]:
    from voicerehearsal import wiring
    from voicerehearsal.presenting.deletion_sentences import what_goes

    with wiring.open_journal(read_only=True) as journal:
        what = _doomed(journal, chosen)
        return {"lines": what_goes(what, journal.home), "count": len(what.answers), "seal": _seal(what)}


def _carry_out(sealed: _Sealed) -> list[str]:
    from voicerehearsal import wiring
    from voicerehearsal.journal.deletion import delete
    from voicerehearsal.presenting.deletion_sentences import what_went

    with wiring.the_only_rehearsal(needed=True), wiring.open_journal() as journal:
        what = _doomed(journal, sealed)
        if _seal(what) != sealed.seal:
            raise UsageError(
                _("These answers have changed since you were asked, so nothing was deleted"), _("Choose them again.")
            )
        return what_went(what, delete(journal, what))


def _doomed(journal: Journal, chosen: Chosen) -> Doomed:
    from voicerehearsal.journal.doomed import doomed
    from voicerehearsal.journal.search import find_ids

    if not chosen.narrows:
        raise UsageError(_("No answer is chosen"), _("Tick some, or narrow the list down first."))
    return doomed(journal, find_ids(journal, chosen.wanted()))


def _seal(what: Doomed) -> str:
    """Another one for any other answers."""
    return hashlib.sha256(msgspec.json.encode(what.answers)).hexdigest()


routes: list[BaseRoute] = [
    Route("/history/doomed", _ask, methods=["POST"]),
    Route("/act/delete", _delete, methods=["POST"]),
]
