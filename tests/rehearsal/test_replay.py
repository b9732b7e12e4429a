"""Listening again, on the virtual card: positions, jumps, speeds."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from tests.engines.test_portaudio import on_card, speaker  # noqa: F401 - fixtures
from voicerehearsal.engines.portaudio_speaker import PortAudioSpeaker
from voicerehearsal.engines.time_stretch import stretched
from voicerehearsal.rehearsal.replay import SPEEDS, Replay, next_pause, word_at
from voicerehearsal.values import Silence, Sound, Word

RATE_HZ = 16_000
WORDS = (Word("one", 0.5, 0.9, 1.0), Word("two", 1.0, 1.4, 1.0), Word("three", 3.0, 3.5, 1.0))


@pytest.fixture
def played(speaker: PortAudioSpeaker) -> Replay:  # noqa: F811
    """Forty seconds to listen to."""
    tone = 3000 * np.sin(2 * np.pi * 200 * np.arange(40 * RATE_HZ) / RATE_HZ)
    return Replay(Sound(tone.astype(np.int16), RATE_HZ), speaker, stretched)


def _wait(played: Replay, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        played.go_on()
        time.sleep(0.02)


def test_it_plays_pauses_and_goes_on_where_it_was(played: Replay) -> None:
    """Paused, the position stands still; going on starts from there."""
    played.play()
    _wait(played, lambda: played.position_s > 0.5)
    played.pause()
    at_s = played.position_s
    time.sleep(0.2)
    assert played.position_s == at_s
    assert not played.playing
    played.play()
    _wait(played, lambda: played.position_s > at_s + 0.3)


def test_jumps_stay_inside_the_recording(played: Replay) -> None:
    """Back beyond the start is the start; forth beyond the end is the end, and then it is over."""
    played.play()
    played.jump(-5)
    assert played.position_s < 0.2
    played.jump(+10)
    assert 10.0 <= played.position_s < 10.5
    played.jump(+60)
    _wait(played, lambda: played.over)


def test_twice_as_fast_takes_half_the_time_across_its_pieces(played: Replay) -> None:
    """At 2× the position runs twice as fast, and goes on over the seam of two computed pieces."""
    played.change_speed(+99)
    assert played.speed == SPEEDS[-1]
    played.play(10.0)
    _wait(played, lambda: played.position_s > 10.2)
    began_s, from_s = time.monotonic(), played.position_s
    _wait(played, lambda: played.position_s > 28.0, 20.0)
    assert (played.position_s - from_s) / (time.monotonic() - began_s) == pytest.approx(2.0, rel=0.15)


def test_slower_and_faster_move_along_the_speeds(played: Replay) -> None:
    """Steps stop at the slowest and the fastest; one up and one down is where it was."""
    played.change_speed(-99)
    assert played.speed == SPEEDS[0]
    played.change_speed(+1)
    played.change_speed(-1)
    assert played.speed == SPEEDS[0]


def test_the_word_being_heard() -> None:
    """The last word that began; none before the first."""
    assert word_at(WORDS, 0.1) is None
    assert word_at(WORDS, 0.6) == 0
    assert word_at(WORDS, 2.0) == 1
    assert word_at(WORDS, 99.0) == 2


def test_the_next_pause_is_heard_from_a_second_before() -> None:
    """`p` goes on from pause to pause, and stays where it is after the last."""
    silences = (Silence(2.0, 2.5, "short"), Silence(6.0, 8.0, "long"))
    assert next_pause(silences, 0.0) == 1.0
    assert next_pause(silences, 1.0) == 5.0
    assert next_pause(silences, 5.0) is None
