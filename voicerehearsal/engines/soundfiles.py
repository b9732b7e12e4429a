"""Sound files through libsndfile: WAV, FLAC, OGG and MP3, any rate, any channels, handed over as int16 mono."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.errors import SoundFileError
from voicerehearsal.values import Block, Samples, Sound, Span

SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aiff", ".aif", ".au", ".w64", ".caf"})
"""What counts as a sound file when a folder is read."""

_BLOCK_S = 0.5
_LOST_IN_THE_MIX = 0.3
"""Mean power below this share of the loudest channel's: a channel is dead or the channels cancel each other."""


class SoundFileReader:
    """A sound file, read in blocks and mixed to mono.

    Attributes:
        sample_rate_hz: The file's own rate.
        channels: How many channels the file has.
        truncated: Set once read to the end: the file stopped before its header said it would.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            SoundFileError: Missing, unreadable, or without a single sample.
        """
        self.path = path
        self._file = _open(path)
        self.sample_rate_hz: int = self._file.samplerate
        self.channels: int = self._file.channels
        self.truncated = bool(re.search(r"\(should be \d+\)", self._file.extra_info))
        if self._file.frames == 0:
            self._file.close()
            raise SoundFileError(f"{path} holds no sound at all (0 samples)", "Record it again.")
        self._only_channel = self._loudest_if_mixing_loses() if self.channels > 1 else None

    def blocks(self) -> Iterator[Samples]:
        """Yield the whole file as int16 mono blocks, shape (n,), full scale ±32768."""
        heard = 0
        for block in self._raw_blocks():
            heard += len(block)
            mono = block.mean(axis=1) if self._only_channel is None else block[:, self._only_channel]
            yield to_int16(mono)
        if heard == 0:
            raise SoundFileError(f"{self.path} is damaged: not one sample can be read", "Record it again.")
        self.truncated = self.truncated or heard < self._file.frames

    def part(self, within: Span) -> Samples:
        """A stretch of the file as int16 mono, shape (n,), as far as the file has it."""
        start = min(round(within.start_s * self.sample_rate_hz), self._file.frames)
        wanted = round(within.end_s * self.sample_rate_hz) - start
        self._file.seek(start)
        parts, left = [np.empty(0, np.int16)], wanted
        for block in self.blocks() if start < self._file.frames else ():
            parts.append(block[:left])
            left -= len(parts[-1])
            if left <= 0:
                break
        return np.concatenate(parts)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _raw_blocks(self) -> Iterator[NDArray[np.float32]]:
        import soundfile

        size = max(1, int(self.sample_rate_hz * _BLOCK_S))
        while True:
            try:
                block = self._file.read(size, dtype="float32", always_2d=True)
            except soundfile.SoundFileError:  # damage in the middle: what came before still counts
                return
            if len(block) == 0:
                return
            yield np.nan_to_num(block, copy=False)

    def _loudest_if_mixing_loses(self) -> int | None:
        """The channel to take alone because the mix of all would lose it, or None to mix."""
        power = np.zeros(self.channels)
        mixed = 0.0
        for block in self._raw_blocks():
            power += np.square(block, dtype=np.float64).sum(axis=0)
            mixed += float(np.square(block.mean(axis=1), dtype=np.float64).sum())
        self._file.seek(0)
        return int(power.argmax()) if mixed < _LOST_IN_THE_MIX * power.max() else None


class SoundFileMicrophone:
    """A sound file that stands for a microphone (`practice --answers`, the demonstration)."""

    lost_blocks = 0
    live = False

    def __init__(self, path: Path) -> None:
        """Open the file; raises as `SoundFileReader` does."""
        self._reader = SoundFileReader(path)
        self._blocks = self._reader.blocks()
        self.name = path.name
        self.sample_rate_hz = self._reader.sample_rate_hz

    def start(self) -> None:
        """A file is always ready."""

    def read(self, timeout_s: float) -> Block | None:
        """The next half second; raises EOFError at the end."""
        try:
            return Block(samples=next(self._blocks), time_s=None)
        except StopIteration:
            raise EOFError from None

    def stop(self) -> None:
        """Close the file."""
        self._reader.close()


def read_sound(path: Path) -> Sound:
    """A whole file as int16 mono; raises SoundFileError as `SoundFileReader` does."""
    reader = SoundFileReader(path)
    try:
        return Sound(samples=np.concatenate(list(reader.blocks())), sample_rate_hz=reader.sample_rate_hz)
    finally:
        reader.close()


def read_part(path: Path, within: Span) -> Sound:
    """A stretch of a file as int16 mono, as far as the file has it; raises SoundFileError as `SoundFileReader` does."""
    reader = SoundFileReader(path)
    try:
        return Sound(samples=reader.part(within), sample_rate_hz=reader.sample_rate_hz)
    finally:
        reader.close()


def to_int16(samples: NDArray[np.floating[Any]]) -> Samples:
    """Float sound (full scale ±1) as int16, rounded, clipped at full scale."""
    converted: Samples = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
    return converted


def sound_files(paths: list[Path]) -> list[Path]:
    """The files named, and the sound files below the folders named, in name order within a folder."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            found.append(path)
    return found


def for_libsndfile(path: Path) -> str | bytes:
    """A path as libsndfile takes every one of them: bytes where names are bytes, which need not be UTF-8."""
    return os.fsencode(path) if os.name == "posix" else str(path)


def _open(path: Path) -> Any:  # noqa: ANN401 - the library has no types
    import soundfile

    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SoundFileError(f"{path} is a folder, not a sound file", "Name a file.")
        if status.st_size == 0:
            raise SoundFileError(f"{path} is empty (0 bytes)", "Record it again.")
        path.open("rb").close()
    except (FileNotFoundError, NotADirectoryError):
        raise SoundFileError(f"There is no file {path}", "Check the name.") from None
    except OSError as error:
        raise SoundFileError(
            f"{path} cannot be opened ({error.strerror})", "Check its name, and who may read it."
        ) from error
    try:
        return soundfile.SoundFile(for_libsndfile(path))
    except (soundfile.SoundFileError, OSError, TypeError) as error:
        raise SoundFileError(
            f"{path} is not a sound file that can be read ({_reason(error)})", "Use WAV, FLAC, OGG or MP3."
        ) from error


def _reason(error: Exception) -> str:
    return str(getattr(error, "error_string", error)).rstrip(".").lower()
