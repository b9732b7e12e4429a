"""When the speaker sounds: stretches of speech with edges from the level, backed by the gate and by voicing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import FLOOR_DB, HOP_S, BandPowers, Contour, decibels, smoothed
from voicerehearsal.values import Span

MIN_SILENCE_S = 0.25
"""Shorter gaps belong to articulation (de Jong & Bosker 2013)."""

VOICED = 0.6
"""Periodicity from which a frame counts as voiced."""

RANGE_DB = 40.0
"""Nothing further below the loud parts of the voice counts as its sound: breath, room, the tail of an echo."""

_GATE_FRAMES = 2  # level frames in a gate frame
_SMOOTHING = 3  # level frames: 30 ms
_QUIET_WINDOW = 20  # level frames: 0.2 s; speech has a vowel in that time, a pause has not
_QUIETEST = 10  # per cent of such windows …
_QUIET_WITHIN_DB = 5.0  # … and what is as quiet
_WEAKEST_DB = 6.0  # how far the weakest tenth of frames may lie under the background
_ALIVE_DB = 20.0  # over the floor; below is digital silence
_LEAST_RISE_DB = 2.5  # over the background, in the mean of the bands
_MOST_RISE_DB = 6.0
_CORE_RISE_DB = 3.0  # more than that: where voicing is believed
_REACH = 20  # level frames: a weak consonant may lie 0.2 s outside what the gate calls speech
_JOIN = 10  # level frames: the closure of a stop consonant
_LEAST_VOICED = 6  # level frames: 60 ms, half a short vowel
_LEAST_GATED = 20  # level frames: where noise hides the voicing, 0.2 s of gated speech will do
_LEAST_VOICED_SHARE = 0.2  # of all sound; speech has 0.4–0.9, typing 0.17
_LEAST_VOWEL = 12  # level frames in a row, which overrule the share


@dataclass(frozen=True, slots=True)
class Activity:
    """Where the speaker sounds, and how the sound was told from the background.

    Attributes:
        sounding: Stretches of speech in order, `MIN_SILENCE_S` or more apart; empty when nobody spoke.
        background: Power of the background in each band, shape (bands,).
    """

    sounding: tuple[Span, ...]
    background: NDArray[np.float32]


def find_activity(*, bands: BandPowers, voicing: Contour, gate: NDArray[np.bool_]) -> Activity:
    """The stretches in which the speaker sounds.

    Each frame's rise over the background, band by band, gives the edges; the background is learned from the quietest
    fifths of a second. The gate limits where sound may be speech. A group of sounds counts when it holds voicing, so
    that clicks, breaths and coughs of the furniture do not.

    Args:
        bands: From `levels.band_powers`, shape (n, bands).
        voicing: From `voicing.voicing`, one value a gate frame, shape (n // 2,).
        gate: The speech gate's decision for each 20 ms, shape (n // 2,).

    Returns:
        The stretches, their edges on the 10-ms grid.
    """
    frames = min(len(bands), _GATE_FRAMES * min(len(gate), len(voicing)))
    bands = bands[:frames]
    gated = np.repeat(gate, _GATE_FRAMES)[:frames]
    voiced = np.repeat(voicing, _GATE_FRAMES)[:frames] > VOICED
    quiet = _quiet_frames(bands)
    if not gated.any() or quiet is None:
        return Activity((), np.zeros(bands.shape[1], np.float32))
    background_db = _background_db(bands, quiet)
    background = (10 ** (background_db / 10)).astype(np.float32)
    rise = _rise_db(bands, background_db, gated)
    threshold = float(np.clip(np.percentile(rise[quiet], 90), _LEAST_RISE_DB, _MOST_RISE_DB))
    near_speech = np.convolve(gated, np.ones(2 * _REACH + 1))[_REACH : _REACH + frames] > 0.5
    loud = (rise > threshold) & near_speech
    clear = gated & (rise > threshold + _CORE_RISE_DB)
    groups = [
        (start, end)
        for start, end in _joined(_runs(loud), _JOIN)
        if np.count_nonzero(clear[start:end] & voiced[start:end]) >= _LEAST_VOICED
        or np.count_nonzero(clear[start:end]) >= _LEAST_GATED
    ]
    spoken = np.zeros(frames, np.bool_)
    for start, end in groups:
        spoken[start:end] = loud[start:end]
    if not _voice_like(spoken, voiced):
        return Activity((), background)
    gap = round(MIN_SILENCE_S / HOP_S)
    return Activity(tuple(Span(start * HOP_S, end * HOP_S) for start, end in _joined(groups, gap)), background)


def _quiet_frames(bands: BandPowers) -> NDArray[np.bool_] | None:
    """Which frames lie in the quietest parts; None when all is digital silence.

    Digital silence is left out while it is rare: a second of zeros before the microphone opened says nothing about the
    room. Where it fills a tenth of the recording, it is the background.
    """
    level = decibels(smoothed(powers=bands.sum(axis=1), frames=_QUIET_WINDOW))
    alive = level > FLOOR_DB + _ALIVE_DB
    if np.count_nonzero(alive) < _QUIET_WINDOW:
        return None
    judged = alive if np.mean(alive) > 1 - _QUIETEST / 100 else np.ones_like(alive)
    quiet: NDArray[np.bool_] = judged & (level < np.percentile(level[judged], _QUIETEST) + _QUIET_WITHIN_DB)
    return quiet


def _background_db(bands: BandPowers, quiet: NDArray[np.bool_]) -> Contour:
    """Level of the background in each band, shape (bands,)."""
    powers = smoothed(powers=bands, frames=_SMOOTHING)
    level = decibels(powers)
    # In an answer without a pause the quietest parts are speech, too; then its weak moments stand in.
    alive = decibels(powers.sum(axis=1)) > FLOOR_DB + _ALIVE_DB
    weakest = np.percentile(level[alive], _QUIETEST, axis=0) + _WEAKEST_DB
    background: Contour = np.minimum(np.median(level[quiet], axis=0), weakest).astype(np.float32)
    return background


def _rise_db(bands: BandPowers, background_db: Contour, gated: NDArray[np.bool_]) -> Contour:
    """Root mean square over the bands of how far each stands above its own background, shape (n,)."""
    powers = smoothed(powers=bands, frames=_SMOOTHING)
    voice_db = np.percentile(decibels(powers.sum(axis=1))[gated], 90)
    above = np.maximum(decibels(powers) - np.maximum(background_db, voice_db - RANGE_DB), 0)
    rise: Contour = np.sqrt(np.mean(above**2, axis=1)).astype(np.float32)
    return rise


def _voice_like(spoken: NDArray[np.bool_], voiced: NDArray[np.bool_]) -> bool:
    """Whether enough of the sound is voiced for a person to have spoken."""
    if not spoken.any():
        return False
    vowels = max((end - start for start, end in _runs(spoken & voiced)), default=0)
    return bool(np.mean(voiced[spoken]) >= _LEAST_VOICED_SHARE or vowels >= _LEAST_VOWEL)


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where the mask holds: (first, after last) of each run."""
    turns = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in turns.reshape(-1, 2)]


def _joined(runs: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Runs less than `gap` frames apart made one."""
    merged: list[tuple[int, int]] = []
    for start, end in runs:
        if merged and start - merged[-1][1] < gap:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
