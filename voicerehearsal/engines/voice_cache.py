"""Utterances kept from before, so that a question asked again sounds at once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from voicerehearsal.errors import VoiceError

_LIMIT_BYTES = 100_000_000
"""About 250 questions; the least recently used go first."""

_UNFINISHED = "making-"
_UNFINISHED_FOR_S = 3600.0
"""A folder of unfinished files so old was left by a killed program."""


class VoiceCache:
    """A folder of WAV files, each named after everything that decides how it sounds.

    Files appear complete or not at all, so that several programs may use one folder at a time.
    """

    def __init__(self, folder: Path, *, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes

    def place(self, *what: object) -> Path:
        """Where the utterance described by `what` is kept, if it is kept."""
        described = "\0".join(map(str, what)).encode("utf-8")
        return self._folder / f"{hashlib.sha256(described).hexdigest()[:32]}.wav"

    @contextlib.contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder for unfinished files, removed at the end.

        Raises:
            VoiceError: The cache cannot be written.
        """
        with self.writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            folder = tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self._folder, ignore_cleanup_errors=True)
        with folder as name:
            yield Path(name)

    def keep(self, made: Path, place: Path) -> None:
        """Move a finished file to its place.

        Raises:
            VoiceError: The cache cannot be written.
        """
        with self.writing():
            try:
                made.replace(place)
            except PermissionError:
                if not place.is_file():  # Windows refuses while another program reads the same file there
                    raise

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Whatever writes into the cache does it inside this.

        Raises:
            VoiceError: The cache cannot be written.
        """
        try:
            yield
        except OSError as error:
            raise VoiceError(
                f"The interviewer's voice cannot be written to {self._folder} ({error.strerror or error})",
                "Free some space there, or give it another folder.",
            ) from error

    def touch(self, place: Path) -> None:
        """Note that a kept file was used."""
        with contextlib.suppress(OSError):
            os.utime(place)

    def trim(self, *, spare: Collection[Path]) -> None:
        """Forget what was used longest ago, down to the limit, but none of `spare`; and what killed programs left."""
        kept: list[tuple[float, int, Path]] = []
        for entry in self._folder.glob("*"):
            with contextlib.suppress(OSError):  # another program may be trimming too
                facts = entry.stat()
                if entry.name.startswith(_UNFINISHED):
                    if time.time() - facts.st_mtime > _UNFINISHED_FOR_S:
                        shutil.rmtree(entry, ignore_errors=True)
                elif entry.suffix == ".wav":
                    kept.append((facts.st_mtime, facts.st_size, entry))
        total = sum(size for _, size, _ in kept)
        for _, size, entry in sorted(kept):
            if total <= self._limit_bytes:
                break
            if entry not in spare:
                with contextlib.suppress(OSError):
                    entry.unlink()
                total -= size
