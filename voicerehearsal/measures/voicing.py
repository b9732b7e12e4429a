"""Whether the vocal folds swing: the periodicity of the sound, moment by moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
_MARGIN = 2  # frames that a window reaches beyond its own


def voicing(*, samples: Samples, first_frame: int = 0, end_frame: int | None = None) -> Contour:
    """How periodic the sound is in each gate frame.

    The highest peak of the normalised autocorrelation at a voice's period, divided by that of the window (Boersma
    1993, without his path search: no pitch is needed here, only whether there is one).

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        first_frame: Where to begin.
        end_frame: Where to end (exclusive), None for the end of the sound.

    Returns:
        About 0 for noise and silence, towards 1 for a steady vowel; one value every 20 ms, shape (n // 320,) for the
        whole sound.
    """
    end = len(samples) // (_HOP * _STEP) if end_frame is None else end_frame
    periodicity = np.zeros(end - first_frame, np.float32)
    window = np.hanning(_WINDOW).astype(np.float32)
    hz = np.fft.rfftfreq(_FFT, 1 / _RATE_HZ)
    kept = ((hz > _BAND_HZ[0]) & (hz < _BAND_HZ[1])).astype(np.float32)
    shortest, longest = _RATE_HZ // HIGHEST_VOICE_HZ, _RATE_HZ // LOWEST_VOICE_HZ
    lags = slice(shortest - 1, longest + 2)
    own = np.fft.irfft(np.abs(np.fft.rfft(window, _FFT)) ** 2, _FFT)
    fading = (own[lags] / own[0]).astype(np.float32)
    for first in range(first_frame, end, _FRAMES_AT_ONCE):
        last = min(first + _FRAMES_AT_ONCE, end)
        before = min(first, _MARGIN)
        slow = _slowed(samples[(first - before) * _HOP * _STEP : (last + _MARGIN) * _HOP * _STEP])
        frames = frames_of(samples=slow, first=before, last=before + last - first, hop=_HOP, length=_WINDOW)
        spectrum = np.fft.rfft((frames - frames.mean(axis=1, keepdims=True)) * window, _FFT, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2) * kept
        likeness = np.fft.irfft(power, _FFT, axis=1)
        likeness = likeness[:, lags] / (likeness[:, :1] + 1.0) / fading
        inner = likeness[:, 1:-1]
        peaks = (inner >= likeness[:, :-2]) & (inner >= likeness[:, 2:])
        periodicity[first - first_frame : last - first_frame] = np.where(peaks, inner, 0).max(axis=1)
    return periodicity


def _slowed(samples: Samples) -> NDArray[np.int32]:
    """The sound at a quarter of its rate, summed."""
    slow = np.zeros(len(samples) // _STEP, np.int32)
    for step in range(_STEP):
        slow += samples[step::_STEP][: len(slow)]
    return slow
