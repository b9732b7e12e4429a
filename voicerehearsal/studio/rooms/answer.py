"""One answer: its picture, its measures, and what the speaker knows better."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _
from voicerehearsal.studio import corrections
from voicerehearsal.studio.answer_shown import picture_of, report_values, shown
from voicerehearsal.studio.bodies import sent
from voicerehearsal.studio.pages import fragment, page
from voicerehearsal.values import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

Said = TypeVar("Said", bound=msgspec.Struct)

_LEAST_PART_S = 0.1


def show(request: Request) -> Response:
    """The page of an answer; its first view lacks nothing but the tracks of its sound."""
    seen = shown(request.path_params["id"])
    return page(request, "answer.html", **report_values(seen), picture=picture_of(seen, tracks=False), alone=False)


def report(request: Request) -> Response:
    """The report of an answer, to be put into a page."""
    alone = "beside" not in request.query_params
    return fragment(request, "_report.html", **report_values(shown(request.path_params["id"])), alone=alone)


def picture(request: Request) -> Response:
    """The data of the picture; with `from` and `to` only the tracks of that stretch."""
    seen = shown(request.path_params["id"])
    within = _within(request)
    if within is None:
        data = msgspec.json.encode(picture_of(seen, tracks=True))
    else:
        from voicerehearsal.presenting.answer_tracks import tracks_of

        data = bytes(tracks_of(seen.answer, seen.report, within))
    return Response(data, media_type="application/json")


def _within(request: Request) -> Span | None:
    """The stretch that is asked for; raises UsageError when it is none."""
    asked = request.query_params
    if "from" not in asked and "to" not in asked:
        return None
    try:
        within = Span(float(asked["from"]), float(asked["to"]))
    except (KeyError, ValueError):
        raise UsageError(_("A stretch goes from one second to another"), "?from=12.5&to=20") from None
    if not 0 <= within.start_s <= within.end_s - _LEAST_PART_S < float("inf"):
        raise UsageError(_("A stretch goes from one second to another"), "?from=12.5&to=20")
    return within


async def put_words(request: Request) -> Response:
    """Words were other words."""
    return await _corrected(request, corrections.WordsSaid, corrections.correct_words)


async def put_fillers(request: Request) -> Response:
    """A stretch is a filler, or is none."""
    return await _corrected(request, corrections.FillerSaid, corrections.correct_fillers)


async def put_points(request: Request) -> Response:
    """A point was made, or was not."""
    return await _corrected(request, corrections.PointSaid, corrections.correct_point)


async def _corrected(
    request: Request, kind: type[Said], correct: Callable[[int, Said], corrections.Undo]
) -> JSONResponse:
    """Keep a correction, and answer with what the page shows now, what followed, and how to take it back."""
    said = await sent(request, kind)
    answer_id: int = request.path_params["id"]

    def keep() -> dict[str, object]:
        before = shown(answer_id).report
        undo = correct(answer_id, said)
        seen = shown(answer_id)
        drawn = fragment(request, "_report.html", **report_values(seen), alone=False)
        return {
            "picture": msgspec.to_builtins(picture_of(seen, tracks=False)),
            "report": bytes(drawn.body).decode(),
            "said": corrections.what_followed(before, seen.report),
            "undo": msgspec.to_builtins(undo),
        }

    return JSONResponse(await run_in_threadpool(keep))


async def put_labels(request: Request) -> Response:
    """Tags and the note."""
    said = await sent(request, corrections.LabelsSaid)
    return JSONResponse(await run_in_threadpool(corrections.label, request.path_params["id"], said))


async def measure(request: Request) -> Response:
    """Measure it now."""
    await run_in_threadpool(corrections.measure, request.path_params["id"])
    return Response(status_code=204)


async def delete(request: Request) -> Response:
    """Delete the answer for good."""
    left = await run_in_threadpool(corrections.delete, request.path_params["id"])
    return JSONResponse({"left": left}, 500 if left else 200) if left else Response(status_code=204)


routes: list[BaseRoute] = [
    Route("/answers/{id:int}", show),
    Route("/answers/{id:int}", delete, methods=["DELETE"]),
    Route("/answers/{id:int}/report", report),
    Route("/answers/{id:int}/picture.json", picture),
    Route("/answers/{id:int}/words", put_words, methods=["PUT"]),
    Route("/answers/{id:int}/fillers", put_fillers, methods=["PUT"]),
    Route("/answers/{id:int}/points", put_points, methods=["PUT"]),
    Route("/answers/{id:int}/measure", measure, methods=["POST"]),
    Route("/answers/{id:int}/labels", put_labels, methods=["PUT"]),
]
