"""Utterances kept from before, so that a question asked again sounds at once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
import wave
from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np

from voicerehearsal.errors import VoiceError

_LIMIT_BYTES = 100_000_000
"""About 250 questions; the least recently used go first."""

_UNFINISHED = "making-"
_UNFINISHED_FOR_S = 3600.0
"""A folder of unfinished files so old was left by a killed program."""

_SILENT_PEAK = 300
"""About −41 dBFS: no voice is that soft at its loudest."""


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
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            folder = tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self._folder, ignore_cleanup_errors=True)
        except OSError as error:
            raise self._unwritable(error) from error
        with folder as name:
            yield Path(name)

    def keep(self, made: Path, place: Path) -> None:
        """Move a finished file to its place.

        Raises:
            VoiceError: The cache cannot be written.
        """
        try:
            made.replace(place)
        except OSError as error:
            if not place.is_file():  # Windows refuses while another program reads the same file there
                raise self._unwritable(error) from error

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

    def _unwritable(self, error: OSError) -> VoiceError:
        return VoiceError(
            f"The interviewer's voice cannot be written to {self._folder} ({error.strerror or error})",
            "Free some space there, or give it another folder.",
        )


def flaw(path: Path, duration_s: tuple[float, float]) -> str | None:
    """What is wrong with a rendered file, None when it is a 16-bit mono WAV, not silent, as long as it should be.

    Args:
        path: The file.
        duration_s: Shortest and longest believable duration in seconds.
    """
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getnchannels(), file.getsampwidth())
            rate, promised = file.getframerate(), file.getnframes()
            sound = file.readframes(promised)
    except FileNotFoundError:
        return "no file was written"
    except (OSError, EOFError, wave.Error) as error:
        return f"the file cannot be read ({error or 'it ends too early'})"
    if shape != (1, 2) or rate <= 0:
        return "the file is not 16-bit mono"
    if len(sound) != 2 * promised:
        return "the file is cut off"
    samples = np.frombuffer(sound, "<i2")
    if not len(samples) or np.abs(samples.astype(np.int32)).max() < _SILENT_PEAK:
        return "it is silent"
    shortest, longest = duration_s
    if not shortest <= len(samples) / rate <= longest:
        return f"it lasts {len(samples) / rate:.1f} s where {shortest:.1f} to {longest:.1f} s were expected"
    return None
