"""What the middle asks of the edge: small protocols, owned here, met by `engines/`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.values import Block, Circumstances, Report, Samples, Sound, VoiceTracks, Word


class Microphone(Protocol):
    """Where an answer comes from: a device, or a file that stands for one.

    Attributes:
        name: What to call it.
        sample_rate_hz: Its own rate.
        lost_blocks: How many blocks were lost so far.
        live: Whether sound flows by itself, heard or not; a file waits.
    """

    name: str
    sample_rate_hz: int
    lost_blocks: int
    live: bool

    def start(self) -> None:
        """Begin to capture. Returns once the first sound has arrived.

        Raises:
            DeviceError: Busy, refused, or gone.
        """

    def read(self, timeout_s: float) -> Block | None:
        """The next block, or None if nothing came within `timeout_s`.

        Raises:
            DeviceError: The device went away.
            EOFError: A file came to its end.
        """

    def stop(self) -> None:
        """End the capture; harmless when not started."""


class Playback(Protocol):
    """A sound being played."""

    @property
    def position_s(self) -> float:
        """Seconds of the sound already heard."""

    @property
    def given_s(self) -> float:
        """Seconds of the sound that will be heard even if it is stopped now."""

    @property
    def done(self) -> bool:
        """Whether the last sample has been heard or the playback was stopped."""

    @property
    def end_time_s(self) -> float | None:
        """When the last sample is in the air, on the clock that the microphone shares; None until known."""

    def follow(self, sound: Sound, *, more: bool = False) -> None:
        """Play `sound`, of the same rate, right behind what was put before; `more` says that it is not the last."""

    def stop(self) -> None:
        """Cut it short."""


class Speaker(Protocol):
    """Where the interviewer is heard."""

    name: str

    def wake(self) -> None:
        """Open the device ahead of the first sound, which then comes out at once.

        Raises:
            DeviceError: Busy, refused, or gone.
        """

    def play(self, sound: Sound, *, more: bool = False) -> Playback:
        """Start playing instead of what sounds now, and return at once; `more` says that another piece will follow.

        Raises:
            DeviceError: Busy, refused, or gone.
        """

    def close(self) -> None:
        """Let go of the device."""


class Voice(Protocol):
    """The interviewer's voice."""

    name: str

    def render(self, texts: Sequence[str]) -> list[Path]:
        """A WAV file for each text, in order, made now or kept from before.

        Raises:
            VoiceError: No voice could say it.
        """


class Recogniser(Protocol):
    """One answer's recogniser, untouched by any other answer."""

    def accept(self, samples: Samples) -> None:
        """Take the next sound: int16 mono at `ANALYSIS_RATE_HZ`, any length."""

    def finish(self) -> tuple[Word, ...]:
        """All words from the first accepted sample on; the recogniser is spent."""


class Meaning(Protocol):
    """What sentences mean, as directions: sentences that mean nearly the same point nearly the same way.

    Attributes:
        name: The model behind it; the vectors of two models cannot be compared.
    """

    name: str

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence, in order: shape (n, d), unit length, so that a dot product is the cosine."""

    def __hash__(self) -> int:
        """The same for the same model: what was computed with it is kept."""


class SpeechGate(Protocol):
    """Speech or not, frame by frame."""

    def speech(self, frame: Samples) -> bool:
        """Decide on one frame of `GATE_FRAME_S` at `ANALYSIS_RATE_HZ`, shape (320,)."""


class Phonetics(Protocol):
    """The pitch of a voice."""

    def tracks(self, samples: Samples) -> VoiceTracks:
        """Of int16 mono at `ANALYSIS_RATE_HZ`, shape (n,): n // 160 rows; shorter than a window gives unvoiced rows."""


class Resampler(Protocol):
    """From a recording's own rate to `ANALYSIS_RATE_HZ`, as it streams."""

    def feed(self, samples: Samples) -> Samples:
        """Convert what has come; some of it may be held back until the next call."""

    def finish(self) -> Samples:
        """The samples held back."""


class KeyPhrases(Protocol):
    """What a text is about."""

    def of(self, text: str, most: int) -> list[str]:
        """Its weightiest phrases as it words them, the weightiest first, at most so many."""


Key = Literal["end", "mute", "stop"]
"""What a person can ask for while they speak: end the answer, mute or unmute, stop the rehearsal."""


class Controls(Protocol):
    """A person's keys."""

    def poll(self) -> Key | None:
        """The next key since the last call, None when there was none; never waits."""


class Tape(Protocol):
    """A recording being made: on the disk before anything else sees the sound.

    Attributes:
        name: What the finished recording will be called.
        path: Where the sound lies now.
    """

    name: str
    path: Path

    def write(self, samples: Samples) -> None:
        """Append int16 mono at the tape's rate.

        Raises:
            JournalError: The disk is full or gone; everything before this call is kept.
        """

    def note(self, circumstances: Circumstances) -> None:
        """Store what is known by now; a crash must not cost it."""

    def finish(self, circumstances: Circumstances) -> Path:
        """Close it and return the finished recording.

        Raises:
            JournalError: It could not be finished; the message says where the sound lies.
        """

    def discard(self) -> None:
        """Delete it: nothing was said."""


class Archive(Protocol):
    """Where a rehearsal keeps its answers."""

    def new_tape(self, sample_rate_hz: int, circumstances: Circumstances) -> Tape:
        """Begin a recording; raises JournalError when the disk refuses."""

    def keep(self, report: Report, recording: Path, *, attempt: int) -> int:
        """Store an answer and return its number; raises JournalError when the disk refuses."""
