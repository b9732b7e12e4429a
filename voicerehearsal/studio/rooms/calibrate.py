"""The smile calibration: what is known already, and three readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import RehearsalError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.settings import read_settings
from voicerehearsal.languages import _, in_words
from voicerehearsal.studio.bodies import sent
from voicerehearsal.studio.calibrating import Wish
from voicerehearsal.studio.hub import told
from voicerehearsal.studio.messages import LOUD_DBFS
from voicerehearsal.studio.pages import page
from voicerehearsal.values import Language

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.studio.calibrating import CalibrationRoom, Result


def calibrate(request: Request) -> Response:
    """What is known of the voice, and the readings."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.profiles import made_at
    from voicerehearsal.measures.quality import QUIET_DBFS
    from voicerehearsal.presenting.times import local_time
    from voicerehearsal.rehearsal.calibrating import FACES, MANNERS, SENTENCES

    when = made_at(data_home(), wiring.DEFAULT_PROFILE)
    known, doubt = _known()
    titles = {"neutral": _("Straight face"), "smiling": _("Smile"), "irritated": _("Irritated")}
    faces = [{"face": face, "title": titles[face], "manner": _(MANNERS[face])} for face in FACES]
    return page(
        request,
        "calibrate.html",
        known=known,
        doubt=doubt if when is not None else "",
        when=None if when is None else in_words(local_time(when)),
        faces=faces,
        sentences=SENTENCES,
        language=read_settings(data_home()).practice_language or "en",
        microphone=read_settings(data_home()).microphone,
        data={"faces": faces, "state": told(msgspec.to_builtins(_room(request).state))},
        low_dbfs=QUIET_DBFS,
        high_dbfs=LOUD_DBFS,
    )


async def start(request: Request) -> Response:
    """Begin the readings."""
    stated = await sent(request, _Start)
    microphone = read_settings(data_home()).microphone
    await run_in_threadpool(_room(request).start, stated.language, microphone)
    return Response(status_code=204)


def wish(request: Request) -> Response:
    """What the reader wants now."""
    wanted = request.path_params["wish"]
    if wanted not in get_args(Wish):
        raise HTTPException(404)
    _room(request).wish(wanted)
    return Response(status_code=204)


def remove(_request: Request) -> Response:
    """Forget the voice; what was measured by it stays."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.profiles import remove_profile

    remove_profile(data_home(), wiring.DEFAULT_PROFILE)
    return Response(status_code=204)


class _Start(msgspec.Struct):
    language: Language = "en"


def _known() -> tuple[Result | None, str]:
    """How well the voice is known; None, and why not."""
    from voicerehearsal import wiring
    from voicerehearsal.studio.calibrating import result_of

    try:
        found = wiring.find_profile(None)
    except RehearsalError as error:
        return None, in_words(error.what)
    return (None, in_words(found)) if isinstance(found, str) else (result_of(found.calibration), "")


def _room(request: Request) -> CalibrationRoom:
    room: CalibrationRoom = request.app.state.calibration
    return room


routes: list[BaseRoute] = [
    Route("/calibrate", calibrate),
    Route("/act/calibrate/start", start, methods=["POST"]),
    Route("/act/calibrate/remove", remove, methods=["POST"]),
    Route("/act/calibrate/{wish}", wish, methods=["POST"]),
]
