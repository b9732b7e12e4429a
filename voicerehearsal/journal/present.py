"""Which recordings are where they were: asked of the folder once, not of every file."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from voicerehearsal.journal.home import recordings_folder

_FEW = 50
"""To ask for so many files one by one is as quick as to list the folder."""


def present(home: Path, recordings: Collection[str]) -> set[str]:
    """Those of `recordings`, spelled as in the journal, that exist."""
    folder = recordings_folder(home).relative_to(home).as_posix() + "/"
    names = _names(home / folder) if len(recordings) > _FEW else None
    if names is None:
        return {recording for recording in recordings if (home / recording).exists()}
    start = len(folder)
    listed = {one for one in recordings if one.startswith(folder) and one[start:] in names}
    elsewhere = (one for one in recordings if not one.startswith(folder) or "/" in one[start:])
    return listed | {one for one in elsewhere if (home / one).exists()}


def _names(folder: Path) -> set[str] | None:
    """The names of what lies in `folder`; None when it cannot be listed."""
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - names are enough, and a hundred thousand paths are slow
    except FileNotFoundError:
        return set()
    except OSError:
        return None
