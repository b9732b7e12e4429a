"""Recordings packed without loss: a raw tape becomes a FLAC file, proven equal before it takes its name."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np

from voicerehearsal.engines.soundfiles import for_libsndfile
from voicerehearsal.errors import SoundFileError

_FRAMES = 1 << 16


def encode_flac(source: Path, target: Path, *, comment: str) -> None:
    """Pack the 16-bit mono file `source` into `target`, with `comment` in its tag.

    Written beside the target, forced to the disk, read back and compared with the source, and renamed in one step:
    `target` is whole or not there at all. Memory does not grow with the length.

    Raises:
        SoundFileError: Unreadable, empty, a rate that FLAC cannot carry, or no room on the disk; `source` is untouched.
    """
    import soundfile

    beside = target.with_name(target.name + ".part")
    try:
        _write(source, beside, comment)
        if not _same(source, beside):
            raise SoundFileError(f"{target} did not read back as it was written", "Check the disk it lies on.")
        beside.replace(target)
        _sync_folder(target.parent)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundFileError(
            f"{source} cannot be packed as {target.name} ({str(error).rstrip('.')})", "The disk may be full."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def read_comment(path: Path) -> str:
    """The free text stored in the tag of a sound file, "" when there is none or it cannot be read."""
    import soundfile

    try:
        with soundfile.SoundFile(for_libsndfile(path)) as file:
            return str(file.comment or "")
    except (OSError, soundfile.SoundFileError):
        return ""


def length_and_rate(path: Path) -> tuple[float, int]:
    """Length in seconds and sample rate in hertz of a sound file.

    Raises:
        SoundFileError: It cannot be read.
    """
    import soundfile

    try:
        with soundfile.SoundFile(for_libsndfile(path)) as file:
            return file.frames / file.samplerate, int(file.samplerate)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundFileError(
            f"{path} cannot be read ({str(error).rstrip('.')})", "The file may be cut or damaged."
        ) from error


def _write(source: Path, target: Path, comment: str) -> None:
    import soundfile

    with soundfile.SoundFile(for_libsndfile(source)) as tape:
        if tape.frames == 0:
            raise SoundFileError(f"{source} holds no sound", "Record it again.")
        name = for_libsndfile(target)
        with soundfile.SoundFile(name, "w", tape.samplerate, tape.channels, "PCM_16", format="FLAC") as flac:
            if comment:
                flac.comment = comment
            while len(block := tape.read(_FRAMES, dtype="int16")):
                flac.write(block)
        with target.open("rb+") as disk:
            os.fsync(disk.fileno())


def _same(source: Path, packed: Path) -> bool:
    import soundfile

    with soundfile.SoundFile(for_libsndfile(source)) as tape, soundfile.SoundFile(for_libsndfile(packed)) as flac:
        if (tape.frames, tape.samplerate) != (flac.frames, flac.samplerate):
            return False
        while len(block := tape.read(_FRAMES, dtype="int16")):
            if not np.array_equal(block, flac.read(_FRAMES, dtype="int16")):
                return False
    return True


def _sync_folder(folder: Path) -> None:
    """Force a rename to the disk; only POSIX systems let a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
