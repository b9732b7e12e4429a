"""A person's own notes on a question, written where they practise from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.notes import LONGEST_BYTES, notes_file, notes_text, write_notes
from voicerehearsal.packs import find_question
from voicerehearsal.studio.bodies import sent
from voicerehearsal.studio.pack_shown import listed_pack
from voicerehearsal.values import QuestionRef

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from voicerehearsal.values import Question

_Id = Annotated[str, msgspec.Meta(max_length=200)]
_ROOM_FOR_NOTES = 4 * LONGEST_BYTES
"""A text as JSON is longer than it is as a file."""


class _Notes(msgspec.Struct, forbid_unknown_fields=True):
    pack: _Id
    question: _Id
    text: str


def read(request: Request) -> Response:
    """The notes on a question as text; its talking points where there are none."""
    asked = request.query_params
    question, file = _named(asked.get("pack", ""), asked.get("question", ""))
    return JSONResponse({"text": notes_text(file, question), "begun": file.exists()})


async def write(request: Request) -> Response:
    """Keep notes on a question; refused where nothing is in them."""
    stated = await sent(request, _Notes, most_bytes=_ROOM_FOR_NOTES)

    def kept() -> None:
        write_notes(_named(stated.pack, stated.question)[1], stated.text)

    await run_in_threadpool(kept)
    return Response(status_code=204)


def _named(pack_id: str, question_id: str) -> tuple[Question, Path]:
    """The question, and the file for its notes: both by ids that a pack has, never by a path."""
    pack = listed_pack(pack_id).pack
    question = find_question(pack, question_id)
    return question, notes_file(data_home(), QuestionRef(pack.id, question.id))


routes: list[BaseRoute] = [
    Route("/practise/notes", read, methods=["GET"]),
    Route("/practise/notes", write, methods=["PUT"]),
]
