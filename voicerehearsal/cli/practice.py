"""`practice`: a rehearsal in the terminal."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.ports import Microphone
    from voicerehearsal.rehearsal.course import Course
    from voicerehearsal.values import Language

_DEFAULT_COUNT = 3


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
    phone_line: Annotated[bool, typer.Option(help="Hear the question as through a telephone.")] = False,
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
    from voicerehearsal.cli.demo import demonstrate
    from voicerehearsal.cli.session import hold
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.presenting import kinds
    from voicerehearsal.presenting.choices import spoken_language
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.interview import Manner

    ids = question or []
    practised = kinds.kind_called(kind)
    kinds.check_options(practised, interruptions=interruptions, notes=notes)
    with wiring.open_journal() as journal:
        chosen = kinds.pack_for(practised, pack, spoken_language(language), journal, ids=ids)
        files = None if answers is None else wiring.answer_files(answers)
        heard_on = wiring.speaker(speaker) if speaker else wiring.speaker_or_none(None)
        kinds.check_kind(practised, chosen.language, unheard=files is None and heard_on is None)
        length = count or _DEFAULT_COUNT if files is None else min(count or len(files), len(files))
        course = kinds.course_of(practised, chosen, ids=ids, count=length, journal=journal, notes=notes)
        if isinstance(course, kinds.NotesBegun):
            talk().print(course.said, markup=False, soft_wrap=True)
            return
        if practised is None:
            _say_first(journal, chosen.language, ids, files)
        if files is None:
            heard = _microphone_or_none(microphone)
        else:
            heard = _Heard(f"the files in {answers}", wiring.files_for_microphones(files))
        if heard is None:
            demonstrate(journal, chosen, ids, heard_on, phone_line=phone_line)
            return
        manner = Manner(
            pack=chosen.id,
            language=chosen.language,
            end_silence_s=end_silence or kinds.usual_end_silence_s(practised),
            time_limit_s=time_limit,
            phone_line=phone_line,
            smile_check=smile_check,
            targets=targets_for(chosen),
        )
        with wiring.the_only_rehearsal(needed=files is None):
            hold(
                journal,
                _within(course, chosen.language, files, interruptions=interruptions),
                manner=manner,
                kind="practice",
                next_microphone=heard.next_microphone,
                speaker=heard_on,
                heard_through=heard.name,
                kind_of_practice=practised,
            )


class _Heard(NamedTuple):
    """What the answers come through."""

    name: str
    next_microphone: Callable[[], Microphone]


def _microphone_or_none(name: str | None) -> _Heard | None:
    """The microphone; None, after a word on it, when there is none and none was asked for by name."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import DeviceError

    try:
        device = wiring.microphone(name)
    except DeviceError as error:
        if name is not None:
            raise
        talk().print(error.going_on("Here is a demonstration instead."), style="yellow", markup=False)
        return None
    return _Heard(device.name, lambda: device)


def _within(course: Course, language: Language, files: Sequence[Path] | None, *, interruptions: bool) -> Course:
    """The course, cut into where that is wanted, and no longer than there are files to answer it."""
    from voicerehearsal.rehearsal.course import AtMost
    from voicerehearsal.rehearsal.interruptions import Interrupted

    if interruptions:
        course = Interrupted(course, language, random.SystemRandom())
    return course if files is None else AtMost(course, len(files))


def _say_first(journal: Journal, language: Language, ids: Sequence[str], files: Sequence[Path] | None) -> None:
    """What there is to say before plain questions: the focus, or that questions and answers do not go up."""
    from voicerehearsal.cli.terminal import talk

    if not ids:
        _say_focus(journal, language)
    elif files is not None and len(ids) != len(files):
        answers = f"{len(files)} answer{'' if len(files) == 1 else 's'}"
        talk().print(f"There are {answers} for {len(ids)} question{'' if len(ids) == 1 else 's'}.", style="yellow")


def _say_focus(journal: Journal, language: Language) -> None:
    """Name the weakness that is due, if one is: one thing at a time."""
    from datetime import UTC, datetime

    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.journal.standings import read_weaknesses
    from voicerehearsal.presenting.due import focus
    from voicerehearsal.presenting.own_targets import targets_for

    due = [weak for weak in read_weaknesses(journal, language, targets_for()) if weak.due <= datetime.now(UTC)]
    if due:
        talk().print(f"Today's focus: {focus(due[0])}.", markup=False, soft_wrap=True)
