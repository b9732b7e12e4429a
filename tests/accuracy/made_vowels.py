"""Vowels with an F0 known at every sample: harmonics of a glottal source through a vocal tract, and noise on top."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.accuracy.synthesis import noise
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples

VOWELS: dict[str, tuple[tuple[float, float], ...]] = {
    "a": ((730, 90), (1090, 110), (2440, 170), (3400, 250), (4500, 300)),
    "i": ((270, 60), (2290, 100), (3010, 170), (3600, 250), (4500, 300)),
    "u": ((300, 65), (870, 90), (2240, 170), (3400, 250), (4500, 300)),
    "ə": ((500, 80), (1500, 100), (2500, 170), (3500, 250), (4500, 300)),
}
"""Centre and width of each formant in Hz (Peterson & Barney 1952, men; schwa: the uniform tube)."""

SPEECH_RMS = 0.08
_SLOPE_HZ = 100.0
_HIGHEST_HZ = 7600.0


def glide(start_hz: float, semitones: float, seconds: float) -> NDArray[np.float64]:
    """F0 at each sample, from `start_hz` evenly in semitones by `semitones` in all; 0 is a steady vowel."""
    time = np.arange(round(seconds * ANALYSIS_RATE_HZ)) / ANALYSIS_RATE_HZ
    return start_hz * 2 ** (semitones / 12 * time / seconds)


def sing(f0_hz: NDArray[np.float64], vowel: str = "a") -> NDArray[np.float64]:
    """The vowel at that F0, RMS `SPEECH_RMS`: harmonics that fall by 12 dB an octave, lifted by 6 at the lips."""
    phase = 2 * np.pi * np.cumsum(f0_hz) / ANALYSIS_RATE_HZ
    grid_hz = np.arange(0.0, 8001.0, 10.0)
    tract = _tract(grid_hz, VOWELS[vowel])
    wave = np.zeros(len(f0_hz))
    for number in range(1, int(_HIGHEST_HZ / f0_hz.min()) + 1):
        hz = number * f0_hz
        at = np.minimum(hz, 8000.0)
        height = np.where(hz < _HIGHEST_HZ, np.interp(at, grid_hz, np.abs(tract)), 0)
        wave += height * np.cos(number * phase + np.interp(at, grid_hz, np.unwrap(np.angle(tract))))
    return wave * SPEECH_RMS / np.sqrt(np.mean(wave**2))


def in_noise(wave: NDArray[np.float64], kind: str, snr_db: float, seed: int = 0) -> Samples:
    """The sound with a background (`synthesis.noise`) that far below its RMS, as int16; `inf` is no background."""
    background = noise(kind, len(wave), np.random.default_rng(seed)) * SPEECH_RMS * 10 ** (-snr_db / 20)
    return np.clip(np.round((wave + background) * 32768), -32768, 32767).astype(np.int16)


def _tract(hz: NDArray[np.float64], formants: tuple[tuple[float, float], ...]) -> NDArray[np.complex128]:
    """Source and tract together: H(f) of the resonances times j·f / (1 + j·f / 100 Hz)²."""
    s = 2j * np.pi * hz
    response = 1j * hz / (1 + 1j * hz / _SLOPE_HZ) ** 2
    for centre_hz, width_hz in formants:
        pole = -np.pi * width_hz + 2j * np.pi * centre_hz
        response = response * (abs(pole) ** 2 / ((s - pole) * (s - np.conj(pole))))
    return response
