"""Where the voice surged: faster and louder together than the speaker was before, the sign of being provoked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voicerehearsal.measures.levels import HOP_S, BandPowers
from voicerehearsal.measures.surge_sums import SLOW_REACH, Frames, Level, Numbers, SurgeSums, surge_sums
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import Span, Surge, Word

PAST_S = 30.0
"""What came before, against which a stretch is held …"""

AFTER_S = 15.0
"""… and what comes after: who has merely moved nearer to the microphone stays as loud."""

LEAST_PAST_S = 6.0
"""Speech before, pauses not counted, without which there is nothing to compare with."""

LENGTHS_S = (3.5, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 30.0)
"""How long a surge may last."""

LEAST_EVIDENCE = 1.8
"""Natural logarithm of how much likelier a surge must be than chance."""

LEAST_RATE_RATIO = 1.03
LEAST_RISE_DB = 2.0
LEAST_PART_DB = 1.0
"""A surge is faster than the speech around it and louder, and louder in each of its parts: no one word is."""

_STEP = 25  # frames from one possible start to the next
_PARTS = 3
_GUARD = 50  # frames after the stretch that belong to neither side
_LEAST_SPOKEN = 150  # frames of speech inside a stretch …
_LEAST_SHARE = 0.4  # … and their share of it
_LEAST_NUCLEI = 6
_LEAST_NUCLEI_BESIDE = 12
_EITHER_SIDE_DB = 0.5  # how much less the rise over one side alone may be

# Rate: a stretch spoken 1.15 times as fast has 1.12 times the nuclei a second and 1.07 times the spectral change; this
# weighing of their logarithms gives the speed back, with the least spread between stretches of ordinary speech.
_NUCLEI_WEIGHT, _CHANGE_WEIGHT = 0.5, 1.3
# Where the words are known, how long they took against how long they are: ordinary stretches then differ less (standard
# deviation 0.15 instead of 0.19), because what is said drops out.
_WORDS_WEIGHT = 0.7
_LEAST_WORDS, _LEAST_WORDS_BESIDE = 4, 12

# Spread of ordinary stretches (standard deviation): what stays at any length, and what shrinks as nuclei are more. For
# the level the former is the speaker's own in this answer, as far as it is known: a dramatic reader's is twice as wide.
_LEVEL_SPREAD_DB, _LEVEL_SPREAD_NUCLEI_DB = 0.8, 3.0
_OWN_SPREAD_GUARD = 150  # frames next to a stretch, into which windows inside it reach
_MOST_OWN_SPREAD_DB = 3.0
_RATE_SPREAD = (0.13, 0.5)
# The surge that is looked for; a larger one counts for no more than this, so that neither half can stand for the other.
_RISE_DB, _MOST_DB = 4.0, 8.0
_LOG_RATE, _MOST_LOG_RATE = 0.14, 0.35


def find_surges(
    *,
    bands: BandPowers,
    sounding: Sequence[Span],
    nuclei_s: Sequence[float],
    mutes: Sequence[Span] = (),
    words: Sequence[Word] | None = None,
) -> tuple[Surge, ...]:
    """The stretches that were both faster and louder than the speaker's own speech around them.

    Every stretch of several lengths is held against the speech before and, as far as there is any, after it: the level
    of its syllables and of all its sound, and its rate of articulation (how long its words took against how long they
    are; nuclei a second of speech and how fast the spectrum moves, neither of which depends on the level). Each
    difference is weighed by how far ordinary stretches of that length differ, in level by how far this answer's own do;
    the likeliest stretches are kept (a scan statistic: Glaz, Naus & Wallenstein 2001).

    Args:
        bands: From `levels.band_powers`, shape (n, 13).
        sounding: Stretches of speech, in order.
        nuclei_s: When each syllable is at its loudest, ascending.
        mutes: When the speaker had muted the line.
        words: As recognised, in order; None where there are none. Unsure ones do not count.

    Returns:
        Surges in order, their edges within about 1 s; none where fewer than `LEAST_PAST_S` of speech came before.
        `rate_ratio` and `level_rise_db` are against the speech around.
    """
    spoken = without(spans=sounding, cut=mutes)
    sums = surge_sums(bands=bands, spoken=spoken, nuclei_s=nuclei_s, words=words or ())
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
class _Compared:
    """Stretches against what lies around them, each of shape (stretches,)."""

    start: Frames
    end: Frames
    rise_db: Numbers
    least_rise_db: Numbers
    """Of that part which rises least."""
    log_rate: Numbers
    level_variance: Numbers
    rate_variance: Numbers


def _stretches(frames: int) -> tuple[Frames, Frames]:
    """Every stretch on the grid: first frames and frames after the last; those that would pass the end stop there."""
    lengths = np.array([round(length_s / HOP_S) for length_s in LENGTHS_S])
    start = np.repeat(np.arange(0, frames, _STEP), len(lengths))
    end = np.minimum(start + np.resize(lengths, len(start)), frames)
    kept = end - start >= lengths[0]
    start, end = start[kept], end[kept]
    fresh = np.ones(len(start), np.bool_)
    fresh[1:] = (np.diff(start) != 0) | (np.diff(end) != 0)
    return start[fresh], end[fresh]


@dataclass(frozen=True, slots=True)
class _Places:
    """Stretches and what lies beside them: frames, each of shape (stretches,)."""

    past: Frames
    start: Frames
    end: Frames
    after: Frames
    last: Frames

    def inside(self, of: Numbers) -> Numbers:
        """What a running sum adds in each stretch."""
        return _between(self.start, self.end, of)

    def before(self, of: Numbers) -> Numbers:
        """… and before it."""
        return _between(self.past, self.start, of)

    def afterwards(self, of: Numbers) -> Numbers:
        """… and after it."""
        return _between(self.after, self.last, of)

    def beside(self, of: Numbers) -> Numbers:
        """… and on both sides."""
        return self.before(of) + self.afterwards(of)

    def further(self, of: Numbers) -> Numbers:
        """… and on both sides, without what lies next to it."""
        return _between(self.past, np.maximum(self.start - _OWN_SPREAD_GUARD, self.past), of) + _between(
            np.minimum(self.after + _OWN_SPREAD_GUARD, self.last), self.last, of
        )


def _between(first: Frames, behind: Frames, of: Numbers) -> Numbers:
    total: Numbers = of[behind] - of[first]
    return total


def _places(sums: SurgeSums) -> _Places:
    """Every stretch that can be compared with the speech around it."""
    frames = len(sums.spoken) - 1
    start, end = _stretches(frames)
    past = np.maximum(start - round(PAST_S / HOP_S), 0)
    spoken = _between(start, end, sums.spoken)
    enough = (
        (_between(past, start, sums.spoken) >= LEAST_PAST_S / HOP_S)
        & (_between(past, start, sums.ordinary) >= _LEAST_NUCLEI_BESIDE)
        & (spoken >= np.maximum(_LEAST_SPOKEN, _LEAST_SHARE * (end - start)))
        & (_between(start, end, sums.nuclei) >= _LEAST_NUCLEI)
    )
    start, end, past = start[enough], end[enough], past[enough]
    after = np.minimum(end + _GUARD, frames)
    return _Places(past, start, end, after, np.minimum(after + round(AFTER_S / HOP_S), frames))


def _compared(sums: SurgeSums) -> _Compared:
    """Every stretch against the speech around it."""
    places = _places(sums)
    cuts = [places.start + (places.end - places.start) * part // _PARTS for part in range(_PARTS + 1)]
    rises = [_rises(level, places, sums.ordinary) for level in sums.levels]
    spread = 1 / places.inside(sums.nuclei) + 1 / places.beside(sums.ordinary)
    return _Compared(
        places.start,
        places.end,
        np.mean([rise(places.start, places.end) for rise in rises], axis=0),
        np.min([np.mean([rise(*part) for rise in rises], axis=0) for part in pairwise(cuts)], axis=0),
        _log_rate(sums, places),
        _own_variance(sums, places) + _LEVEL_SPREAD_NUCLEI_DB**2 * spread,
        _RATE_SPREAD[0] ** 2 + _RATE_SPREAD[1] ** 2 * spread,
    )


def _log_rate(sums: SurgeSums, places: _Places) -> Numbers:
    """Natural logarithm of how many times as fast as around them the stretches were spoken."""

    def ratio(of: Numbers, to: Numbers) -> Numbers:
        """Inside against beside, of a quotient."""
        quotient = np.maximum(places.inside(of), 1e-9) / np.maximum(places.inside(to), 1e-9)
        return np.log(quotient * np.maximum(places.beside(to), 1e-9) / np.maximum(places.beside(of), 1e-9))

    from_sound = _NUCLEI_WEIGHT * ratio(sums.nuclei, sums.spoken) + _CHANGE_WEIGHT * ratio(sums.change, sums.spoken)
    from_words = ratio(sums.expected, sums.taken_s)
    known = (places.inside(sums.words) >= _LEAST_WORDS) & (places.beside(sums.words) >= _LEAST_WORDS_BESIDE)
    rate: Numbers = np.where(known, _WORDS_WEIGHT * from_words + (1 - _WORDS_WEIGHT) * from_sound, from_sound)
    return rate


def _rises(level: Level, places: _Places, nuclei: Numbers) -> Callable[[Frames, Frames], Numbers]:
    """How far part of a stretch lies over the speaker's ordinary level, in dB; as it was, where nothing was said."""
    total, count = level.ordinary_total, level.ordinary_count
    ordinary = level.mean_db(places.beside(total), places.beside(count))
    # Louder than before and than afterwards, not only than both together.
    earlier = level.mean_db(places.before(total), places.before(count))
    later = level.mean_db(places.afterwards(total), places.afterwards(count))
    later = np.where(places.afterwards(nuclei) >= _LEAST_NUCLEI_BESIDE, later, earlier)
    ordinary = np.maximum(ordinary, np.maximum(earlier, later) - _EITHER_SIDE_DB)
    whole = level.mean_db(places.inside(level.total), places.inside(level.count))

    def rise(first: Frames, behind: Frames) -> Numbers:
        said = _between(first, behind, level.count)
        here = level.mean_db(_between(first, behind, level.total), said)
        over: Numbers = np.where(said > 0, here, whole) - ordinary
        return over

    return rise


