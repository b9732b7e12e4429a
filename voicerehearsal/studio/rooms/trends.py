"""Trends: how the measures run from answer to answer, the pace first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.coaching.targets import in_short
from voicerehearsal.languages import _, ngettext
from voicerehearsal.presenting.trend_sentences import shown
from voicerehearsal.studio.filters import Filters, choices
from voicerehearsal.studio.pages import fragment, page
from voicerehearsal.studio.rooms import targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.coaching.trends import By
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.asked import AskedPack
    from voicerehearsal.presenting.trend_chart import Chart
    from voicerehearsal.presenting.trend_sentences import Judged
    from voicerehearsal.values import Language, QuestionRef

_DOTS = 4000
"""Of the large chart; a screen has about as many places."""

_SMALL_DOTS = 600
_LAST = 50
"""Numbers in the table."""


class _Seen(msgspec.Struct):
    """A chart, and the question of each of its dots: its place among `texts`, −1 where it is not known."""

    chart: Chart
    asked: list[int]
    texts: list[_Text]


class _Text(msgspec.Struct):
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is looked at: which answers, in which language, and what a number stands for."""

    wanted: Wanted
    language: Language
    by: By
    targets: Targets


@dataclass(frozen=True, slots=True)
class _Card:
    """One measure: what is said of it, and its chart."""

    judged: Judged
    chart: Chart


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
        looked = _looked(request, filters, spoken[0] if spoken else "en")
        large = _metric(request, looked.language)
        cards = [] if not spoken else _cards(journal, looked, large)
        first = next((card for card in cards if card.judged.trend.metric == large), None)
        seen = None if first is None else _with_questions(journal, first.chart, there.packs)
        last = [] if first is None else _last(journal, first.judged, there.packs)
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
        "seen": {"large": seen, "small": [card.chart for card in cards if card is not first]},
        "last": last,
        "target": targets.in_words(large, looked.targets, filters.pack),
        "notes": notes([card.judged for card in cards]),
        "nothing_yet": nothing_yet,
        **_words(first),
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
        looked = _looked(request, filters, _spoken(journal, filters)[0])
        wanted = replace(looked.wanted, language=looked.language)
        found = read_trends(db, wanted, by=looked.by, recent=LATEST + WINDOW - 1)
    rows = [judged(trend, looked.targets) for trend in found]
    return fragment(request, "_trends_table.html", rows=rows, filters=filters, by=looked.by, **_WRITTEN)


def _data(request: Request) -> Response:
    """One chart between two times, for a closer look."""
    from voicerehearsal import wiring
    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.errors import UsageError

    filters, metric = Filters.of(request.query_params), metric_called(request.path_params["metric"])
    with wiring.open_journal(read_only=True) as journal:
        looked = _looked(request, filters, _spoken(journal, filters)[0])
        card = _card(journal, looked, metric, limit=_DOTS, between=_between(request))
        if card is None:
            raise UsageError(_("There is no number of this measure among these answers"), "")
        seen = _with_questions(journal, card.chart, choices(journal, looked.wanted).packs)
    return Response(msgspec.json.encode(seen), media_type="application/json")


# ---- what is asked for --------------------------------------------------------------------------------------------


def _looked(request: Request, filters: Filters, language: Language) -> _Looked:
    from voicerehearsal.presenting.own_targets import targets_for

    given = request.query_params.get("by")
    by: By = given if given in ("day", "week") else "answer"  # type: ignore[assignment]
    return _Looked(filters.wanted(), language, by, targets_for(filters.pack))


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


# ---- reading ------------------------------------------------------------------------------------------------------


def _cards(journal: Journal, looked: _Looked, large: Metric) -> list[_Card]:
    """The large measure and the headlines beside it, as far as there are numbers."""
    from voicerehearsal.coaching.metrics import METRICS
    from voicerehearsal.coaching.targets import PACE
    from voicerehearsal.pictures.trends import HEADLINES

    other_pace = PACE["zh" if looked.language == "en" else "en"]
    names = dict.fromkeys((large.name, PACE[looked.language], *(one for one in HEADLINES if one != other_pace)))
    found = [
        _card(journal, looked, METRICS[name], limit=_DOTS if name == large.name else _SMALL_DOTS) for name in names
    ]
    return [card for card in found if card is not None]


