"""The answers of each question as the schedule needs them, by the indexes that are there.

No report is read, but for the talking points of answers that belong together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.schedule import Review
from voicerehearsal.coaching.targets import PACE
from voicerehearsal.journal.point_corrections import read_coverage_together
from voicerehearsal.journal.series import from_ms
from voicerehearsal.values import Language, QuestionRef

LATEST = 12
"""Reviews of one question that are looked at: FSRS has forgotten the ones before by then."""

_TOGETHER = 8
"""Answers that belong together, at most: a caller's patience ends there."""

_NEXT_PACK = "SELECT min(question_pack) FROM answers WHERE question_pack > ?"
_NEXT_QUESTION = "SELECT min(question_id) FROM answers WHERE question_pack = ? AND question_id > ?"
# Practised in one session they belong together, except where every attempt begins anew.
_ANSWERS = """
    SELECT a.id, a.started_at_ms,
           s.kind = 'practice' AND coalesce(s.kind_of_practice, '') NOT IN ('drill', 'notes'), a.session_id
    FROM answers a JOIN sessions s ON s.id = a.session_id
    WHERE a.question_pack = ? AND a.question_id = ? AND s.kind <> 'demonstration' AND s.language = ?
    ORDER BY a.session_id DESC, a.started_at_ms DESC LIMIT ?
"""


def read_reviews(db: sqlite3.Connection, language: Language) -> dict[QuestionRef, tuple[Review, ...]]:
    """For every question answered in `language` how its latest answers went, oldest first.

    The answers to a question in one session are one review, on what was made in any of them; attempts in a drill or
    from notes, and recordings brought in from outside, are each their own.
    """
    names = ("coverage", PACE[language], "fillers_per_minute")
    series = [_series(db, name, language) for name in names]
    found: dict[QuestionRef, tuple[Review, ...]] = {}
    for pack, question in _asked(db):
        rows = db.execute(_ANSWERS, (pack, question, language, LATEST * _TOGETHER)).fetchall()
        sittings: dict[tuple[int, int], dict[int, int]] = {}
        for answer_id, ms, together, session in rows:
            sittings.setdefault((session, 0 if together else answer_id), {})[answer_id] = ms
        reviews = [_review(db, series, answers) for answers in list(sittings.values())[:LATEST]]
        if reviews:
            found[QuestionRef(pack, question)] = tuple(sorted(reviews, key=lambda review: review.when))
    return found


def _asked(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Pack and id of every question that has answers: a step along the index for each, however many the answers."""
    pack = ""
    while (pack := db.execute(_NEXT_PACK, (pack,)).fetchone()[0]) is not None:
        question = ""
        while (question := db.execute(_NEXT_QUESTION, (pack, question)).fetchone()[0]) is not None:
            yield pack, question


def _review(db: sqlite3.Connection, series: Sequence[int | None], answers: Mapping[int, int]) -> Review:
    """Of answers that belong together: from their numbers to when they began, in milliseconds since 1970."""
    columns = [[_value(db, number, ms, answer_id) for answer_id, ms in answers.items()] for number in series]
    coverage, rate, fillers = ([value for value in column if value is not None] for column in columns)
    # One alone has it among its numbers; a reply in a call has not, and may be all there was of the call.
    made = coverage[0] if len(answers) == len(coverage) == 1 else read_coverage_together(db, list(answers))
    return Review(from_ms(max(answers.values())), made, _mean(rate), _mean(fillers), answers=len(answers))


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


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
