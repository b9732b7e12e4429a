"""Answers that were not measured as they would be today, and whether they still can be."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from voicerehearsal import measures
from voicerehearsal.journal.answers import RECORDING, SELECT_ANSWER, Answer, answer_of
from voicerehearsal.journal.home import recordings_folder

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal

# Null: recovered, and never measured at all.
_OUTDATED = "measures_version IS NOT ? AND recording IS NOT NULL"

_FEW = 50
"""To ask for so many files one by one is as quick as to list the folder."""


def outdated(journal: Journal, *, gone: bool = False) -> list[Answer]:
    """The answers that were not measured as they would be today and can be, oldest first.

    With `gone`: those that never can be, because their recording is not where it was. Raises JournalError.
    """
    with journal.reading() as db:
        rows = db.execute(
            f"{SELECT_ANSWER} WHERE a.id IN (SELECT id FROM answers WHERE {_OUTDATED})"  # noqa: S608 - our own words
            " ORDER BY a.started_at_ms, a.id",
            (str(measures.VERSION),),
        ).fetchall()
    there = present(journal.home, [row[RECORDING] for row in rows])
    return [answer_of(row, journal.home) for row in rows if (row[RECORDING] in there) is not gone]


def count_outdated(journal: Journal, *, enough: int | None = None) -> int:
    """How many answers `outdated` has, or `enough` when it has more: then most files are not looked for."""
    with journal.reading() as db:
        found = db.execute(
            f"SELECT recording FROM answers WHERE {_OUTDATED}",  # noqa: S608 - our own words
            (str(measures.VERSION),),
        )
        first = [] if enough is None else found.fetchmany(enough)
        count = len(present(journal.home, [recording for (recording,) in first]))
        if enough is None or count < enough:
            count += len(present(journal.home, [recording for (recording,) in found]))
    return count if enough is None else min(count, enough)


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
