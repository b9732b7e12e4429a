"""Forgetting answers inside a database: their rows, and every trace that SQLite leaves of deleted rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

Key = tuple[int, int]
"""Number of an answer and when it began, ms since 1970: the same answer in every copy of a journal."""

THESE = """
    SELECT k.id FROM json_each(?) JOIN answers k ON k.id = json_extract(value, '$[0]')
    WHERE +k.started_at_ms = json_extract(value, '$[1]')
"""
"""The numbers of the answers with these keys, a JSON list, that are there."""


def forget_rows(db: sqlite3.Connection, answers: Iterable[Key], *, empty_sessions: bool = False) -> None:
    """Delete answers with all that hangs on them, in the transaction that is open; each session that has none left.

    With `empty_sessions` those that never had one go too.
    """
    which = json.dumps(list(answers))
    sessions = db.execute(f"SELECT DISTINCT session_id FROM answers WHERE id IN ({THESE})", (which,)).fetchall()  # noqa: S608
    db.execute(f"DELETE FROM answers WHERE id IN ({THESE})", (which,))  # noqa: S608 - our own words
    only = "" if empty_sessions else "AND id IN (SELECT value FROM json_each(?))"
    db.execute(
        f"DELETE FROM sessions WHERE NOT EXISTS (SELECT 1 FROM answers WHERE session_id = sessions.id) {only}",  # noqa: S608
        () if empty_sessions else (json.dumps([session for (session,) in sessions]),),
    )


def rewrite(db: sqlite3.Connection) -> bool:
    """Write the file anew with only what is still in it; False when another program reads it and its log must stay.

    Deleted rows lie on in a database's free pages and in its write-ahead log, deleted words in the segments of its
    full-text index (until they are merged).
    """
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'said'").fetchone():
        db.execute("INSERT INTO said (said) VALUES ('optimize')")
    db.execute("VACUUM")
    (busy, _, _) = db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    return not busy


def forget_in_copy(file: Path, answers: Sequence[Key]) -> None:
    """Delete answers from a copy of a journal, of whatever schema.

    Raises:
        sqlite3.Error: It is no journal, or the disk refuses.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("BEGIN IMMEDIATE")
        forget_rows(db, answers)
        db.execute("COMMIT")
        rewrite(db)
