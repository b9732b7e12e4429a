"""An export as a file: the rows alone as JSON, or with the sound and everything else of the home as a ZIP."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

from voicerehearsal.journal.export_read import answer_rows, exported_name, point_correction_rows, session_rows
from voicerehearsal.journal.export_rows import SCHEMA, AnswerRow, Row, row_to_json
from voicerehearsal.journal.wanted import Wanted
from voicerehearsal.values import QuestionRef

DOCUMENT = "journal.json"
"""What the rows are called in a ZIP."""

HOME_FILES = ("profiles/*.json", "notes/*/*.md", "packs/*.toml", "targets.toml")
"""What lies in a home besides the journal and its recordings, and belongs to the person."""

_CHUNK = 1 << 20


@dataclass
class Exported:
    """What went into an export, and what could not.

    Attributes:
        sessions: How many.
        answers: How many.
        sounds: How many recordings.
        missing: Numbers of answers whose recording is gone or cannot be read, and where it should be.
    """

    sessions: int = 0
    answers: int = 0
    sounds: int = 0
    missing: list[tuple[int, Path]] = field(default_factory=list)
    recordings: list[tuple[int, str, Path]] = field(default_factory=list, repr=False)
    profiles: set[str] = field(default_factory=set, repr=False)
    questions: set[QuestionRef] = field(default_factory=set, repr=False)


def write_document(
    file: IO[bytes], db: sqlite3.Connection, home: Path, chosen: Wanted, *, everything: bool
) -> Exported:
    """Write the rows: of the answers chosen, or, with `everything`, sessions without answers too."""
    done = Exported()
    file.write(b'{"schema":' + msgspec.json.encode(SCHEMA))
    _section(file, "sessions", _counted(done, session_rows(db, None if everything else chosen)))
    _section(file, "answers", _noted(done, home, answer_rows(db, chosen)))
    _section(file, "point_corrections", point_correction_rows(db, chosen))
    file.write(b"}\n")
    return done


def write_archive(file: IO[bytes], db: sqlite3.Connection, home: Path, chosen: Wanted, *, everything: bool) -> Exported:
    """Write the rows, the recordings, and what else the home has: all of it, or what the answers chosen used."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with archive.open(DOCUMENT, "w", force_zip64=True) as document:
            done = write_document(document, db, home, chosen, everything=everything)
        for answer, name, path in done.recordings:
            if _add(archive, name, path, ZIP_STORED):
                done.sounds += 1
            else:
                done.missing.append((answer, path))
        for path in _home_files(home, None if everything else done):
            _add(archive, path.relative_to(home).as_posix(), path, ZIP_DEFLATED)
    return done


def _section(file: IO[bytes], name: str, rows: Iterable[Row]) -> None:
    file.write(f',\n"{name}":['.encode())
    for n, row in enumerate(rows):
        file.write(b",\n" if n else b"\n")
        file.write(row_to_json(row))
    file.write(b"\n]")


def _counted(done: Exported, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        done.sessions += 1
        yield row


def _noted(done: Exported, home: Path, rows: Iterable[tuple[AnswerRow, str | None]]) -> Iterator[Row]:
    """The same rows; what belongs to them is noted for later."""
    for row, recording in rows:
        done.answers += 1
        if recording is not None:
            done.recordings.append((row.id, exported_name(recording, row.id), home / recording))
        if row.question is not None:
            done.questions.add(QuestionRef(row.question.pack, row.question.id))
        smile = msgspec.json.decode(row.report, type=_Measured | None)
        if smile is not None and smile.smile is not None:
            done.profiles.add(smile.smile.profile)
        yield row


class _Smile(msgspec.Struct):
    profile: str


class _Measured(msgspec.Struct):
    """As much of a report as says what it was measured against."""

    smile: _Smile | None = None


def _home_files(home: Path, used: Exported | None) -> list[Path]:
    files = [path for pattern in HOME_FILES for path in sorted(home.glob(pattern)) if path.is_file()]
    return files if used is None else [path for path in files if _is_used(path.relative_to(home), used)]


def _is_used(path: Path, used: Exported) -> bool:
    match path.parts:
        case ("profiles", _):
            return path.stem in used.profiles
        case ("notes", pack, _):
            return QuestionRef(pack, path.stem) in used.questions
        case ("packs", _):
            return path.stem in {question.pack for question in used.questions}
        case _:
            return True


def _add(archive: ZipFile, name: str, path: Path, compression: int) -> bool:
    """Add a file as it is; False when it cannot be read."""
    try:
        source = path.open("rb")
    except OSError:
        return False
    with source:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        info = ZipInfo(name, max(changed.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
        info.compress_type = compression
        info.external_attr = 0o644 << 16
        with archive.open(info, "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, _CHUNK)
    return True
