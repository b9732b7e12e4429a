"""Where the voice may stand still: pieces of voiced sound between one change of its spectrum and the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S, BandPowers, Contour, decibels, smoothed
from voicerehearsal.values import Span, VoiceTracks

SHORTEST_S = 0.13
LONGEST_S = 1.6
"""Filled pauses: 5th and 99th percentile of "uh" and "um" (Clark & Fox Tree 2002; Shriberg 2001), a little wider."""

_SHAPE_BANDS = slice(0, 10)  # 125–4000 Hz: what a vowel is told by
_VOICE_BANDS = slice(0, 9)  # 125–3200 Hz
_LOW_BANDS = slice(0, 7)  # 125–2000 Hz: voiced sounds have more of these …
_HIGH_BANDS = slice(9, None)  # … than of what lies above 3200 Hz; hissing has less
_HISS_DB = 3.0
_OVER_BACKGROUND_DB = 5.0
_RANGE_DB = 30.0  # under the loud parts of the voice: a weak vowel
_SHAPE_RANGE_DB = 35.0
_SHAPE_RISE_DB = 3.0  # what lies lower is background, and says nothing about a vowel
_SMOOTHING = 3  # frames: 30 ms
_SHAPE_SMOOTHING = 5
_REACH = 3  # frames: a change is seen from 30 ms before to 30 ms after
_CHANGE_DB = 4.0  # RMS over the bands; within a held vowel it stays under 2
_CHANGE_NEAR = 4
_DIP_DB = 4.0
_DIP_REACH = 12
_DIP_NEAR = 5
_LEAST_RUN = 8
_LEAST_PIECE = 4
_MOST_PIECES = 4  # an onset, a vowel, its nasal, and one cut too many in a creaky voice
_LEAST_BACKGROUND = 30  # frames


@dataclass(frozen=True, slots=True)
class Frames:
    """What is looked at every 10 ms, n rows.

    Attributes:
        level_db: Of the voice's bands, what the background puts there taken off, shape (n,).
        clearance_db: How far the loud parts of the voice stand above the background: the middle of the bands.
        spoken: Whether the speaker sounds, shape (n,).
        shape_db: Smoothed spectral shape: bands about their mean, shape (n, 10).
        change_db: How far the shape moves in 60 ms, shape (n,).
        sonorant: Whether it is loud enough and no hissing, shape (n,).
        quiet: Whether nothing but background is there, shape (n,).
        f0_hz: As tracked, shape (n,).
    """

    level_db: Contour
    clearance_db: float
    spoken: NDArray[np.bool_]
    shape_db: NDArray[np.float32]
    change_db: Contour
    sonorant: NDArray[np.bool_]
    quiet: NDArray[np.bool_]
    f0_hz: Contour


def look(*, bands: BandPowers, voice: VoiceTracks, sounding: Sequence[Span]) -> Frames:
    """The frames of a recording.

    Args:
        bands: From `levels.band_powers`, shape (n, 13).
        voice: Pitch, n rows or a few more or less.
        sounding: Stretches of speech, in order, at least one.
    """
    count = min(len(bands), len(voice.f0_hz))
    powers = smoothed(powers=bands[:count], frames=_SMOOTHING)
    bands_db = decibels(powers)
    spoken = np.zeros(count, np.bool_)
    for span in sounding:
        spoken[round(span.start_s / HOP_S) : round(span.end_s / HOP_S)] = True
    silent = ~spoken
    if np.count_nonzero(silent) >= _LEAST_BACKGROUND:
        background_db = np.median(bands_db[silent], axis=0)
    else:
        background_db = np.percentile(bands_db, 5, axis=0)
    voice_db = bands_db[:, _VOICE_BANDS]
    clear_of_it = np.maximum(powers - (10 ** (background_db / 10)).astype(np.float32), 0)
    level = decibels(clear_of_it[:, _VOICE_BANDS].sum(axis=1))
    low = decibels(clear_of_it[:, _LOW_BANDS].sum(axis=1))
    high = decibels(clear_of_it[:, _HIGH_BANDS].sum(axis=1))
    loud_db = float(np.percentile(level[spoken], 90)) if spoken.any() else 0.0
    heard = (_rise(voice_db, background_db[_VOICE_BANDS]) > _OVER_BACKGROUND_DB) & (level > loud_db - _RANGE_DB)
    hissing = _rise(bands_db[:, _HIGH_BANDS], background_db[_HIGH_BANDS]) > _OVER_BACKGROUND_DB
    shape = _shape(bands_db[:, _SHAPE_BANDS], background_db[_SHAPE_BANDS])
    clearance = np.percentile(voice_db[spoken], 90, axis=0) - background_db[_VOICE_BANDS] if spoken.any() else 0.0
    return Frames(
        level_db=level,
        clearance_db=float(np.median(clearance)),
        spoken=spoken,
        shape_db=shape,
        change_db=_change(shape),
        sonorant=heard & (low > high - _HISS_DB),
        quiet=~heard & ~(hissing & (high > loud_db - _RANGE_DB)),
        f0_hz=voice.f0_hz[:count],
    )


def _rise(bands_db: NDArray[np.float32], background_db: NDArray[np.floating]) -> NDArray[np.float32]:
    """Mean over the bands of how far each stands above its own background, shape (n,)."""
    rise: NDArray[np.float32] = np.maximum(bands_db - background_db, 0).mean(axis=1)
    return rise


def _shape(bands_db: NDArray[np.float32], background_db: NDArray[np.floating]) -> NDArray[np.float32]:
    floor = np.maximum(background_db + _SHAPE_RISE_DB, bands_db.max(axis=1, keepdims=True) - _SHAPE_RANGE_DB)
    shape = np.maximum(bands_db, floor)
    shape = shape - shape.mean(axis=1, keepdims=True)
    reach = _SHAPE_SMOOTHING // 2
    padded = np.pad(shape, ((reach, reach), (0, 0)), mode="edge")
    smooth: NDArray[np.float32] = sliding_window_view(padded, _SHAPE_SMOOTHING, axis=0).mean(axis=-1).astype(np.float32)
    return smooth


def _change(shape_db: NDArray[np.float32]) -> Contour:
    padded = np.pad(shape_db, ((_REACH, _REACH), (0, 0)), mode="edge")
    change: Contour = np.sqrt(np.mean((padded[2 * _REACH :] - padded[: -2 * _REACH]) ** 2, axis=1)).astype(np.float32)
    return change


# ---- pieces, and what neighbouring pieces make -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches that may be one sound held, m of them, in frames; they overlap.

    Attributes:
        start: First frame, shape (m,).
        end: Frame after the last, shape (m,).
        pieces: Of how many pieces it is made, shape (m,).
        first_end: Where its first piece ends, shape (m,).
        last_start: Where its last piece begins, shape (m,).
    """

    start: NDArray[np.intp]
    end: NDArray[np.intp]
    pieces: NDArray[np.intp]
    first_end: NDArray[np.intp]
    last_start: NDArray[np.intp]


