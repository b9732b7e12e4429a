"""Trends as they lie in the journal: every measure of the answers that are wanted, or one of them number by number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicerehearsal.coaching.metrics import METRICS, Metric
from voicerehearsal.coaching.trends import By, Number, Point, Trend, by_period
from voicerehearsal.journal.series import from_ms
from voicerehearsal.journal.wanted import Wanted, where
from voicerehearsal.values import Language, QuestionRef

MOST = 600
"""The latest answers that are looked at when every measure is asked for of some answers, or by the day or week."""

MOST_OF_ONE = 10_000
"""The same when one measure is to be shown on a screen."""

EVERYTHING = Wanted()
"""Whatever a person said; demonstrations never count."""

_FEW = 5_000
"""Answers that are looked up one by one."""

_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_WANTED = """
    SELECT a.id, a.started_at_ms FROM answers a CROSS JOIN sessions s ON s.id = a.session_id
    WHERE {} ORDER BY a.started_at_ms DESC, a.id DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class _Series:
    """How many numbers there are of one measure in one language, measured one way; `others` measured another way."""

    id: int
    metric: Metric
    language: Language
    count: int
    others: tuple[int, ...]
    others_count: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Numbers by series, oldest first; whether older ones were not looked at, nor those measured another way."""

    numbers: dict[int, list[Number]]
    cut: bool
    only_this_way: bool


Asked = dict[int, QuestionRef | None]
"""What was asked, by the number of the answer."""


def read_trends(db: sqlite3.Connection, wanted: Wanted = EVERYTHING, *, by: By = "answer", recent: int) -> list[Trend]:
    """Every measure of every language as it stands, in the order of `METRICS`, with its `recent` latest numbers.

    All answers are counted; but of `wanted` ones, and by the day or week, only the `MOST` latest are looked at:
    `Trend.cut` says where there are more.
    """
    asked: Asked = {}
    series = list(_every_series(db, wanted))
    if not _is_everything(wanted):
        found = _of_wanted(db, wanted, MOST)
        return [_trend(db, one, found, by, recent, asked) for one in series if one.id in found.numbers]
    if by == "answer":
        return [_plain(db, one, recent, asked) for one in series]
    return [_trend(db, one, _of_series(db, one, MOST), by, recent, asked) for one in series]


def read_trend(
    db: sqlite3.Connection,
    metric: Metric,
    language: Language,
    wanted: Wanted = EVERYTHING,
    *,
    by: By = "answer",
    recent: int | None = None,
    most: int | None = None,
) -> Trend | None:
    """One measure of the `wanted` answers with its `recent` latest numbers, or all; None when there are none.

    With `most`, only so many of the latest answers are looked at where each must be.
    """
    one = _series_of(db, metric, language, wanted)
    if one is None:
        return None
    if recent is not None and by == "answer" and _is_everything(wanted):
        return _plain(db, one, recent, {})
    found = _of_series(db, one, most) if _is_everything(wanted) else _of_wanted(db, wanted, most, one)
    return _trend(db, one, found, by, recent, {}) if one.id in found.numbers else None


def read_numbers(
    db: sqlite3.Connection, metric: Metric, language: Language, wanted: Wanted = EVERYTHING
) -> list[Number]:
    """All numbers of one measure of the `wanted` answers, oldest first."""
    one = _series_of(db, metric, language, wanted)
    if one is None:
        return []
    found = _of_series(db, one, None) if _is_everything(wanted) else _of_wanted(db, wanted, None, one)
    return found.numbers.get(one.id, [])


def by_question(
    db: sqlite3.Connection, numbers: Sequence[Number], *, limit: int
) -> list[tuple[QuestionRef, list[Number]]]:
    """`numbers` apart by what was asked: the `limit` questions with the most, the most practised first."""
    asked = questions_of(db, [answer_id for _, _, answer_id in numbers])
    found: dict[QuestionRef, list[Number]] = {}
    for number in numbers:
        question = asked[number[2]]
        if question is not None:
            found.setdefault(question, []).append(number)
    return sorted(found.items(), key=lambda one: -len(one[1]))[:limit]


def questions_of(db: sqlite3.Connection, answers: Sequence[int]) -> Asked:
    """What each of `answers` was asked; of many, by one walk over an index that has it, past no report."""
    source, values = "answers a INDEXED BY answers_by_question", list[str]()
    if len(answers) < _FEW:
        source, values = "json_each(?) j CROSS JOIN answers a ON a.id = j.value", [json.dumps(answers)]
    rows = db.execute(f"SELECT a.id, a.question_pack, a.question_id FROM {source}", values)  # noqa: S608
    return {id_: None if pack is None else QuestionRef(pack, question) for id_, pack, question in rows}


# ---- within ---------------------------------------------------------------------------------------------------------


def _every_series(db: sqlite3.Connection, wanted: Wanted) -> Iterator[_Series]:
    """What may be shown, in the order in which it is."""
    rows = db.execute("SELECT id, name, language, version, count FROM series WHERE count > 0").fetchall()
    for language in _LANGUAGES if wanted.language is None else (wanted.language,):
        for metric in METRICS.values():
            same = [row for row in rows if row[1:3] == (metric.name, language)]
            others = [row for row in same if row[3] != metric.version]
            for id_, _, _, version, count in same:
                if version == metric.version:
                    ids = tuple(row[0] for row in others)
                    yield _Series(id_, metric, language, count, ids, sum(row[4] for row in others))


def _series_of(db: sqlite3.Connection, metric: Metric, language: Language, wanted: Wanted) -> _Series | None:
    return next((s for s in _every_series(db, wanted) if (s.metric, s.language) == (metric, language)), None)


def _is_everything(wanted: Wanted) -> bool:
    return wanted == replace(EVERYTHING, language=wanted.language)  # a series is of one language anyway


def _plain(db: sqlite3.Connection, series: _Series, recent: int, asked: Asked) -> Trend:
    """All answers, of which only those that are shown are read."""
    latest = _of_series(db, series, recent).numbers[series.id]
    oldest = db.execute(
        "SELECT started_at_ms / 1000.0, value, answer_id FROM measures WHERE series_id = ?"
        " ORDER BY started_at_ms, answer_id LIMIT 1",
        (series.id,),
    ).fetchone()
    first, *points = _as_points(db, [oldest, *latest], asked)
    return Trend(series.metric, series.language, series.count, first, tuple(points), series.others_count)


def _of_series(db: sqlite3.Connection, series: _Series, last: int | None) -> _Found:
    rows = db.execute(
        "SELECT started_at_ms / 1000.0, value, answer_id FROM measures WHERE series_id = ?"
        " ORDER BY started_at_ms DESC, answer_id DESC LIMIT ?",
        (series.id, -1 if last is None else last),
    ).fetchall()
    return _Found({series.id: rows[::-1]}, cut=len(rows) < series.count, only_this_way=True)


def _of_wanted(db: sqlite3.Connection, wanted: Wanted, most: int | None, only: _Series | None = None) -> _Found:
    """The numbers of the `most` latest answers that are wanted, or of all; of every series or of `only` one.

    The other ways of measuring that one come along, to be counted.
    """
    condition, values = where(wanted)
    ids = () if only is None else (only.id, *only.others)
    which = f"AND m.series_id IN ({', '.join('?' * len(ids))}) AND m.started_at_ms = a.started_at_ms" if ids else ""
    rows = db.execute(
        f"WITH a AS MATERIALIZED ({_WANTED.format(condition)})"  # noqa: S608 - our own words
        " SELECT a.id, m.series_id, m.started_at_ms / 1000.0, m.value"
        f" FROM a LEFT JOIN measures m ON m.answer_id = a.id {which}",
        (*values, -1 if most is None else most + 1, *ids),
    ).fetchall()
    answers = dict.fromkeys(row[0] for row in rows)  # newest first
    oldest = rows[-1][0] if most is not None and len(answers) > most else None
    numbers: dict[int, list[Number]] = {}
    for answer_id, series_id, when_s, value in reversed(rows):
        if series_id is not None and answer_id != oldest:
            numbers.setdefault(series_id, []).append((when_s, value, answer_id))
    return _Found(numbers, cut=oldest is not None, only_this_way=False)


def _trend(db: sqlite3.Connection, series: _Series, found: _Found, by: By, recent: int | None, asked: Asked) -> Trend:
    """A trend of what was found; a day or week that may have begun before it is left out."""
    numbers = found.numbers[series.id]
    others = (
        series.others_count if found.only_this_way else sum(len(found.numbers.get(id_, ())) for id_ in series.others)
    )
    if by == "answer":
        first, *points = _as_points(db, [numbers[0], *(numbers if recent is None else numbers[-recent:])], asked)
        return Trend(series.metric, series.language, len(numbers), first, tuple(points), others, by, found.cut)
    grouped = by_period(numbers, by)
    if found.cut and len(grouped) > 1:
        grouped = grouped[1:]
    shown = grouped if recent is None else grouped[-recent:]
    return Trend(series.metric, series.language, len(grouped), grouped[0], tuple(shown), others, by, found.cut)


def _as_points(db: sqlite3.Connection, numbers: Sequence[Number], asked: Asked) -> list[Point]:
    """Each number with what was asked, as far as it is not `asked` yet."""
    asked |= questions_of(db, [answer_id for _, _, answer_id in numbers if answer_id not in asked])
    return [
        Point(from_ms(round(when_s * 1000)), value, answer_id, asked[answer_id]) for when_s, value, answer_id in numbers
    ]
