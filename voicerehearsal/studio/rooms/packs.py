"""Question packs: looked at, heard, written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import PackError, UsageError
from voicerehearsal.journal import own_packs
from voicerehearsal.journal.home import data_home
from voicerehearsal.languages import _, in_words
from voicerehearsal.packs import find_question, list_packs
from voicerehearsal.packs.draft import id_from, pack_text
from voicerehearsal.studio.bodies import raw_body, sent
from voicerehearsal.studio.pack_shown import (
    follow_ups_of,
    is_own,
    listed_pack,
    main_questions,
    read_all_standings,
    row_of,
    when_again,
)
from voicerehearsal.studio.pages import fragment, page
from voicerehearsal.values import Language, Question

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from voicerehearsal.packs import Problem
    from voicerehearsal.studio.aloud import Aloud
    from voicerehearsal.values import Pack

_ROOM_FOR_TEXT = 2 * own_packs.LARGEST_BYTES
"""A text as JSON is longer than it is as a file."""


def packs(request: Request) -> Response:
    """All packs, one's own first."""
    standings = read_all_standings()
    own = own_packs.own_packs_folder(data_home())
    rows = [row_of(listed, standings, own) for listed in list_packs(own_packs.pack_folders()).packs]
    return page(
        request,
        "packs.html",
        own=[row for row in rows if row.own],
        built_in={lang: [row for row in rows if not row.own and row.language == lang] for lang in ("en", "zh")},
        broken=own_packs.broken_own_packs(data_home()),
        folder=str(own),
    )


def pack(request: Request) -> Response:
    """One pack with its questions."""
    name = request.path_params["id"]
    home = data_home()
    broken = own_packs.broken_own_packs(home)
    if name in broken:
        return edit(request)
    found = listed_pack(name)
    standings = read_all_standings()
    return page(
        request,
        "pack.html",
        pack=found.pack,
        own=is_own(found, own_packs.own_packs_folder(home)),
        row=row_of(found, standings, own_packs.own_packs_folder(home)),
        main=main_questions(found.pack),
        follow_ups=follow_ups_of(found.pack),
        when=when_again(found.pack, standings),
        preview=False,
    )


def edit(request: Request) -> Response:
    """An own pack as text, beside what it says."""
    name = request.path_params["id"]
    file = _own_file(name)
    text = file.read_bytes().decode("utf-8-sig", "replace")
    return page(request, "pack_edit.html", id=name, file=str(file), text=text, first=_checked(request, text, file))


async def check(request: Request) -> Response:
    """What is wrong with a text, and how the pack looks where nothing is."""
    stated = await sent(request, _Text, most_bytes=_ROOM_FOR_TEXT)

    def checked() -> dict[str, Any]:
        return _checked(request, stated.text, own_packs.own_pack_file(data_home(), request.path_params["id"]))

    return JSONResponse(await run_in_threadpool(checked))


async def save(request: Request) -> Response:
    """Keep an own pack; refused while it is not whole."""
    stated = await sent(request, _Text, most_bytes=_ROOM_FOR_TEXT)
    return await run_in_threadpool(lambda: _kept(stated.text, _own_file(request.path_params["id"])))


async def begin(request: Request) -> Response:
    """A new pack: with questions from a job description or notes, else with a first question to write on."""
    stated = await sent(request, _New, most_bytes=_ROOM_FOR_TEXT)
    return JSONResponse({"id": (await run_in_threadpool(_begun, stated)).id})


