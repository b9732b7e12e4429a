"""What can be done in the rehearsal, from any page: `POST act/…`; what comes of it is told to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.journal.settings import LEAST_END_SILENCE_S, MOST_END_SILENCE_S, MOST_QUESTIONS
from voicerehearsal.studio.bodies import sent
from voicerehearsal.values import Language

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from voicerehearsal.studio.stage import Act, Stage

_Name = Annotated[str, msgspec.Meta(max_length=200)]
_PackId = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^(?!.*\.toml$)[^/\\]*$")]
"""Never a path: what lies on this computer is not for pages to name."""
_DONE = 204


class Start(msgspec.Struct, forbid_unknown_fields=True):
    """A rehearsal as a page asks for it; None, and what is left out, is as the settings have it."""

    pack: _PackId | None = None
    kind: _Name | None = None
    questions: Annotated[tuple[_Name, ...], msgspec.Meta(max_length=MOST_QUESTIONS)] = ()
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_QUESTIONS)] | None = None
    language: Language | None = None
    microphone: _Name | None = None
    speaker: _Name | None = None
    end_silence_s: Annotated[float, msgspec.Meta(ge=LEAST_END_SILENCE_S, le=MOST_END_SILENCE_S)] | None = None
    time_limit_s: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 3600.0
    phone_line: bool | None = None
    smile_check: bool = True
    interruptions: bool = False
    demonstration: bool = False


class SoundCheckWish(msgspec.Struct, forbid_unknown_fields=True):
    """`on` opens a microphone and off closes it; `play` plays back what was heard."""

    on: bool = True
    play: bool = False
    microphone: _Name | None = None
    speaker: _Name | None = None
    language: Language | None = None


async def start(request: Request) -> Response:
    """Begin a rehearsal."""
    wish = await sent(request, Start)
    await run_in_threadpool(_start, _stage(request), wish)
    return Response(status_code=_DONE)


async def sound_check(request: Request) -> Response:
    """Try the microphone, play back what it heard, or close it."""
    wish = await sent(request, SoundCheckWish)
    await run_in_threadpool(_check_sound, _stage(request), wish)
    return Response(status_code=_DONE)


def _act(act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def done(request: Request) -> Response:
        await run_in_threadpool(_stage(request).act, act)
        return Response(status_code=_DONE)

    return done


def _start(stage: Stage, wish: Start) -> None:
    from voicerehearsal.presenting.sitting import Wishes

    wishes = Wishes(
        pack=wish.pack or None,
        kind=wish.kind or None,
        questions=wish.questions,
        count=wish.count,
        language=wish.language,
        microphone=wish.microphone or None,
        speaker=wish.speaker or None,
        end_silence_s=wish.end_silence_s,
        time_limit_s=wish.time_limit_s,
        phone_line=wish.phone_line,
        smile_check=wish.smile_check,
        interruptions=wish.interruptions,
    )
    stage.start(wishes, demonstration=wish.demonstration)


def _check_sound(stage: Stage, wish: SoundCheckWish) -> None:
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.settings import read_settings

    if not wish.on:
        stage.end_sound_check()
    elif wish.play:
        stage.play_back()
    else:
        settings = read_settings(data_home())
        stage.check_sound(
            microphone=wish.microphone or settings.microphone,
            speaker=wish.speaker or settings.speaker,
            language=wish.language or settings.practice_language or "en",
        )


def _stage(request: Request) -> Stage:
    stage: Stage = request.app.state.stage
    return stage


_ACTS: tuple[Act, ...] = ("pick_up", "end", "mute", "again", "next", "follow_up", "hang_up")
routes: list[BaseRoute] = [
    Route("/act/start", start, methods=["POST"]),
    Route("/act/sound-check", sound_check, methods=["POST"]),
    *(Route(f"/act/{act.replace('_', '-')}", _act(act), methods=["POST"]) for act in _ACTS),
]
