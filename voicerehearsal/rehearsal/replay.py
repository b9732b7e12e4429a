"""Listening to an answer again: from anywhere, at another speed with the same pitch, with the word being heard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from voicerehearsal.ports import Playback, Speaker
from voicerehearsal.values import Silence, Sound, Word

SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_PIECE_S = 15.0


class Replay:
    """A sound being listened to. All positions are seconds of the recording, whatever the speed.

    Another speed takes time to compute, so it is done a piece ahead of the ear; `go_on` must be called now and then.
    """

    def __init__(self, sound: Sound, speaker: Speaker, stretch: Callable[[Sound, float], Sound]) -> None:
        self.speed = 1.0
        self._sound = sound
        self._speaker = speaker
        self._stretch = stretch
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="stretch")
        self._playback: Playback | None = None
        self._from_s = 0.0
        self._piece_end_s = 0.0
        self._next: Future[Sound] | None = None

    @property
    def position_s(self) -> float:
        """Where in the recording the listener is."""
        played_s = 0.0 if self._playback is None else self._playback.position_s * self.speed
        return min(self._from_s + played_s, self._sound.duration_s)

    @property
    def playing(self) -> bool:
        """Whether sound comes out."""
        return self._playback is not None

    @property
    def over(self) -> bool:
        """Whether the end of the recording was heard."""
        return self._playback is not None and self._playback.done and self._piece_end_s >= self._sound.duration_s

    def play(self, from_s: float | None = None) -> None:
        """Play from a position, or go on from where it was paused; raises DeviceError when the speaker refuses."""
        start_s = self.position_s if from_s is None else min(max(0.0, from_s), self._sound.duration_s)
        self.pause()
        self._start(start_s, self._piece(start_s))

    def go_on(self) -> None:
        """Play the next piece once one has been heard; raises DeviceError when the speaker refuses."""
        if self._playback is not None and self._playback.done and not self.over and self._next is not None:
            self._start(self._piece_end_s, self._next.result())

    def pause(self) -> None:
        """Fall silent and stay where it is."""
        self._from_s = self.position_s
        if self._playback is not None:
            self._playback.stop()
        self._playback = None

    def _start(self, start_s: float, piece: Sound) -> None:
        self._from_s = start_s
        self._piece_end_s = min(start_s + self._piece_s, self._sound.duration_s)
        self._playback = self._speaker.play(piece)
        self._next = None
        if self._piece_end_s < self._sound.duration_s:
            self._next = self._ahead.submit(self._piece, self._piece_end_s)

    @property
    def _piece_s(self) -> float:
        return self._sound.duration_s if self.speed == 1.0 else _PIECE_S

    def _piece(self, start_s: float) -> Sound:
        rate_hz = self._sound.sample_rate_hz
        samples = self._sound.samples[round(start_s * rate_hz) : round((start_s + self._piece_s) * rate_hz)]
        return self._stretch(Sound(samples, rate_hz), self.speed)

    def jump(self, by_s: float) -> None:
        """Move by so many seconds of the recording; goes on playing if it was."""
        self.move_to(self.position_s + by_s)

    def move_to(self, position_s: float) -> None:
        """Move to a position; goes on playing if it was."""
        if self.playing:
            self.play(position_s)
        else:
            self.pause()
            self._from_s = min(max(0.0, position_s), self._sound.duration_s)

    def change_speed(self, steps: int) -> None:
        """So many steps faster (positive) or slower along `SPEEDS`."""
        at = min(max(0, SPEEDS.index(self.speed) + steps), len(SPEEDS) - 1)
        was_playing, position_s = self.playing, self.position_s
        self.pause()
        self._from_s = position_s
        self.speed = SPEEDS[at]
        if was_playing:
            self.play()


def word_at(words: Sequence[Word], position_s: float) -> int | None:
    """Index of the word being heard at `position_s`, or of the last one heard; None before the first."""
    at = bisect_right([word.start_s for word in words], position_s) - 1
    return None if at < 0 else at


def next_pause(silences: Sequence[Silence], position_s: float, *, lead_s: float = 1.0) -> float | None:
    """Where to listen from to hear the next silent pause after `position_s`: `lead_s` before it; None when no more."""
    for silence in silences:
        if silence.start_s - lead_s > position_s + 0.1:
            return max(0.0, silence.start_s - lead_s)
    return None
