"""Settings, the check-up, and what lies on this computer."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal import languages
from voicerehearsal.errors import JournalError, ModelError, UsageError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.settings import (
    LEAST_END_SILENCE_S,
    MOST_QUESTIONS,
    Settings,
    checked_settings,
    read_settings,
    settings_file,
    settings_from,
    write_settings,
)
from voicerehearsal.languages import _
from voicerehearsal.studio.bodies import sent
from voicerehearsal.studio.messages import LOUD_DBFS
from voicerehearsal.studio.pages import page
from voicerehearsal.studio.rooms import own_data

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.studio.aloud import Aloud
    from voicerehearsal.studio.check_up import CheckUp, Installation
    from voicerehearsal.values import Sound

_TONE_HZ, _TONE_S, _TONE_RATE_HZ = 440.0, 1.2, 48000
_TONE_PEAK = 0.2
_MOST_SILENCE_S = 10
"""Of the slider; the file may say more."""


def settings(request: Request) -> Response:
    """Everything that can be chosen, and what is here."""
    from voicerehearsal import wiring
    from voicerehearsal.measures.quality import QUIET_DBFS

    home = data_home()
    profile = wiring.find_profile(None)
    return page(
        request,
        "settings.html",
        settings=read_settings(home),
        fault=_fault(),
        file=str(settings_file(home)),
        home=str(home),
        models=[_model(one) for one in wiring.listed_models()],
        smile=profile if isinstance(profile, str) else None,
        low_dbfs=QUIET_DBFS,
        high_dbfs=LOUD_DBFS,
        least_silence_s=LEAST_END_SILENCE_S,
        most_silence_s=_MOST_SILENCE_S,
        most_questions=MOST_QUESTIONS,
        answers=own_data.count_answers(),
    )


async def choose(request: Request) -> Response:
    """Keep some settings, by name; the others stay."""
    stated = await sent(request, dict[str, Any])
    chosen = await run_in_threadpool(_chosen, stated)
    if "interface_language" in stated:
        languages.speak_as_chosen(chosen.interface_language)
    return JSONResponse(asdict(chosen))


async def tone(request: Request) -> Response:
    """A tone on a speaker, to hear which one it is."""
    stated = await sent(request, _Tone)
    aloud: Aloud = request.app.state.aloud
    await run_in_threadpool(lambda: aloud.play("tone", _tone, speaker=stated.speaker))
    return Response(status_code=204)


def check_up(request: Request) -> Response:
    """Look at everything; what is found is told as it is found."""
    check: CheckUp = request.app.state.check_up
    check.start()
    return Response(status_code=204)


async def install(request: Request) -> Response:
    """Fetch a model: the only moment at which anything is asked of the network."""
    stated = await sent(request, _Model)
    installation: Installation = request.app.state.installation
    if not installation.start(stated.language):
        raise UsageError(_("Another model is being installed"), _("Wait until it is there."))
    return Response(status_code=204)


class _Tone(msgspec.Struct):
    speaker: str | None = None


class _Model(msgspec.Struct):
    language: str


def _fault() -> JournalError | None:
    try:
        checked_settings(data_home())
    except JournalError as error:
        return error
    return None


def _chosen(stated: dict[str, Any]) -> Settings:
    home = data_home()
    chosen = settings_from({**asdict(read_settings(home)), **stated})
    write_settings(home, chosen)
    return chosen


def _model(listed: Any) -> dict[str, Any]:  # noqa: ANN401 - wiring's own ListedModel
    """A model, and what is wrong with it here; quick, because only small files are read."""
    from voicerehearsal import wiring

    path, problem = None, None
    try:
        path = wiring.find_model(listed.language)
        wiring.verify_model(path, listed.language)
    except ModelError as error:
        problem = error.what if path else _("not here yet")
    return {
        "language": listed.language,
        "title": listed.title,
        "name": listed.name,
        "licence": listed.licence,
        "megabytes": round(listed.sources[0].bytes / 1e6),
        "source": listed.sources[0].label,
        "path": None if path is None else str(path),
        "problem": problem,
    }


def _tone() -> Sound:
    import numpy as np

    from voicerehearsal.values import Sound

    at_s = np.arange(int(_TONE_S * _TONE_RATE_HZ)) / _TONE_RATE_HZ
    fade = np.minimum(1, np.minimum(at_s, _TONE_S - at_s) / 0.05)
    return Sound((_TONE_PEAK * 32767 * fade * np.sin(2 * np.pi * _TONE_HZ * at_s)).astype(np.int16), _TONE_RATE_HZ)


routes: list[BaseRoute] = [
    Route("/settings", settings),
    Route("/settings", choose, methods=["PUT"]),
    Route("/act/settings/tone", tone, methods=["POST"]),
    Route("/act/settings/check-up", check_up, methods=["POST"]),
    Route("/act/settings/install", install, methods=["POST"]),
    *own_data.routes,
]
