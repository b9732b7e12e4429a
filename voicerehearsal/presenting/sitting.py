"""A sitting set up from what a person wishes for, to be followed by any face: the same calls, the same numbers."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence
    from pathlib import Path

    from voicerehearsal.journal.recordings import Kind
    from voicerehearsal.journal.store import Answer, Journal
    from voicerehearsal.ports import Controls, Microphone, Speaker
    from voicerehearsal.presenting.kinds import NotesBegun
    from voicerehearsal.rehearsal.course import Course
    from voicerehearsal.rehearsal.interview import Interview, Manner
    from voicerehearsal.rehearsal.kinds import KindOfPractice
    from voicerehearsal.rehearsal.replay import Replay
    from voicerehearsal.values import Language, Pack, Usual
    from voicerehearsal.wiring import JournalArchive

DEFAULT_COUNT = 3
"""Questions in a sitting, where neither the person nor the kind of practice says how many."""
_DEMONSTRATED = 1
_LOOK_BACK = 3
_AMONG = 40
"""Latest answers that are looked among for those: exercises on kinds of question, many in a row, are none."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asks for; None leaves it to the program.

    Attributes:
        pack: Id of a pack, or a path; None for what is next.
        kind: Kind of practice by name; None for plain questions.
        questions: Ids of questions, in order.
        count: How many questions, where the kind does not decide it.
        language: "en" or "zh".
        microphone: Its name.
        speaker: Its name.
        end_silence_s: A silence this long ends the answer.
        time_limit_s: The longest answer.
        phone_line: Questions are heard as through a telephone.
        smile_check: The greeting is listened to during the ring, where the smile is calibrated.
        interruptions: The interviewer cuts in.
        notes: A file of notes, for the kind that goes by them.
        answers: A folder of sound files that stand for the microphone.
    """

    pack: str | None = None
    kind: str | None = None
    questions: tuple[str, ...] = ()
    count: int | None = None
    language: str | None = None
    microphone: str | None = None
    speaker: str | None = None
    end_silence_s: float | None = None
    time_limit_s: float = 3600.0
    phone_line: bool | None = None
    smile_check: bool = True
    interruptions: bool = False
    notes: Path | None = None
    answers: Path | None = None


class Told(NamedTuple):
    """A sentence said while a sitting is set up: today's focus, or something that is not as it was wished for."""

    text: str
    kind: Literal["focus", "warning"]


@dataclass(frozen=True)
class Sitting:
    """Everything that a face needs to hold a sitting.

    Attributes:
        pack: Where the questions are from.
        kind: The kind of practice; None for plain questions.
        course: What is asked; `interview` takes its steps.
        interview: Rings, asks, listens, measures and keeps.
        archive: Where the answers are kept; knows the session once there is one.
        manner: How it is held, with what is usual for the speaker and the targets in force.
        used: Names of what is used: "microphone", "speaker", "voice" and "recogniser", in words.
        earlier: The last answers before it, newest first.
        speaker: None where there is none, and the questions are shown.
        demonstration: Whether a second voice answers; such answers are kept apart.
    """

    journal: Journal
    pack: Pack
    kind: KindOfPractice | None
    course: Course
    interview: Interview
    archive: JournalArchive
    manner: Manner
    used: Mapping[str, str]
    earlier: Sequence[Answer]
    speaker: Speaker | None
    demonstration: bool

    @property
    def usual(self) -> Mapping[str, Usual]:
        """What is usual for the speaker, by name of measure."""
        return self.manner.usual

    def listen_again(self, answer: int) -> Replay:
        """An answer to listen to, by its number; only where there is a speaker.

        Raises:
            SoundFileError: Its recording is gone or cannot be read.
        """
        from voicerehearsal import wiring

        assert self.speaker is not None
        return wiring.replay_of(self.journal.answer(answer), self.speaker)

    def in_words(self) -> list[str]:
        """The sitting in a few lines, once it is over: nothing where nothing was kept, or where it was no own one."""
        from voicerehearsal.presenting.glance import in_three_lines

        return [] if self.demonstration else in_three_lines(self.journal, self.archive)


