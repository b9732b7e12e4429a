"""What happens in a rehearsal, as a face is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voicerehearsal.errors import RehearsalError
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Report, Smile

EndedBy = Literal["key", "silence", "time_limit", "end_of_file", "stopped", "lost", "interrupted"]


@dataclass(frozen=True, slots=True)
class Ringing:
    """The phone rings."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something is not as it should be, and the rehearsal goes on; `until_heard` where a sound mends it."""

    text: str
    until_heard: bool = False


@dataclass(frozen=True, slots=True)
class Greeting:
    """The speaker may say their greeting, for `limit_s` at most, to hear whether the smile arrives."""

    limit_s: float


@dataclass(frozen=True, slots=True)
class SmileChecked:
    """The smile in the greeting; None, and why, when it could not be told."""

    smile: Smile | None
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The lines of a step are being read, or only shown when there is no voice."""

    step: Step
    spoken: bool


@dataclass(frozen=True, slots=True)
class Listening:
    """The answer so far.

    Attributes:
        elapsed_s: Seconds of answer recorded.
        level_dbfs: Level now.
        silence_s: Silence since the last speech, 0 before the first sound.
        end_silence_s: How much of it ends the answer.
        left_s: Seconds to the time limit, None without one.
        muted: Whether the speaker has muted.
    """

    elapsed_s: float
    level_dbfs: float
    silence_s: float
    end_silence_s: float
    left_s: float | None
    muted: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer is over; measuring it takes a blink."""

    by: EndedBy
    error: RehearsalError | None = None


@dataclass(frozen=True, slots=True)
class VoiceMeasured:
    """How the voice itself read the lines."""

    report: Report


@dataclass(frozen=True, slots=True)
class HungUp:
    """The line is dead."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How it went."""

    report: Report


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer is in the journal under this number."""

    answer_id: int


Event = (
    Ringing | Warned | Greeting | SmileChecked | Asked | Listening | Ended | VoiceMeasured | Measured | Saved | HungUp
)
