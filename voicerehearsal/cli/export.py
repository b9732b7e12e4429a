"""`export`: everything, or a part of it, in a file that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from voicerehearsal.cli.filters import choosing

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted

_FORMATS = "json|csv|parquet|textgrid|vtt|srt|audacity"

_TOLD_BY_NAME = frozenset({"json", "csv", "parquet", "textgrid", "vtt", "srt"})
"""Formats that files have by the end of their names."""

_SHOWN = 5
"""So many answers are spoken of by number, and the others counted."""


@choosing
def export(
    wanted: Wanted,
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="The file, or the folder for several.", show_default=False),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar=_FORMATS, help="What to write; else told from the end of the name.", show_default=False
        ),
    ] = None,
    answer: Annotated[
        list[int] | None,
        typer.Option("--answer", metavar="N", min=1, help="This answer; again for another.", show_default=False),
    ] = None,
    every_kind: Annotated[bool, typer.Option("--all", help="Demonstrations too; json has them always.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write your answers to a file of yours.

    json: all that is known, for `import`; a .zip takes the recordings, calibrations and notes along, a .json does not.

    csv, parquet: one table, a row an answer.

    textgrid (Praat), vtt and srt (captions), audacity (labels): one answer to a file, several into a folder.
    """
    from dataclasses import replace

    from voicerehearsal.journal.answers import EVERY_KIND
    from voicerehearsal.journal.chosen import all_there
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted

    form = _known_format(form, out)
    everything = not answer and wanted == Wanted()
    chosen = replace(wanted, numbers=tuple(dict.fromkeys(answer or ())))
    if every_kind or answer or form == "json":
        chosen = replace(chosen, kinds=EVERY_KIND)
    with Journal.open(data_home(), read_only=True) as journal:
        all_there(journal, chosen)
        match form:
            case "json":
                whole = _rows(journal, chosen, out, force=force, everything=everything)
            case "csv" | "parquet":
                whole = _table(journal, chosen, out, form, force=force)
            case _:
                whole = _each(journal, chosen, out, form, force=force)
    if not whole:
        raise typer.Exit(1)


def _known_format(form: str | None, out: Path) -> str:
    """The format that is named, else the one that files of this name have; raises UsageError."""
    from voicerehearsal.errors import UsageError

    ending = out.suffix.lower().removeprefix(".")
    form = form or ("json" if ending == "zip" else ending if ending in _TOLD_BY_NAME else None)
    if form is None:
        raise UsageError(f"{out} does not tell the format", f"Name it with --format: {_FORMATS.replace('|', ', ')}.")
    if form not in _FORMATS.split("|"):
        raise UsageError(f"{form!r} is no format known here", f"There are: {_FORMATS.replace('|', ', ')}.")
    if form == "json" and out.suffix.lower() not in {".json", ".zip"}:
        raise UsageError(f"{out} is neither .json nor .zip", "A .zip takes the recordings along, a .json does not.")
    return form


def _rows(journal: Journal, chosen: Wanted, out: Path, *, force: bool, everything: bool) -> bool:
    """The rows with or without sound; False when a recording was missing."""
    from voicerehearsal.exports.whole_file import whole_file
    from voicerehearsal.journal.chosen import one_moment
    from voicerehearsal.journal.export_write import write_archive, write_document

    archived = out.suffix.lower() == ".zip"
    write = write_archive if archived else write_document
    with one_moment(journal) as db, whole_file(out, force=force) as file:
        done = write(file, db, journal.home, chosen, everything=everything)
    said = f"{out}: {several(done.answers, 'answer')} in {several(done.sessions, 'session')}"
    if archived:
        _say(f"{said}, {several(done.sounds, 'recording')}.")
    else:
        _say(f"{said}. The sound stays behind: only a name that ends in .zip takes the recordings along.")
    _say_some([f"The recording of answer {number} is missing: {path} cannot be read." for number, path in done.missing])
    return not done.missing


def _table(journal: Journal, chosen: Wanted, out: Path, form: Literal["csv", "parquet"], *, force: bool) -> bool:
    from itertools import count

    from voicerehearsal.exports.table import write_csv, write_parquet
    from voicerehearsal.exports.whole_file import whole_file
    from voicerehearsal.journal.chosen import one_moment
    from voicerehearsal.journal.flat import COLUMNS, flat_rows

    write = write_csv if form == "csv" else write_parquet
    with one_moment(journal) as db, whole_file(out, force=force) as file:
        rows = count(1)
        write(file, COLUMNS, (row for row, _ in zip(flat_rows(db, chosen), rows, strict=False)))
    _say(f"{out}: {several(next(rows) - 1, 'answer')}, a row each, {several(len(COLUMNS), 'column')}.")
    if form == "csv":
        _say("Text that a spreadsheet would take for a formula has an apostrophe before it.")
    return True


def _each(journal: Journal, chosen: Wanted, out: Path, form: str, *, force: bool) -> bool:
    """One file an answer; False when an answer was never measured."""
    from voicerehearsal.journal.export_each import export_each

    done = export_each(journal, chosen, out, form, force=force)
    if done.written:
        _say(f"{out}: {several(done.written, 'answer')}.")
    _say_some(
        [
            f"Answer {number} has no words ({why}); its file holds what there is, such as pauses."
            for number, why in done.wordless
        ]
    )
    again = "`voicerehearsal analyze --again` helps"
    _say_some([f"Answer {number} was never measured and is left out; {again}." for number in done.unmeasured])
    return not done.unmeasured


def several(count: int, thing: str) -> str:
    """As many of them as people say it: "1 answer", "2 answers"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _say(sentence: str) -> None:
    from voicerehearsal.cli.terminal import talk

    talk().print(sentence, markup=False, soft_wrap=True)


def _say_some(sentences: list[str]) -> None:
    for sentence in sentences[:_SHOWN]:
        _say(sentence)
    if len(sentences) > _SHOWN:
        _say(f"… and {len(sentences) - _SHOWN} more like these.")
