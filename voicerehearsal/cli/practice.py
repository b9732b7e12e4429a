"""`practice`: a rehearsal in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicerehearsal.presenting.sitting import Told


def practice(
    pack: Annotated[str | None, typer.Option(help="Question pack: its id, or a file.", metavar="ID|FILE")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="drill: one question until it sits. interview: follow-ups on what was left out. role-play: an upset "
            "caller. questioning: kinds of question. shadowing: after the voice. notes: your own notes, then by heart.",
            metavar="KIND",
        ),
    ] = None,
    question: Annotated[list[str] | None, typer.Option(help="Ask this one; may be repeated.", metavar="ID")] = None,
    count: Annotated[int | None, typer.Option(min=1, help="How many questions; else 3.", metavar="N")] = None,
    language: Annotated[str | None, typer.Option(help="Practise in this language.", metavar="en|zh")] = None,
    microphone: Annotated[str | None, typer.Option(help="Use this microphone.", metavar="NAME")] = None,
    speaker: Annotated[str | None, typer.Option(help="Use this speaker.", metavar="NAME")] = None,
    end_silence: Annotated[
        float | None,
        typer.Option(min=0.5, help="A silence this long ends the answer; else 4, less in a role-play.", metavar="S"),
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1.0, help="The longest answer.", metavar="S")] = 3600.0,
    phone_line: Annotated[
        bool | None, typer.Option(help="Hear the question as through a telephone.", show_default=False)
    ] = None,
    smile_check: Annotated[
        bool, typer.Option(help="Say your greeting during the ring and hear whether the smile arrives, if calibrated.")
    ] = True,
    interruptions: Annotated[
        bool, typer.Option(help="The interviewer cuts in at a gap, in about half of the answers.")
    ] = False,
    notes: Annotated[
        Path | None, typer.Option(help="With --kind notes: your notes, one a line.", metavar="FILE")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Take the answers from the sound files in this folder.", metavar="DIR")
    ] = None,
) -> None:
    """Rehearse: a voice asks, you answer out loud, you read how it went.

    Enter or Space ends an answer, m mutes while you breathe or sip, q or Ctrl-C leaves; nothing said is lost.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.session import hold
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.presenting.kinds import NotesBegun
    from voicerehearsal.presenting.own_settings import filled_in
    from voicerehearsal.presenting.sitting import Told, Wishes, sitting

    wishes = Wishes(
        pack=pack,
        kind=kind,
        questions=tuple(question or ()),
        count=count,
        language=language,
        microphone=microphone,
        speaker=speaker,
        end_silence_s=end_silence,
        time_limit_s=time_limit,
        phone_line=phone_line,
        smile_check=smile_check,
        interruptions=interruptions,
        notes=notes,
        answers=answers,
    )
    wishes = filled_in(wishes, lambda text: _tell(Told(text, "warning")))
    keys = Keys()
    with wiring.open_journal() as journal, sitting(journal, wishes, controls=keys, tell=_tell) as held:
        if isinstance(held, NotesBegun):
            talk().print(held.said, markup=False, soft_wrap=True)
        else:
            hold(held, keys)


def _tell(told: Told) -> None:
    from voicerehearsal.cli.terminal import talk

    talk().print(
        told.text, style="" if told.kind == "focus" else "yellow", markup=False, soft_wrap=told.kind == "focus"
    )