def _card(
    journal: Journal, looked: _Looked, metric: Metric, *, limit: int, between: tuple[float, float] | None = None
) -> _Card | None:
    from voicerehearsal.coaching.change import LATEST
    from voicerehearsal.coaching.trends import WINDOW
    from voicerehearsal.journal.trends import MOST_OF_ONE, read_numbers, read_trend
    from voicerehearsal.presenting.letter import capital
    from voicerehearsal.presenting.trend_chart import chart_of, panel_of
    from voicerehearsal.presenting.trend_sentences import judged

    recent = LATEST + WINDOW - 1
    with journal.reading() as db:
        trend = read_trend(db, metric, looked.language, looked.wanted, by=looked.by, recent=recent, most=MOST_OF_ONE)
        if trend is None:
            return None
        numbers = read_numbers(db, metric, looked.language, looked.wanted)
    one = judged(trend, looked.targets)
    panel, answers = panel_of(
        capital(metric.label), metric, numbers, by=looked.by, target=one.target, change=one.change
    )
    return _Card(one, chart_of(panel, answers, between=between, limit=limit))


def _with_questions(journal: Journal, chart: Chart, packs: Mapping[str, AskedPack]) -> _Seen:
    """The chart with what was asked at each of its dots."""
    from voicerehearsal.journal.trends import questions_of

    if chart.by != "answer":
        return _Seen(chart, [], [])
    with journal.reading() as db:
        asked = questions_of(db, chart.answers)
    places: dict[QuestionRef | None, int] = {None: -1}
    for question in asked.values():
        places.setdefault(question, len(places) - 1)
    texts = [_text(question, packs) for question in places if question is not None]
    return _Seen(chart, [places[asked[answer]] for answer in chart.answers], texts)


def _text(question: QuestionRef, packs: Mapping[str, AskedPack]) -> _Text:
    pack = packs.get(question.pack)
    return _Text(question.id, None) if pack is None else _Text(pack.text_of(question.id), pack.language)


def _last(journal: Journal, one: Judged, packs: Mapping[str, AskedPack]) -> Sequence[dict[str, Any]]:
    """The last numbers, newest first."""
    from voicerehearsal.coaching.trends import rolling_median

    medians = rolling_median(one.trend.values)
    rows = list(zip(one.trend.recent, medians, strict=True))[-_LAST:]
    return [
        {
            "point": point,
            "median": median,
            "asked": None if point.question is None else _text(point.question, packs),
        }
        for point, median in reversed(rows)
    ]


def _words(first: _Card | None) -> dict[str, Any]:
    """What is said of the large measure, and how numbers are written everywhere on the page."""
    from voicerehearsal.coaching.change import ENOUGH, evidence_in_words, in_words
    from voicerehearsal.presenting.trend_sentences import sentences

    said: dict[str, Any] = {"word": "", "rest": [], "evidence": "", "early": "", "needed": ENOUGH}
    if first is not None:
        one = first.judged
        said["word"] = in_words(one.change, one.trend.metric, evidence=False)
        said["rest"] = sentences(one)[1:3]  # the target has a place of its own
        said["evidence"] = evidence_in_words(one.change, one.trend.metric)
        said["early"] = _early(one)
    return {**said, **_WRITTEN}


def _early(one: Judged) -> str:
    from voicerehearsal.coaching.change import ENOUGH

    have, more = one.change.count, ENOUGH - one.change.count
    match one.trend.by:
        case "answer":
            said = ngettext("{have} so far, {n} more answer to go.", "{have} so far, {n} more answers to go.", more)
        case "day":
            said = ngettext("{have} so far, {n} more day to go.", "{have} so far, {n} more days to go.", more)
        case "week":
            said = ngettext("{have} so far, {n} more week to go.", "{have} so far, {n} more weeks to go.", more)
    return said.format(have=have, n=more)


def _sentence(one: Judged) -> str:
    from voicerehearsal.coaching.change import in_words

    return in_words(one.change, one.trend.metric, evidence=False)


_WRITTEN = {
    "shown": shown,
    "shown_target": in_short,
    "local_day": lambda when: f"{when.astimezone():%d %b %y}",
    "sentence_of": _sentence,
}


routes: list[BaseRoute] = [
    Route("/trends", _page),
    Route("/trends/view", _fragment),
    Route("/trends/table", _table),
    Route("/trends/{metric}.json", _data),
    *targets.routes,
]