def _own_variance(sums: SurgeSums, places: _Places) -> Numbers:
    """How far some seconds of this answer ordinarily differ in level, in dB²; what is usual counts as one more."""
    count = places.further(sums.ordinary)
    mean = places.further(sums.slow_db) / np.maximum(count, 1)
    variance = np.clip(places.further(sums.slow_db2) / np.maximum(count, 1) - mean**2, 0, _MOST_OWN_SPREAD_DB**2)
    windows = count / (2 * SLOW_REACH + 1)
    own: Numbers = (_LEVEL_SPREAD_DB**2 + windows * variance) / (1 + windows)
    return own


def _evidence(found: _Compared) -> Numbers:
    """Logarithm of the likelihood of a surge over that of ordinary speech; −∞ where either did not rise."""
    evidence = _RISE_DB / found.level_variance * (np.minimum(found.rise_db, _MOST_DB) - _RISE_DB / 2)
    evidence += _LOG_RATE / found.rate_variance * (np.minimum(found.log_rate, _MOST_LOG_RATE) - _LOG_RATE / 2)
    rises = (
        (found.rise_db >= LEAST_RISE_DB)
        & (found.least_rise_db >= LEAST_PART_DB)
        & (found.log_rate >= np.log(LEAST_RATE_RATIO))
    )
    return np.where(rises, evidence, -np.inf)


def _trimmed(span: Span, spoken: Sequence[Span]) -> Span:
    """From the first sound in it to the last."""
    inner = [part for part in spoken if part.end_s > span.start_s and part.start_s < span.end_s]
    return Span(max(span.start_s, inner[0].start_s), min(span.end_s, inner[-1].end_s)) if inner else span
