"""A small file replaced as a whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Put `content` in place of `file`, whose folder is there, and on the disk.

    Whatever happens meanwhile, the file is the old one or the new one, whole.

    Raises:
        OSError: The disk refuses; an older file is as it was.
    """
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(beside).replace(file)
    finally:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Force a rename to the disk; only POSIX systems let a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
