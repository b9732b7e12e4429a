"""Everything that is heard in the sound itself, without a word understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.measures.syllables import syllable_nuclei
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.values import Samples, Span


@dataclass(frozen=True, slots=True)
class Heard:
    """What the other measures need of the sound.

    Attributes:
        sounding: Stretches in which the speaker sounds, in order; empty when nobody spoke.
        nuclei_s: When each syllable is at its loudest, in seconds.
    """

    sounding: tuple[Span, ...]
    nuclei_s: tuple[float, ...]


def hear(*, samples: Samples, gate: NDArray[np.bool_]) -> Heard:
    """Find speech and syllables.

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        gate: The speech gate's decision for each whole `GATE_FRAME_S`, shape (n // 320,).

    Returns:
        Stretches of speech and syllable nuclei, in seconds from the first sample.
    """
    bands = band_powers(samples=samples)
    periodicity = voicing(samples=samples)
    activity = find_activity(bands=bands, voicing=periodicity, gate=gate)
    return Heard(activity.sounding, syllable_nuclei(bands=bands, voicing=periodicity, activity=activity))
