"""Everything that is heard in the sound itself, without a word understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.levels import HOP, BandPowers, Contour, band_powers
from voicerehearsal.measures.syllables import syllable_nuclei
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Samples, Span

_GATE_FRAME = round(GATE_FRAME_S * ANALYSIS_RATE_HZ)
_BLOCK = 5 * ANALYSIS_RATE_HZ
_AHEAD = ANALYSIS_RATE_HZ // 10
"""More than any window reaches beyond its frame."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the other measures need of the sound.

    Attributes:
        sounding: Stretches in which the speaker sounds, in order; empty when nobody spoke.
        nuclei_s: When each syllable is at its loudest, in seconds.
    """

    sounding: tuple[Span, ...]
    nuclei_s: tuple[float, ...]


class Tracks:
    """Band powers and voicing of a sound that is still arriving, so that little is left to compute at its end."""

    def __init__(self) -> None:
        self._blocks = 0
        self._bands: list[BandPowers] = []
        self._voicing: list[Contour] = []

    def follow(self, *, samples: Samples) -> None:
        """Compute what can be known by now; `samples` is all sound so far, int16 mono at `ANALYSIS_RATE_HZ`."""
        while len(samples) >= (self._blocks + 1) * _BLOCK + _AHEAD:
            self._compute(samples, self._blocks + 1)
            self._blocks += 1

    def finish(self, *, samples: Samples) -> tuple[BandPowers, Contour]:
        """Both tracks of the whole sound, as `band_powers` and `voicing` give them."""
        self.follow(samples=samples)
        self._compute(samples, None)
        return np.concatenate(self._bands), np.concatenate(self._voicing)

    def _compute(self, samples: Samples, end_block: int | None) -> None:
        for step, track, values in ((HOP, band_powers, self._bands), (_GATE_FRAME, voicing, self._voicing)):
            end = None if end_block is None else end_block * _BLOCK // step
            values.append(track(samples=samples, first_frame=self._blocks * _BLOCK // step, end_frame=end))


def hear(*, samples: Samples, gate: NDArray[np.bool_], tracks: Tracks | None = None) -> Heard:
    """Find speech and syllables.

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        gate: The speech gate's decision for each whole `GATE_FRAME_S`, shape (n // 320,).
        tracks: What was computed of the same sound as it arrived.

    Returns:
        Stretches of speech and syllable nuclei, in seconds from the first sample.
    """
    bands, periodicity = (tracks or Tracks()).finish(samples=samples)
    activity = find_activity(bands=bands, voicing=periodicity, gate=gate)
    return Heard(activity.sounding, syllable_nuclei(bands=bands, voicing=periodicity, activity=activity))
