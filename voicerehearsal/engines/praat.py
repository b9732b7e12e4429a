"""Pitch through parselmouth: Praat's algorithm."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, VoiceTracks

_STEP_S = 0.010
_STEP = round(_STEP_S * ANALYSIS_RATE_HZ)
_LOWEST_HZ = 45.0
"""Below the lowest voice of 50 Hz; and between 43 and 50 Hz the window, three periods, takes six steps and a part, so
that Praat's frames fall on the middles of rows, whatever the length: blocks join without a shift."""
_HIGHEST_HZ = 600.0
_SILENCE = 0.0
"""Praat's own 0.03 calls silent what is weak against the loudest sample of the *block*, so that a cough would unvoice
its neighbours and a room alone would count as loud. Where it is silent is known from elsewhere."""
_VOICED = 0.45
"""Praat's own: the strength from which a frame is voiced; white noise stays below."""
_SHORTEST = 2200  # samples; more than Praat's longest window at the lowest pitch


class PraatPhonetics:
    """Boersma's pitch (1993, autocorrelation)."""

    def tracks(self, samples: Samples) -> VoiceTracks:
        """Of int16 mono at `ANALYSIS_RATE_HZ`, shape (n,): n // 160 rows; shorter than a window gives unvoiced rows."""
        rows = len(samples) // _STEP
        if len(samples) < _SHORTEST:
            return VoiceTracks(np.zeros(rows, np.float32), np.zeros(rows, np.float32))
        import parselmouth

        sound = parselmouth.Sound(samples[: rows * _STEP] / 32768.0, ANALYSIS_RATE_HZ)
        pitch = sound.to_pitch_ac(
            time_step=_STEP_S,
            pitch_floor=_LOWEST_HZ,
            pitch_ceiling=_HIGHEST_HZ,
            silence_threshold=_SILENCE,
            voicing_threshold=_VOICED,
        )
        chosen = pitch.selected_array
        at = _nearest(rows, pitch.x1, len(chosen))
        return VoiceTracks(_put(chosen["frequency"], at), _put(chosen["strength"], at))


def _nearest(rows: int, first_s: float, count: int) -> NDArray[np.intp]:
    """For each row the number of Praat's frame nearest to it, −1 where there is none."""
    at = np.rint(((np.arange(rows) + 0.5) * _STEP_S - first_s) / _STEP_S).astype(np.intp)
    return np.where((at >= 0) & (at < count), at, -1)


def _put(values: NDArray[np.float64], at: NDArray[np.intp]) -> NDArray[np.float32]:
    """The values at those frames, 0 where there is none."""
    return np.where(at >= 0, values[at], 0).astype(np.float32)
