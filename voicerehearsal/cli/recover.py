"""`recover`: save what a rehearsal that died has left on the disk."""

from __future__ import annotations

import typer


def recover() -> None:
    """Save recordings of a rehearsal that was cut off, and finish a deletion that was.

    A rehearsal that is going on is not touched.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.delete import carry_on
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.formats import printable
    from voicerehearsal.presenting.times import clock, local_time

    carry_on()
    found = wiring.recover()
    for one in found:
        if one.failure is not None:
            talk().print(str(one.failure), style="bold red", markup=False, soft_wrap=True)
        elif one.answer is not None:
            length = clock(one.answer.duration_s)
            line = f"{one.answer.id}  {local_time(one.answer.started_at)}  {length}  {printable(str(one.recording))}"
            results().print(line, markup=False, soft_wrap=True)
    if not found:
        going_on = "A recording is going on, or was moments ago: if no rehearsal is, say it again in ten seconds."
        talk().print(going_on if wiring.recording_going_on() else "There is nothing to recover.", soft_wrap=True)
    if any(one.answer is not None for one in found):
        talk().print("`voicerehearsal analyze --save FILE` measures them.", markup=False, soft_wrap=True)
    if any(one.failure is not None for one in found):
        raise typer.Exit(1)
