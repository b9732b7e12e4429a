"""What surges are looked for in: running sums of level and rate, from which any stretch's means are read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicerehearsal.measures.levels import FLOOR_DB, HOP_S, BandPowers, Contour, decibels, smoothed
from voicerehearsal.measures.word_rate import word_times
from voicerehearsal.values import Span, Word

Numbers = NDArray[np.float64]
Frames = NDArray[np.intp]

SLOW_REACH = 6
"""Nuclei on either side: windows of about 3 s, whose level tells how much a speaker's ordinarily varies."""

_LEVEL_FRAMES = 5  # 50 ms around a nucleus
_LOUDEST_DB = 3.0  # over the loudest tenth of nuclei …
_LOUDEST_FRAMES = 97  # … and this percentile of frames: one word said loudly counts no more than that
_AROUND = 4  # nuclei on either side of one that is a peak when at least their median
_PLACE_IN_PHRASE_DB = ((2.0, 2.0, 1.2, 0.8, 0.4, 0.0), (-1.9, -1.0, -0.9, -0.9, -0.6, 0.0))
"""How far a phrase's first and last syllables lie from its middle, fitted on freely licensed recordings of English."""

_AWAY_FRAMES = 300  # 3 s that together …
_AWAY_DB = 3.0  # … lie this far under the ordinary: the head turned away, no ground for comparison
_ORDINARY = 40  # percentile of such stretches that is ordinary

_CHANGE_BANDS = 12  # up to 6.3 kHz
_CHANGE_FRAMES = 4  # the spectrum now and 40 ms later
_CHANGE_FLOOR = 10**-3.0 / 6  # of the power around, in each band: 30 dB down
_SURROUNDINGS = 100  # frames


@dataclass(frozen=True, slots=True)
class Level:
    """One way to tell how loud a stretch is: running sums over frames, each of shape (n + 1,)."""

    total: Numbers
    count: Numbers
    ordinary_total: Numbers
    """Of what may stand for the speaker's ordinary level."""
    ordinary_count: Numbers
    in_db: bool
    """Whether what was added up is in dB, or power."""

    def mean_db(self, total: Numbers, count: Numbers) -> Numbers:
        """Level from a sum and a count."""
        mean = total / np.maximum(count, 1)
        return mean if self.in_db else 10 * np.log10(np.maximum(mean, 10 ** (FLOOR_DB / 10)))


@dataclass(frozen=True, slots=True)
class SurgeSums:
    """Running sums over frames, each of shape (n + 1,)."""

    spoken: Numbers
    change: Numbers
    nuclei: Numbers
    ordinary: Numbers
    """Nuclei that may stand for the speaker's ordinary level …"""
    slow_db: Numbers
    slow_db2: Numbers
    """… and the level over some seconds around them, and its square."""
    levels: tuple[Level, ...]
    words: Numbers
    taken_s: Numbers
    expected: Numbers
    """How long the words would be at one speed."""


def surge_sums(
    *, bands: BandPowers, spoken: Sequence[Span], nuclei_s: Sequence[float], words: Sequence[Word]
) -> SurgeSums | None:
    """Add up what stretches are compared by.

    Args:
        bands: From `levels.band_powers`, shape (n, 13).
        spoken: Stretches of speech, in order.
        nuclei_s: When each syllable is at its loudest, ascending.
        words: As recognised, in order; empty where there are none.

    Returns:
        The sums; None where nothing was said.
    """
    frames = len(bands)
    sounds = np.zeros(frames, np.bool_)
    for span in spoken:
        sounds[round(span.start_s / HOP_S) : round(span.end_s / HOP_S)] = True
    at = np.asarray(nuclei_s, np.float64) / HOP_S
    at = at[at < frames].astype(np.intp)
    at = at[sounds[at]]
    if not len(at):
        return None
    power = smoothed(powers=bands[:, :_CHANGE_BANDS].sum(axis=1), frames=_LEVEL_FRAMES).astype(np.float64)
    level_db = _levels_db(decibels(power.astype(np.float32)), spoken, at)
    ordinary = _ordinary(at, level_db)
    peak = level_db >= _running_median(level_db, _AROUND)
    slow_db = _slow_db(level_db, peak)

    said = word_times(words)
    said_at = np.clip(said.at_s / HOP_S, 0, frames - 1).astype(np.intp)

    def sum_at(values: Numbers | NDArray[np.bool_] | float, at: Frames = at) -> Numbers:
        """Running sum of one value a nucleus, or a word."""
        track = np.zeros(frames)
        np.add.at(track, at, values * sounds[at])
        return _running(track)

    ordinary_frames = sounds & ordinary[np.minimum(np.searchsorted(at, np.arange(frames)), len(at) - 1)]
    held = np.minimum(power, np.percentile(power[sounds], _LOUDEST_FRAMES) * 10 ** (_LOUDEST_DB / 10))
    most = ordinary & peak
    return SurgeSums(
        _running(sounds),
        _running(_change(bands) * sounds),
        sum_at(1.0),
        sum_at(ordinary),
        sum_at(ordinary * slow_db),
        sum_at(ordinary * slow_db**2),
        (
            Level(sum_at(peak * level_db), sum_at(peak), sum_at(most * level_db), sum_at(most), in_db=True),
            Level(
                _running(held * sounds),
                _running(sounds),
                _running(held * ordinary_frames),
                _running(ordinary_frames),
                in_db=False,
            ),
        ),
        sum_at(1.0, said_at),
        sum_at(said.taken_s, said_at),
        sum_at(said.expected, said_at),
    )


