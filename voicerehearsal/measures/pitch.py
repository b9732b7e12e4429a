"""The speaker's pitch, from what a pitch tracker saw: octave errors repaired, doubtful frames dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S, BandPowers, Contour, decibels
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import Span, VoiceTracks

BELOW = 0.75
"""Times the lower quartile: nothing lower is the modal voice (De Looze & Hirst 2008); creak is."""
ABOVE = 1.5
"""Times the upper quartile: nothing higher in plain speech (De Looze & Hirst 2008), unless it is clear …"""
FAR_ABOVE = 2.5
"""… as lively speech may be (the same authors), and nothing whatever beyond."""

_CLEAR = 0.75  # strength from which a pitch is believed where it is unusual
_LOUD_PERCENTILE = 95
_RANGE_DB = 35.0  # under the loud parts: breath, frication and the tail of an echo, where trackers guess
_WEAKEST = 0.5  # strength; noise alone reaches 0.45
_LEAST_FRAMES = 4  # 40 ms: no pitch is heard in less
_JUMP_ST = 5.0  # in 10 ms; a voice moves 1 st at most (Xu & Sun 2002)
_OCTAVE_ST = 12.0
_NEAR_ST = 1.5  # what two tens of milliseconds may add to an octave
_SMOOTHING = 5  # frames


@dataclass(frozen=True, slots=True)
class PitchTrack:
    """Pitch every `HOP_S`, about the speaker's own median.

    Attributes:
        median_hz: The speaker's median F0 here.
        semitones: Above that median, NaN where there is no pitch to trust, float32, shape (n,).
        followed: Share of the loud frames with a pitch, 0–1, that is kept; low where the pitch jumps about.
    """

    median_hz: float
    semitones: NDArray[np.float32]
    followed: float

    @property
    def trusted(self) -> NDArray[np.bool_]:
        """Which frames have a pitch, shape (n,)."""
        return ~np.isnan(self.semitones)

    @property
    def voiced_s(self) -> float:
        """How long there was a pitch, in seconds."""
        return float(np.count_nonzero(self.trusted) * HOP_S)

    @property
    def f0_hz(self) -> NDArray[np.float32]:
        """F0, NaN where there is none to trust, shape (n,)."""
        f0_hz: NDArray[np.float32] = np.float32(self.median_hz) * 2 ** (self.semitones / np.float32(12))
        return f0_hz


def frames_within(*, spans: Sequence[Span], frames: int) -> NDArray[np.bool_]:
    """Which frames of `HOP_S` lie in the stretches, shape (frames,)."""
    chosen = np.zeros(frames, np.bool_)
    for span in spans:
        chosen[max(0, round(span.start_s / HOP_S)) : max(0, round(span.end_s / HOP_S))] = True
    return chosen


def track_pitch(
    *, voice: VoiceTracks, bands: BandPowers, sounding: Sequence[Span], mutes: Sequence[Span] = ()
) -> PitchTrack | None:
    """The pitch that can be trusted inside speech.

    Stretches of voice without a jump are told apart; a stretch outside the speaker's plain range that touches one
    inside it an octave off is moved to it. What then lies outside the range that De Looze & Hirst (2008) give around
    the speaker's own quartiles, is weak in sound or in periodicity, or shorter than 40 ms is dropped: creak, whistling
    consonants, echoes. What is left is smoothed over 50 ms.

    Args:
        voice: From a `Phonetics`, n rows.
        bands: From `levels.band_powers`, about n rows.
        sounding: Stretches of speech, in order.
        mutes: When the speaker had muted the line.

    Returns:
        The track, n frames, as many as both inputs have; None where there is no pitch at all.
    """
    frames = min(len(voice.f0_hz), len(bands))
    f0_hz, strength = voice.f0_hz[:frames], voice.strength[:frames]
    spoken = frames_within(spans=without(spans=sounding, cut=mutes), frames=frames)
    voiced = spoken & (f0_hz > 0) & _loud(bands[:frames], spoken)
    kept = voiced & (strength >= _WEAKEST)
    if not kept.any():
        return None
    semitones = np.full(frames, np.nan)
    semitones[kept] = 12 * np.log2(f0_hz[kept])
    first, last = _stretches(semitones)
    long = last - first >= _LEAST_FRAMES
    first, last = first[long], last[long]
    if not len(first):
        return None
    means, clarity = _means(semitones, first, last), _means(strength, first, last)
    plain = _within_range(means, last - first, ABOVE)
    shifts = _octave_shifts(semitones, first, last, means, plain)
    believed = plain | (shifts != 0) | ((clarity >= _CLEAR) & _within_range(means, last - first, FAR_ABOVE))
    track = np.full(frames, np.nan)
    for start, end, shift in zip(first[believed], last[believed], shifts[believed], strict=True):
        track[start:end] = _smoothed(semitones[start:end]) + shift
    median = float(np.nanmedian(track))
    followed = np.count_nonzero(~np.isnan(track)) / np.count_nonzero(voiced)
    return PitchTrack(float(2 ** (median / 12)), (track - median).astype(np.float32), float(followed))


def _loud(bands: BandPowers, spoken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    level: Contour = decibels(bands.sum(axis=1))
    return level > np.percentile(level[spoken], _LOUD_PERCENTILE) - _RANGE_DB if spoken.any() else spoken


def _stretches(semitones: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First frame and frame after the last of each stretch without gap or jump."""
    there = ~np.isnan(semitones)
    joined = there[1:] & there[:-1]
    joined[joined] = np.abs(np.diff(semitones)[joined]) < _JUMP_ST
    before = np.concatenate([[False], joined])
    after = np.concatenate([joined, [False]])
    return np.flatnonzero(there & ~before), np.flatnonzero(there & ~after) + 1


