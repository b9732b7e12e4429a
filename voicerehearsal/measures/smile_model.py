"""Telling a smile: likelihoods of the readings, vowel by vowel, with doubt where there is little speech.

Each reading moves every class of sounds from where neutral speech of all people has it; the move is a common one plus
one of the class's own, both held back by how little was read (maximum a posteriori adaptation: Gauvain & Lee 1994;
Reynolds, Quatieri & Dunn 2000). New speech is then likelier under one reading than under another by so much a frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from voicerehearsal.measures.smile_features import CEPSTRA, HARMONICITY, PITCH, band_step_db
from voicerehearsal.measures.sound_classes import ClassSums, Floats, sound_classes

_CLASS_FRAMES = 8.0  # frames of one class from which its own move is half believed
_COMMON_FRAMES = 20.0  # the same for the common move
_PITCH_DOUBT = 2.5  # times the variance of its frames: pitch moves slowly, and neighbours repeat each other
_USUAL_FRAMES = 50.0  # of ordinary speech, added to the readings where it matters how common a class is
_SMILE_FRAMES = 40.0
"""Frames that what is known of smiles counts as; 0.8 s of voice in both readings are believed as much."""

_SMILE_PITCH_ST = 3.0
_SMILE_LOW_DB = -3.0
_BRIGHT_HZ = 1000.0
"""A smiling voice against a neutral one: higher and brighter (Tartter 1980; Tartter & Braun 1994)."""

_BETWEEN_FRAMES = 200.0
"""Frames that what is known of anger counts as: two seconds of voice in each reading are believed as much."""

_ANGER_EDGE_HZ = 850.0
_ANGER_LOW_DB = -6.0
_ANGER_HARMONICITY_DB = -4.0
"""An angry voice against a happy one: less of its energy low down (below 500 and 1000 Hz: Banse & Scherer 1996), a
higher first formant and a rougher sound (Juslin & Laukka 2003; Scherer 2003). Both are loud, high and fast."""

_SOFTNESS = 0.1  # of the lesser of two likelihood ratios, in nats a frame
_CHANCE = 1.7
"""How much more two readings of the same words differ by chance than independent frames would: neighbouring frames are
alike. Twice that between readings of different words of one neutral voice (speechocean762)."""
_LEAST_TRUE_NEUTRAL = 0.6
_TRUE_IRRITATED = (0.4, 0.7)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Smiling against another reading.

    Attributes:
        towards: What a frame's deviation says for the smile, shape (64, 14), nats.
        against: What a frame of each class says before it is heard, shape (64,).
        expected: Log-likelihood ratio a frame that a smile has, and the other reading has with the opposite sign.
    """

    towards: Floats
    against: Floats
    expected: float

    def ratio(self, sums: ClassSums) -> float:
        """Log-likelihood ratio a frame."""
        return float((np.sum(sums.sums * self.towards) - sums.counts @ self.against) / sums.counts.sum())


@dataclass(frozen=True, slots=True)
class SmileModel:
    """Smiling against neutral and, where there is such a reading, against irritated."""

    neutral: Contrast
    irritated: Contrast | None

    def score(self, sums: ClassSums) -> float:
        """0 as in the neutral reading, 1 as in the smiling one; the irritated one lies under 0.5."""
        ratio, most = self.neutral.ratio(sums), self.neutral.expected
        if self.irritated is not None:
            other = self.irritated.ratio(sums)
            ratio = float(-_SOFTNESS * np.logaddexp(-ratio / _SOFTNESS, -other / _SOFTNESS))
            if ratio > 0:
                most = min(most, self.irritated.expected)
        return 0.5 + 0.5 * ratio / most


def fit(*, neutral: ClassSums, smiling: ClassSums, irritated: ClassSums | None) -> SmileModel:
    """What the readings say of a smile."""
    readings = [neutral, smiling] if irritated is None else [neutral, smiling, irritated]
    common = [_common_move(reading) for reading in readings]
    own = [
        (reading.sums - reading.counts[:, None] * move) / (reading.counts + _CLASS_FRAMES)[:, None]
        for reading, move in zip(readings, common, strict=True)
    ]
    frames = [float(reading.counts.sum()) for reading in readings]
    common[0], common[1] = _parted(common[0], common[1], frames[:2], known=-_smile(), known_frames=_SMILE_FRAMES)
    if irritated is not None:
        common[1], common[2] = _parted(common[1], common[2], frames[1:], known=-_anger(), known_frames=_BETWEEN_FRAMES)
    moved = [a + b for a, b in zip(common, own, strict=True)]
    share = sum(reading.counts for reading in readings) + _USUAL_FRAMES * sound_classes().weights
    share = share / share.sum()

    def contrast(other: int) -> Contrast:
        precision = _precision()
        distance = float(np.sum(share[:, None] * (moved[1] - moved[other]) ** 2 * precision))
        chance = sum(reading.counts / (reading.counts + _CLASS_FRAMES) ** 2 for reading in (smiling, readings[other]))
        true = 1 - _CHANCE * float(share @ chance) * precision.shape[1] / max(distance, 1e-9)
        true = max(true, _LEAST_TRUE_NEUTRAL) if other == 0 else float(np.clip(true, *_TRUE_IRRITATED))
        return Contrast(
            (moved[1] - moved[other]) * precision,
            0.5 * np.sum((moved[1] ** 2 - moved[other] ** 2) * precision, axis=1),
            0.5 * distance * true,
        )

    return SmileModel(contrast(0), None if irritated is None else contrast(2))


def _common_move(reading: ClassSums) -> Floats:
    """How the whole reading lies off, classes weighed by how sure they are, shape (14,)."""
    precision = _precision()
    held_back = _COMMON_FRAMES * precision.mean(axis=0)
    move: Floats = np.sum(reading.sums * precision, axis=0) / (reading.counts @ precision + held_back)
    return move


def _parted(
    first: Floats, second: Floats, frames: list[float], *, known: Floats, known_frames: float
) -> tuple[Floats, Floats]:
    """Both moves, the first minus the second drawn towards what is known of it."""
    own_frames = 1 / (1 / frames[0] + 1 / frames[1])
    apart = (own_frames * (first - second) + known_frames * known) / (own_frames + known_frames)
    middle = (first + second) / 2
    return middle + apart / 2, middle - apart / 2


@cache
def _precision() -> Floats:
    """How much a frame's deviation counts, shape (64, 14)."""
    variances = sound_classes().variances.copy()
    variances[:, PITCH] *= _PITCH_DOUBT
    precision: Floats = 1 / variances
    return precision


@cache
def _smile() -> Floats:
    """A smiling voice minus a neutral one, in units of the classes' scale, shape (14,)."""
    move = np.zeros(len(sound_classes().scale))
    move[:CEPSTRA] = band_step_db(edge_hz=_BRIGHT_HZ, below_db=_SMILE_LOW_DB)
    move[PITCH] = _SMILE_PITCH_ST
    scaled: Floats = move / sound_classes().scale
    return scaled


@cache
def _anger() -> Floats:
    """An angry voice minus a happy one, in units of the classes' scale, shape (14,)."""
    move = np.zeros(len(sound_classes().scale))
    move[:CEPSTRA] = band_step_db(edge_hz=_ANGER_EDGE_HZ, below_db=_ANGER_LOW_DB)
    move[HARMONICITY] = _ANGER_HARMONICITY_DB
    scaled: Floats = move / sound_classes().scale
    return scaled
