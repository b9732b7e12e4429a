"""Targets: what answers are held against, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from voicerehearsal import languages
from voicerehearsal.languages import _
from voicerehearsal.studio.bodies import sent

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets


def in_words(metric: Metric, targets: Targets, pack: str | None) -> dict[str, Any]:
    """The target in force for answers to `pack`: whose it is, what it rests on, and its limits as a form has them."""
    from voicerehearsal.coaching.sources import SOURCES, doubt
    from voicerehearsal.coaching.targets import DEFAULTS
    from voicerehearsal.packs.stated import SHARES

    target, source = targets.of(metric.name), SOURCES.get(metric.name)
    low, high = (None, None) if target is None else (target.low, target.high)
    owner = "" if target is None else "the usual one" if target.whose == "default" else target.source
    return {
        "stated": target,
        "whose": languages.in_words(owner),
        "default": DEFAULTS.of(metric.name),
        "found": () if source is None else source.found,
        "doubt": None if target is None else languages.in_words(doubt(metric.name, target) or ""),
        "pack": pack,
        "unit": metric.unit or ("0–1" if metric.name in SHARES else ""),
        "low": "" if low is None else f"{low:g}",
        "high": "" if high is None else f"{high:g}",
    }


async def _state(request: Request) -> JSONResponse:
    """State a target of one's own."""
    given = await sent(request, _Stated)
    said = await run_in_threadpool(_stated, request.path_params["metric"], given)
    return JSONResponse({"doubt": None if said is None else languages.in_words(said)})


def _take_back(request: Request) -> JSONResponse:
    """Forget a target of one's own."""
    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import forget_target

    metric = metric_called(request.path_params["metric"])
    forget_target(data_home(), metric.name, pack=request.query_params.get("pack") or None)
    return JSONResponse({"doubt": None})


class _Stated(msgspec.Struct):
    """The limits as they were typed, and the pack they are for; "" and None for none."""

    low: float | str | None = None
    high: float | str | None = None
    pack: str | None = None


def _stated(name: str, given: _Stated) -> str | None:
    """Keep the target, and say what speaks against it."""
    from datetime import UTC, datetime

    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.coaching.sources import doubt
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import state_target
    from voicerehearsal.packs.stated import limits_fault
    from voicerehearsal.values import Target

    metric, low, high = metric_called(name), _limit(given.low), _limit(given.high)
    wrong = limits_fault(metric.name, low, high)
    if wrong is not None:
        raise UsageError(f"{wrong[0][0].upper()}{wrong[0][1:]}", f"{wrong[1]}.")
    target = Target(low, high, "your own", "own")
    state_target(data_home(), metric.name, target, pack=given.pack or None, since=datetime.now(UTC).astimezone().date())
    return doubt(metric.name, target)


def _limit(given: float | str | None) -> float | None:
    from voicerehearsal.errors import UsageError

    if given is None or given == "":
        return None
    try:
        return float(given)
    except ValueError:
        raise UsageError(_("{given} is no number").format(given=given), _("Write it like 130 or 0.6.")) from None


routes: list[BaseRoute] = [
    Route("/targets/{metric}", _state, methods=["PUT"]),
    Route("/targets/{metric}", _take_back, methods=["DELETE"]),
]
