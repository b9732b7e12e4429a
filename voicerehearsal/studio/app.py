"""The studio's routes in one app, and what a failure looks like."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from voicerehearsal.errors import ExportError, PackError, RehearsalError, UsageError
from voicerehearsal.languages import _, in_words
from voicerehearsal.studio.aloud import Aloud
from voicerehearsal.studio.calibrating import CalibrationRoom
from voicerehearsal.studio.check_up import CheckUp, Installation
from voicerehearsal.studio.hub import Hub
from voicerehearsal.studio.pages import page, templates
from voicerehearsal.studio.places import place_for, said_here
from voicerehearsal.studio.player import Player
from voicerehearsal.studio.rooms import ROUTES
from voicerehearsal.studio.stage import OutOfPlaceError, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request


def build(prefix: str, *, opened: Callable[[], None] = lambda: None) -> Starlette:
    """The app below `prefix`; `opened` is called once it can be asked."""
    hub = Hub()

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        hub.start()
        opened()
        await run_in_threadpool(_warm)
        yield
        await run_in_threadpool(_close, app)

    app = Starlette(
        routes=[
            Mount(
                prefix,
                routes=[
                    WebSocketRoute("/live", hub.socket),
                    Mount("/web", _Web(packages=[("voicerehearsal.studio", "web")])),
                    *ROUTES,
                ],
            )
        ],
        exception_handlers={RehearsalError: _failed, HTTPException: _failed, Exception: _failed},
        lifespan=life,
    )
    app.state.prefix = prefix
    app.state.hub = hub
    app.state.stage = Stage(hub)
    app.state.player = Player(hub.publish)
    app.state.stage.hush = app.state.player.silence
    hub.left = app.state.player.left
    app.state.aloud = Aloud(hub.publish)
    app.state.calibration = CalibrationRoom(hub)
    app.state.check_up = CheckUp(hub.publish)
    app.state.installation = Installation(hub.publish)
    return app


class _Web(StaticFiles):
    """Scripts and styles: the prefix is new with every launch, so that a browser may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - as it is handed on
        answer = super().file_response(*args, **kwargs)
        answer.headers["cache-control"] = "private, max-age=86400, immutable"
        return answer


def _warm() -> None:
    """Load what every page needs while the browser still starts, and draw nothing."""
    from voicerehearsal import wiring  # noqa: F401 - loading is the point
    from voicerehearsal.presenting import answer_picture, measure_rows, sitting, trend_chart  # noqa: F401

    for name in templates().list_templates():
        templates().get_template(name)


def _close(app: Starlette) -> None:
    """End what is going on; what is being said is kept."""
    app.state.stage.close()
    app.state.calibration.close()
    app.state.aloud.stop()
    app.state.player.close()


def _failed(request: Request, error: Exception) -> Response:
    """One sentence and its cure: as a page to who reads one, as JSON to a script."""
    what, cure, status = _in_words(request, error)
    place = place_for(error.cure) if isinstance(error, RehearsalError) else None
    if "text/html" in request.headers.get("accept", ""):
        return page(request, "error.html", status=status, message=what, cure=cure, place=place)
    way = {} if place is None else {"place": place._asdict()}
    return JSONResponse({"message": what, "cure": cure, **way}, status)


def _in_words(request: Request, error: Exception) -> tuple[str, str, int]:
    match error:
        case OutOfPlaceError():
            return in_words(error.what), said_here(error.cure), 409
        case UsageError() | ExportError() | PackError():
            return in_words(error.what), said_here(error.cure), 404 if request.method == "GET" else 400
        case RehearsalError():
            return in_words(error.what), said_here(error.cure), 500
        case HTTPException(status_code=404):
            return _("There is no such page"), "", 404
        case HTTPException():
            return error.detail, "", error.status_code
        case _:
            return (
                _("Something unexpected went wrong ({error})").format(error=f"{type(error).__name__}: {error}"),
                "",
                500,
            )
