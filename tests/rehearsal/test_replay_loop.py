"""What a replay hands to the speaker, sample by sample: seeking, pieces, and a part heard over and over."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
import pytest

from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.engines.time_stretch import stretched
from voicerehearsal.errors import UsageError
from voicerehearsal.rehearsal.replay import Replay
from voicerehearsal.rehearsal.treatment import PLAIN, Treatment, treated
from voicerehearsal.values import Samples, Sound

RATE_HZ = 16_000
RAMP = RATE_HZ // 100
TREAT = partial(treated, add_smile=with_smile, stretch=stretched)


class Tape:
    """A speaker whose time passes when it is told to, and the playback that is on it."""

    def __init__(self) -> None:
        self.name = "tape"
        self.position_s = 0.0
        self._more = False
        self._stopped = False
        self.sounds: list[Sound] = []

    def wake(self) -> None:
        """It never sleeps."""

    def close(self) -> None:
        """It has no device."""

    def play(self, sound: Sound, *, more: bool = False) -> Tape:
        """Begin a new tape."""
        self.sounds, self.position_s, self._stopped = [], 0.0, False
        self.follow(sound, more=more)
        return self

    def follow(self, sound: Sound, *, more: bool = False) -> None:
        """Go on writing."""
        self.sounds.append(sound)
        self._more = more

    def stop(self) -> None:
        """Write no more."""
        self._stopped = True

    @property
    def heard(self) -> Samples:
        """Everything that was put on it."""
        return np.concatenate([sound.samples for sound in self.sounds])

    @property
    def length_s(self) -> float:
        """How long that is."""
        return sum(sound.duration_s for sound in self.sounds)

    @property
    def given_s(self) -> float:
        """As far as it was heard."""
        return self.position_s

    @property
    def end_time_s(self) -> float | None:
        """Known once the last piece is on it."""
        return None if self._more else self.length_s

    @property
    def done(self) -> bool:
        """Whether all of it was heard."""
        return self._stopped or (not self._more and self.position_s >= self.length_s)


def _voice(seconds: float) -> Samples:
    """Something that never repeats itself and has neither silence nor steps."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(6000 * np.sin(2 * np.pi * (150 * t + 4 * t**2)) + 1000 * np.sin(310 * t), np.int16)


def _hear(replay: Replay, tape: Tape, seconds: float, *, step_s: float = 0.25) -> None:
    """Let time pass, as often asking it to go on as a listener's page does, and waiting for what is being computed."""
    for _ in range(round(seconds / step_s)):
        tape.position_s = min(tape.position_s + step_s, tape.length_s)
        deadline = time.monotonic() + 5
        while True:
            replay.go_on()
            if replay.over or tape.length_s - tape.position_s > 2 * step_s or tape.end_time_s is not None:
                break
            assert time.monotonic() < deadline, "no next piece came"
            time.sleep(0.002)


def test_a_recording_is_heard_as_it_is_over_all_pieces() -> None:
    """Half a minute, played plainly in several pieces, comes out bit by bit as it was recorded."""
    samples, tape = _voice(30.0), Tape()
    replay = Replay(Sound(samples, RATE_HZ), tape, TREAT)
    replay.play()
    _hear(replay, tape, 31.0)
    assert replay.over
    assert len(tape.sounds) > 3
    assert (tape.heard == samples).all()


def test_a_jump_is_exact_and_does_not_click() -> None:
    """From the end of a ramp of 10 ms every sample is that of the place jumped to; the ramp begins at nothing."""
    samples, tape = _voice(10.0), Tape()
    replay = Replay(Sound(samples, RATE_HZ), tape, TREAT)
    replay.play(4.321)
    start = round(4.321 * RATE_HZ)
    heard = tape.heard
    assert (heard[RAMP:] == samples[start + RAMP : start + len(heard)]).all()
    assert abs(int(heard[0])) < 100
    replay.pause()
    assert replay.position_s == 4.321


def test_a_loop_repeats_exactly_without_a_step_or_a_gap() -> None:
    """Round after round the same samples, as many as were marked; but for the blend they are the recording's."""
    samples, tape = _voice(10.0), Tape()
    replay = Replay(Sound(samples, RATE_HZ), tape, TREAT)
    replay.loop_over((2.0, 2.5))
    replay.play()
    _hear(replay, tape, 5.0)
    first, count = 2 * RATE_HZ, RATE_HZ // 2
    rounds = tape.heard[: len(tape.heard) // count * count].reshape(-1, count)
    assert len(rounds) >= 10
    assert (rounds[1:] == rounds[1]).all()
    assert (rounds[:, RAMP:] == samples[first + RAMP : first + count]).all()
    steps = np.abs(np.diff(tape.heard.astype(int)))
    assert steps.max() <= np.abs(np.diff(samples.astype(int))).max() + 200
    assert not replay.over


@pytest.mark.parametrize("treatment", [PLAIN, Treatment(0.5), Treatment(2.0, smile=True), Treatment(phone_line=True)])
def test_a_loop_lasts_its_length_over_the_speed_however_it_sounds(treatment: Treatment) -> None:
    """A loop of three seconds, computed in pieces at first, comes round in time; the place is always inside of it."""
    tape = Tape()
    replay = Replay(Sound(_voice(10.0), RATE_HZ), tape, TREAT)
    replay.change_to(treatment)
    replay.loop_over((3.0, 6.0))
    replay.play()
    length_s = 3.0 / treatment.speed
    for rounds in (0.25, 1.25, 2.25, 3.25):
        _hear(replay, tape, rounds * length_s - tape.position_s, step_s=0.125)
        assert replay.position_s == pytest.approx(3.75, abs=0.01)


def test_a_loop_keeps_the_listener_inside_until_it_is_taken_away() -> None:
    """Outside of it one is brought to its beginning; without it the recording goes on to its end."""
    samples, tape = _voice(6.0), Tape()
    replay = Replay(Sound(samples, RATE_HZ), tape, TREAT)
    replay.move_to(5.0)
    replay.loop_over((1.0, 2.0))
    assert replay.position_s == 1.0
    replay.play()
    replay.move_to(1.5)
    assert replay.position_s == 1.5
    _hear(replay, tape, 1.0)
    assert replay.position_s == pytest.approx(1.5, abs=0.01)
    replay.loop_over(None)
    assert replay.playing
    _hear(replay, tape, 5.0)
    assert replay.over
    assert (tape.heard[-RATE_HZ:] == samples[-RATE_HZ:]).all()


def test_too_short_a_loop_is_refused() -> None:
    """A loop of a few periods would be a buzz: the message says how much to mark."""
    replay = Replay(Sound(_voice(2.0), RATE_HZ), Tape(), TREAT)
    with pytest.raises(UsageError, match=r"too short.*0\.1 s"):
        replay.loop_over((1.0, 1.02))
