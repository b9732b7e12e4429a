"""What pages are told of the rehearsal: its whole state, as it goes over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from voicerehearsal.studio.looked_back import LookBack

if TYPE_CHECKING:
    from voicerehearsal.presenting.taken_steps import Onward
    from voicerehearsal.rehearsal.events import EndedBy

Phase = Literal[
    "idle",
    "preparing",
    "ringing",
    "greeting",
    "asking",
    "listening",
    "measuring",
    "report",
    "speaking",
    "over",
    "failed",
]


class PackShown(msgspec.Struct, frozen=True):
    """The pack the questions are from."""

    id: str
    title: str
    language: str


class QuestionShown(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        id: Of the question the answer is kept under.
        text: What stands on the screen.
        why: Why it is asked, "" mostly.
        lines: What stands below it while the person answers.
        attempt: Which attempt at the question this is.
        language: What `text` and `lines` are written in.
        pack: The pack's id.
    """

    id: str
    text: str
    why: str
    lines: tuple[str, ...]
    attempt: int
    language: str
    pack: str


class CommentShown(msgspec.Struct, frozen=True):
    """A word of the coach; `table` is rows of cells, the first row the headings."""

    text: str
    good: bool | None
    table: tuple[tuple[str, ...], ...]


class SmileShown(msgspec.Struct, frozen=True):
    """The smile in the greeting, in words; `heard` is None when it could not be told."""

    heard: bool | None
    text: str


class Failure(msgspec.Struct, frozen=True):
    """What went wrong, and what to do.

    Attributes:
        message: What.
        cure: What to do.
        demonstration: Whether a second voice could show a rehearsal instead.
        device: Whether a microphone or a speaker is the cause.
        unsaved: Whether sound lies on the disk that is still to be put in its place.
    """

    message: str
    cure: str
    demonstration: bool = False
    device: bool = False
    unsaved: bool = False


class Can(msgspec.Struct, frozen=True):
    """What may be asked for now."""

    pick_up: bool = False
    end: bool = False
    mute: bool = False
    again: bool = False
    next: bool = False
    follow_up: bool = False
    hang_up: bool = False
    start: bool = False
    sound_check: bool = False


_IN_A_CALL = Can(hang_up=True)
CAN: Mapping[Phase, Can] = {
    "idle": Can(start=True, sound_check=True),
    "preparing": _IN_A_CALL,
    "ringing": Can(pick_up=True, hang_up=True),
    "greeting": Can(end=True, hang_up=True),
    "asking": Can(end=True, hang_up=True),
    "listening": Can(end=True, mute=True, hang_up=True),
    "measuring": _IN_A_CALL,
    "report": _IN_A_CALL,
    "speaking": Can(end=True, hang_up=True),
    "over": Can(start=True, sound_check=True, hang_up=True),
    "failed": Can(start=True, sound_check=True, hang_up=True),
}
"""What fits each phase; a report can be followed by more, once it is known where the way leads on."""


class Used(msgspec.Struct, frozen=True):
    """What the rehearsal is held with, in words."""

    microphone: str
    speaker: str
    voice: str
    recogniser: str


class SoundCheck(msgspec.Struct, frozen=True):
    """A microphone being tried.

    Attributes:
        on: Whether it is open; not when it could not be opened, and `trouble` says why.
        microphone: Its name, "" until it listens.
        trouble: What is wrong with it, in words; None while nothing is.
        heard: The words of what was said last; None before that, or without a recogniser.
        no_words_because: Why there are no words, "" otherwise.
        level_dbfs: How loud that was; None before.
        verdict: That level in words, "" before.
        good: Whether the level will do; None before.
        playing: Whether it is being played back.
    """

    on: bool = True
    microphone: str = ""
    trouble: str | None = None
    heard: str | None = None
    no_words_because: str = ""
    level_dbfs: float | None = None
    verdict: str = ""
    good: bool | None = None
    playing: bool = False


class Snapshot(msgspec.Struct, frozen=True):
    """The whole state; see `Phase`, and the parts.

    Attributes:
        phase: Where the rehearsal is.
        doing: What is being prepared, in words.
        focus: Today's focus, in a sentence; "" without one.
        sitting: Number of the sitting in the journal; None before its first answer is kept.
        practice: Kind of practice; None for plain questions.
        demonstration: Whether a second voice answers.
        step: Which question this is, counted from 1; 0 before the first.
        of: How many questions there will be; None where that depends on the answers.
        question: What is asked.
        spoken: Whether it is heard, not only shown.
        mutes_from_s: Where in the answer the person muted; None while they have not.
        ended_by: What ended the last answer.
        answer: The last answer kept since the question was asked; None when nothing was.
        answers: All answers kept in this sitting.
        answers_to: What each of them answered.
        compared: How this attempt differs from the one before, in lines.
        against: That earlier attempt's answer.
        comments: What the coach says.
        warnings: What is not as it should be, while it goes on all the same.
        smile: What was heard in the greeting.
        onward: What "next" leads to.
        can: Which acts fit now.
        error: What made it impossible to go on.
        used: What it is held with.
        look_back: What there is to see of the sitting, once it is over.
        sound_check: The microphone being tried, while one is.
    """

    phase: Phase = "idle"
    doing: str = ""
    focus: str = ""
    sitting: int | None = None
    pack: PackShown | None = None
    practice: str | None = None
    demonstration: bool = False
    step: int = 0
    of: int | None = None
    question: QuestionShown | None = None
    spoken: bool = False
    mutes_from_s: float | None = None
    ended_by: EndedBy | None = None
    answer: int | None = None
    answers: tuple[int, ...] = ()
    answers_to: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    against: int | None = None
    comments: tuple[CommentShown, ...] = ()
    warnings: tuple[str, ...] = ()
    smile: SmileShown | None = None
    onward: Onward | None = None
    can: Can = CAN["idle"]
    error: Failure | None = None
    used: Used | None = None
    look_back: LookBack | None = None
    sound_check: SoundCheck | None = None


LOUD_DBFS = -6.0
"""Where the meter warns: a louder word would be cut off."""


class Level(msgspec.Struct, frozen=True):
    """A tick while someone listens: levels in dB below full scale, times in seconds."""

    elapsed_s: float
    level_dbfs: float
    silence_s: float
    end_silence_s: float
    left_s: float | None
    muted: bool
    peak_dbfs: float | None = None
    clipped: bool = False
