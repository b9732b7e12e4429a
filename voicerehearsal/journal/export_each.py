"""Answers as files of other programs, one file an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from voicerehearsal.errors import ExportError, UsageError
from voicerehearsal.exports.audacity import to_labels
from voicerehearsal.exports.captions import to_captions
from voicerehearsal.exports.events import has_words
from voicerehearsal.exports.textgrid import to_textgrid
from voicerehearsal.exports.whole_file import refuse_existing, whole_file
from voicerehearsal.journal.chosen import chosen_rows
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.wanted import Wanted
from voicerehearsal.values import Report

WRITERS: dict[str, tuple[str, Callable[[Report], str]]] = {
    "textgrid": (".TextGrid", to_textgrid),
    "vtt": (".vtt", partial(to_captions, form="vtt")),
    "srt": (".srt", partial(to_captions, form="srt")),
    "audacity": (".txt", to_labels),
}
"""How a format's files end, and what writes them."""


@dataclass
class Each:
    """What was written; which answers have no words with times, and why; which were never measured."""

    written: int = 0
    wordless: list[tuple[int, str]] = field(default_factory=list)
    unmeasured: list[int] = field(default_factory=list)


def export_each(journal: Journal, chosen: Wanted, out: Path, form: str, *, force: bool) -> Each:
    """Write each answer chosen in a format of `WRITERS`: one to the file `out`, several into the folder `out`.

    Raises:
        UsageError: A file is there already, or `out` cannot be a folder; nothing is written then.
        ExportError: The disk refuses.
    """
    suffix, writer = WRITERS[form]
    with journal.reading() as db:
        rows = list(chosen_rows(db, "a.id, a.question_id", chosen))
    names = {number: f"{number}-{_plain(question)}{suffix}" for number, question in rows}
    files = _places(names, out, suffix)
    for file in files.values():
        refuse_existing(file, force=force)
    done = Each()
    for number, file in files.items():
        report = journal.report(number)
        if report is None:
            done.unmeasured.append(number)
            continue
        if not has_words(report):
            done.wordless.append((number, report.missing.get("transcript", "nothing was recognised")))
        with whole_file(file, force=force) as target:
            target.write(writer(report).encode())
        done.written += 1
    return done


def _places(names: dict[int, str], out: Path, suffix: str) -> dict[int, Path]:
    """Where each answer goes; a folder is made."""
    if len(names) == 1 and not out.is_dir():
        return dict.fromkeys(names, out)
    if not out.is_dir():
        if out.exists() or out.suffix.lower() == suffix.lower():
            raise UsageError(f"{len(names)} answers go into a folder, and {out} is none", "Name a folder, or --answer.")
        try:
            out.mkdir(parents=True)
        except OSError as error:
            raise ExportError(f"The folder {out} cannot be made ({error.strerror})", "Choose another place.") from error
    return {number: out / name for number, name in names.items()}


def _plain(question: str | None) -> str:
    """A question's id as part of a file's name."""
    return re.sub(r"[^\w-]", "", question or "") or "answer"
