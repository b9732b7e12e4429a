"""The numbers that trends follow, as they lie in the journal: one row a number, in the order of time."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from statistics import median

from voicerehearsal.coaching.metrics import METRICS, Metric, numbers
from voicerehearsal.coaching.trends import Point, Trend
from voicerehearsal.values import Language, QuestionRef, Report, Usual

_AS_DEVIATION = 1.4826
_END_OF_TIME_MS = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(when: datetime) -> int:
    """Milliseconds since 1970 UTC; `when` has a time zone."""
    return (when - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The time in UTC, of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=ms)


def put_measures(db: sqlite3.Connection, answer_id: int, started_at_ms: int, report: Report) -> None:
    """Store every number of `report` that is followed, in place of what was stored for this answer."""
    db.execute("DELETE FROM measures WHERE answer_id = ?", (answer_id,))
    for metric, value in numbers(report):
        key = (metric.name, report.language, metric.version)
        db.execute("INSERT OR IGNORE INTO series (name, language, version) VALUES (?, ?, ?)", key)
        db.execute(
            "INSERT INTO measures (series_id, started_at_ms, answer_id, value)"
            " SELECT id, ?, ?, ? FROM series WHERE name = ? AND language = ? AND version = ?",
            (started_at_ms, answer_id, value, *key),
        )


def read_points(
    db: sqlite3.Connection,
    metric: Metric,
    language: Language,
    *,
    question: QuestionRef | None = None,
    last: int | None = None,
) -> list[Point]:
    """The numbers of `metric`, of its version only, oldest first; the `last` ones, and of `question`, when given."""
    only = "" if question is None else "AND a.question_pack = ? AND a.question_id = ?"
    rows = db.execute(
        "SELECT m.started_at_ms, m.value, m.answer_id, a.question_pack, a.question_id"  # noqa: S608 - our own words
        " FROM series r JOIN measures m ON m.series_id = r.id JOIN answers a ON a.id = m.answer_id"
        f" WHERE r.name = ? AND r.language = ? AND r.version = ? {only}"
        " ORDER BY m.started_at_ms DESC, m.answer_id DESC LIMIT ?",
        (
            metric.name,
            language,
            metric.version,
            *(() if question is None else (question.pack, question.id)),
            -1 if last is None else last,
        ),
    ).fetchall()
    return [_point(row) for row in reversed(rows)]


def read_trends(db: sqlite3.Connection, *, recent: int) -> list[Trend]:
    """Every measure of every language as it stands, in the order of `METRICS`, with its `recent` latest numbers."""
    rows = db.execute("SELECT name, language, version, count FROM series").fetchall()
    counts = {(name, language, version): count for name, language, version, count in rows}
    trends = []
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        for metric in METRICS.values():
            count = counts.get((metric.name, language, metric.version), 0)
            if count:
                trends.append(
                    Trend(
                        metric=metric,
                        language=language,
                        count=count,
                        first=_first(db, metric, language),
                        recent=tuple(read_points(db, metric, language, last=recent)),
                        other_versions=sum(
                            n
                            for (name, spoken, version), n in counts.items()
                            if (name, spoken) == (metric.name, language) and version != metric.version
                        ),
                    )
                )
    return trends


def read_usual(
    db: sqlite3.Connection, metric: Metric, language: Language, *, last: int, before: datetime | None
) -> Usual | None:
    """Median, spread and count of the `last` numbers of `metric`, of answers begun earlier than `before` when given.

    The spread is 1.4826 · the median distance from the median, which is the standard deviation of normal numbers and
    which one odd answer does not move (Hampel 1974). None when there are no numbers.
    """
    rows = db.execute(
        "SELECT m.value FROM series r JOIN measures m ON m.series_id = r.id"
        " WHERE r.name = ? AND r.language = ? AND r.version = ? AND m.started_at_ms < ?"
        " ORDER BY m.started_at_ms DESC, m.answer_id DESC LIMIT ?",
        (metric.name, language, metric.version, _END_OF_TIME_MS if before is None else to_ms(before), last),
    ).fetchall()
    if not rows:
        return None
    values = [value for (value,) in rows]
    middle = median(values)
    return Usual(middle, _AS_DEVIATION * median(abs(value - middle) for value in values), len(values))


def _first(db: sqlite3.Connection, metric: Metric, language: Language) -> Point:
    return _point(
        db.execute(
            "SELECT m.started_at_ms, m.value, m.answer_id, a.question_pack, a.question_id"
            " FROM series r JOIN measures m ON m.series_id = r.id JOIN answers a ON a.id = m.answer_id"
            " WHERE r.name = ? AND r.language = ? AND r.version = ? ORDER BY m.started_at_ms, m.answer_id LIMIT 1",
            (metric.name, language, metric.version),
        ).fetchone()
    )


def _point(row: tuple[int, float, int, str | None, str | None]) -> Point:
    ms, value, answer_id, pack, question = row
    ref = QuestionRef(pack, question) if pack is not None and question is not None else None
    return Point(when=from_ms(ms), value=value, answer_id=answer_id, question=ref)
