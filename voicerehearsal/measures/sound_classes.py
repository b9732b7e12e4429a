"""Classes of speech sounds, so that vowels are compared with like vowels and the words do not decide.

The classes are a mixture of 64 Gaussians over the cepstra of voiced frames (Reynolds, Quatieri & Dunn 2000 call it a
universal background model), learned from neutral read speech of many speakers, each about their own mean; where they
come from is written down beside the program that makes them, `tests/accuracy/sound_classes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.smile_features import COMPARED, FORMANTS, SPECTRUM, Timbre

_FILE = Path(__file__).with_name("sound_classes.npz")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SoundClasses:
    """The classes, all in units of `scale` and about the speaker's mean.

    Attributes:
        weights: How common each is, shape (64,).
        means: Of the compared columns, shape (64, 14).
        variances: Of the compared columns within a class, shape (64, 14).
        scale: Standard deviation of the compared columns over all speech, shape (14,).
    """

    weights: Floats
    means: Floats
    variances: Floats
    scale: Floats


@dataclass(frozen=True, slots=True)
class ClassSums:
    """What a stretch of speech adds up to, class by class; stretches are joined by adding.

    Attributes:
        counts: Frames in each class, shape (64,).
        sums: Sums of deviations from the class's mean, in units of its scale, shape (64, 14).
        formant_counts: Frames in each class whose formants are known, shape (64,).
        formant_sums: Sums of 100 · ln(Hz), shape (64, 3).
    """

    counts: Floats
    sums: Floats
    formant_counts: Floats
    formant_sums: Floats

    def __add__(self, other: ClassSums) -> ClassSums:
        return ClassSums(
            self.counts + other.counts,
            self.sums + other.sums,
            self.formant_counts + other.formant_counts,
            self.formant_sums + other.formant_sums,
        )


@cache
def sound_classes() -> SoundClasses:
    """The classes that come with the program."""
    with np.load(_FILE) as file:
        return SoundClasses(*(file[name].astype(np.float64) for name in ("weights", "means", "variances", "scale")))


def class_sums(*, rows: Timbre, centre: Floats) -> ClassSums:
    """Sort voiced frames into the classes, softly, and add them up.

    Args:
        rows: Clear frames of a `Timbre`, shape (n, 17).
        centre: The speaker's mean of the compared columns, shape (14,).
    """
    classes = sound_classes()
    deviations = (rows[:, COMPARED] - centre) / classes.scale
    shares = class_shares(spectrum=deviations[:, SPECTRUM], classes=classes)
    known = np.isfinite(rows[:, FORMANTS]).all(axis=1)
    counts = shares.sum(axis=0)
    return ClassSums(
        counts,
        shares.T @ deviations - counts[:, None] * classes.means,
        shares[known].sum(axis=0),
        shares[known].T @ rows[known, FORMANTS].astype(np.float64),
    )


def class_shares(*, spectrum: Floats, classes: SoundClasses) -> Floats:
    """Probability of each class given the scaled cepstra of each frame, shape (n, 12): shape (n, 64)."""
    means, precision = classes.means[:, SPECTRUM], 1 / classes.variances[:, SPECTRUM]
    distance = spectrum**2 @ precision.T - 2 * spectrum @ (means * precision).T + (means**2 * precision).sum(axis=1)
    likelihood = (np.log(classes.weights) - 0.5 * (distance - np.log(precision).sum(axis=1))).astype(np.float32)
    shares = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))  # in single precision: half the time
    normal: Floats = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float64)
    return normal
