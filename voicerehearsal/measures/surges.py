"""Where the voice surged: faster and louder together than the speaker was before, the sign of being provoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S, BandPowers, decibels, smoothed
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import Span, Surge

PAST_S = 30.0
"""What came before, against which a stretch is held …"""

AFTER_S = 15.0
"""… and what comes after: who has merely moved nearer to the microphone stays as loud."""

LEAST_PAST_S = 6.0
"""Speech before, pauses not counted, without which there is nothing to compare with."""

LENGTHS_S = (3.5, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 30.0)
"""How long a surge may last."""

LEAST_EVIDENCE = 1.2
"""Natural logarithm of how much likelier a surge must be than chance."""

LEAST_RATE_RATIO = 1.02
LEAST_RISE_DB = 2.0
"""Both must rise, however sure the other is."""

_STEP = 25  # frames from one possible start to the next
_GUARD = 50  # frames after the stretch that belong to neither side
_LEAST_SPOKEN = 150  # frames of speech inside a stretch …
_LEAST_SHARE = 0.4  # … and their share of it
_LEAST_NUCLEI = 6
_LEAST_NUCLEI_BESIDE = 12
_EITHER_SIDE_DB = 0.5  # how much less the rise over one side alone may be

_LEVEL_FRAMES = 5  # 50 ms around a nucleus
_LOUDEST_DB = 3.0  # over the 90th percentile: one word said loudly counts no more than this
_PLACE_IN_PHRASE_DB = ((2.0, 2.0, 1.2, 0.8, 0.4, 0.0), (-1.9, -1.0, -0.9, -0.9, -0.6, 0.0))
"""How far a phrase's first and last syllables lie from its middle, fitted on free recordings of 27 speakers."""

_AWAY_FRAMES = 300  # 3 s that together …
_AWAY_DB = 3.0  # … lie this far under the ordinary: the head turned away, no ground for comparison
_ORDINARY = 40  # percentile of such stretches that is ordinary

_CHANGE_BANDS = 12  # up to 6.3 kHz
_CHANGE_FRAMES = 4  # the spectrum now and 40 ms later
_CHANGE_FLOOR = 10**-3.0 / 6  # of the power around, in each band: 30 dB down
_SURROUNDINGS = 100  # frames

# Rate: a stretch spoken 1.15 times as fast has 1.12 times the nuclei a second and 1.07 times the spectral change; this
# weighing of their logarithms gives the speed back, with the least spread between stretches of ordinary speech.
_NUCLEI_WEIGHT, _CHANGE_WEIGHT = 0.5, 1.3

# Spread of ordinary stretches (standard deviation): what stays at any length, and what shrinks as nuclei are more.
_LEVEL_SPREAD_DB = (1.0, 4.0)
_RATE_SPREAD = (0.13, 0.5)
# The surge that is looked for; a larger one counts for no more than this, so that neither half can stand for the other.
_RISE_DB, _MOST_DB = 4.0, 8.0
_LOG_RATE, _MOST_LOG_RATE = 0.14, 0.35

_Numbers = NDArray[np.float64]
_Frames = NDArray[np.intp]


def find_surges(
    *, bands: BandPowers, sounding: Sequence[Span], nuclei_s: Sequence[float], mutes: Sequence[Span] = ()
) -> tuple[Surge, ...]:
    """The stretches that were both faster and louder than the speaker's own speech around them.

    Every stretch of several lengths is held against the speech before and, as far as there is any, after it: the level
    of its syllables, and its rate of articulation (nuclei a second of speech, and how fast the spectrum moves, which
    does not depend on the level). Each difference is weighed by how far ordinary stretches of that length differ; the
    likeliest stretches are kept (a scan statistic: Glaz, Naus & Wallenstein 2001).

    Args:
        bands: From `levels.band_powers`, shape (n, 13).
        sounding: Stretches of speech, in order.
        nuclei_s: When each syllable is at its loudest, ascending.
        mutes: When the speaker had muted the line.

    Returns:
        Surges in order, their edges within about 1 s; none where fewer than `LEAST_PAST_S` of speech came before.
        `rate_ratio` and `level_rise_db` are against the speech around.
    """
    spoken = without(spans=sounding, cut=mutes)
    sums = _sums(bands, spoken, nuclei_s)
    if sums is None:
        return ()
    found = _compared(sums)
    evidence = _evidence(found)
    surges = []
    while len(evidence) and evidence.max() >= LEAST_EVIDENCE:
        best = int(evidence.argmax())
        start, end = int(found.start[best]), int(found.end[best])
        span = _trimmed(Span(start * HOP_S, end * HOP_S), spoken)
        surges.append(Surge(span.start_s, span.end_s, float(np.exp(found.log_rate[best])), float(found.rise_db[best])))
        evidence[(found.start < end + 2 * _GUARD) & (found.end > start - 2 * _GUARD)] = -np.inf
    return tuple(sorted(surges, key=lambda surge: surge.start_s))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums over frames, each of shape (n + 1,)."""

    spoken: _Numbers
    change: _Numbers
    nuclei: _Numbers
    loudness: _Numbers
    ordinary: _Numbers
    """Nuclei that may stand for the speaker's ordinary level."""
    ordinary_loudness: _Numbers


