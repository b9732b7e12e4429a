"""Other speeds at the same pitch, and another pitch at the same speed."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from voicerehearsal.engines.time_stretch import FASTEST, SLOWEST, lowered, stretched
from voicerehearsal.values import Sound

SPEEDS = (0.5, 0.75, 0.9, 1.1, 1.5, 2.0)
RATE_HZ = 16_000


def vowel(f0_hz: float, duration_s: float = 3.0) -> Sound:
    """A voice on one vowel: 20 harmonics under formants at 700, 1200 and 2600 Hz."""
    t = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    harmonics = f0_hz * np.arange(1, 21)
    formants = np.array([[700.0], [1200.0], [2600.0]])
    weights = np.exp(-(((harmonics - formants) / 200) ** 2)).sum(axis=0) + 0.05
    sound = (weights[:, None] * np.sin(2 * np.pi * harmonics[:, None] * t)).sum(axis=0)
    return Sound((sound / np.abs(sound).max() * 12_000).astype(np.int16), RATE_HZ)


def f0_near(expected_hz: float, sound: Sound) -> float:
    """F0 in Hz within 30 % of the expected: the autocorrelation's peak, refined by a parabola."""
    middle = sound.samples[len(sound.samples) // 4 : -len(sound.samples) // 4].astype(float)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 2 * len(middle))) ** 2
    correlation = np.fft.irfft(spectrum)
    shortest, longest = int(RATE_HZ / expected_hz / 1.3), int(RATE_HZ / expected_hz * 1.3)
    lag = shortest + int(correlation[shortest:longest].argmax())
    before, at, after = correlation[lag - 1 : lag + 2]
    return float(RATE_HZ / (lag + (before - after) / (2 * (before - 2 * at + after))))


def centroid_hz(sound: Sound) -> float:
    """Where the middle of the power spectrum lies, which formants decide."""
    power = np.abs(np.fft.rfft(sound.samples)) ** 2
    return float((power * np.fft.rfftfreq(len(sound.samples), 1 / RATE_HZ)).sum() / power.sum())


@pytest.mark.parametrize("f0_hz", [110.0, 220.0])
@pytest.mark.parametrize("speed", SPEEDS)
def test_length_changes_and_pitch_does_not(speed: float, f0_hz: float) -> None:
    """The length is exact, F0 of a made voice stays within 1 %, its level within 1 dB."""
    sound = vowel(f0_hz)
    other = stretched(sound, speed)
    assert len(other.samples) == round(len(sound.samples) / speed)
    assert f0_near(f0_hz, sound) == pytest.approx(f0_hz, rel=0.003)
    assert f0_near(f0_hz, other) == pytest.approx(f0_hz, rel=0.01)
    levels = [s.samples.astype(float).std() for s in (sound, other)]
    assert abs(20 * np.log10(levels[1] / levels[0])) < 1.0


@pytest.mark.parametrize("speed", SPEEDS)
def test_words_come_when_the_clock_says(speed: float) -> None:
    """Bursts put at known times are found at time / speed within 25 ms, so that words can be lit as they sound."""
    samples = np.zeros(10 * RATE_HZ, np.int16)
    burst = (16_000 * np.sin(2 * np.pi * 500 * np.arange(RATE_HZ // 20) / RATE_HZ)).astype(np.int16)
    times_s = (1.0, 4.0, 8.5)
    for time_s in times_s:
        samples[round(time_s * RATE_HZ) :][: len(burst)] = burst
    loud = np.abs(stretched(Sound(samples, RATE_HZ), speed).samples.astype(int)) > 5_000
    for time_s in times_s:
        near = round((time_s / speed - 0.3) * RATE_HZ)
        first = near + int(loud[near:].argmax())
        assert first / RATE_HZ == pytest.approx(time_s / speed, abs=0.025)


def test_at_its_own_speed_the_same_sound_comes_back() -> None:
    """Speed 1 changes not one sample."""
    sound = vowel(150, 0.2)
    assert stretched(sound, 1.0) is sound


@pytest.mark.parametrize("length", [0, 1, 10, 100])
def test_next_to_nothing_is_stretched_too(length: int) -> None:
    """A few samples, or none, do not trip it."""
    assert len(stretched(Sound(np.full(length, 99, np.int16), RATE_HZ), 0.5).samples) == 2 * length


@pytest.mark.parametrize("speed", [SLOWEST - 0.01, FASTEST + 0.01, 0.0, -1.0, float("nan")])
def test_other_speeds_are_refused(speed: float) -> None:
    """Outside 0.5–2 there is a clear error."""
    with pytest.raises(ValueError, match=r"outside 0\.5–2"):
        stretched(vowel(150, 0.1), speed)


def test_a_deeper_voice_takes_as_long() -> None:
    """Four semitones down: F0 within 1 % of 2^(−4/12) times itself, formants with it, as many samples."""
    sound = vowel(180)
    deeper = lowered(sound, 4.0)
    assert len(deeper.samples) == len(sound.samples)
    assert f0_near(180 * 2 ** (-4 / 12), deeper) == pytest.approx(180 * 2 ** (-4 / 12), rel=0.01)
    assert centroid_hz(deeper) < 0.85 * centroid_hz(sound)


def test_pedalboard_is_loaded_only_when_used() -> None:
    """Importing the file costs nothing of pedalboard's 37 MB."""
    code = "import sys, voicerehearsal.engines.time_stretch; sys.exit('pedalboard' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
