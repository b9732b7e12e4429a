"""Recordings: sound reaches the disk before anything else, and keeps with it what its sound cannot tell."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from voicerehearsal.errors import JournalError, SoundFileError, UnsavedError
from voicerehearsal.journal import au
from voicerehearsal.values import Circumstances, Samples

Kind = Literal["practice", "demonstration", "imported"]

PACKED_SUFFIX = ".flac"
SYNC_EVERY_S = 0.5
"""A power cut costs at most this much sound."""

_CURE = "Free some space, or choose another folder with VOICEREHEARSAL_HOME."


class Encode(Protocol):
    """Packs a raw recording without loss; see `engines.flac.encode_flac`."""

    def __call__(self, source: Path, target: Path, *, comment: str) -> None:
        """Write `target` whole or not at all; raises SoundFileError."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is stored inside a recording: enough to measure it again and to find its place in the journal."""

    kind: Kind
    started_at: datetime
    circumstances: Circumstances
    schema: Literal["voicerehearsal.recording/1"] = "voicerehearsal.recording/1"


def context_to_text(context: Context) -> str:
    """One line of JSON."""
    return msgspec.json.encode(context).decode()


def context_from_text(text: str) -> Context | None:
    """The context in a recording's note or tag; None when the text is something else."""
    try:
        return msgspec.json.decode(text, type=Context)
    except msgspec.DecodeError:
        return None


def read_context(path: Path, *, read_comment: Callable[[Path], str]) -> Context | None:
    """The context inside a recording, raw or packed; None when it has none.

    `read_comment` reads the tag of a packed one; see `engines.flac.read_comment`.
    """
    try:
        return context_from_text(au.read_note(path) if path.suffix == au.SUFFIX else read_comment(path))
    except OSError:
        return None


class Tape:
    """A recording being made.

    Every write is with the operating system when it returns and on the disk half a second of sound later. A process
    that dies leaves a valid AU file; one that finishes leaves a FLAC file that was compared with it.

    Attributes:
        name: What the finished recording is called.
        path: Where the sound lies now.
    """

    def __init__(self, *, file: FileIO, path: Path, sample_rate_hz: int, context: Context, encode: Encode) -> None:
        """Take over `file`, just created; `Tape.open` does so."""
        self.name = path.with_suffix(PACKED_SUFFIX).name
        self.path = path
        self.context = context
        self._file = file
        self._rate = sample_rate_hz
        self._encode = encode
        self._failure: JournalError | None = None
        self._bytes = 0
        self._unsynced = 0

    @classmethod
    def open(cls, folder: Path, *, sample_rate_hz: int, context: Context, encode: Encode) -> Tape:
        """Begin a recording in `folder`, which is made when missing.

        Raises:
            JournalError: The folder cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path, file = _create(folder, _stem(context), au.SUFFIX)
        except OSError as error:
            raise JournalError(f"No recording can be made in {folder} ({error.strerror})", _CURE) from error
        tape = cls(file=file, path=path, sample_rate_hz=sample_rate_hz, context=context, encode=encode)
        try:
            claim(file)
            tape._put(au.header(sample_rate_hz, context_to_text(context)))
            os.fsync(file.fileno())
        except OSError as error:
            tape.discard()
            raise JournalError(f"No recording can be made in {folder} ({error.strerror})", _CURE) from error
        return tape

    @property
    def recorded_s(self) -> float:
        """Seconds of sound on the tape."""
        return self._bytes / 2 / self._rate

    def write(self, samples: Samples) -> None:
        """Append int16 mono, shape (n,), at the tape's rate.

        Raises:
            JournalError: The disk is full or gone; everything that it took is kept, and nothing more is accepted.
        """
        if self._failure is not None:
            raise self._failure
        try:
            self._put(samples.astype(">i2").tobytes())
            self._bytes += 2 * len(samples)
            self._unsynced += 2 * len(samples)
            if self._unsynced >= 2 * self._rate * SYNC_EVERY_S:
                os.fsync(self._file.fileno())
                self._unsynced = 0
        except OSError as error:
            self._failure = self._keep_what_there_is(error)
            raise self._failure from error

    def note(self, circumstances: Circumstances) -> None:
        """Store what is known by now, so that a crash does not cost it; a disk that refuses is met by `write`."""
        self.context = replace(self.context, circumstances=circumstances)
        text = context_to_text(self.context)
        if au.fits(text):
            with contextlib.suppress(OSError):
                self._rewrite_header(text)

    def finish(self, circumstances: Circumstances) -> Path:
        """Store `circumstances`, pack the sound as FLAC and return where it lies.

        Raises:
            JournalError: It could not be packed; the raw recording is kept, is valid, and the message says where.
        """
        if self.path.suffix == PACKED_SUFFIX:
            return self.path
        note = context_to_text(replace(self.context, circumstances=circumstances))
        packed = self.path.with_suffix(PACKED_SUFFIX)
        try:
            if au.fits(note):
                self._rewrite_header(note)
            os.fsync(self._file.fileno())
            self._encode(self.path, packed, comment=note)
        except (OSError, SoundFileError) as error:
            self._file.close()
            raise UnsavedError(
                f"The recording could not be finished; its {self.recorded_s:.1f} s are safe in {self.path}",
                "Free some space, then run `voicerehearsal recover`.",
            ) from error
        remove_raw(self.path, self._file)
        self.path = packed
        return packed

    def discard(self) -> None:
        """Delete it: nothing was said."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _rewrite_header(self, note: str) -> None:
        self._file.seek(0)
        self._put(au.header(self._rate, note))
        self._file.seek(0, os.SEEK_END)

    def _put(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]

    def _keep_what_there_is(self, error: OSError) -> JournalError:
        size = os.fstat(self._file.fileno()).st_size
        self._bytes = max(0, size - au.HEADER_BYTES) // 2 * 2
        with contextlib.suppress(OSError):
            os.ftruncate(self._file.fileno(), au.HEADER_BYTES + self._bytes)
            os.fsync(self._file.fileno())
        return UnsavedError(
            f"The disk takes no more sound ({error.strerror}); {self.recorded_s:.1f} s of it are safe in {self.path}",
            "Free some space, then run `voicerehearsal recover`.",
        )


