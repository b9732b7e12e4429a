"""Opening the journal's file, and every way in which SQLite refuses, in words for people."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from voicerehearsal.errors import JournalError
from voicerehearsal.journal.schema import MIGRATIONS, checked_version, migrate

BUSY_S = 10.0
"""How long to wait while another program writes."""

_OLDEST = (3, 37, 0)  # strict tables


def open_for_writing(file: Path) -> sqlite3.Connection:
    """The journal in `file`, made or brought up to date where needed.

    Raises:
        JournalError: It is damaged, newer than this program, another program's, or its folder cannot be written.
    """
    with explained(file):
        if sqlite3.sqlite_version_info < _OLDEST:
            raise JournalError(f"SQLite {sqlite3.sqlite_version} is too old for the journal", "It needs 3.37 or later.")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JournalError(f"The folder cannot be made ({error.strerror})", _ELSEWHERE) from error
        db = _connect(f"{file.absolute().as_uri()}?mode=rwc")
        try:
            checked_version(db)  # before anything is written to it
            _write_ahead(db)
            migrate(db, file)
        except BaseException:
            db.close()
            raise
        return db


def open_for_reading(file: Path) -> sqlite3.Connection:
    """The journal in `file` as it is: nothing is made or changed; empty when there is none.

    A journal of an older schema is read through a copy in memory that is brought up to date.

    Raises:
        JournalError: It is damaged, newer than this program, another program's, or cannot be read.
    """
    with explained(file):
        if not file.exists():
            return _in_memory(None)
        db = _connect_read_only(file)
        try:
            if checked_version(db) == len(MIGRATIONS):
                return db
            with closing(db):
                return _in_memory(db)
        except BaseException:
            db.close()
            raise


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite says into one sentence about `file`."""
    try:
        yield
    except JournalError as error:
        if str(file) in error.what:
            raise
        raise JournalError(f"The journal {file} cannot be used. {error.what}", error.cure) from error
    except (sqlite3.Error, OSError) as error:
        what, cure = _in_words(error)
        raise JournalError(f"The journal {file} {what} ({error})", cure) from error


_ELSEWHERE = "Make its folder writable, or choose another with VOICEREHEARSAL_HOME."


def _in_words(error: sqlite3.Error | OSError) -> tuple[str, str]:
    said = str(error)
    if "locked" in said:
        return "is being written by another program", "Try again when that is done."
    if "full" in said:
        return "took nothing more: the disk is full", "Free some space and try again."
    if "unable to open" in said or "readonly" in said or isinstance(error, OSError):
        return "cannot be opened", _ELSEWHERE
    if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        return "refused an entry", "Nothing was changed."
    return (
        "is damaged",
        "Nothing was changed, and recordings are not touched. Move the file away to begin a new journal.",
    )


def _connect(uri: str) -> sqlite3.Connection:
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")  # what was kept survives a power cut
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only now the file is opened
    except BaseException:
        db.close()
        raise
    return db


def _connect_read_only(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing.

    Opened for writing where allowed, because only such a connection tidies SQLite's own side files up again; on a disk
    that is read-only nobody can write, so the file is taken as it stands.
    """
    uri = file.absolute().as_uri()
    try:
        db = _connect(f"{uri}?mode=rw")
    except sqlite3.OperationalError as error:
        if not _read_only_disk(error):
            raise
        db = _connect(f"{uri}?immutable=1")
    db.execute("PRAGMA query_only = ON")
    return db


def _read_only_disk(error: sqlite3.OperationalError) -> bool:
    return "unable to open" in str(error) or "readonly" in str(error)


def _in_memory(source: sqlite3.Connection | None) -> sqlite3.Connection:
    db = _connect(":memory:")
    if source is not None:
        source.backup(db)
    migrate(db, None)
    db.execute("PRAGMA query_only = ON")
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; SQLite does not wait by itself while another process does the same."""
    give_up = time.monotonic() + BUSY_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return
