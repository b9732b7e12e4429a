"""Listening to an answer again: from anywhere, slower or faster, with a smile added, as heard through a telephone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from voicerehearsal.ports import Playback, Speaker
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.values import Sound, Word

SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

_FIRST_PIECE_S = 2.0  # computed while the listener waits: 0.05 s with a smile, 0.2 s at half speed
_LONGEST_PIECE_S = 15.0
_QUIET_STEP_S = 0.02
_QUIET_WITHIN_STEPS = 5  # a seam is not heard in 100 ms of quiet


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a recording is made to sound.

    Attributes:
        speed: One of `SPEEDS`, at the same pitch.
        smile: Whether a smile is added.
        phone_line: Whether it is heard as the interviewer hears it.
    """

    speed: float = 1.0
    smile: bool = False
    phone_line: bool = False


PLAIN = Treatment()


def treated(
    piece: Sound,
    treatment: Treatment,
    *,
    add_smile: Callable[[Sound], Sound],
    stretch: Callable[[Sound, float], Sound],
) -> Sound:
    """A piece as it is to be heard, `treatment.speed` times as short: first the voice, then the line."""
    smiling = add_smile(piece) if treatment.smile else piece
    timed = stretch(smiling, treatment.speed)
    return through_phone_line(timed) if treatment.phone_line else timed


class Replay:
    """A sound being listened to. All positions are seconds of the recording, whatever is done to it.

    A treatment takes time to compute, so it is done piece by piece, ahead of the ear; `go_on` must be called now and
    then.
    """

    def __init__(self, sound: Sound, speaker: Speaker, treat: Callable[[Sound, Treatment], Sound]) -> None:
        """Ready to play plainly from the beginning; `treat` makes a piece sound as the treatment says."""
        self.treatment = PLAIN
        self._sound = sound
        self._speaker = speaker
        self._treat = treat
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="treat")
        self._playback: Playback | None = None
        self._from_s = 0.0
        self._piece_end_s = 0.0
        self._next: _Piece | None = None

    @property
    def duration_s(self) -> float:
        """Length of the recording."""
        return self._sound.duration_s

    @property
    def position_s(self) -> float:
        """Where in the recording the listener is."""
        if self._playback is None:
            return self._from_s
        return min(self._from_s + self._playback.position_s * self.treatment.speed, self._piece_end_s)

    @property
    def playing(self) -> bool:
        """Whether sound comes out."""
        return self._playback is not None

    @property
    def over(self) -> bool:
        """Whether the end of the recording was heard."""
        return self._playback is not None and self._playback.done and self._piece_end_s >= self.duration_s

    def play(self, from_s: float | None = None) -> None:
        """Play from a position, or go on from where it was paused; raises DeviceError when the speaker refuses."""
        start_s = self.position_s if from_s is None else self._inside(from_s)
        self.pause()
        longest_s = self.duration_s if self.treatment == PLAIN else _FIRST_PIECE_S
        end_s = self._end_of_piece(start_s, longest_s)
        self._start(start_s, end_s, self._treated(start_s, end_s), longest_s)

    def go_on(self) -> None:
        """Play the next piece once one has been heard; raises DeviceError when the speaker refuses."""
        if self._playback is None or not self._playback.done or self._next is None or not self._next.sound.done():
            return
        piece = self._next
        self._start(self._piece_end_s, piece.end_s, piece.sound.result(), piece.longest_s)

    def pause(self) -> None:
        """Fall silent and stay where it is."""
        self._from_s = self.position_s
        if self._playback is not None:
            self._playback.stop()
        if self._next is not None:
            self._next.sound.cancel()
        self._playback = self._next = None

    def jump(self, by_s: float) -> None:
        """Move by so many seconds of the recording; goes on playing if it was."""
        self.move_to(self.position_s + by_s)

    def move_to(self, position_s: float) -> None:
        """Move to a position; goes on playing if it was."""
        if self.playing:
            self.play(position_s)
        else:
            self._from_s = self._inside(position_s)

    def change_speed(self, steps: int) -> None:
        """So many steps faster (positive) or slower along `SPEEDS`."""
        at = min(max(0, SPEEDS.index(self.treatment.speed) + steps), len(SPEEDS) - 1)
        self.change_to(replace(self.treatment, speed=SPEEDS[at]))

    def switch_smile(self) -> None:
        """Add the smile, or take it off."""
        self.change_to(replace(self.treatment, smile=not self.treatment.smile))

    def switch_phone_line(self) -> None:
        """Put a telephone line between voice and ear, or take it away."""
        self.change_to(replace(self.treatment, phone_line=not self.treatment.phone_line))

    def change_to(self, treatment: Treatment) -> None:
        """Sound otherwise, from the same place; goes on playing if it was."""
        was_playing = self.playing
        self.pause()
        self.treatment = treatment
        if was_playing:
            self.play()

    def _start(self, start_s: float, end_s: float, piece: Sound, longest_s: float) -> None:
        self._from_s, self._piece_end_s = start_s, end_s
        self._playback = self._speaker.play(piece)
        self._next = None
        if end_s < self.duration_s:
            longest_s = min(2 * longest_s, _LONGEST_PIECE_S)
            next_end_s = self._end_of_piece(end_s, longest_s)
            self._next = _Piece(longest_s, next_end_s, self._ahead.submit(self._treated, end_s, next_end_s))

    def _treated(self, start_s: float, end_s: float) -> Sound:
        return self._treat(_cut(self._sound, start_s, end_s), self.treatment)

    def _end_of_piece(self, start_s: float, longest_s: float) -> float:
        """Where to end a piece so that nobody hears the seam."""
        end_s = start_s + longest_s
        if end_s >= self.duration_s:
            return self.duration_s
        return start_s + longest_s / 2 + _quietest_s(_cut(self._sound, start_s + longest_s / 2, end_s))

    def _inside(self, position_s: float) -> float:
        return min(max(0.0, position_s), self.duration_s)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece being computed: how long it may be, and where in the recording it ends."""

    longest_s: float
    end_s: float
    sound: Future[Sound]


def word_at(words: Sequence[Word], position_s: float) -> int | None:
    """Index of the word being heard at `position_s`, or of the last one heard; None before the first."""
    at = bisect_right([word.start_s for word in words], position_s) - 1
    return None if at < 0 else at


def next_moment(starts_s: Iterable[float], position_s: float, *, lead_s: float = 1.0) -> float | None:
    """Where to listen from to hear the next of some moments, in order of time, after `position_s`.

    Returns:
        `lead_s` before the moment begins; None when there are no more.
    """
    for start_s in starts_s:
        if start_s - lead_s > position_s + 0.1:
            return start_s - lead_s
    return None


def _cut(sound: Sound, start_s: float, end_s: float) -> Sound:
    rate_hz = sound.sample_rate_hz
    return Sound(sound.samples[round(start_s * rate_hz) : round(end_s * rate_hz)], rate_hz)


def _quietest_s(sound: Sound) -> float:
    """The middle of its quietest 100 ms."""
    step = max(1, round(_QUIET_STEP_S * sound.sample_rate_hz))
    steps = len(sound.samples) // step
    power = np.square(sound.samples[: steps * step].astype(np.float32)).reshape(steps, step).sum(axis=1)
    around = np.convolve(power, np.ones(_QUIET_WITHIN_STEPS), "valid")
    return (int(around.argmin()) + _QUIET_WITHIN_STEPS / 2) * step / sound.sample_rate_hz
