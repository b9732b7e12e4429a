"""Targets: what answers are held against, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal import languages
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

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


async def _change_target(request: Request) -> Response:
    """State a target of one's own, or take it back."""
    given = await request.json() if request.method == "PUT" else dict(request.query_params)
    said = await run_in_threadpool(_state, request.path_params["metric"], request.method, given)
    return JSONResponse({"doubt": None if said is None else languages.in_words(said)})


def _state(name: str, method: str, given: Mapping[str, Any]) -> str | None:
    """Write or forget the target, and say what speaks against it."""
    from datetime import UTC, datetime

    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.coaching.sources import doubt
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import forget_target, state_target
    from voicerehearsal.packs.stated import limits_fault
    from voicerehearsal.values import Target

    metric, pack = metric_called(name), given.get("pack") or None
    if method == "DELETE":
        forget_target(data_home(), metric.name, pack=pack)
        return None
    low, high = (_limit(given.get(side)) for side in ("low", "high"))
    wrong = limits_fault(metric.name, low, high)
    if wrong is not None:
        raise UsageError(f"{wrong[0][0].upper()}{wrong[0][1:]}", f"{wrong[1]}.")
    target = Target(low, high, "your own", "own")
    state_target(data_home(), metric.name, target, pack=pack, since=datetime.now(UTC).astimezone().date())
    return doubt(metric.name, target)


def _limit(given: object) -> float | None:
    from voicerehearsal.errors import UsageError

    if given in ("", None):
        return None
    try:
        return float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise UsageError(_("{given} is no number").format(given=given), _("Write it like 130 or 0.6.")) from None


routes: list[BaseRoute] = [Route("/targets/{metric}", _change_target, methods=["PUT", "DELETE"])]
