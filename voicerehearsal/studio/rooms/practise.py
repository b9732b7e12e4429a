"""The call: what to practise, the phone, the answer and how it went, in one page that follows the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.languages import _, in_words
from voicerehearsal.measures.quality import QUIET_DBFS
from voicerehearsal.studio.hub import told
from voicerehearsal.studio.messages import LOUD_DBFS
from voicerehearsal.studio.pages import page
from voicerehearsal.studio.places import said_here

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Pack


def practise(request: Request) -> Response:
    """The page; what is chosen beforehand stands in the address: pack, kind, question, language."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.journal.settings import read_settings
    from voicerehearsal.packs import list_packs

    settings = read_settings(data_home())
    packs = [listed.pack for listed in list_packs(pack_folders()).packs]
    asked = request.query_params
    with wiring.open_journal(read_only=True) as journal:
        data = {
            "packs": [_shown(pack) for pack in packs],
            "next": _next_in_words(journal, settings.count),
            "stage": told(msgspec.to_builtins(request.app.state.stage.snapshot)),
            "asked": {name: asked.get(name, "") for name in ("pack", "kind", "question", "language")},
        }
    return page(
        request,
        "practise.html",
        data=data,
        packs=packs,
        kinds=_kinds(),
        settings=settings,
        without_words=_without_words(),
        low_dbfs=QUIET_DBFS,
        high_dbfs=LOUD_DBFS,
    )


def devices(_request: Request) -> Response:
    """Microphones and speakers by name; `error` and its cure where there is no microphone."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import DeviceError

    try:
        wiring.look_for_devices()
        found = wiring.list_devices()
    except DeviceError as error:
        return JSONResponse(
            {"microphones": [], "speakers": [], "message": in_words(error.what), "cure": said_here(error.cure)}
        )
    names: dict[str, Any] = {
        "microphones": list(dict.fromkeys(one.name for one in found if one.inputs)),
        "speakers": list(dict.fromkeys(one.name for one in found if one.outputs)),
    }
    if not names["microphones"]:
        names |= {
            "message": _("No microphone was found"),
            "cure": _("Plug one in, or allow this program to use it in the privacy settings, then look again."),
        }
    return JSONResponse(names)


def _shown(pack: Pack) -> dict[str, Any]:
    """What the form needs of a pack: of each question, the kinds of practice that it cannot be held with."""
    from voicerehearsal.rehearsal.kinds import suits

    return {
        "id": pack.id,
        "title": pack.title,
        "language": pack.language,
        "questions": [
            {
                "id": question.id,
                "text": question.text,
                "follows": question.follows is not None,
                "not": [kind for kind in ("role-play", "questioning", "shadowing") if not suits(kind, question)],
            }
            for question in pack.questions
        ],
    }


def _next_in_words(journal: Journal, count: int) -> dict[str, Any]:
    from voicerehearsal.journal.home import now
    from voicerehearsal.studio.upcoming import next_call

    found = {language: next_call(journal, language, count, now()) for language in ("en", "zh")}
    return {
        language: {"pack": call.pack.id, "title": call.pack.title, "why": in_words(call.in_words)}
        for language, call in found.items()
        if call is not None
    }


def _without_words() -> list[str]:
    """The languages whose recogniser is not here."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import ModelError

    missing = []
    for language in ("en", "zh"):
        try:
            wiring.find_model(language)
        except ModelError:
            missing.append(language)
    return missing


def _kinds() -> list[tuple[str, str, str]]:
    """The kinds of practice: name, title, and what it is in a line."""
    return [
        ("", _("Questions"), _("One after another, with a report after each.")),
        ("interview", _("Interview"), _("Follow-up questions on what your answer left out.")),
        ("drill", _("Drill"), _("One question, again and again until it sits.")),
        ("role-play", _("Role-play"), _("An upset caller who softens or hardens with what you say.")),
        ("questioning", _("Questioning"), _("Tell kinds of question apart, and ask them yourself.")),
        ("shadowing", _("Shadowing"), _("Say the model answer after the voice, and compare.")),
        ("notes", _("From notes"), _("Your own notes on the screen, then by heart.")),
    ]


routes: list[BaseRoute] = [Route("/practise", practise), Route("/practise/devices", devices)]
