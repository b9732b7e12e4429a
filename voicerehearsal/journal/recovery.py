"""After a crash: what lies on the disk and is not in the journal is finished and put there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import FileIO
from pathlib import Path

from voicerehearsal.errors import JournalError, RehearsalError
from voicerehearsal.journal import au
from voicerehearsal.journal.answers import Answer
from voicerehearsal.journal.home import Clock, now, recordings_folder
from voicerehearsal.journal.recordings import (
    PACKED_SUFFIX,
    Context,
    Encode,
    Kind,
    claim,
    context_to_text,
    read_context,
    remove_raw,
)
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Circumstances

IDLE_S = 10.0
"""A recording written to this recently belongs to a rehearsal that is still going on."""

LengthAndRate = Callable[[Path], tuple[float, int]]
"""Length in seconds and sample rate in hertz of a packed recording; see `engines.flac.length_and_rate`."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """One recording that was looked at: its answer in the journal, or why it could not be recovered."""

    recording: Path
    answer: Answer | None
    failure: RehearsalError | None = None


@dataclass(frozen=True, slots=True)
class Recovery:
    """How recordings are finished: how to pack one, to read its tag, to measure it, and what time it is."""

    encode: Encode
    read_comment: Callable[[Path], str]
    length_and_rate: LengthAndRate
    clock: Clock = now

    def run(self, journal: Journal) -> list[Recovered]:
        """Finish every recording that a rehearsal left behind, oldest first.

        Recordings of a rehearsal that is going on are left alone: their files are in use, or were just written to. One
        recording that fails does not stop the others, and stays as it is.

        Raises:
            JournalError: The folder cannot be read.
        """
        folder = recordings_folder(journal.home)
        try:
            files = sorted(folder.iterdir()) if folder.exists() else []
        except OSError as error:
            raise JournalError(
                f"The recordings in {folder} cannot be read ({error.strerror})", "Check who may read the folder."
            ) from error
        found = [self._raw(journal, path) for path in files if path.suffix == au.SUFFIX]
        found += [self._packed(journal, path) for path in files if path.suffix == PACKED_SUFFIX]
        return sorted((one for one in found if one is not None), key=lambda one: one.recording)

    def _raw(self, journal: Journal, path: Path) -> Recovered | None:
        packed = path.with_suffix(PACKED_SUFFIX)
        try:
            with closing(FileIO(path, "rb+")) as file:
                if self._in_use(path) or not claim(file):
                    return None
                if au.sample_count(path) == 0:
                    _without_sound(path, file)
                    return None
                context = read_context(path, read_comment=self.read_comment) or self._unknown(path)
                if not packed.exists():
                    self.encode(path, packed, comment=context_to_text(context))
                known = journal.move_recording(path, packed)
                remove_raw(path, file)
            return None if known else self._entered(journal, packed, context)
        except FileNotFoundError:  # just finished by its rehearsal
            return None
        except OSError as error:
            what = f"{path} cannot be recovered ({error.strerror})"
            return Recovered(path, None, JournalError(what, "See that there is space and that it may be read."))
        except RehearsalError as error:
            return Recovered(path, None, error)

    def _packed(self, journal: Journal, path: Path) -> Recovered | None:
        try:
            if self._in_use(path) or journal.answer_with(path) is not None:
                return None
            if path.stat().st_size == 0:  # an import that died before its copy was whole
                path.unlink()
                return None
            return self._entered(
                journal, path, read_context(path, read_comment=self.read_comment) or self._unknown(path)
            )
        except FileNotFoundError:
            return None
        except RehearsalError as error:
            return Recovered(path, None, error)

    def _entered(self, journal: Journal, path: Path, context: Context) -> Recovered:
        known = context.circumstances
        pack = known.question.pack if known.question else None
        duration_s, rate = self.length_and_rate(path)
        session = journal.start_session(context.kind, pack, known.language, started_at=context.started_at)
        journal.keep_recovered(
            session,
            path,
            context.started_at,
            question=known.question,
            duration_s=duration_s,
            sample_rate_hz=rate,
        )
        return Recovered(path, journal.answer_with(path))

    def _in_use(self, path: Path) -> bool:
        return self.clock() - _changed(path) < timedelta(seconds=IDLE_S)

    def _unknown(self, path: Path) -> Context:
        """For a recording that says nothing about itself."""
        kind: Kind = "practice" if path.suffix == au.SUFFIX else "imported"
        return Context(kind=kind, started_at=_changed(path), circumstances=Circumstances())


def left_behind(journal: Journal, *, idle_s: float = IDLE_S, clock: Clock = now) -> int:
    """How many recordings there are that `Recovery` would put in their place.

    Args:
        journal: Which recordings are in their place already.
        idle_s: Those that were written to more recently may belong to a rehearsal that is going on.
        clock: What time it is.
    """
    folder = recordings_folder(journal.home)
    with journal.reading() as db:
        known = {name for (name,) in db.execute("SELECT recording FROM answers WHERE recording IS NOT NULL")}

    def lost(path: Path) -> bool:
        if path.suffix == au.SUFFIX:
            rests = au.sample_count(path) > 0
        else:
            unknown = path.relative_to(journal.home).as_posix() not in known
            rests = path.suffix == PACKED_SUFFIX and unknown and path.stat().st_size > 0
        return rests and (clock() - _changed(path)).total_seconds() >= idle_s

    count = 0
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # no recording was ever made
        for path in folder.iterdir():
            with contextlib.suppress(OSError):  # just finished by its rehearsal, or said by `Recovery`
                count += lost(path)
    return count


def _without_sound(path: Path, file: FileIO) -> None:
    """Delete a recording whose rehearsal died before the first sound; anything else is left as it is."""
    if path.stat().st_size > au.HEADER_BYTES:
        raise JournalError(f"{path} is not a recording made here", "It is left as it is.")
    remove_raw(path, file)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
