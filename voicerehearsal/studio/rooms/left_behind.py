"""What a rehearsal that broke off has left on the disk is put among the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.languages import _, in_words, ngettext
from voicerehearsal.presenting.times import clock, local_time

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.journal.recovery import Recovered
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.studio.stage import Stage


def recordings_left(journal: Journal, stage: Stage) -> int:
    """How many recordings are to be saved; none while a rehearsal makes one."""
    from voicerehearsal.journal.recovery import IDLE_S, left_behind

    if stage.busy:
        return 0
    return left_behind(journal, idle_s=0.0 if stage.snapshot.phase == "failed" else IDLE_S)


def save(request: Request) -> Response:
    """Save what was left: what came of it in a sentence, the answers, and how many recordings are still left."""
    from voicerehearsal import wiring

    with wiring.open_journal(read_only=True) as journal:
        before = recordings_left(journal, request.app.state.stage)
    found = wiring.recover()
    with wiring.open_journal(read_only=True) as journal:
        left = recordings_left(journal, request.app.state.stage)
    answers = [
        {"id": one.answer.id, "text": f"{local_time(one.answer.started_at)} · {clock(one.answer.duration_s)}"}
        for one in found
        if one.answer is not None
    ]
    return JSONResponse({"said": _said(found, before - left), "answers": answers, "left": left})


def _said(found: list[Recovered], saved: int) -> str:
    from voicerehearsal import wiring

    failure = next((one.failure for one in found if one.failure is not None), None)
    if failure is not None:
        return _("{message}. {cure}").format(message=in_words(failure.what), cure=in_words(failure.cure))
    saved = max(saved, len(found))
    if saved:
        return ngettext("The recording is saved.", "{n} recordings are saved.", saved).format(n=saved)
    if wiring.recording_going_on():
        return _("It was written to moments ago. Try again in ten seconds.")
    return _("Nothing is left to be saved.")


routes: list[BaseRoute] = [Route("/act/recover", save, methods=["POST"])]
