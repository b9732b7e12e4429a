"""Everything that is heard in the sound itself, without a word understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.levels import BandPowers
from voicerehearsal.measures.syllables import syllable_nuclei
from voicerehearsal.measures.tracks import SoundTracks
from voicerehearsal.values import Span


@dataclass(frozen=True, slots=True)
class Sounds:
    """What the other measures need of the sound.

    Attributes:
        tracks: What was computed moment by moment.
        sounding: Stretches in which the speaker sounds, in order; empty when nobody spoke.
        nuclei_s: When each syllable is at its loudest, in seconds.
        background: Power of the background in each band, shape (13,).
    """

    tracks: SoundTracks
    sounding: tuple[Span, ...]
    nuclei_s: tuple[float, ...]
    background: BandPowers


def hear(*, tracks: SoundTracks, gate: NDArray[np.bool_]) -> Sounds:
    """Find speech and syllables.

    Args:
        tracks: Of the whole sound.
        gate: The speech gate's decision for each whole `GATE_FRAME_S`, shape (n // 320,).

    Returns:
        Stretches of speech and syllable nuclei, in seconds from the first sample.
    """
    activity = find_activity(bands=tracks.bands, voicing=tracks.voicing, gate=gate)
    nuclei_s = syllable_nuclei(bands=tracks.bands, voicing=tracks.voicing, activity=activity)
    return Sounds(tracks, activity.sounding, nuclei_s, activity.background)
