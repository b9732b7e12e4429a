"""The answers of each question as the schedule needs them, by the indexes that are there: no report is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.schedule import Review
from voicerehearsal.journal.series import from_ms
from voicerehearsal.values import Language, QuestionRef

LATEST = 12
"""Answers to one question that are looked at: FSRS has forgotten the ones before by then."""

_QUESTIONS = """
    WITH RECURSIVE asked (pack, id) AS (
        SELECT * FROM (SELECT question_pack, question_id FROM answers
                       WHERE question_pack IS NOT NULL ORDER BY question_pack, question_id LIMIT 1)
        UNION ALL
        SELECT (SELECT question_pack FROM answers WHERE (question_pack, question_id) > (asked.pack, asked.id)
                ORDER BY question_pack, question_id LIMIT 1),
               (SELECT question_id FROM answers WHERE (question_pack, question_id) > (asked.pack, asked.id)
                ORDER BY question_pack, question_id LIMIT 1)
        FROM asked WHERE asked.pack IS NOT NULL
    )
    SELECT pack, id FROM asked WHERE pack IS NOT NULL
"""
_ANSWERS = """
    SELECT a.id, a.started_at_ms FROM answers a JOIN sessions s ON s.id = a.session_id
    WHERE a.question_pack = ? AND a.question_id = ? AND s.kind <> 'demonstration' AND s.language = ?
    ORDER BY a.session_id DESC, a.started_at_ms DESC LIMIT ?
"""


def read_reviews(db: sqlite3.Connection, language: Language) -> dict[QuestionRef, tuple[Review, ...]]:
    """For every question answered in `language` its latest answers, oldest first."""
    names = ("coverage", "words_per_minute" if language == "en" else "characters_per_minute", "fillers_per_minute")
    series = [_series(db, name, language) for name in names]
    found: dict[QuestionRef, tuple[Review, ...]] = {}
    for pack, question in db.execute(_QUESTIONS).fetchall():
        rows = db.execute(_ANSWERS, (pack, question, language, LATEST)).fetchall()
        reviews = [
            Review(from_ms(ms), *(_value(db, number, ms, answer_id) for number in series)) for answer_id, ms in rows
        ]
        if reviews:
            found[QuestionRef(pack, question)] = tuple(sorted(reviews, key=lambda review: review.when))
    return found


def _series(db: sqlite3.Connection, name: str, language: Language) -> int | None:
    row: Sequence[int] | None = db.execute(
        "SELECT id FROM series WHERE name = ? AND language = ? AND version = ?", (name, language, METRICS[name].version)
    ).fetchone()
    return None if row is None else row[0]


def _value(db: sqlite3.Connection, series: int | None, started_at_ms: int, answer_id: int) -> float | None:
    row: Sequence[float] | None = db.execute(
        "SELECT value FROM measures WHERE series_id = ? AND started_at_ms = ? AND answer_id = ?",
        (series, started_at_ms, answer_id),
    ).fetchone()
    return None if row is None else row[0]
