"""Trends: how the measures run from answer to answer, the pace first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.languages import _
from voicerehearsal.studio.filters import Filters, choices
from voicerehearsal.studio.pages import fragment, page
from voicerehearsal.studio.rooms import targets
from voicerehearsal.studio.trend_cards import (
    DOTS,
    SMALL_DOTS,
    Looked,
    card_of,
    cards_of,
    last_of,
    with_questions,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.trends import By
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Language

# ---- pages --------------------------------------------------------------------------------------------------------


def _page(request: Request) -> Response:
    return page(request, "trends.html", **_view(request))


def _fragment(request: Request) -> Response:
    return fragment(request, "_trends.html", **_view(request))


def _view(request: Request) -> dict[str, Any]:
    """What the page shows; raises UsageError for what cannot be asked for."""
    from voicerehearsal import wiring
    from voicerehearsal.presenting.trend_sentences import notes

    filters = Filters.of(request.query_params)
    with wiring.open_journal(read_only=True) as journal:
        there = choices(journal, filters.wanted())
        spoken = _spoken(journal, filters)
        looked = _looked(request, filters, spoken)
        large = _metric(request, looked.language)
        cards = [] if not spoken else cards_of(journal, looked, large)
        first = next((card for card in cards if card.judged.trend.metric == large), None)
        seen = None if first is None or first.chart is None else with_questions(journal, first.chart, there.packs)
        last = [] if first is None else last_of(first.judged, there.packs)
        nothing_yet = not cards and not filters.chosen and not journal.count_answers()
    return {
        "filters": filters,
        "choices": there,
        "spoken": spoken,
        "language": looked.language,
        "by": looked.by,
        "metric": large,
        "first": first,
        "others": [card for card in cards if card is not first],
        "seen": {
            "large": seen,
            "small": [card.chart for card in cards if card is not first and card.chart is not None],
        },
        "last": last,
        "target": targets.in_words(large, looked.targets, filters.pack),
        "notes": notes([card.judged for card in cards]),
        "nothing_yet": nothing_yet,
        **words_of(first),
        **_written(),
    }


def _table(request: Request) -> Response:
    """Every measure in a line."""
    from voicerehearsal import wiring
    from voicerehearsal.coaching.change import LATEST
    from voicerehearsal.coaching.trends import WINDOW
    from voicerehearsal.journal.trends import read_trends
    from voicerehearsal.presenting.trend_sentences import judged

    filters = Filters.of(request.query_params)
    with wiring.open_journal(read_only=True) as journal, journal.reading() as db:
        looked = _looked(request, filters, _spoken(journal, filters))
        wanted = replace(looked.wanted, language=looked.language)
        found = read_trends(db, wanted, by=looked.by, recent=LATEST + WINDOW - 1)
    rows = [judged(trend, looked.targets) for trend in found]
    return fragment(request, "_trends_table.html", rows=rows, filters=filters, by=looked.by, **_written())


def _data(request: Request) -> Response:
    """One chart between two times, for a closer look."""
    from voicerehearsal import wiring
    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.errors import UsageError

    filters, metric = Filters.of(request.query_params), metric_called(request.path_params["metric"])
    with wiring.open_journal(read_only=True) as journal:
        looked = _looked(request, filters, _spoken(journal, filters))
        limit = SMALL_DOTS if "small" in request.query_params else DOTS
        card = card_of(journal, looked, metric, limit=limit, between=_between(request))
        if card is None or card.chart is None:
            raise UsageError(_("There is no number of this measure among these answers"), "")
        seen = with_questions(journal, card.chart, choices(journal, looked.wanted).packs)
    return Response(msgspec.json.encode(seen), media_type="application/json")


# ---- what is asked for --------------------------------------------------------------------------------------------


def _looked(request: Request, filters: Filters, spoken: Sequence[Language]) -> Looked:
    from voicerehearsal.presenting.own_targets import targets_for

    given = request.query_params.get("by")
    by: By = given if given in ("day", "week") else "answer"  # type: ignore[assignment]
    return Looked(filters.wanted(), spoken[0] if spoken else "en", by, targets_for(filters.pack))


def _spoken(journal: Journal, filters: Filters) -> list[Language]:
    """The languages in which there are answers, the one to look at first: the one asked for, or spoken last."""
    from voicerehearsal.journal.answers import OWN_KINDS
    from voicerehearsal.journal.search import find_answers

    wanted = replace(filters.wanted(), kinds=OWN_KINDS)
    newest = find_answers(journal, wanted, limit=1) or journal.answers(limit=1, kinds=OWN_KINDS)
    if not newest:
        return []
    first: Language = wanted.language or newest[0].language
    other: Language = "zh" if first == "en" else "en"
    there = find_answers(journal, replace(wanted, language=other), limit=1)
    return [first, other] if there else [first]


def _metric(request: Request, language: Language) -> Metric:
    from voicerehearsal.coaching.metrics import METRICS, metric_called
    from voicerehearsal.coaching.targets import PACE

    named = request.query_params.get("metric")
    metric = metric_called(named) if named else METRICS[PACE[language]]
    of_this_language = {PACE["en"]: PACE[language], PACE["zh"]: PACE[language]}
    return METRICS[of_this_language.get(metric.name, metric.name)]


def _between(request: Request) -> tuple[float, float] | None:
    from voicerehearsal.errors import UsageError

    given = [request.query_params.get(name) for name in ("from", "to")]
    try:
        begin, end = (float(time) for time in given if time is not None)
    except ValueError:
        if given == [None, None]:
            return None
        raise UsageError(_("Two times are needed"), _("Give both in seconds since 1970.")) from None
    return begin, end


# ---- how it is written ---------------------------------------------------------------------------------------------


def _written() -> dict[str, Any]:
    """How numbers, targets and days are written everywhere on the page."""
    from voicerehearsal.coaching.targets import in_short
    from voicerehearsal.presenting.trend_sentences import sentences, shown

    return {
        "shown": shown,
        "shown_target": in_short,
        "local_day": lambda when: f"{when.astimezone():%d %b %y}",
        "sentence_of": lambda one: sentences(one, evidence=False)[0],
    }


routes: list[BaseRoute] = [
    Route("/trends", _page),
    Route("/trends/view", _fragment),
    Route("/trends/table", _table),
    Route("/trends/{metric}.json", _data),
    *targets.routes,
]
