"""The numbers that trends follow, as they lie in the journal: one row a number, in the order of time."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from voicerehearsal.coaching.metrics import Metric, numbers
from voicerehearsal.coaching.trends import Point, usual_of
from voicerehearsal.values import Language, QuestionRef, Report, Usual

_END_OF_TIME_MS = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(when: datetime) -> int:
    """Milliseconds since 1970 UTC; `when` has a time zone."""
    return (when - _EPOCH) // timedelta(milliseconds=1)


@lru_cache(maxsize=1024)
def from_ms(ms: int) -> datetime:
    """The time in UTC, of milliseconds since 1970; an answer has many measures, and one time."""
    return _EPOCH + timedelta(milliseconds=ms)


PARTS_OF_A_WHOLE = ("role-play", "questioning")
"""Kinds of practice in which a reply is not meant to make all points of its question: its share says nothing."""

WHOLE_ANSWER = f"coalesce(s.kind_of_practice, '') NOT IN {PARTS_OF_A_WHOLE}"
"""As SQL over the alias `s` (sessions): an attempt at the question, not a part of one."""


def put_measures(
    db: sqlite3.Connection, answer_id: int, started_at_ms: int, report: Report, kind_of_practice: str | None
) -> None:
    """Store every number of `report` that is followed, in place of what was stored for this answer."""
    db.execute("DELETE FROM measures WHERE answer_id = ?", (answer_id,))
    for metric, value in numbers(report):
        if metric.name == "coverage" and kind_of_practice in PARTS_OF_A_WHOLE:
            continue
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
    last: int | None = None,
    before: datetime | None = None,
) -> list[Point]:
    """The numbers of `metric`, of its version only, oldest first; the `last` ones, begun `before`, when given."""
    # By way of the index no report is passed over.
    rows = db.execute(
        "SELECT m.started_at_ms, m.value, m.answer_id, a.question_pack, a.question_id"
        " FROM measures m CROSS JOIN answers a INDEXED BY answers_by_time"
        " ON a.started_at_ms = m.started_at_ms AND a.id = m.answer_id"
        " WHERE m.series_id = (SELECT id FROM series WHERE name = ? AND language = ? AND version = ?)"
        " AND m.started_at_ms < ? ORDER BY m.started_at_ms DESC, m.answer_id DESC LIMIT ?",
        (metric.name, language, metric.version, _until_ms(before), -1 if last is None else last),
    ).fetchall()
    return [_point(row) for row in reversed(rows)]


def read_usual(
    db: sqlite3.Connection, metric: Metric, language: Language, *, last: int, before: datetime | None
) -> Usual | None:
    """What is usual by the `last` numbers of `metric`, of answers begun earlier than `before` when given."""
    rows = db.execute(
        "SELECT m.value FROM series r JOIN measures m ON m.series_id = r.id"
        " WHERE r.name = ? AND r.language = ? AND r.version = ? AND m.started_at_ms < ?"
        " ORDER BY m.started_at_ms DESC, m.answer_id DESC LIMIT ?",
        (metric.name, language, metric.version, _until_ms(before), last),
    ).fetchall()
    return usual_of([value for (value,) in rows])


def _until_ms(before: datetime | None) -> int:
    return _END_OF_TIME_MS if before is None else to_ms(before)


def _point(row: Sequence[Any]) -> Point:
    ms, value, answer_id, pack, question = row
    ref = QuestionRef(pack, question) if pack is not None and question is not None else None
    return Point(when=from_ms(ms), value=value, answer_id=answer_id, question=ref)
