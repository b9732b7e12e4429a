"""Listening, from any page: `POST player` with what is wished; what is heard is told to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.languages import _
from voicerehearsal.studio.bodies import sent
from voicerehearsal.studio.player import Wish
from voicerehearsal.studio.stage import OutOfPlaceError

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.studio.player import Player


class Coming(msgspec.Struct, forbid_unknown_fields=True):
    """The answer that somebody is about to listen to."""

    answer: int


async def act(request: Request) -> Response:
    """Play, pause, go elsewhere, or let it sound otherwise."""
    wish = await sent(request, Wish)
    stage = request.app.state.stage
    if wish.playing and stage.busy and stage.snapshot.phase != "report":
        raise OutOfPlaceError(_("A rehearsal uses the speaker"), _("Listen when your answer has been measured."))
    await run_in_threadpool(_player(request).act, wish)
    return Response(status_code=204)


async def ready(request: Request) -> Response:
    """Wake the speaker, so that the first click is heard at once."""
    coming = await sent(request, Coming)
    stage = request.app.state.stage
    if not stage.busy or stage.snapshot.phase == "report":
        await run_in_threadpool(_player(request).ready, coming.answer)
    return Response(status_code=204)


def _player(request: Request) -> Player:
    player: Player = request.app.state.player
    return player


routes: list[BaseRoute] = [
    Route("/player", act, methods=["POST"]),
    Route("/player/ready", ready, methods=["POST"]),
]
