"""When an answer is over."""

from __future__ import annotations

import numpy as np
import pytest

from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.rehearsal.endpoint import Endpointer, level_dbfs
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples

FRAME = 320


def _speechlike(seconds: float, level: float = 3000.0) -> Samples:
    """A buzz at 120 Hz under a syllable-like envelope, which the gate takes for a voice."""
    at = np.arange(int(seconds * ANALYSIS_RATE_HZ)) / ANALYSIS_RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 120 * k * at) / k for k in range(1, 25))
    envelope = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * at)
    return (level * buzz / 2 * envelope).astype(np.int16)


def _noise(seconds: float, level: float) -> Samples:
    return (np.random.default_rng(3).standard_normal(int(seconds * ANALYSIS_RATE_HZ)) * level).astype(np.int16)


def _hear(endpointer: Endpointer, sound: Samples, *, muted: bool = False, gate: WebrtcGate | None = None) -> None:
    gate = gate or WebrtcGate()
    for at in range(0, len(sound) - FRAME + 1, FRAME):
        frame = sound[at : at + FRAME]
        endpointer.hear(frame, gate=gate.speech(frame), muted=muted)


def test_a_silence_before_the_first_sound_never_ends_an_answer() -> None:
    """Someone who thinks for a minute is waited for."""
    endpointer = Endpointer(end_silence_s=4.0)
    _hear(endpointer, _noise(60, 20))
    assert not endpointer.started
    assert not endpointer.over
    assert endpointer.silence_s == 0


@pytest.mark.parametrize("noise", [5.0, 60.0, 250.0])
def test_an_answer_ends_once_the_silence_has_lasted(noise: float) -> None:
    """After speech, 4 s of silence end the answer, and 3.5 s do not, in a quiet room and a noisy one."""
    endpointer = Endpointer(end_silence_s=4.0)
    gate = WebrtcGate()
    speech = _speechlike(3)
    _hear(endpointer, _noise(1, noise), gate=gate)
    _hear(endpointer, speech + _noise(3, noise), gate=gate)
    assert endpointer.started
    _hear(endpointer, _noise(3.5, noise), gate=gate)
    assert not endpointer.over
    _hear(endpointer, _noise(1.0, noise), gate=gate)
    assert endpointer.over


def test_a_mute_is_never_a_silence() -> None:
    """Ten muted seconds do not end an answer, and the silence is counted afresh after them."""
    endpointer = Endpointer(end_silence_s=2.0)
    _hear(endpointer, _noise(1, 5))
    _hear(endpointer, _speechlike(2))
    _hear(endpointer, np.zeros(10 * ANALYSIS_RATE_HZ, np.int16), muted=True)
    assert endpointer.started
    assert not endpointer.over
    _hear(endpointer, _noise(1.5, 5))
    assert not endpointer.over
    _hear(endpointer, _noise(1.0, 5))
    assert endpointer.over


@pytest.mark.parametrize("noise", [5.0, 100.0, 300.0])
def test_a_mute_before_the_first_word_starts_nothing(noise: float) -> None:
    """The zeros of a mute do not make the room's noise stand out, however long it is waited."""
    endpointer = Endpointer(end_silence_s=2.0)
    gate = WebrtcGate()
    _hear(endpointer, _noise(3, noise), gate=gate)
    _hear(endpointer, np.zeros(3 * ANALYSIS_RATE_HZ, np.int16), muted=True, gate=gate)
    _hear(endpointer, _noise(20, noise), gate=gate)
    assert not endpointer.started
    assert not endpointer.over


def test_a_click_is_not_speech() -> None:
    """A key-stroke neither starts an answer nor keeps it open."""
    click = _noise(0.03, 8000)
    sound = np.concatenate([_noise(1, 10), click, _noise(1, 10), click, _noise(1, 10)])
    endpointer = Endpointer(end_silence_s=4.0)
    _hear(endpointer, sound)
    assert not endpointer.started


def test_level_of_a_full_scale_square_wave_is_zero() -> None:
    """The scale of the meter: a square wave at full scale is 0 dB, half of it -6.02, silence -90."""
    square = np.where(np.arange(1600) % 2, 32767, -32767).astype(np.int16)
    assert level_dbfs(square) == pytest.approx(0.0, abs=0.01)
    assert level_dbfs((square // 2).astype(np.int16)) == pytest.approx(-6.02, abs=0.01)
    assert level_dbfs(np.zeros(320, np.int16)) == -90.0