async def upload(request: Request) -> Response:
    """A pack file from elsewhere, kept where it is whole."""
    raw = await raw_body(request, most_bytes=own_packs.LARGEST_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(_("This file is no text in UTF-8"), _("Choose a file that ends in .toml.")) from error
    return await run_in_threadpool(_kept, text, None)


async def copy(request: Request) -> Response:
    """An own pack with the questions of one that came along."""
    stated = await sent(request, _Which)
    return JSONResponse({"id": (await run_in_threadpool(_copied, stated.pack)).id})


async def remove(request: Request) -> Response:
    """Delete an own pack."""
    stated = await sent(request, _Which)
    await run_in_threadpool(own_packs.remove_pack, data_home(), stated.pack)
    return Response(status_code=204)


async def say(request: Request) -> Response:
    """Read a question or its model answer aloud, or be silent."""
    stated = await sent(request, _Say)
    aloud: Aloud = request.app.state.aloud
    if stated.question is None:
        await run_in_threadpool(aloud.stop)
    else:
        found = (await run_in_threadpool(listed_pack, stated.pack)).pack
        question = find_question(found, stated.question)
        text = question.model_answer if stated.model_answer else question.text
        name = f"{question.id}/{'model' if stated.model_answer else 'question'}"
        await run_in_threadpool(aloud.say, name, text, found.language)
    return Response(status_code=204)


class _Which(msgspec.Struct):
    pack: str


class _Text(msgspec.Struct):
    text: str


class _New(msgspec.Struct):
    title: str
    language: Language
    source: str = ""


class _Say(msgspec.Struct):
    pack: str
    question: str | None = None
    model_answer: bool = False


def _own_file(pack_id: str) -> Path:
    file = own_packs.own_pack_file(data_home(), pack_id)
    if file is None:
        raise UsageError(
            _("There is no pack of your own called “{id}”").format(id=pack_id),
            _("A pack that came along can be copied into one of your own."),
        )
    return file


def _checked(request: Request, text: str, file: Path | None) -> dict[str, Any]:
    """The problems by line, and the pack as it would look."""
    found, problems = own_packs.problems_of(data_home(), text, file=file)
    drawn = None
    if found is not None:
        shown = {
            "pack": found,
            "main": main_questions(found),
            "follow_ups": follow_ups_of(found),
            "when": {},
            "preview": True,
        }
        drawn = bytes(fragment(request, "_pack_questions.html", **shown).body).decode()
    return {"problems": [_problem(one) for one in problems], "preview": drawn}


def _kept(text: str, file: Path | None) -> Response:
    """Its id, or 409 and all that is wrong with it."""
    try:
        kept, _place = own_packs.keep_pack(data_home(), text, file=file)
    except PackError as error:
        problems = own_packs.problems_of(data_home(), text, file=file)[1]
        told = {
            "message": in_words(error.what),
            "cure": in_words(error.cure),
            "problems": [_problem(one) for one in problems],
        }
        return JSONResponse(told, 409)
    return JSONResponse({"id": kept.id})


def _problem(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "what": in_words(problem.what), "cure": in_words(problem.advice)}


def _begun(stated: _New) -> Pack:
    from voicerehearsal import wiring

    title = " ".join(stated.title.split())
    if not title:
        raise UsageError(_("The pack has no title yet"), _("Say what it is called."))
    questions = (Question("q1", "Tell me about yourself." if stated.language == "en" else "请介绍一下你自己。"),)
    if stated.source.strip():
        questions = wiring.questions_from(stated.source, stated.language, called=_("The text"))[1]  # type: ignore[assignment]
    home = data_home()
    pack_id = own_packs.free_id(home, id_from(title))
    text = pack_text(
        name=str(own_packs.own_packs_folder(home) / f"{pack_id}.toml"),
        pack_id=pack_id,
        title=title,
        language=stated.language,
        questions=questions,
    )
    return own_packs.keep_pack(home, text, file=None)[0]


def _copied(pack_id: str) -> Pack:
    home, listed = data_home(), listed_pack(pack_id)
    new_id = own_packs.free_id(home, f"my-{pack_id}")
    title = _("{title}, my own").format(title=listed.pack.title)
    text = own_packs.copied_text(listed.path, pack_id=new_id, title=title)
    return own_packs.keep_pack(home, text, file=None)[0]


routes: list[BaseRoute] = [
    Route("/packs", packs),
    Route("/packs/{id}", pack),
    Route("/packs/{id}/edit", edit),
    Route("/packs/{id}/check", check, methods=["PUT"]),
    Route("/packs/{id}/text", save, methods=["PUT"]),
    Route("/act/packs/new", begin, methods=["POST"]),
    Route("/act/packs/upload", upload, methods=["PUT"]),
    Route("/act/packs/copy", copy, methods=["POST"]),
    Route("/act/packs/remove", remove, methods=["POST"]),
    Route("/act/packs/say", say, methods=["POST"]),
]
