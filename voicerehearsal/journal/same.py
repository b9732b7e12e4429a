"""Which recordings are the same as a file, byte for byte."""

from __future__ import annotations

import filecmp
from pathlib import Path


def same_bytes(file: Path, folder: Path) -> list[Path]:
    """The files in `folder`, in name order, that hold what `file` holds; only those of its length are opened.

    Raises:
        OSError: `file` or the folder cannot be read.
    """
    size = file.stat().st_size
    if not folder.exists():
        return []
    alike = sorted(path for path in folder.iterdir() if path.is_file() and path.stat().st_size == size)
    return [path for path in alike if filecmp.cmp(file, path, shallow=False)]
