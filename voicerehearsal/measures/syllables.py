"""Syllables from the sound alone: each has one loud, voiced middle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.activity import Activity
from voicerehearsal.measures.levels import HOP_S, BandPowers, Contour, decibels

DIP_DB = 2.0
"""How deep the level must dip between two syllables (de Jong & Wempe 2009)."""

RANGE_DB = 25.0
"""Nuclei lie this close to the loudest, the 99th percentile (de Jong & Wempe 2009)."""

VOICED = 0.4
"""Periodicity from which a peak counts as voiced; weaker than for telling speech from noise, which is done by now."""

_SONORANT_BANDS = slice(1, 9)  # 250–3200 Hz: vowels, not hum, not hissing
_OVER_BACKGROUND = 2.0  # a band's background, and its fluctuation, taken off
_COMPRESSION = 0.33  # a band counts by about its loudness, not by its power
_SMOOTHING_SHARE = 0.2  # half width of the smoothing, as a share of a syllable's length
_SMOOTHING_S = (0.03, 0.11)
_FIRST_SMOOTHING_S = 0.04
_ROUNDS = 3


def syllable_nuclei(*, bands: BandPowers, voicing: Contour, activity: Activity) -> tuple[float, ...]:
    """When each syllable is at its loudest.

    The method of de Jong & Wempe (2009): peaks of the intensity that dip by 2 dB on both sides, lie near the loudest,
    and are voiced. Two changes, both measured to help: the intensity is of the vowels' bands, compressed, and it is
    smoothed by a fixed share of the syllable's own length, so that slow vowels are not split nor fast ones merged.

    Args:
        bands: From `levels.band_powers`, shape (n, bands).
        voicing: From `voicing.voicing`, one value every 20 ms.
        activity: Where the speaker sounds; peaks elsewhere are not counted.

    Returns:
        Seconds, ascending.
    """
    frames = min(len(bands), 2 * len(voicing))
    sounding = np.zeros(frames, np.bool_)
    for span in activity.sounding:
        sounding[round(span.start_s / HOP_S) : round(span.end_s / HOP_S)] = True
    if not sounding.any():
        return ()
    voice = np.maximum(bands[:frames, _SONORANT_BANDS] - _OVER_BACKGROUND * activity.background[_SONORANT_BANDS], 0)
    loudness = np.sum(voice**_COMPRESSION, axis=1) ** (1 / _COMPRESSION)
    # A frame's neighbours lend their voicing: a peak may fall between two gate frames.
    around = np.pad(np.repeat(voicing, 2)[:frames], 1)
    voiced = np.maximum.reduce([around[:-2], around[1:-1], around[2:]]) > VOICED
    smoothing_s, peaks = _FIRST_SMOOTHING_S, np.empty(0, np.intp)
    for _ in range(_ROUNDS):
        level = decibels(_blurred(loudness, smoothing_s))
        floor = np.percentile(level[sounding], 99) - RANGE_DB
        found = [p for p in _peaks(level) if level[p] > floor]
        peaks = np.array([p for p in _with_dips(level, found) if voiced[p] and sounding[p]], np.intp)
        if not len(peaks):
            return ()
        syllable_s = np.count_nonzero(level[sounding] > floor) * HOP_S / len(peaks)
        smoothing_s = float(np.clip(_SMOOTHING_SHARE * syllable_s, *_SMOOTHING_S))
    return tuple(float(p) * HOP_S + HOP_S / 2 for p in peaks)


def _blurred(loudness: NDArray[np.float32], half_width_s: float) -> NDArray[np.float32]:
    """Smoothed by a raised cosine."""
    half = half_width_s / HOP_S
    reach = np.arange(-int(half), int(half) + 1)
    bell = 0.5 + 0.5 * np.cos(np.pi * reach / half)
    reach_frames = len(bell) // 2
    blurred: NDArray[np.float32] = np.convolve(loudness, bell / bell.sum())[reach_frames : reach_frames + len(loudness)]
    return blurred.astype(np.float32)


def _peaks(level: Contour) -> NDArray[np.intp]:
    """Local maxima, the ends left out."""
    change = np.diff(level)
    return np.flatnonzero((change[:-1] > 0) & (change[1:] <= 0)) + 1


def _with_dips(level: Contour, peaks: Sequence[int]) -> list[int]:
    """Of peaks without a dip of `DIP_DB` between them, the highest."""
    kept: list[int] = []
    for peak in peaks:
        while kept:
            dip = min(level[kept[-1]], level[peak]) - level[kept[-1] : peak + 1].min()
            if dip >= DIP_DB or level[peak] <= level[kept[-1]]:
                break
            kept.pop()
        if not kept or min(level[kept[-1]], level[peak]) - level[kept[-1] : peak + 1].min() >= DIP_DB:
            kept.append(peak)
    return kept
