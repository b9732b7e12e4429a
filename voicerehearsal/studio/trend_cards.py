"""What the trends page shows of each measure, read off the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from voicerehearsal.languages import in_words, ngettext

if TYPE_CHECKING:
    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.coaching.trends import By
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.asked import AskedPack
    from voicerehearsal.presenting.trend_chart import Chart
    from voicerehearsal.presenting.trend_sentences import Judged
    from voicerehearsal.values import Language, QuestionRef

DOTS = 4000
"""Of the large chart; a screen has about as many places."""

SMALL_DOTS = 600
"""Of the others."""

_MANY = 5_000
"""From so many numbers on a small chart is drawn when the page can be used already."""

_LAST = 50
"""Numbers in the table."""


class Seen(msgspec.Struct):
    """A chart, and the question of each of its dots: its place among `texts`, −1 where it is not known."""

    chart: Chart
    asked: list[int]
    texts: list[Text]


class Text(msgspec.Struct):
    """The text of a question, and the language it is in."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: which answers, in which language, and what a number stands for."""

    wanted: Wanted
    language: Language
    by: By
    targets: Targets


@dataclass(frozen=True, slots=True)
class Card:
    """One measure: what is said of it, and its chart, None for one that is asked for later."""

    judged: Judged
    chart: Chart | None

    @property
    def title(self) -> str:
        """What the measure is called."""
        from voicerehearsal.presenting.letter import capital

        return in_words(capital(self.judged.trend.metric.label))


def cards_of(journal: Journal, looked: Looked, large: Metric) -> list[Card]:
    """The large measure and the headlines beside it, as far as there are numbers."""
    from voicerehearsal.coaching.metrics import METRICS
    from voicerehearsal.coaching.targets import PACE
    from voicerehearsal.pictures.trends import HEADLINES

    other_pace = PACE["zh" if looked.language == "en" else "en"]
    names = dict.fromkeys((large.name, PACE[looked.language], *(one for one in HEADLINES if one != other_pace)))
    found = [
        card_of(
            journal, looked, METRICS[name], limit=DOTS if name == large.name else SMALL_DOTS, small=name != large.name
        )
        for name in names
    ]
    return [card for card in found if card is not None]


def card_of(
    journal: Journal,
    looked: Looked,
    metric: Metric,
    *,
    limit: int,
    between: tuple[float, float] | None = None,
    small: bool = False,
) -> Card | None:
    """One measure with at most `limit` dots, `between` two times; a `small` one of very many numbers has no chart yet.

    None where there is no number.
    """
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
        one = judged(trend, looked.targets)
        if small and trend.count > _MANY:
            return Card(one, None)
        numbers = read_numbers(db, metric, looked.language, looked.wanted)
    panel, answers = panel_of(
        capital(metric.label), metric, numbers, by=looked.by, target=one.target, change=one.change
    )
    return Card(one, chart_of(panel, answers, between=between, limit=limit))


def with_questions(journal: Journal, chart: Chart, packs: Mapping[str, AskedPack]) -> Seen:
    """The chart with what was asked at each of its dots."""
    from voicerehearsal.journal.trends import questions_of

    if chart.by != "answer":
        return Seen(chart, [], [])
    with journal.reading() as db:
        asked = questions_of(db, chart.answers)
    places: dict[QuestionRef | None, int] = {None: -1}
    for question in asked.values():
        places.setdefault(question, len(places) - 1)
    texts = [_text(question, packs) for question in places if question is not None]
    return Seen(chart, [places[asked[answer]] for answer in chart.answers], texts)


def _text(question: QuestionRef, packs: Mapping[str, AskedPack]) -> Text:
    pack = packs.get(question.pack)
    return Text(question.id, None) if pack is None else Text(pack.text_of(question.id), pack.language)


def last_of(one: Judged, packs: Mapping[str, AskedPack]) -> Sequence[dict[str, Any]]:
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


def words_of(first: Card | None) -> dict[str, Any]:
    """What is said of the large measure."""
    from voicerehearsal.coaching.change import ENOUGH
    from voicerehearsal.presenting.trend_sentences import found_by, sentences

    said: dict[str, Any] = {"word": "", "rest": [], "evidence": "", "early": "", "needed": ENOUGH}
    if first is not None:
        one = first.judged
        said["word"], *others = sentences(one, evidence=False)
        said["rest"] = others if one.target is None else others[:-1]  # the target has a place of its own
        said["evidence"] = found_by(one)
        said["early"] = _early(one) if one.change.verdict == "too_early" else ""
    return said


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
