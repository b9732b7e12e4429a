"""What a deletion takes: which answers, and which files beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.scrub import Key
from voicerehearsal.journal.series import from_ms

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal

BACKUPS = "journal-before-*.db"
_BESIDE = ("", "-wal", "-shm", "-journal", ".part")
"""What SQLite and a backup that was cut off leave beside a database."""

_OWN = ("recordings", "profiles", "notes", "voice-cache")
"""The folders in the data folder that hold nothing but what the program wrote of the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """What is to be deleted.

    Attributes:
        answers: Each one's number and when it began, ms since 1970.
        first: When the first of them began; None without answers.
        last: When the last began.
        sound_s: Length of all their recordings.
        corrections: How many corrections were made to them.
        tags: How many tags they have.
        notes: How many of them have a note.
        outside: Recordings that do not lie in the data folder, and stay.
        files: Other files that go, relative to the data folder.
    """

    answers: tuple[Key, ...]
    first: datetime | None
    last: datetime | None
    sound_s: float
    corrections: int
    tags: int
    notes: int
    outside: tuple[Path, ...]
    files: tuple[str, ...] = ()


def doomed(journal: Journal, answer_ids: Sequence[int], *, files: tuple[str, ...] = ()) -> Doomed:
    """What goes when these answers are deleted, and these files. Raises JournalError."""
    with journal.reading() as db:
        rows = db.execute(
            "SELECT id, started_at_ms, duration_s, recording, note <> '' FROM answers"
            " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY started_at_ms, id",
            (msgspec.json.encode(answer_ids).decode(),),
        ).fetchall()
        corrections = _count(db, ("corrections", "point_corrections", "word_corrections"), answer_ids)
        tags = _count(db, ("tags",), answer_ids)
    return Doomed(
        answers=tuple((row[0], row[1]) for row in rows),
        first=from_ms(rows[0][1]) if rows else None,
        last=from_ms(rows[-1][1]) if rows else None,
        sound_s=sum(row[2] for row in rows),
        corrections=corrections,
        tags=tags,
        notes=sum(row[4] for row in rows),
        outside=tuple(Path(row[3]) for row in rows if row[3] is not None and inside(row[3]) is None),
        files=files,
    )


def _count(db: sqlite3.Connection, tables: Sequence[str], answer_ids: Sequence[int]) -> int:
    """How many rows of `tables` belong to these answers."""
    wanted = msgspec.json.encode(answer_ids).decode()
    return sum(
        db.execute(
            f"SELECT count(*) FROM {table} WHERE answer_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own
            (wanted,),
        ).fetchone()[0]
        for table in tables
    )


def ids_of_session(journal: Journal, session: int) -> list[int]:
    """The numbers of the answers of a session, oldest first.

    Raises:
        UsageError: There is no such session.
        JournalError: The journal cannot be read.
    """
    with journal.reading() as db:
        rows = db.execute("SELECT id FROM answers WHERE session_id = ? ORDER BY started_at_ms", (session,)).fetchall()
    if not rows:
        raise UsageError(
            f"There is no session {session} with answers", "`voicerehearsal history --json` has their numbers."
        )
    return [answer_id for (answer_id,) in rows]


def own_files(journal: Journal) -> tuple[str, ...]:
    """Every file that the program keeps of a person beside their answers, relative to the data folder.

    Recordings that no answer has, calibrations, notes, the interviewer's voice, own targets, settings, older copies of
    the journal. Raises JournalError when something cannot be read.
    """
    home = journal.home
    try:
        found = [path for folder in _OWN for path in sorted((home / folder).rglob("*")) if not path.is_dir()]
        found += [path for suffix in _BESIDE for path in sorted(home.glob(BACKUPS + suffix))]
        found += [path for path in (home / "targets.toml", home / "settings.toml") if path.exists()]
    except OSError as error:
        raise JournalError(f"{error.filename} cannot be read ({error.strerror})", "Check who may read it.") from error
    answers = recordings_of(journal)
    return tuple(name for path in found if (name := path.relative_to(home).as_posix()) not in answers)


def recordings_of(journal: Journal) -> set[str]:
    """The recordings of all answers, as the journal spells them."""
    with journal.reading() as db:
        return {name for (name,) in db.execute("SELECT recording FROM answers WHERE recording IS NOT NULL")}


def inside(recording: str) -> PurePosixPath | None:
    """The path of a recording relative to the data folder; None when it does not lie there."""
    path = PurePosixPath(recording)
    return None if Path(recording).is_absolute() or ".." in path.parts else path