def find_stretches(*, frames: Frames) -> Stretches:
    """All stretches of one to four neighbouring pieces as long as a filled pause may be.

    Voiced sound is cut where its spectrum changes fastest and where its level dips.
    """
    shortest, longest = round(SHORTEST_S / HOP_S), round(LONGEST_S / HOP_S)
    cuts = _cuts(frames)
    rows = []
    for first, last in _runs(frames.sonorant):
        edges = [first]
        for cut in cuts[np.searchsorted(cuts, first) : np.searchsorted(cuts, last)]:
            if cut - edges[-1] >= _LEAST_PIECE and last - cut >= _LEAST_PIECE:
                edges.append(int(cut))
        edges.append(last)
        rows += [
            (edges[i], edges[j], j - i, edges[i + 1], edges[j - 1])
            for i in range(len(edges) - 1)
            for j in range(i + 1, min(i + _MOST_PIECES + 1, len(edges)))
            if shortest <= edges[j] - edges[i] <= longest
        ]
    table = np.array(rows, np.intp).reshape(-1, 5)
    return Stretches(*table.T)


def _cuts(frames: Frames) -> NDArray[np.intp]:
    """Frames in which the spectrum changes fastest, or the level is in a dip."""
    change, level = frames.change_db, frames.level_db
    fastest = (change == _around(change, _CHANGE_NEAR, np.max)) & (change > _CHANGE_DB)
    wide = sliding_window_view(np.pad(level, _DIP_REACH, mode="edge"), _DIP_REACH + 1)
    before, after = wide[: len(level)].max(axis=1), wide[_DIP_REACH:].max(axis=1)
    lowest = level == _around(level, _DIP_NEAR, np.min)
    return np.flatnonzero(fastest | (lowest & (np.minimum(before, after) - level > _DIP_DB)))


def _around(values: Contour, reach: int, extreme: np.ufunc | object) -> Contour:
    around: Contour = extreme(sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1), axis=1)  # type: ignore[operator]
    return around


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where the mask holds, holes of one frame closed: (first, after last) of each run that is long enough."""
    padded = np.pad(mask, 1)
    closed = padded[1:-1] | (padded[:-2] & padded[2:])
    turns = np.flatnonzero(np.diff(closed.astype(np.int8), prepend=0, append=0))
    return [(int(first), int(last)) for first, last in turns.reshape(-1, 2) if last - first >= _LEAST_RUN]