@contextmanager
def sitting(
    journal: Journal, wishes: Wishes, *, controls: Controls, tell: Callable[[Told], None]
) -> Generator[Sitting | NotesBegun]:
    """Set up what is wished for, as the only rehearsal on this computer; without a microphone a demonstration instead.

    The speaker is closed at the end.

    Args:
        journal: Open for writing; used by this thread only.
        wishes: What is asked for.
        controls: The person's keys.
        tell: Is given what there is to say before the start, as soon as it is known.

    Raises:
        UsageError: What is wished for does not exist, or does not go together.
        DeviceError: A device asked for by name is missing, or another rehearsal is going on.
        RehearsalError: Something else that is needed is missing or broken.
    """
    from voicerehearsal import wiring
    from voicerehearsal.presenting import kinds
    from voicerehearsal.presenting.choices import spoken_language
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.interview import Manner

    kind, ids = kinds.kind_called(wishes.kind), wishes.questions
    kinds.check_options(kind, interruptions=wishes.interruptions, notes=wishes.notes)
    pack = kinds.pack_for(kind, wishes.pack, spoken_language(wishes.language), journal, ids=ids)
    files = None if wishes.answers is None else wiring.answer_files(wishes.answers)
    speaker = wiring.speaker(wishes.speaker) if wishes.speaker else wiring.speaker_or_none(None)
    kinds.check_kind(kind, pack.language, unheard=files is None and speaker is None)
    count = wishes.count or DEFAULT_COUNT if files is None else min(wishes.count or len(files), len(files))
    course = kinds.course_of(kind, pack, ids=ids, count=count, journal=journal, notes=wishes.notes)
    if isinstance(course, kinds.NotesBegun):
        yield course
        return
    if kind is None:
        for told in _said_first(journal, pack.language, ids, files):
            tell(told)
    heard = _microphone_or_none(wishes.microphone, tell) if files is None else _Heard.from_files(wishes, files)
    if heard is None:
        with demonstration(journal, pack, ids, speaker, phone_line=bool(wishes.phone_line), controls=controls) as shown:
            yield shown
        return
    manner = Manner(
        pack=pack.id,
        language=pack.language,
        end_silence_s=wishes.end_silence_s or kinds.usual_end_silence_s(kind),
        time_limit_s=wishes.time_limit_s,
        phone_line=bool(wishes.phone_line),
        smile_check=wishes.smile_check,
        targets=targets_for(pack),
    )
    course = _within(course, pack.language, files, interruptions=wishes.interruptions)
    with wiring.the_only_rehearsal(needed=files is None):
        held = _held(journal, pack, course, manner=manner, heard=heard, speaker=speaker, kind=kind, controls=controls)
        with _closing(speaker):
            yield held


@contextmanager
def demonstration(
    journal: Journal,
    pack: Pack,
    ids: Sequence[str],
    speaker: Speaker | None,
    *,
    phone_line: bool,
    controls: Controls,
) -> Generator[Sitting]:
    """Set up a demonstration: the first question of `pack`, or those named, answered by a second voice.

    Raises:
        UsageError: The pack has no such question.
        VoiceError: There is no voice at all.
    """
    from datetime import UTC, datetime

    from voicerehearsal import wiring
    from voicerehearsal.coaching.schedule import by_urgency
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.course import Planned
    from voicerehearsal.rehearsal.interview import Manner
    from voicerehearsal.rehearsal.plan import plan

    questions = plan(pack, ids=ids, count=_DEMONSTRATED, urgency=by_urgency(pack.id, {}, datetime.now(UTC)))
    manner = Manner(pack=pack.id, language=pack.language, phone_line=phone_line, targets=targets_for(pack))
    heard = _Heard("a second voice", wiring.demonstration_answers(questions, pack.language, speaker))
    held = _held(
        journal,
        pack,
        Planned(questions),
        manner=manner,
        heard=heard,
        speaker=speaker,
        kind=None,
        controls=controls,
        own=False,
    )
    with _closing(speaker):
        yield held


