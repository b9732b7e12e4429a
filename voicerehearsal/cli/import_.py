"""`import`: what was exported comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicerehearsal.journal.import_merge import Imported

_LARGE_BYTES = 50_000_000
"""Some thousand answers, or an hour of sound."""

_SHOWN = 5
"""So many files are named, and the others counted."""


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="What `export --format json` wrote: .zip or .json."),
    ],
) -> None:
    """Take answers from an export into your journal, beside those that are there.

    An answer that is there already is passed over, so the same file can be imported again.

    Either all of it comes in, or nothing does.
    """
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.import_merge import import_file

    file = file.expanduser()
    if file.is_file() and file.stat().st_size > _LARGE_BYTES:
        talk().print("The file is large; reading it may take some minutes.", style="dim", soft_wrap=True)
    for line in _lines(import_file(data_home(), file)):
        talk().print(line, markup=False, soft_wrap=True)


def _lines(done: Imported) -> list[str]:
    from voicerehearsal.cli.export import several

    were = "was" if done.known == 1 else "were"
    known = f"; {several(done.known, 'answer')} {were} there already" if done.known else ""
    lines = [f"Imported {several(done.answers, 'answer')} and {several(done.sounds, 'recording')}{known}."]
    if done.silent:
        lines.append(f"{several(done.silent, 'answer')} came without sound: the recordings are not in this file.")
    if done.files:
        more = f" and {len(done.files) - _SHOWN} more" if len(done.files) > _SHOWN else ""
        lines.append(f"These came along: {', '.join(done.files[:_SHOWN])}{more}.")
    lines += [f"Your own {name} is another one, and stays as it is." for name in done.kept]
    return lines
