"""How phrases end: as statements do, falling, or rising, or level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S
from voicerehearsal.measures.pitch import PitchTrack
from voicerehearsal.values import Endings, Span, VoiceTracks

_GLISSANDO = 0.32
"""st · s: over T seconds of speech a movement is heard from 0.32 / T semitones (d'Alessandro & Mertens 1995)."""
_LEAST_ST = 1.0  # and never less
_REGISTER_ST = 2.0  # this far from what was before, a level end is heard as low or high
_SHORTEST_PHRASE_S = 0.5  # less is a word by itself, or a filler
_LAST = 40  # frames: 0.4 s, the last syllable or two
_LEAST = 8  # frames with a pitch in it
_GAP = 6  # frames: a voiceless consonant
_UNVOICED_END = 25  # frames: what may follow without a pitch: a last consonant, or creak
_BEFORE = 100  # frames of the phrase that the end is held against
_CREAK = 4  # frames
_CREAK_ST = -6.0  # under the speaker's median; where creak lies, and no modal end


def measure_endings(*, pitch: PitchTrack, voice: VoiceTracks, phrases: Sequence[Span]) -> Endings:
    """Count how phrases end.

    The last stretch with a pitch, at most 0.4 s, rises or falls when its movement passes the glissando threshold; where
    it is level, but at least 2 st under (over) the second before it, the phrase has ended low (high) all the same. An
    end that dies away without a pitch is not counted, unless it creaks after a pitch that does not rise: creak goes
    with a low end (Redi & Shattuck-Hufnagel 2001).

    Args:
        pitch: The speaker's pitch.
        voice: What it was read from: shows creak, which `pitch` leaves out.
        phrases: Stretches of speech, in order.
    """
    counts = {"falling": 0, "rising": 0, "level": 0}
    rising_at_s = []
    with np.errstate(divide="ignore"):
        raw = 12 * np.log2(voice.f0_hz / np.float32(pitch.median_hz))
    for phrase in phrases:
        first, end = round(phrase.start_s / HOP_S), min(round(phrase.end_s / HOP_S), len(pitch.semitones))
        if phrase.duration_s < _SHORTEST_PHRASE_S or end <= first:
            continue
        kind = _ending(pitch.semitones[first:end], raw[first:end])
        if kind is not None:
            counts[kind] += 1
        if kind == "rising":
            rising_at_s.append(phrase.end_s)
    return Endings(**counts, rising_at_s=tuple(rising_at_s))


def _ending(semitones: NDArray[np.float32], raw: NDArray[np.float32]) -> str | None:
    """What a phrase's frames end in; None where it cannot be told."""
    at = np.flatnonzero(~np.isnan(semitones))
    if len(at) < _LEAST:
        return None
    breaks = np.flatnonzero(np.diff(at) > _GAP)
    last = at[breaks[-1] + 1 if len(breaks) else 0 :]
    last = last[last > last[-1] - _LAST]
    after = raw[last[-1] + 1 :]
    creaks = np.count_nonzero(np.isfinite(after) & (after < _CREAK_ST)) >= _CREAK
    if len(after) > _UNVOICED_END and not creaks:
        return None
    kind = _movement(last, semitones[last]) or _register(semitones, last)
    if creaks and kind != "rising":
        return "falling"
    return kind if len(last) >= _LEAST else None


def _movement(at: NDArray[np.intp], semitones: NDArray[np.float32]) -> str | None:
    length = at[-1] - at[0] + 1
    if length < _LEAST:
        return None
    time = at - at.mean()
    moved_st = float(np.sum(time * semitones) / np.sum(time**2)) * length
    if abs(moved_st) < max(_LEAST_ST, _GLISSANDO / (length * HOP_S)):
        return None
    return "rising" if moved_st > 0 else "falling"


def _register(semitones: NDArray[np.float32], last: NDArray[np.intp]) -> str:
    before = semitones[max(0, last[0] - _BEFORE) : last[0]]
    before = before[~np.isnan(before)]
    if len(before) < _LEAST:
        return "level"
    step_st = float(np.median(semitones[last]) - np.median(before))
    if abs(step_st) < _REGISTER_ST:
        return "level"
    return "rising" if step_st > 0 else "falling"