# ---- within ---------------------------------------------------------------------------------------------------------


class _Heard(NamedTuple):
    """What the answers come through."""

    name: str
    next_microphone: Callable[[], Microphone]

    @classmethod
    def from_files(cls, wishes: Wishes, files: Sequence[Path]) -> _Heard:
        from voicerehearsal import wiring

        return cls(f"the files in {wishes.answers}", wiring.files_for_microphones(files))


def _held(
    journal: Journal,
    pack: Pack,
    course: Course,
    *,
    manner: Manner,
    heard: _Heard,
    speaker: Speaker | None,
    kind: KindOfPractice | None,
    controls: Controls,
    own: bool = True,
) -> Sitting:
    from voicerehearsal import wiring
    from voicerehearsal.coaching.judgement import PERSONAL
    from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED
    from voicerehearsal.rehearsal.interview import Interview

    whose: Kind = "practice" if own else "demonstration"
    manner = replace(manner, usual=journal.usual(PERSONAL, manner.language) if own else {})
    recent = journal.answers(limit=_AMONG, kinds=(whose,))
    earlier = [one for one in recent if one.kind_of_practice != "questioning"][:_LOOK_BACK]
    voice = wiring.interviewer_or_none(manner.language)
    archive = wiring.JournalArchive(journal, whose, manner.pack, manner.language, kind)
    equipment = wiring.equipment(
        language=manner.language,
        next_microphone=heard.next_microphone,
        speaker=speaker,
        voice=voice,
        profile=wiring.find_profile(None) if own else NOT_CALIBRATED,
    )
    return Sitting(
        journal=journal,
        pack=pack,
        kind=kind,
        course=course,
        interview=Interview(equipment=equipment, manner=manner, archive=archive, controls=controls),
        archive=archive,
        manner=manner,
        used={
            "microphone": heard.name,
            "speaker": "none, the questions are shown" if speaker is None else speaker.name,
            "voice": "none, the questions are shown" if voice is None else voice.name,
            "recogniser": wiring.recogniser_in_words(manner.language),
        },
        earlier=earlier,
        speaker=speaker,
        demonstration=not own,
    )


@contextmanager
def _closing(speaker: Speaker | None) -> Generator[None]:
    try:
        yield
    finally:
        if speaker is not None:
            speaker.close()


def _microphone_or_none(name: str | None, tell: Callable[[Told], None]) -> _Heard | None:
    """The microphone; None, after a word on it, when there is none and none was asked for by name."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import DeviceError

    try:
        device = wiring.microphone(name)
    except DeviceError as error:
        if name is not None:
            raise
        tell(Told(error.going_on("Here is a demonstration instead."), "warning"))
        return None
    return _Heard(device.name, lambda: device)


def _within(course: Course, language: Language, files: Sequence[Path] | None, *, interruptions: bool) -> Course:
    """The course, cut into where that is wanted, and no longer than there are files to answer it."""
    import random

    from voicerehearsal.rehearsal.course import AtMost
    from voicerehearsal.rehearsal.interruptions import Interrupted

    if interruptions:
        course = Interrupted(course, language, random.SystemRandom())
    return course if files is None else AtMost(course, len(files))


def _said_first(
    journal: Journal, language: Language, ids: Sequence[str], files: Sequence[Path] | None
) -> Sequence[Told]:
    """What there is to say before plain questions: the focus, or that questions and answers do not go up."""
    from voicerehearsal.presenting.due import todays_focus

    if not ids:
        focus = todays_focus(journal, language)
        return [] if focus is None else [Told(f"Today's focus: {focus}.", "focus")]
    if files is None or len(ids) == len(files):
        return []
    answers = f"{len(files)} answer{'' if len(files) == 1 else 's'}"
    return [Told(f"There are {answers} for {len(ids)} question{'' if len(ids) == 1 else 's'}.", "warning")]
