"""`demo`: a rehearsal on any machine; a second synthetic voice answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.ports import Speaker
    from voicerehearsal.values import Pack

_COUNT = 1


def demo(
    language: Annotated[str | None, typer.Option(help="In this language.", metavar="en|zh")] = None,
    phone_line: Annotated[bool, typer.Option(help="Hear the question as through a telephone.")] = False,
    speaker: Annotated[str | None, typer.Option(help="Use this speaker.", metavar="NAME")] = None,
) -> None:
    """See a whole rehearsal without a microphone: a second voice answers. Kept apart from your own answers."""
    from voicerehearsal import wiring
    from voicerehearsal.presenting.choices import choose_pack, spoken_language

    with wiring.open_journal() as journal:
        heard_on = wiring.speaker(speaker) if speaker else wiring.speaker_or_none(None)
        demonstrate(journal, choose_pack(None, spoken_language(language), journal), [], heard_on, phone_line=phone_line)


def demonstrate(
    journal: Journal, pack: Pack, question_ids: Sequence[str], speaker: Speaker | None, *, phone_line: bool
) -> None:
    """Hold a demonstration: the first question of `pack`, or those named, answered by a second voice."""
    from datetime import UTC, datetime

    from voicerehearsal import wiring
    from voicerehearsal.cli.session import hold
    from voicerehearsal.coaching.schedule import by_urgency
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.course import Planned
    from voicerehearsal.rehearsal.interview import Manner
    from voicerehearsal.rehearsal.plan import plan

    questions = plan(pack, ids=question_ids, count=_COUNT, urgency=by_urgency(pack.id, {}, datetime.now(UTC)))
    hold(
        journal,
        Planned(questions),
        manner=Manner(pack=pack.id, language=pack.language, phone_line=phone_line, targets=targets_for(pack)),
        kind="demonstration",
        next_microphone=wiring.demonstration_answers(questions, pack.language, speaker),
        speaker=speaker,
        heard_through="a second voice",
    )
