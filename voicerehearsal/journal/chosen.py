"""The answers that a person chose, one after another, oldest first and never all at once in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from voicerehearsal.errors import ExportError, UsageError
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.wanted import Wanted, where


@contextmanager
def one_moment(journal: Journal) -> Iterator[sqlite3.Connection]:
    """The journal as it is now, whatever other programs write to it meanwhile."""
    with journal.reading() as db:
        db.execute("BEGIN")
        try:
            yield db
        finally:
            db.execute("ROLLBACK")


def chosen_rows(db: sqlite3.Connection, columns: str, chosen: Wanted, order: str = "a.id") -> Iterator[Sequence[Any]]:
    """`columns` of the answers `a` and sessions `s` that were chosen."""
    sql, values = where(chosen)
    return db.execute(
        f"SELECT {columns} FROM answers a JOIN sessions s ON s.id = a.session_id WHERE {sql} ORDER BY {order}",  # noqa: S608 - our own words
        values,
    )


def all_there(journal: Journal, chosen: Wanted) -> None:
    """See that there is something to export.

    Raises:
        UsageError: An answer asked for by its number is not there, or not among those wanted.
        ExportError: There is no answer at all.
    """
    with journal.reading() as db:
        if not chosen.numbers:
            if next(chosen_rows(db, "1", chosen, order="NULL"), None) is None:
                raise ExportError("There is no answer to export", "`voicerehearsal history` lists what there is.")
            return
        found = {number for (number,) in chosen_rows(db, "a.id", chosen)}
    missing = [number for number in chosen.numbers if number not in found]
    if missing:
        raise UsageError(
            f"There is no answer {missing[0]} among those asked for", "`voicerehearsal history` lists them."
        )