@dataclass(frozen=True, slots=True)
class _Compared:
    """Stretches against what lies around them, each of shape (stretches,)."""

    start: _Frames
    end: _Frames
    rise_db: _Numbers
    log_rate: _Numbers
    spread: _Numbers
    """1 / nuclei inside + 1 / nuclei beside."""


def _sums(bands: BandPowers, spoken: Sequence[Span], nuclei_s: Sequence[float]) -> _Sums | None:
    """None where too little was said."""
    frames = len(bands)
    sounds = np.zeros(frames, np.bool_)
    for span in spoken:
        sounds[round(span.start_s / HOP_S) : round(span.end_s / HOP_S)] = True
    at = np.asarray(nuclei_s, np.float64) / HOP_S
    at = at[at < frames].astype(np.intp)
    at = at[sounds[at]]
    if len(at) < _LEAST_NUCLEI + _LEAST_NUCLEI_BESIDE:
        return None
    loudness = 10 ** (_levels_db(bands, spoken, at) / 20)
    ordinary = _ordinary(at, loudness)

    def sum_at(values: _Numbers | NDArray[np.bool_] | float) -> _Numbers:
        """Running sum of one value a nucleus."""
        track = np.zeros(frames)
        np.add.at(track, at, values)
        return _running(track)

    return _Sums(
        _running(sounds),
        _running(_change(bands) * sounds),
        sum_at(1.0),
        sum_at(loudness),
        sum_at(ordinary),
        sum_at(ordinary * loudness),
    )


def _running(track: NDArray[np.float64] | NDArray[np.bool_] | NDArray[np.float32]) -> _Numbers:
    return np.concatenate([[0.0], np.cumsum(track, dtype=np.float64)])


def _levels_db(bands: BandPowers, spoken: Sequence[Span], at: _Frames) -> _Numbers:
    """Level of each nucleus, as if it stood in the middle of its phrase, the loudest held back; shape (nuclei,)."""
    around = smoothed(powers=bands[:, :_CHANGE_BANDS].sum(axis=1), frames=_LEVEL_FRAMES)
    level = decibels(around)[at].astype(np.float64)
    edges = np.searchsorted(at, [round(span.start_s / HOP_S) for span in spoken])
    phrase = np.searchsorted(edges, np.arange(len(at)), side="right") - 1
    first = edges[phrase]
    last = np.append(edges[1:], len(at))[phrase] - 1
    here = np.arange(len(at))
    profile = [np.array(side) for side in _PLACE_IN_PHRASE_DB]
    level -= profile[0][np.minimum(here - first, len(profile[0]) - 1)]
    level -= profile[1][np.minimum(last - here, len(profile[1]) - 1)]
    return np.minimum(level, np.percentile(level, 90) + _LOUDEST_DB)


def _ordinary(at: _Frames, loudness: _Numbers) -> NDArray[np.bool_]:
    """Which nuclei lie where the voice was not held away from the microphone."""
    total = _running(loudness)
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


