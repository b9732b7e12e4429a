"""Deleting answers for good.

What is to go is first written to `deleting.json` beside the journal: numbers and names of files, no words. Then the
recordings are deleted, then the rows of those that are gone, in one transaction; then the journal's file and its older
copies are written anew, because SQLite only marks deleted rows as free; then `deleting.json` goes. So a recording that
cannot be deleted keeps its row; and whenever the computer stops half-way, the list is still there and `resume` carries
on, however often: numbers are never given again, so nothing newer can be meant by it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from voicerehearsal.errors import JournalError
from voicerehearsal.journal import au
from voicerehearsal.journal.doomed import BACKUPS, Doomed, inside, recordings_of
from voicerehearsal.journal.home import database_file, importing_folder, recordings_folder
from voicerehearsal.journal.recordings import PACKED_SUFFIX, claim
from voicerehearsal.journal.scrub import THESE, Key, forget_in_copy, forget_rows, rewrite
from voicerehearsal.journal.whole import sync_folder, write_whole

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal


@dataclass(frozen=True, slots=True)
class Undeleted:
    """A file that could not be deleted, or not be cleaned, and why; a recording's answer is still there."""

    path: Path
    reason: str
    answer_id: int | None = None


class _List(msgspec.Struct, frozen=True):
    """What `deleting.json` holds."""

    answers: tuple[Key, ...] = ()
    files: tuple[str, ...] = ()
    everything: bool = False
    schema: str = "voicerehearsal.deleting/1"


def delete(journal: Journal, what: Doomed, *, everything: bool = False) -> list[Undeleted]:
    """Delete it for good, and finish a deletion that was cut off.

    What could not be deleted is returned; an answer whose recording is among it is kept. With `everything`, sessions
    without any answer go too.

    Raises:
        JournalError: Nothing was deleted, or `unfinished` is true and `resume` carries on.
    """
    before = _read(journal.home) if unfinished(journal.home) else _List()
    todo = _List(
        answers=tuple(dict.fromkeys((*before.answers, *what.answers))),
        files=tuple(dict.fromkeys((*before.files, *what.files))),
        everything=everything or before.everything,
    )
    _write(journal.home, todo)
    return _carry_out(journal)


def unfinished(home: Path) -> bool:
    """Whether a deletion was cut off."""
    return _list_file(home).exists()


def resume(journal: Journal) -> list[Undeleted]:
    """Carry on with a deletion that was cut off, if one was; returns and raises as `delete`."""
    return _carry_out(journal) if unfinished(journal.home) else []


def _carry_out(journal: Journal) -> list[Undeleted]:
    home = journal.home
    todo = _read(home)
    kept = _delete_recordings(journal, todo)
    left = _delete_files(journal, todo)
    still_there = {one.answer_id for one in kept}
    todo = msgspec.structs.replace(
        todo,
        answers=tuple(key for key in todo.answers if key[0] not in still_there),
        files=tuple(one.path.relative_to(home).as_posix() for one in left),
    )
    _write(home, todo)
    with journal.writing() as db:
        db.execute("PRAGMA secure_delete = ON")
        forget_rows(db, todo.answers, empty_sessions=todo.everything)
        # Left by an import that was killed: none is going on, it would be writing.
        shutil.rmtree(importing_folder(home), ignore_errors=True)
    left += _clean_copies(home, todo.answers) + _rewrite(journal)
    if not left:
        _list_file(home).unlink(missing_ok=True)
    return kept + left


def _delete_recordings(journal: Journal, todo: _List) -> list[Undeleted]:
    """Delete the recordings of the answers, and what a rehearsal that died left beside them."""
    with journal.reading() as db:
        rows = db.execute(
            f"SELECT id, recording FROM answers WHERE recording IS NOT NULL AND id IN ({THESE})",  # noqa: S608
            (msgspec.json.encode(todo.answers).decode(),),
        ).fetchall()
    recordings = recordings_of(journal)
    failed = []
    for answer_id, recording in rows:
        place = inside(recording)
        if place is None:
            continue
        paths = [place, *(path for path in _other_forms(place) if path.as_posix() not in recordings)]
        for path in paths:
            failed += [
                Undeleted(one, reason, answer_id)
                for one in (journal.home / path, journal.home / f"{path}.part")
                if (reason := _remove(one)) is not None
            ]
    _on_disk(recordings_folder(journal.home))
    return failed


def _other_forms(recording: PurePosixPath) -> list[PurePosixPath]:
    """What the same recording is called before it is packed, or after; an imported file has one form only."""
    forms = (au.SUFFIX, PACKED_SUFFIX)
    return [recording.with_suffix(form) for form in forms if recording.suffix in forms and recording.suffix != form]


def _delete_files(journal: Journal, todo: _List) -> list[Undeleted]:
    """Delete other files, but no recording that an answer has: those of `todo` are dealt with, others are newer."""
    recordings = recordings_of(journal)
    paths = [journal.home / file for file in todo.files if file not in recordings]
    failed = [Undeleted(path, reason) for path in paths if (reason := _remove(path)) is not None]
    folders = {folder for path in paths for folder in path.parents if folder.is_relative_to(journal.home)}
    for folder in sorted(folders - {journal.home}, reverse=True):
        _on_disk(folder)
        with contextlib.suppress(OSError):  # something is still in it
            folder.rmdir()
    return failed


def _clean_copies(home: Path, answers: Sequence[Key]) -> list[Undeleted]:
    """Delete the answers from the copies of the journal that were made before it was brought up to date."""
    failed = [Undeleted(rest, reason) for rest in home.glob(f"{BACKUPS}.part") if (reason := _remove(rest)) is not None]
    for copy in sorted(home.glob(BACKUPS)):
        try:
            forget_in_copy(copy, answers)
        except sqlite3.Error as error:
            failed.append(Undeleted(copy, str(error)))
    return failed


def _rewrite(journal: Journal) -> list[Undeleted]:
    file = database_file(journal.home)
    try:
        with journal.reading() as db:
            alone = rewrite(db)
    except JournalError as error:
        return [Undeleted(file, error.what)]
    return [] if alone else [Undeleted(file, "another program is reading it")]


def _remove(path: Path) -> str | None:
    """Delete a file, or say why not; one that is not there is no matter, one that is being recorded to stays."""
    try:
        if path.suffix == au.SUFFIX and not path.is_symlink():
            with FileIO(path, "rb") as file:
                if not claim(file):
                    return "it is being recorded"
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error.strerror or str(error)
    return None


def _on_disk(folder: Path) -> None:
    """Force deletions in `folder` to the disk, where it can be done."""
    with contextlib.suppress(OSError):
        sync_folder(folder)


def _list_file(home: Path) -> Path:
    return home / "deleting.json"


def _write(home: Path, todo: _List) -> None:
    try:
        write_whole(_list_file(home), msgspec.json.encode(todo))
    except OSError as error:
        raise JournalError(
            f"{_list_file(home)} cannot be written ({error.strerror}), so nothing is deleted",
            "Free some space, or make the folder writable.",
        ) from error


def _read(home: Path) -> _List:
    file = _list_file(home)
    try:
        return msgspec.json.decode(file.read_bytes(), type=_List)
    except (OSError, msgspec.DecodeError) as error:
        raise JournalError(
            f"{file}, the list of what was being deleted, cannot be read ({error})",
            "Delete that file, then start again.",
        ) from error
