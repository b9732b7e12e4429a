"""A voice's own readings, straight-faced, smiling and irritated, and how well they can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicerehearsal.measures.smile_features import COMPARED, FRAME_S, VERSION, Timbre
from voicerehearsal.measures.smile_model import SmileModel, fit
from voicerehearsal.measures.sound_classes import ClassSums, Floats, class_sums

LEAST_READING_S = 0.5
"""Clear voiced speech that each reading must have."""

_PIECE_S = 1.0  # the readings are cut into such pieces to see how well they can be told apart …
_LEAST_PIECE_S = 0.25
_PIECES = 4  # … shorter ones where a reading is short, so that there are that many
_FOLDS = 5
_TOLD_AUC = 0.7
"""A smile cannot be told when even the AUC and its standard error stay below: long readings that differ, but little."""

_TOLD_ERRORS = 0.6
"""How far two readings must lie apart, in standard errors of that distance. The same recording twice gives 0; every
other frame of a recording lies further from the rest in 1 of 120; acted smiles do in nine of ten and more, one short
sentence a reading. The score's own uncertainty says how little so short a reading tells."""

_USUAL_SPREAD = 0.35  # of a score over one second of clear speech: the median of the voices measured
_USUAL_WEIGHT = 8  # pieces that it counts as

NO_IRRITATED = "without an irritated reading, excitement cannot be told from a smile"
LIKE_IRRITATED = "the smiling reading cannot be told from the irritated one"
_ALIKE = "the smiling reading cannot be told from the neutral one"

