"""`demo`: a rehearsal on any machine; a second synthetic voice answers."""

from __future__ import annotations

from typing import Annotated

import typer


def demo(
    language: Annotated[str | None, typer.Option(help="In this language.", metavar="en|zh")] = None,
    phone_line: Annotated[bool, typer.Option(help="Hear the question as through a telephone.")] = False,
    speaker: Annotated[str | None, typer.Option(help="Use this speaker.", metavar="NAME")] = None,
) -> None:
    """See a whole rehearsal without a microphone: a second voice answers. Kept apart from your own answers."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.session import hold
    from voicerehearsal.presenting.choices import choose_pack, spoken_language
    from voicerehearsal.presenting.sitting import demonstration

    keys = Keys()
    with wiring.open_journal() as journal:
        heard_on = wiring.speaker(speaker) if speaker else wiring.speaker_or_none(None)
        pack = choose_pack(None, spoken_language(language), journal)
        with demonstration(journal, pack, (), heard_on, phone_line=phone_line, controls=keys) as held:
            hold(held, keys)