def _stretches(frames: int) -> tuple[_Frames, _Frames]:
    """Every stretch on the grid: first frames and frames after the last; those that would pass the end stop there."""
    lengths = np.array([round(length_s / HOP_S) for length_s in LENGTHS_S])
    start = np.repeat(np.arange(0, frames, _STEP), len(lengths))
    end = np.minimum(start + np.resize(lengths, len(start)), frames)
    kept = end - start >= lengths[0]
    start, end = start[kept], end[kept]
    fresh = np.ones(len(start), np.bool_)
    fresh[1:] = (np.diff(start) != 0) | (np.diff(end) != 0)
    return start[fresh], end[fresh]


def _compared(sums: _Sums) -> _Compared:
    """Every stretch that can be compared with the speech around it."""
    frames = len(sums.spoken) - 1
    start, end = _stretches(frames)
    past = np.maximum(start - round(PAST_S / HOP_S), 0)
    spoken = sums.spoken[end] - sums.spoken[start]
    enough = (
        (sums.spoken[start] - sums.spoken[past] >= LEAST_PAST_S / HOP_S)
        & (sums.ordinary[start] - sums.ordinary[past] >= _LEAST_NUCLEI_BESIDE)
        & (spoken >= np.maximum(_LEAST_SPOKEN, _LEAST_SHARE * (end - start)))
        & (sums.nuclei[end] - sums.nuclei[start] >= _LEAST_NUCLEI)
    )
    start, end, past = start[enough], end[enough], past[enough]
    after = np.minimum(end + _GUARD, frames)
    last = np.minimum(after + round(AFTER_S / HOP_S), frames)

    def over(first: _Frames, behind: _Frames, of: _Numbers) -> _Numbers:
        """The sum over the frames of each stretch."""
        total: _Numbers = of[behind] - of[first]
        return total

    inside = partial(over, start, end)
    before = partial(over, past, start)
    afterwards = partial(over, after, last)

    def beside(of: _Numbers) -> _Numbers:
        """Before and afterwards."""
        return before(of) + afterwards(of)

    nuclei = np.log(inside(sums.nuclei) / inside(sums.spoken)) - np.log(beside(sums.nuclei) / beside(sums.spoken))
    change = np.log(inside(sums.change) / inside(sums.spoken)) - np.log(beside(sums.change) / beside(sums.spoken))
    level = inside(sums.loudness) / inside(sums.nuclei)
    ordinary = beside(sums.ordinary_loudness) / beside(sums.ordinary)
    # Louder than before and than afterwards, not only than both together.
    earlier = before(sums.ordinary_loudness) / before(sums.ordinary)
    known = afterwards(sums.ordinary) >= _LEAST_NUCLEI_BESIDE
    later = np.where(known, afterwards(sums.ordinary_loudness) / np.maximum(afterwards(sums.ordinary), 1), 0)
    ordinary = np.maximum(ordinary, np.maximum(earlier, later) * 10 ** (-_EITHER_SIDE_DB / 20))
    return _Compared(
        start,
        end,
        20 * np.log10(level / ordinary),
        _NUCLEI_WEIGHT * nuclei + _CHANGE_WEIGHT * change,
        1 / inside(sums.nuclei) + 1 / beside(sums.ordinary),
    )


def _evidence(found: _Compared) -> _Numbers:
    """Logarithm of the likelihood of a surge over that of ordinary speech; −∞ where either did not rise."""
    level_variance = _LEVEL_SPREAD_DB[0] ** 2 + _LEVEL_SPREAD_DB[1] ** 2 * found.spread
    rate_variance = _RATE_SPREAD[0] ** 2 + _RATE_SPREAD[1] ** 2 * found.spread
    evidence = _RISE_DB / level_variance * (np.minimum(found.rise_db, _MOST_DB) - _RISE_DB / 2)
    evidence += _LOG_RATE / rate_variance * (np.minimum(found.log_rate, _MOST_LOG_RATE) - _LOG_RATE / 2)
    rises = (found.rise_db >= LEAST_RISE_DB) & (found.log_rate > np.log(LEAST_RATE_RATIO))
    return np.where(rises, evidence, -np.inf)


def _trimmed(span: Span, spoken: Sequence[Span]) -> Span:
    """From the first sound in it to the last."""
    inner = [part for part in spoken if part.end_s > span.start_s and part.start_s < span.end_s]
    return Span(max(span.start_s, inner[0].start_s), min(span.end_s, inner[-1].end_s)) if inner else span
