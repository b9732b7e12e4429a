"""Whether a smile can be heard: an answer against the speaker's own readings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.calibration import Calibration, reading_sums, smile_model
from voicerehearsal.measures.levels import BandPowers
from voicerehearsal.measures.smile_features import (
    CEPSTRA,
    FRAME_S,
    HARMONICITY,
    PITCH,
    VERSION,
    Timbre,
    clear_frames,
    comparable_rows,
    tilt_db,
)
from voicerehearsal.measures.sound_classes import ClassSums, Floats, class_sums, sound_classes
from voicerehearsal.values import Smile, SmileWindow, Span

LEAST_VOICED_S = 0.4
"""Clear voiced speech under which nothing is said: two or three syllables."""

HEARD = 0.5
"""Score above which a smile is heard, if by more than the uncertainty."""

WINDOW_S = 5.0
_LEAST_WINDOW_VOICED_S = 1.0
_WITHIN_90 = 1.645  # standard deviations
_BETWEEN_READINGS = 0.08  # standard deviation that no length of speech takes away: words, mood, microphone
_LEAST_SHARED = 10.0
"""Frames of the same classes, in effect, that answer and neutral reading must share to be compared: a tenth of a
second; for the formants, sought in every other frame, two tenths."""

_TOO_SHORT = f"fewer than {LEAST_VOICED_S:g} s of clear voiced speech"
_OTHER_VERSION = "the calibration was made by another version of the measure; calibrate again"


def measure_smile(
    *,
    timbre: Timbre,
    bands: BandPowers,
    calibration: Calibration,
    profile: str,
    mutes: Sequence[Span] = (),
) -> Smile:
    """The smile of an answer.

    Args:
        timbre: From `smile_features.timbre`, shape (n, 17).
        bands: From `levels.band_powers` of the same sound, shape (n, 13).
        calibration: The speaker's own.
        profile: Its name.
        mutes: When the line was muted; left out.

    Returns:
        The contract's `smile`; a score of None has a reason.
    """
    if calibration.version != VERSION:
        return _untold(_OTHER_VERSION, profile)
    clear = clear_frames(timbre=timbre, bands=bands)
    for mute in mutes:
        clear[round(mute.start_s / FRAME_S) : round(mute.end_s / FRAME_S)] = False
    if np.count_nonzero(clear) * FRAME_S < LEAST_VOICED_S:
        return _untold(_TOO_SHORT, profile)
    parts = _parts(comparable_rows(timbre=timbre, clear=clear), np.flatnonzero(clear), np.array(calibration.centre))
    sums = reduce(add, (part for _, part in parts))
    evidence = _evidence(sums, reading_sums(calibration.neutral))
    if not calibration.tellable:
        return _untold(calibration.reason or "", profile, evidence)
    model = smile_model(calibration)
    score = model.score(sums)
    variance = calibration.spread**2 / (np.count_nonzero(clear) * FRAME_S) + _BETWEEN_READINGS**2
    uncertainty = _WITHIN_90 * float(np.sqrt(variance))
    return Smile(
        score=score,
        uncertainty=uncertainty,
        audible=score > HEARD + uncertainty,
        reason=calibration.reason,
        profile=profile,
        evidence=evidence,
        windows=tuple(
            SmileWindow(start_s, min(start_s + WINDOW_S, len(timbre) * FRAME_S), model.score(part))
            for start_s, part in parts
            if part.counts.sum() * FRAME_S >= _LEAST_WINDOW_VOICED_S
        ),
    )


def _untold(reason: str, profile: str, evidence: dict[str, float] | None = None) -> Smile:
    return Smile(
        score=None,
        uncertainty=None,
        audible=None,
        reason=reason,
        profile=profile,
        evidence=evidence or {},
        windows=(),
    )


def _parts(rows: Timbre, frames: NDArray[np.intp], centre: Floats) -> list[tuple[float, ClassSums]]:
    """Consecutive windows from the first of the frames on: when each begins, and what its rows add up to."""
    window = (frames - frames[0]) // round(WINDOW_S / FRAME_S)
    return [
        (float(frames[0] * FRAME_S + number * WINDOW_S), class_sums(rows=rows[window == number], centre=centre))
        for number in np.unique(window)
    ]


def _evidence(heard: ClassSums, neutral: ClassSums) -> dict[str, float]:
    """What differs from the neutral reading, sound by sound, in the field's units.

    What is known of too few sounds in both is left out.
    """
    evidence: dict[str, float] = {}
    scaled = _mean_difference(heard.sums, heard.counts, neutral.sums, neutral.counts)
    if scaled is not None:
        move = scaled * sound_classes().scale
        evidence = {
            "f0_st": float(move[PITCH]),
            "tilt_db": tilt_db(move[:CEPSTRA]),
            "harmonicity_db": float(move[HARMONICITY]),
        }
    log_ratio = _mean_difference(heard.formant_sums, heard.formant_counts, neutral.formant_sums, neutral.formant_counts)
    if log_ratio is not None:
        percent = 100 * np.expm1(log_ratio / 100)
        evidence |= {f"f{number}_percent": float(value) for number, value in enumerate(percent, 1)}
        evidence["vocal_tract_length_percent"] = float(100 * np.expm1(-log_ratio[1:].mean() / 100))
    return evidence


def _mean_difference(a: Floats, count_a: Floats, b: Floats, count_b: Floats) -> Floats | None:
    """Mean over the classes of how `a` differs from `b`, each class weighed by how well both know it."""
    weight = count_a * count_b / (count_a + count_b + 1e-9)
    if weight.sum() < _LEAST_SHARED:
        return None
    apart = a / (count_a + 1e-9)[:, None] - b / (count_b + 1e-9)[:, None]
    mean: Floats = weight @ apart / weight.sum()
    return mean
