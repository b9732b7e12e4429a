"""`recover`: save what a rehearsal that died has left on the disk."""

from __future__ import annotations

import typer


def recover() -> None:
    """Save recordings of a rehearsal that was cut off. One that is going on is not touched."""
    from voicerehearsal.cli.tables import local_time
    from voicerehearsal.cli.terminal import clock, results, talk
    from voicerehearsal.engines import flac
    from voicerehearsal.journal.home import data_home, recordings_folder
    from voicerehearsal.journal.recovery import Recovery
    from voicerehearsal.journal.store import Journal

    home = data_home()
    found = []
    if recordings_folder(home).exists():
        recovery = Recovery(
            encode=flac.encode_flac, read_comment=flac.read_comment, length_and_rate=flac.length_and_rate
        )
        with Journal.open(home) as journal:
            found = recovery.run(journal)
    for one in found:
        if one.failure is not None:
            talk().print(str(one.failure), style="bold red", markup=False, soft_wrap=True)
        elif one.answer is not None:
            length = clock(one.answer.duration_s)
            line = f"{one.answer.id}  {local_time(one.answer.started_at)}  {length}  {one.recording}"
            results().print(line, markup=False, soft_wrap=True)
    if not found:
        talk().print("There is nothing to recover.", soft_wrap=True)
    if any(one.answer is not None for one in found):
        talk().print("`voicerehearsal analyze --save FILE` measures them.", markup=False, soft_wrap=True)
    if any(one.failure is not None for one in found):
        raise typer.Exit(1)
