"""All that the program keeps of a person: how much there is, and deleting it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.languages import _, in_words
from voicerehearsal.studio.bodies import sent

if TYPE_CHECKING:
    from starlette.requests import Request

WORD = "delete"
"""To be typed before everything goes."""


def count_answers() -> int | None:
    """How many answers there are, demonstrations too; None where the journal cannot be read."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import RehearsalError

    try:
        with wiring.open_journal(read_only=True) as journal:
            return journal.count_answers()
    except RehearsalError:
        return None


async def delete_everything(request: Request) -> Response:
    """Delete all that the program keeps of a person; what could not be deleted is said."""
    stated = await sent(request, _Word)
    if stated.word.strip().lower() != WORD:
        raise UsageError(_("Nothing was deleted"), _("Type the word “{word}”.").format(word=WORD))
    await run_in_threadpool(_deleted)
    return Response(status_code=204)


class _Word(msgspec.Struct):
    word: str


def _deleted() -> None:
    from voicerehearsal import wiring
    from voicerehearsal.journal.answers import EVERY_KIND
    from voicerehearsal.journal.deletion import delete
    from voicerehearsal.journal.doomed import doomed, own_files
    from voicerehearsal.journal.search import find_ids
    from voicerehearsal.journal.wanted import Wanted

    with wiring.the_only_rehearsal(needed=True), wiring.open_journal() as journal:
        what = doomed(journal, find_ids(journal, Wanted(kinds=EVERY_KIND)), files=own_files(journal))
        kept = delete(journal, what, everything=True)
    if kept:
        raise JournalError(
            _("{path} was not deleted ({reason})").format(path=kept[0].path, reason=in_words(kept[0].reason)),
            _("Try again, or run: voicerehearsal recover"),
        )


routes: list[BaseRoute] = [
    Route("/act/data/delete-everything", delete_everything, methods=["POST"]),
]
