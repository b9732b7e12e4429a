"""How evenly loud the voice is, and whether it fades or swells; the recording's own level does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S, BandPowers, decibels, smoothed
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import Span

LEAST_SYLLABLES = 20
LEAST_DRIFT_S = 25.0
"""Over less, what is said decides the slope; the shortest that has three windows of pace."""

_SMOOTHING = 5  # frames: 50 ms, a short vowel
_NEIGHBOURS = 31  # syllables, about 8 s: slower changes are the microphone's or the drift's, not variation
_LOUD_WEIGHT = 0.85  # of what is above the line, to 0.15 below: stressed syllables tell how loudly somebody speaks
_WEAK_DB = 6.0  # below the line; beyond, the weight falls off: swallowed syllables are found here and missed there
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Loudness:
    """Variation and drift of the voice's level.

    Attributes:
        sd_db: Standard deviation of the syllables' peak levels about their own neighbourhood, None when too few.
        drift_db_per_minute: How much louder it becomes in a minute, None when too short.
        missing: Why, by attribute.
    """

    sd_db: float | None
    drift_db_per_minute: float | None
    missing: dict[str, str]


def measure_loudness(
    *, bands: BandPowers, sounding: Sequence[Span], nuclei_s: Sequence[float], mutes: Sequence[Span] = ()
) -> Loudness:
    """Variation and drift of the level at which syllables peak.

    The variation is taken about a running median over 31 syllables, so that a step or slope of the whole level, as when
    a speaker moves from the microphone, adds next to nothing. The drift is the slope of an expectile (asymmetric least
    squares, Newey & Powell 1987) through the peaks, in which swallowed syllables hardly count.

    Args:
        bands: From `levels.band_powers`, shape (n, bands).
        sounding: Stretches of speech, in order.
        nuclei_s: When each syllable is at its loudest, in order.
        mutes: When the speaker had muted the line.
    """
    heard = without(spans=sounding, cut=mutes)
    starts = np.array([span.start_s for span in heard])
    ends = np.array([span.end_s for span in heard])
    times_s = np.asarray(nuclei_s, np.float64)
    place = np.searchsorted(starts, times_s, side="right") - 1
    if len(heard):
        times_s = times_s[(place >= 0) & (times_s <= ends[place])]
    if len(times_s) < LEAST_SYLLABLES or not len(heard):
        few = f"fewer than {LEAST_SYLLABLES} syllables"
        return Loudness(None, None, {"sd_db": few, "drift_db_per_minute": few})
    level = decibels(smoothed(powers=bands.sum(axis=1, keepdims=True), frames=_SMOOTHING)[:, 0])
    peaks_db = level[np.minimum((times_s / HOP_S).astype(np.intp), len(level) - 1)].astype(np.float64)
    sd_db = float(np.std(peaks_db - _neighbourhood_db(peaks_db)))
    if times_s[-1] - times_s[0] < LEAST_DRIFT_S:
        return Loudness(sd_db, None, {"drift_db_per_minute": f"less than {LEAST_DRIFT_S:.0f} s of speech to follow"})
    return Loudness(sd_db, 60 * _slope(times_s, peaks_db), {})


def _neighbourhood_db(peaks_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the `_NEIGHBOURS` syllables around each, those of the first or last full set at the ends."""
    count = min(_NEIGHBOURS, len(peaks_db))
    medians = np.median(sliding_window_view(peaks_db, count), axis=1)
    at = np.clip(np.arange(len(peaks_db)) - count // 2, 0, len(medians) - 1)
    around: NDArray[np.float64] = medians[at]
    return around


def _slope(times_s: NDArray[np.float64], peaks_db: NDArray[np.float64]) -> float:
    """Slope in dB per second of the expectile line, fitted by weighting again and again."""
    weights = np.ones(len(times_s))
    slope = 0.0
    for _ in range(_ROUNDS):
        time = times_s - np.average(times_s, weights=weights)
        level = peaks_db - np.average(peaks_db, weights=weights)
        slope = float(np.sum(weights * time * level) / np.sum(weights * time**2))
        above = level - slope * time
        below = (1 - _LOUD_WEIGHT) * (_WEAK_DB / np.maximum(-above, _WEAK_DB)) ** 2
        weights = np.where(above > 0, _LOUD_WEIGHT, below)
    return slope