def _means(values: NDArray[np.floating], first: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.float64]:
    """Mean of each stretch."""
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values), dtype=np.float64)])
    mean: NDArray[np.float64] = (total[last] - total[first]) / (last - first)
    return mean


def _octave_shifts(
    semitones: NDArray[np.float64],
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    means: NDArray[np.float64],
    usual: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Semitones to add to each stretch: ±12 to an unusual one that touches a usual one an octave off, else 0."""
    shifts = np.zeros(len(first))
    low, high = means[usual].min(), means[usual].max()
    touching = first[1:] == last[:-1]
    jumps = np.where(touching, semitones[first[1:]] - semitones[last[:-1] - 1], 0.0)
    octaves = np.abs(np.abs(jumps) - _OCTAVE_ST) < _NEAR_ST
    for index in np.flatnonzero(octaves):
        step = float(np.sign(jumps[index])) * _OCTAVE_ST
        for odd, good, shift in ((index + 1, index, -step), (index, index + 1, step)):
            if usual[good] and not usual[odd] and low <= means[odd] + shift <= high:
                shifts[odd] = shift
    return shifts


def _within_range(means: NDArray[np.float64], lengths: NDArray[np.intp], above: float) -> NDArray[np.bool_]:
    """Which stretches lie in the speaker's own range: `BELOW` to `above` times the quartiles."""
    low, high = np.percentile(np.repeat(means, lengths), (25, 75))
    inside: NDArray[np.bool_] = (means >= low + 12 * np.log2(BELOW)) & (means <= high + 12 * np.log2(above))
    return inside


def _smoothed(semitones: NDArray[np.float64]) -> NDArray[np.float64]:
    """Straight lines fitted over `_SMOOTHING` frames: the middle one's value, as is at the ends."""
    if len(semitones) < _SMOOTHING:
        return semitones
    smooth = semitones.copy()
    reach = _SMOOTHING // 2
    smooth[reach:-reach] = np.convolve(semitones, np.full(_SMOOTHING, 1 / _SMOOTHING), "valid")
    return smooth
