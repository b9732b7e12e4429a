"""Listening again, on the virtual card: positions, jumps, speeds, the smile and the telephone line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pytest

from tests.engines.test_portaudio import on_card  # noqa: F401 - a fixture
from tests.virtual_card import VirtualCard
from voicerehearsal.engines.portaudio_speaker import PortAudioSpeaker
from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.engines.time_stretch import stretched
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.rehearsal.replay import Replay, next_moment, word_at
from voicerehearsal.rehearsal.treatment import PLAIN, SPEEDS, Treatment, treated
from voicerehearsal.values import Sound, Word

RATE_HZ = 16_000
WORDS = (Word("one", 0.5, 0.9, 1.0), Word("two", 1.0, 1.4, 1.0), Word("three", 3.0, 3.5, 1.0))


TREAT = partial(treated, add_smile=with_smile, stretch=stretched)


@pytest.fixture(scope="module")
def speaker(on_card: VirtualCard) -> Iterator[PortAudioSpeaker]:  # noqa: F811
    """The card's speaker, awake."""
    device = PortAudioSpeaker()
    woken = device.play(Sound(np.zeros(RATE_HZ // 5, np.int16), RATE_HZ))
    while not woken.done:
        time.sleep(0.01)
    yield device
    device.close()


@pytest.fixture
def played(speaker: PortAudioSpeaker) -> Iterator[Replay]:
    """Forty seconds to listen to."""
    tone = 3000 * np.sin(2 * np.pi * 200 * np.arange(40 * RATE_HZ) / RATE_HZ)
    replay = Replay(Sound(tone.astype(np.int16), RATE_HZ), speaker, TREAT)
    yield replay
    replay.pause()


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
    assert played.treatment.speed == SPEEDS[-1]
    played.play(10.0)
    _wait(played, lambda: played.position_s > 10.2)
    began_s, from_s = time.monotonic(), played.position_s
    _wait(played, lambda: played.position_s > 17.0)
    assert (played.position_s - from_s) / (time.monotonic() - began_s) == pytest.approx(2.0, rel=0.15)


def test_slower_and_faster_move_along_the_speeds(played: Replay) -> None:
    """Steps stop at the slowest and the fastest; one up and one down is where it was."""
    played.change_speed(-99)
    assert played.treatment.speed == SPEEDS[0]
    played.change_speed(+1)
    played.change_speed(-1)
    assert played.treatment.speed == SPEEDS[0]


def test_the_word_being_heard() -> None:
    """The last word that began; none before the first."""
    assert word_at(WORDS, 0.1) is None
    assert word_at(WORDS, 0.6) == 0
    assert word_at(WORDS, 2.0) == 1
    assert word_at(WORDS, 99.0) == 2


def test_the_next_moment_is_heard_from_a_second_before() -> None:
    """It goes on from moment to moment, and stays where it is after the last."""
    assert next_moment([2.0, 6.0], 0.0) == 1.0
    assert next_moment([2.0, 6.0], 1.0) == 5.0
    assert next_moment([2.0, 6.0], 5.0) is None
    assert next_moment([], 0.0) is None


def test_switching_goes_on_from_the_same_place(played: Replay) -> None:
    """Smile and telephone line come and go while it plays: never half a second off, and the rest goes on."""
    played.play(10.0)
    _wait(played, lambda: played.position_s > 10.3)
    for switch in (played.switch_smile, played.switch_phone_line, played.switch_smile, played.switch_phone_line):
        before_s = played.position_s
        switch()
        assert played.playing
        assert before_s <= played.position_s < before_s + 0.5
        _wait(played, lambda: played.position_s > before_s + 0.3)  # noqa: B023 - called at once
    assert played.treatment == PLAIN


def test_switching_while_paused_stays_paused(played: Replay) -> None:
    """What is heard next is treated; the place is the same."""
    played.move_to(7.0)
    played.switch_smile()
    played.change_speed(-1)
    assert not played.playing
    assert played.position_s == 7.0
    assert played.treatment == Treatment(speed=0.9, smile=True)


def test_a_smile_goes_on_over_the_seams_in_time(played: Replay) -> None:
    """Several pieces on, the position has run as the clock has, but for a blink at each seam."""
    played.switch_smile()
    played.play(20.0)
    _wait(played, lambda: played.position_s > 20.1)
    began_s, from_s = time.monotonic(), played.position_s
    _wait(played, lambda: played.position_s > 24.0)
    assert time.monotonic() - began_s == pytest.approx(played.position_s - from_s, abs=0.6)
    played.move_to(39.5)
    _wait(played, lambda: played.over)


def test_seams_lie_where_it_is_quiet(speaker: PortAudioSpeaker) -> None:
    """A recording with a pause each second is cut inside pauses, without a gap, and never asked for at great length."""
    asked: list[Sound] = []

    def note(piece: Sound, treatment: Treatment) -> Sound:
        asked.append(piece)
        return Sound(piece.samples[:160], piece.sample_rate_hz)

    t = np.arange(60 * RATE_HZ) / RATE_HZ
    samples = np.where(t % 1.0 < 0.8, 3000 * np.sin(2 * np.pi * 200 * t), 0).astype(np.int16)
    replay = Replay(Sound(samples, RATE_HZ), speaker, note)
    replay.switch_smile()
    replay.play()
    _wait(replay, lambda: replay.over)
    seam = RATE_HZ // 100  # so much of the next piece each has at its end, into which that is blended
    bodies = [piece.samples[:-seam] for piece in asked[:-1]] + [asked[-1].samples]
    assert (np.concatenate(bodies) == samples).all()
    assert asked[0].duration_s <= 0.7
    assert max(piece.duration_s for piece in asked) <= 6.1
    assert len(asked) < 24
    assert not any(body[0] or body[-1] for body in bodies[2:-1])


@pytest.mark.parametrize("smile", [False, True])
@pytest.mark.parametrize("phone_line", [False, True])
@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_treatments_go_together(speed: float, smile: bool, phone_line: bool) -> None:
    """Whatever is combined, a piece lasts its length over the speed; the telephone line comes last."""
    rng = np.random.default_rng(3)
    piece = Sound(rng.normal(0, 3000, 2 * RATE_HZ).astype(np.int16), RATE_HZ)
    heard = TREAT(piece, Treatment(speed, smile, phone_line))
    assert heard.duration_s == pytest.approx(piece.duration_s / speed, abs=0.0002)
    if phone_line:
        without = TREAT(piece, Treatment(speed, smile, phone_line=False))
        assert (heard.samples == through_phone_line(without).samples).all()
    if speed == 1.0 and not phone_line:
        assert (heard.samples == (with_smile(piece) if smile else piece).samples).all()
