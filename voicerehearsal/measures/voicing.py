"""Whether the vocal folds swing: the periodicity of the sound, moment by moment."""

from __future__ import annotations

import numpy as np

from voicerehearsal.measures.levels import Contour, frames_of
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Samples

LOWEST_VOICE_HZ = 75
HIGHEST_VOICE_HZ = 400

_STEP = 4  # 4 kHz is enough for periods, and cheap
_RATE_HZ = ANALYSIS_RATE_HZ // _STEP
_HOP = round(GATE_FRAME_S * _RATE_HZ)
_WINDOW = 192  # 48 ms: more than three periods of the lowest voice
_FFT = 384
_BAND_HZ = (70, 1100)  # pitch and first formant; hum and rumble lie below
_FRAMES_AT_ONCE = 1000


def voicing(*, samples: Samples) -> Contour:
    """How periodic the sound is in each gate frame.

    The highest peak of the normalised autocorrelation at a voice's period, divided by that of the window (Boersma
    1993, without his path search: no pitch is needed here, only whether there is one).

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).

    Returns:
        About 0 for noise and silence, towards 1 for a steady vowel; one value every 20 ms, shape (n // 320,).
    """
    count = len(samples) // (_HOP * _STEP)
    periodicity = np.zeros(count, np.float32)
    slow = np.zeros(len(samples) // _STEP, np.int32)
    for step in range(_STEP):
        slow += samples[step::_STEP][: len(slow)]
    window = np.hanning(_WINDOW).astype(np.float32)
    hz = np.fft.rfftfreq(_FFT, 1 / _RATE_HZ)
    kept = ((hz > _BAND_HZ[0]) & (hz < _BAND_HZ[1])).astype(np.float32)
    shortest, longest = _RATE_HZ // HIGHEST_VOICE_HZ, _RATE_HZ // LOWEST_VOICE_HZ
    lags = slice(shortest - 1, longest + 2)
    own = np.fft.irfft(np.abs(np.fft.rfft(window, _FFT)) ** 2, _FFT)
    fading = (own[lags] / own[0]).astype(np.float32)
    for first in range(0, count, _FRAMES_AT_ONCE):
        last = min(first + _FRAMES_AT_ONCE, count)
        frames = frames_of(samples=slow, first=first, last=last, hop=_HOP, length=_WINDOW)
        spectrum = np.fft.rfft((frames - frames.mean(axis=1, keepdims=True)) * window, _FFT, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2) * kept
        likeness = np.fft.irfft(power, _FFT, axis=1)
        likeness = likeness[:, lags] / (likeness[:, :1] + 1.0) / fading
        inner = likeness[:, 1:-1]
        peaks = (inner >= likeness[:, :-2]) & (inner >= likeness[:, 2:])
        periodicity[first:last] = np.where(peaks, inner, 0).max(axis=1)
    return periodicity
