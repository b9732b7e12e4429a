"""The raw form of a recording while it grows: Sun/NeXT AU, whose length need never be written.

A header of fixed size with room for a note, then big-endian int16 mono. A file cut off at any byte after the header is
a valid recording; libsndfile passes over an odd last byte.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

SUFFIX = ".au"
HEADER_BYTES = 4096
"""Room for a note of 4 kB; a multiple of eight, as the format asks."""

_FIELDS = struct.Struct(">4s5I")
_MAGIC = b".snd"
_UNKNOWN_LENGTH = 0xFFFFFFFF
_PCM_16 = 3
_ROOM = HEADER_BYTES - _FIELDS.size - 1  # the note ends with a zero byte


def header(sample_rate_hz: int, note: str) -> bytes:
    """The first `HEADER_BYTES` of a recording. A note too long for its room is left out."""
    text = note.encode()
    fields = _FIELDS.pack(_MAGIC, HEADER_BYTES, _UNKNOWN_LENGTH, _PCM_16, sample_rate_hz, 1)
    return (fields + (text if len(text) <= _ROOM else b"")).ljust(HEADER_BYTES, b"\0")


def fits(note: str) -> bool:
    """Whether the header has room for `note`."""
    return len(note.encode()) <= _ROOM


def read_note(path: Path) -> str:
    """The note in the header, "" when there is none.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(HEADER_BYTES)
    if len(start) < _FIELDS.size or not start.startswith(_MAGIC):
        return ""
    offset = _FIELDS.unpack_from(start)[1]
    return start[_FIELDS.size : offset].split(b"\0", 1)[0].decode("utf-8", "replace")


def sample_count(path: Path) -> int:
    """Number of samples in a recording of ours so far; 0 when its header is not ours.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_FIELDS.size)
        size = os.fstat(file.fileno()).st_size
    if len(start) < _FIELDS.size:
        return 0
    magic, offset, _, encoding, _, channels = _FIELDS.unpack(start)
    if (magic, encoding, channels) != (_MAGIC, _PCM_16, 1):
        return 0
    return int(max(0, size - offset) // 2)
