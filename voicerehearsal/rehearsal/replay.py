"""Listening to an answer again: from anywhere, slower or faster, with a smile added, as heard through a telephone."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from voicerehearsal.errors import DeviceError, UsageError
from voicerehearsal.ports import Playback, Speaker
from voicerehearsal.rehearsal.pieces import Piece, cut, quietest_s
from voicerehearsal.rehearsal.treatment import PLAIN, SPEEDS, Treatment
from voicerehearsal.values import Samples, Sound, Word

SHORTEST_LOOP_S = 0.1
"""Shorter it would be a buzz."""

_FIRST_PIECE_S = 0.6  # as it is heard; at half speed, the dearest, 0.02 s of computing at 16 kHz, 0.03 s at 48 kHz
_LONGEST_PIECE_S = 6.0  # 0.4 s of computing, during which a jump finds a processor busy
_GROWTH = 1.5  # from piece to piece, so that each is ready in time on a busy machine too
_AHEAD_S = 1.5
_SEAM_S = 0.01  # two pieces fade into each other
_NO_SAMPLES: Samples = np.zeros(0, np.int16)


class Replay:
    """A sound being listened to. All positions are seconds of the recording, whatever is done to it.

    A treatment takes time to compute, so it is done piece by piece, ahead of the ear; `go_on` must be called now and
    then, best some twenty times a second.
    """

    def __init__(self, sound: Sound, speaker: Speaker, treat: Callable[[Sound, Treatment], Sound]) -> None:
        """Ready to play plainly from the beginning; `treat` makes a piece sound as the treatment says."""
        self.treatment = PLAIN
        self.loop: tuple[float, float] | None = None
        self._sound = sound
        self._speaker = speaker
        self._treat = treat
        self._ahead = ThreadPoolExecutor(2, thread_name_prefix="treat")
        self._playback: Playback | None = None
        self._from_s = 0.0
        self._put: deque[_Put] = deque()
        self._put_s = 0.0
        self._tail = _NO_SAMPLES
        self._longest_s = 0.0
        self._next: _Next | None = None
        self._round: tuple[Treatment, tuple[float, float], Piece] | None = None

    @property
    def duration_s(self) -> float:
        """Length of the recording."""
        return self._sound.duration_s

    @property
    def position_s(self) -> float:
        """Where in the recording the listener is."""
        return self._from_s if self._playback is None else self._place(self._playback.position_s)

    @property
    def playing(self) -> bool:
        """Whether sound comes out."""
        return self._playback is not None

    @property
    def over(self) -> bool:
        """Whether the end of the recording was heard."""
        heard = self._playback is not None and self._playback.done and self._playback.end_time_s is not None
        return heard and self._next is None

    def play(self, from_s: float | None = None) -> None:
        """Play from a position, or go on from where it was paused; raises DeviceError when the speaker refuses."""
        start_s = self._inside(self.position_s if from_s is None else from_s)
        longest_s = self._first_longest_s()
        end_s = self._end_of_piece(start_s, longest_s)
        self._begin(start_s, end_s, self._treated(start_s, end_s), longest_s)

    def go_on(self) -> None:
        """Put the next piece behind those being played, once ready; raises DeviceError when the speaker is gone."""
        if self._playback is None:
            return
        if self._playback.done and not self.over:
            raise DeviceError(f"The speaker {self._speaker.name!r} went away", "Plug it in, or choose another.")
        while len(self._put) > 1 and self._put[1].at_s <= self._playback.position_s:
            self._put.popleft()
        if self._next is not None and self._left_s() < _AHEAD_S and self._next.piece.done():
            self._follow(self._next.start_s, self._next.end_s, self._next.piece.result())

    def pause(self) -> None:
        """Fall silent and stay where it is."""
        self._from_s = self.position_s
        if self._playback is not None:
            self._playback.stop()
        self._forget_next()
        self._playback = None

    def warm_up(self) -> None:
        """Have the treatments at hand: the first one of all takes a tenth of a second longer."""
        silence = np.zeros(round(_SEAM_S * 10 * self._sound.sample_rate_hz), np.int16)
        self._ahead.submit(self._treat, Sound(silence, self._sound.sample_rate_hz), Treatment(SPEEDS[0], True, True))

    def play_on(self, speaker: Speaker) -> None:
        """Fall silent, and be heard on another speaker from now on."""
        self.pause()
        self._speaker = speaker

    def close(self) -> None:
        """Fall silent for good."""
        self.pause()
        self._ahead.shutdown(wait=False, cancel_futures=True)

    def jump(self, by_s: float) -> None:
        """Move by so many seconds of the recording; goes on playing if it was."""
        self.move_to(self.position_s + by_s)

    def move_to(self, position_s: float) -> None:
        """Move to a position, inside of the loop if there is one; goes on playing if it was."""
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
        if treatment == self.treatment:
            return
        self.treatment = treatment
        self._carry_on()

    def loop_over(self, loop: tuple[float, float] | None) -> None:
        """Play a part of the recording over and over, or none any more; goes on playing if it was.

        Raises:
            UsageError: The part is shorter than `SHORTEST_LOOP_S`.
        """
        if loop is not None:
            loop = max(0.0, loop[0]), min(loop[1], self.duration_s - _SEAM_S)
            if loop[1] - loop[0] < SHORTEST_LOOP_S:
                raise UsageError("That part is too short to be repeated", f"Mark {SHORTEST_LOOP_S:g} s or more.")
        if loop == self.loop:
            return
        self.loop = loop
        if self._playback is None:
            self._from_s = self._inside(self._from_s)
        self._carry_on()

    def _carry_on(self) -> None:
        """Play on by what was wished just now; what sounds goes on while the new beginning is computed."""
        if self._playback is None:
            return
        start_s = self._inside(self._place(self._playback.given_s))
        longest_s = self._first_longest_s()
        end_s = self._end_of_piece(start_s, longest_s)
        piece = self._treated(start_s, end_s)
        late_s = self._inside(self._place(self._playback.given_s)) - start_s
        if 0 < late_s < (end_s - start_s) / 2:
            piece = piece.without(late_s / (end_s - start_s))
            start_s += late_s
        self._begin(start_s, end_s, piece, longest_s)

    def _first_longest_s(self) -> float:
        """How long the first piece may be: its listener waits while it is computed."""
        return _LONGEST_PIECE_S if self.treatment == PLAIN else _FIRST_PIECE_S * self.treatment.speed

    def _begin(self, start_s: float, end_s: float, piece: Piece, longest_s: float) -> None:
        """Play a piece instead of what sounds; in the middle of the recording it comes in softly."""
        self._forget_next()
        self._put.clear()
        self._longest_s = longest_s
        ramp = np.zeros(round(_SEAM_S * piece.sample_rate_hz) if start_s > 0 else 0, np.int16)
        ends = self._next_start_s(end_s) is None
        self._playback = self._speaker.play(piece.after(ramp), more=not ends)
        self._put.append(_Put(0.0, piece.duration_s, start_s, end_s - start_s))
        self._tail = piece.tail
        self._put_s = piece.duration_s
        if (start_s, end_s) == self.loop:
            self._follow(start_s, end_s, piece)
        else:
            self._ask_for_next(end_s)

    def _follow(self, start_s: float, end_s: float, piece: Piece) -> None:
        """Put a piece behind those being played; a short loop many times, so that there is time for the next."""
        assert self._playback is not None
        repeats = ceil(_AHEAD_S / piece.duration_s) if (start_s, end_s) == self.loop else 1
        self._put.append(_Put(self._put_s, piece.duration_s, start_s, end_s - start_s, repeats > 1))
        ends = self._next_start_s(end_s) is None
        for _ in range(repeats):
            self._playback.follow(piece.after(self._tail), more=not ends)
            self._tail = piece.tail
            self._put_s += piece.duration_s
        self._ask_for_next(end_s)

    def _ask_for_next(self, end_s: float) -> None:
        start_s = self._next_start_s(end_s)
        self._next = None
        if start_s is not None:
            self._longest_s = min(_GROWTH * self._longest_s, _LONGEST_PIECE_S)
            next_end_s = self._end_of_piece(start_s, self._longest_s)
            self._next = _Next(start_s, next_end_s, self._ahead.submit(self._treated, start_s, next_end_s))

    def _forget_next(self) -> None:
        if self._next is not None:
            self._next.piece.cancel()
        self._next = None

    def _next_start_s(self, end_s: float) -> float | None:
        """Where it goes on after a piece; None at the end."""
        if self.loop is not None and end_s >= self.loop[1]:
            return self.loop[0]
        return None if end_s >= self.duration_s else end_s

    def _left_s(self) -> float:
        """How long it sounds if nothing follows."""
        return 0.0 if self._playback is None else self._put_s - self._playback.position_s

    def _place(self, played_s: float) -> float:
        """Where in the recording that is which sounds after so many seconds of playback."""
        put = next((one for one in reversed(self._put) if one.at_s <= played_s), self._put[0])
        rounds = max(0.0, played_s - put.at_s) / put.lasts_s if put.lasts_s else 0.0
        return put.start_s + (rounds % 1.0 if put.repeats else min(rounds, 1.0)) * put.length_s

    def _treated(self, start_s: float, end_s: float) -> Piece:
        treatment, loop = self.treatment, self.loop
        whole_round = loop == (start_s, end_s)
        if whole_round and self._round is not None and self._round[:2] == (treatment, loop):
            return self._round[2]
        plain = cut(self._sound, start_s, min(end_s + _SEAM_S, self.duration_s))
        body = len(cut(self._sound, start_s, end_s).samples)
        heard = self._treat(plain, treatment)
        split = round(len(heard.samples) * body / max(1, len(plain.samples)))
        piece = Piece(heard.samples[:split], heard.samples[split:], heard.sample_rate_hz)
        if loop is not None and whole_round:
            self._round = treatment, loop, piece
        return piece

    def _end_of_piece(self, start_s: float, longest_s: float) -> float:
        """Where to end a piece so that nobody hears the seam."""
        last_s = self.duration_s if self.loop is None else self.loop[1]
        end_s = start_s + longest_s
        if end_s >= last_s:
            return last_s
        return start_s + longest_s / 2 + quietest_s(cut(self._sound, start_s + longest_s / 2, end_s))

    def _inside(self, position_s: float) -> float:
        if self.loop is None:
            return min(max(0.0, position_s), self.duration_s)
        return position_s if self.loop[0] <= position_s < self.loop[1] else self.loop[0]


@dataclass(frozen=True, slots=True)
class _Next:
    """A piece being computed, and which part of the recording it is."""

    start_s: float
    end_s: float
    piece: Future[Piece]


@dataclass(frozen=True, slots=True)
class _Put:
    """What was handed to the speaker.

    Attributes:
        at_s: From when in the playback.
        lasts_s: How long it sounds, once.
        start_s: Which part of the recording it is: from here,
        length_s: so much.
        repeats: Whether it was put there many times.
    """

    at_s: float
    lasts_s: float
    start_s: float
    length_s: float
    repeats: bool = False


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
