"""Corrected words as they lie in the journal, and beside them the report of the answer as it was heard."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from voicerehearsal.measures.word_corrections import WordCorrection


def read_word_corrections(db: sqlite3.Connection, answer_id: int) -> tuple[WordCorrection, ...]:
    """What the speaker said of an answer's words, in the order of time."""
    rows = db.execute(
        "SELECT start_s, end_s, text FROM word_corrections WHERE answer_id = ? ORDER BY start_s", (answer_id,)
    ).fetchall()
    return tuple(WordCorrection(*row) for row in rows)


def put_word_corrections(db: sqlite3.Connection, answer_id: int, corrections: Sequence[WordCorrection]) -> None:
    """Store all that the speaker says of an answer's words, in place of what they said before."""
    db.execute("DELETE FROM word_corrections WHERE answer_id = ?", (answer_id,))
    db.executemany(
        "INSERT INTO word_corrections (answer_id, start_s, end_s, text) VALUES (?, ?, ?, ?)",
        [(answer_id, one.start_s, one.end_s, one.text) for one in corrections],
    )


def read_as_heard(db: sqlite3.Connection, answer_id: int) -> str | None:
    """The report of an answer with the words as they were heard, as its JSON; None when it was not measured."""
    row = db.execute(
        "SELECT coalesce(h.report, a.report) FROM answers a LEFT JOIN as_heard h ON h.answer_id = a.id WHERE a.id = ?",
        (answer_id,),
    ).fetchone()
    return None if row is None else row[0]


def put_as_heard(db: sqlite3.Connection, answer_id: int, report: str | None) -> None:
    """Keep the report as heard, as its JSON, beside the one with corrected words; None: there is but one."""
    db.execute("DELETE FROM as_heard WHERE answer_id = ?", (answer_id,))
    if report is not None:
        db.execute("INSERT INTO as_heard (answer_id, report) VALUES (?, ?)", (answer_id, report))