def claim(file: FileIO) -> bool:
    """Mark a raw recording as in use until `file` is closed, or its process dies; False when another one uses it.

    Where the system or the file system has no such locks, always True: the time of the last write must do.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def remove_raw(path: Path, file: FileIO) -> None:
    """Delete a raw recording that has been packed; `file` holds the claim on it."""
    if sys.platform == "win32":
        file.close()  # an open file cannot be deleted there
    path.unlink(missing_ok=True)
    file.close()


def copy_in(source: Path, folder: Path, *, started_at: datetime) -> Path:
    """Copy a sound file into `folder`, byte for byte, under a name of its own; it is whole or empty.

    Raises:
        JournalError: The disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path, file = _create(folder, f"{started_at:%Y%m%d-%H%M%S}-imported", source.suffix.lower())
    except OSError as error:
        raise JournalError(f"Nothing can be kept in {folder} ({error.strerror})", _CURE) from error
    file.close()
    beside = path.with_name(path.name + ".part")
    try:
        with source.open("rb") as original, beside.open("wb") as copy:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())
        beside.replace(path)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise JournalError(f"{source} cannot be copied to {folder} ({error.strerror})", _CURE) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return path


def _create(folder: Path, stem: str, suffix: str) -> tuple[Path, FileIO]:
    """A new file that is named like no other, whatever form the other has."""
    for n in count(1):
        path = folder / f"{stem if n == 1 else f'{stem}-{n}'}{suffix}"
        if any(path.with_suffix(other).exists() for other in (au.SUFFIX, PACKED_SUFFIX)):
            continue
        with contextlib.suppress(FileExistsError):
            return path, FileIO(path, "x")
    raise AssertionError  # the count has no end


def _stem(context: Context) -> str:
    """When, and what was asked."""
    question = context.circumstances.question
    what = re.sub(r"[^a-z0-9-]", "", question.id) if question else context.kind
    return f"{context.started_at:%Y%m%d-%H%M%S}-{what or 'answer'}"