_Scores = dict[str, list[float]]
"""Of pieces, by the name of their reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading, class of sound by class of sound; numbers as in `sound_classes.ClassSums`, 64 rows each."""

    voiced_s: float
    counts: tuple[float, ...]
    sums: tuple[tuple[float, ...], ...]
    formant_counts: tuple[float, ...]
    formant_sums: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a smile is measured against; plain numbers, to be kept as JSON.

    Attributes:
        version: Of the features; with another version it must be made again.
        centre: Mean of the compared columns over the readings.
        neutral: The straight-faced reading.
        smiling: The smiling one.
        irritated: The irritated one, None without.
        spread: Standard deviation of the score of one second of clear speech.
        auc_neutral: How well a piece of the smiling reading is told from one of the neutral reading, by these two
            alone and each piece left out of what it is compared with: 0.5 not at all, 1 always.
        auc_irritated: The same against the irritated reading, None without.
        tellable: Whether this voice's smile can be told at all.
        reason: Why not, or what cannot be excluded.
    """

    version: int
    centre: tuple[float, ...]
    neutral: Reading
    smiling: Reading
    irritated: Reading | None
    spread: float
    auc_neutral: float
    auc_irritated: float | None
    tellable: bool
    reason: str | None

    @property
    def usable(self) -> bool:
        """Whether a smile can be told by it, by this version of the measure."""
        return self.tellable and self.version == VERSION


@dataclass(frozen=True, slots=True)
class CalibrationResult:
    """A calibration, or None and the reason."""

    calibration: Calibration | None
    reason: str | None


def calibrate(
    *, neutral: Sequence[Timbre], smiling: Sequence[Timbre], irritated: Sequence[Timbre] = ()
) -> CalibrationResult:
    """Learn a voice from its readings, best of the same sentences in the same order.

    Args:
        neutral: Clear frames of each straight-faced recording, shape (n, 17), from `smile_features.comparable_rows`.
        smiling: The same of the smiling ones.
        irritated: The same of the irritated ones, none if there are none.
    """
    named = {"neutral": neutral, "smiling": smiling, "irritated": irritated}
    readings = {name: np.concatenate(rows) for name, rows in named.items() if rows}
    for name in ("neutral", "smiling", *(["irritated"] if irritated else [])):
        if name not in readings or len(readings[name]) * FRAME_S < LEAST_READING_S:
            return CalibrationResult(None, f"the {name} reading has less than {LEAST_READING_S:g} s of voiced speech")
    centre = np.mean([rows[:, COMPARED].mean(axis=0, dtype=np.float64) for rows in readings.values()], axis=0)
    pieces = {name: _pieces(rows, centre) for name, rows in readings.items()}
    scores, pairs = _held_out(pieces)
    told = {other: _told(pair, pieces) for other, pair in pairs.items()}
    aucs = {other: area_under_curve(pair["smiling"], pair[other]) for other, pair in pairs.items()}
    whole = {name: _reading(rows, centre) for name, rows in readings.items()}
    calibration = Calibration(
        version=VERSION,
        centre=tuple(centre.tolist()),
        neutral=whole["neutral"],
        smiling=whole["smiling"],
        irritated=whole.get("irritated"),
        spread=_spread(scores, pieces),
        auc_neutral=aucs["neutral"],
        auc_irritated=aucs.get("irritated"),
        tellable=told["neutral"],
        reason=_reason(told),
    )
    return CalibrationResult(calibration, None)


def smile_model(calibration: Calibration) -> SmileModel:
    """What its readings say of a smile."""
    irritated = None if calibration.irritated is None else reading_sums(calibration.irritated)
    return fit(
        neutral=reading_sums(calibration.neutral), smiling=reading_sums(calibration.smiling), irritated=irritated
    )


def reading_sums(reading: Reading) -> ClassSums:
    """A reading as arrays."""
    return ClassSums(
        np.array(reading.counts),
        np.array(reading.sums),
        np.array(reading.formant_counts),
        np.array(reading.formant_sums),
    )


def area_under_curve(higher: Sequence[float], lower: Sequence[float]) -> float:
    """How often a value of the first is higher than one of the second, 0–1; ties count half."""
    first, second = np.array(higher)[:, None], np.array(lower)[None]
    return float(np.mean((first > second) + 0.5 * (first == second)))


def _reading(rows: Timbre, centre: Floats) -> Reading:
    sums = class_sums(rows=rows, centre=centre)
    return Reading(
        voiced_s=len(rows) * FRAME_S,
        counts=tuple(sums.counts.tolist()),
        sums=tuple(tuple(row) for row in sums.sums.tolist()),
        formant_counts=tuple(sums.formant_counts.tolist()),
        formant_sums=tuple(tuple(row) for row in sums.formant_sums.tolist()),
    )


def _pieces(rows: Timbre, centre: Floats) -> list[ClassSums]:
    """The reading cut into pieces of equal length, in order."""
    seconds = len(rows) * FRAME_S
    count = int(max(seconds / _PIECE_S, min(_PIECES, seconds / _LEAST_PIECE_S)))
    return [class_sums(rows=part, centre=centre) for part in np.array_split(rows, count)]


def _held_out(pieces: dict[str, list[ClassSums]]) -> tuple[_Scores, dict[str, _Scores]]:
    """Scores of the pieces, each by a model that knows neither it nor what was read in its place of other readings.

    Returns:
        By all readings; and by the smiling and one other reading alone, under the name of the other.
    """
    folds = min(_FOLDS, *(len(parts) for parts in pieces.values()))
    scores: _Scores = {name: [] for name in pieces}
    pairs: dict[str, _Scores] = {other: {"smiling": [], other: []} for other in pieces if other != "smiling"}
    for fold in range(folds):
        rest = {
            name: _sum([part for at, part in enumerate(parts) if at * folds // len(parts) != fold])
            for name, parts in pieces.items()
        }
        model = fit(neutral=rest["neutral"], smiling=rest["smiling"], irritated=rest.get("irritated"))
        for name, parts in pieces.items():
            held = [part for at, part in enumerate(parts) if at * folds // len(parts) == fold]
            scores[name] += [model.score(part) for part in held]
            for other, pair in pairs.items():
                contrast = model.irritated if other == "irritated" else model.neutral
                if name in pair and contrast is not None:
                    pair[name] += [0.5 + 0.5 * contrast.ratio(part) / contrast.expected for part in held]
    return scores, pairs


def _told(pair: _Scores, pieces: dict[str, list[ClassSums]]) -> bool:
    """Whether the smiling reading lies apart from the other one, by more than chance and clearly enough."""
    smiling, other = pair.values()
    seconds = [sum(float(part.counts.sum()) for part in pieces[name]) * FRAME_S for name in pair]
    error = _spread(pair, pieces) * float(np.sqrt(1 / seconds[0] + 1 / seconds[1]))
    auc = area_under_curve(smiling, other)
    clear = auc + _standard_error(auc, len(smiling), len(other)) >= _TOLD_AUC
    return clear and float(np.mean(smiling) - np.mean(other)) >= _TOLD_ERRORS * error


def _sum(parts: Sequence[ClassSums]) -> ClassSums:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _spread(scores: _Scores, pieces: dict[str, list[ClassSums]]) -> float:
    """Of one second's score about its reading's mean; few pieces say little, then what is usual counts more."""
    squares, degrees = _USUAL_WEIGHT * _USUAL_SPREAD**2, float(_USUAL_WEIGHT)
    for name, values in scores.items():
        length_s = float(np.mean([part.counts.sum() for part in pieces[name]])) * FRAME_S
        squares += length_s * float(np.sum((np.array(values) - np.mean(values)) ** 2))
        degrees += len(values) - 1
    return float(np.sqrt(squares / degrees))


def _standard_error(auc: float, higher: int, lower: int) -> float:
    """Of an area under the curve from so many values (Hanley & McNeil 1982)."""
    both_higher, both_lower = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = auc * (1 - auc) + (higher - 1) * (both_higher - auc**2) + (lower - 1) * (both_lower - auc**2)
    return float(np.sqrt(max(variance, 0) / (higher * lower)))


def _reason(told: dict[str, bool]) -> str | None:
    if not told["neutral"]:
        return _ALIKE
    if "irritated" not in told:
        return NO_IRRITATED
    return None if told["irritated"] else LIKE_IRRITATED