def _running(track: NDArray[np.float64] | NDArray[np.bool_] | NDArray[np.float32]) -> Numbers:
    return np.concatenate([[0.0], np.cumsum(track, dtype=np.float64)])


def _levels_db(contour_db: Contour, spoken: Sequence[Span], at: Frames) -> Numbers:
    """Level of each nucleus, as if it stood in the middle of its phrase, the loudest held back; shape (nuclei,)."""
    level = contour_db[at].astype(np.float64)
    edges = np.searchsorted(at, [round(span.start_s / HOP_S) for span in spoken])
    phrase = np.searchsorted(edges, np.arange(len(at)), side="right") - 1
    first = edges[phrase]
    last = np.append(edges[1:], len(at))[phrase] - 1
    here = np.arange(len(at))
    profile = [np.array(side) for side in _PLACE_IN_PHRASE_DB]
    level -= profile[0][np.minimum(here - first, len(profile[0]) - 1)]
    level -= profile[1][np.minimum(last - here, len(profile[1]) - 1)]
    return np.minimum(level, np.percentile(level, 90) + _LOUDEST_DB)


def _running_median(values: Numbers, reach: int) -> Numbers:
    """Of each value and `reach` on either side, the outermost repeated; same shape."""
    windows = sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)
    median: Numbers = np.median(windows, axis=1)
    return median


def _slow_db(level_db: Numbers, peak: NDArray[np.bool_]) -> Numbers:
    """Level of the peaks over some seconds around each nucleus, about the whole answer's; shape (nuclei,)."""
    here = np.arange(len(level_db))
    low = np.maximum(here - SLOW_REACH, 0)
    high = np.minimum(here + SLOW_REACH + 1, len(here))
    total, count = _running(peak * level_db), _running(peak)
    slow = (total[high] - total[low]) / np.maximum(count[high] - count[low], 1)
    around: Numbers = slow - slow.mean()
    return around


def _ordinary(at: Frames, level_db: Numbers) -> NDArray[np.bool_]:
    """Which nuclei lie where the voice was not held away from the microphone."""
    total = _running(10 ** (level_db / 20))
    low = np.searchsorted(at, at - _AWAY_FRAMES // 2)
    high = np.searchsorted(at, at + _AWAY_FRAMES // 2, side="right")
    around_db = 20 * np.log10((total[high] - total[low]) / (high - low))
    ordinary: NDArray[np.bool_] = around_db > np.percentile(around_db, _ORDINARY) - _AWAY_DB
    return ordinary


def _change(bands: BandPowers) -> NDArray[np.float32]:
    """How far the shape of the spectrum moves in 40 ms, in dB, whatever its level; shape (n,)."""
    powers = smoothed(powers=bands[:, :_CHANGE_BANDS], frames=3)
    around = smoothed(powers=powers.sum(axis=1), frames=_SURROUNDINGS)
    shape = decibels(powers + np.float32(_CHANGE_FLOOR) * around[:, np.newaxis])
    shape -= shape.mean(axis=1, keepdims=True)
    change = np.zeros(len(bands), np.float32)
    half = _CHANGE_FRAMES // 2
    change[half:-half] = np.abs(shape[_CHANGE_FRAMES:] - shape[:-_CHANGE_FRAMES]).mean(axis=1)
    return change
