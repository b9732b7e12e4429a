"""Mann and Kendall's test of a series, and the straight lines that go with it.

The test (Mann 1945, Kendall 1975) has the variance that Hamed & Rao (1998) give it for numbers that resemble the ones
before. The resemblance is taken to be of first order. Histories of practice are too short to search for the lags that
matter, as the original does: with ρ = 0.4 that calls noise a rise in 8 of 100 (pymannkendall 1.4.3; 20 and 60 numbers).
`python -m tests.accuracy trends` shows how often this test is wrong.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

MOST_RESEMBLANCE = 0.9
"""Correlation of neighbouring answers beyond which a short history cannot estimate it."""


@dataclass(frozen=True, slots=True)
class MannKendall:
    """The test of one series: pairs that rise less pairs that fall, and the standard error of that number."""

    score: int
    error: float
    widening: float
    count: int

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the standard error, for it is estimated: half the answers, found by simulation."""
        return self.count / 2

    @property
    def p(self) -> float:
        """Two-sided, with Kendall's correction for continuity and Student's t as normal (Wallace 1959)."""
        t = max(0.0, abs(self.score) - 1) / self.error if self.error else 0.0
        normal = math.sqrt(self.freedom * math.log1p(t * t / self.freedom)) * self._wallace
        return min(1.0, 2 * NormalDist().cdf(-normal))

    def margin(self, confidence: float) -> float:
        """Student's t at the ends of an interval of this confidence."""
        normal = NormalDist().inv_cdf((1 + confidence) / 2) / self._wallace
        return math.sqrt(self.freedom * math.expm1(normal * normal / self.freedom))

    @property
    def _wallace(self) -> float:
        return (8 * self.freedom + 1) / (8 * self.freedom + 3)


@lru_cache(maxsize=4)
def _pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Every two answers, the earlier and the later: made once for many measures of the same answers."""
    import numpy as np

    earlier, later = np.triu_indices(count, 1)
    return earlier, later


def mann_kendall(series: Numbers) -> MannKendall:
    """The test of `series`, in its order: shape (n,), at least five numbers."""
    import numpy as np

    count = len(series)
    earlier, later = _pairs(count)
    score = int(np.sign(series[later] - series[earlier]).sum())
    _, place, ties = np.unique(series, return_inverse=True, return_counts=True)
    variance = (count * (count - 1) * (2 * count + 5) - int((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[place]
    widening = _hamed_rao(_resemblance(ranks), count)
    return MannKendall(score, math.sqrt(variance * widening), widening, count)


def _resemblance(ranks: Numbers) -> float:
    """Correlation of each answer with the one before, from its ranks without their straight line.

    Taking the line out makes neighbours look less alike than they are, by about (2 + 4ρ) / n; that is given back.
    """
    import numpy as np

    count = len(ranks)
    steps = np.arange(count) - (count - 1) / 2
    centred = ranks - ranks.mean()
    rest = centred - steps * (steps @ centred) / (steps @ steps)
    power = float(rest @ rest)
    if power <= 1e-9 * count:
        return 0.0
    raw = float(rest[1:] @ rest[:-1]) / power
    return min(MOST_RESEMBLANCE, max(-MOST_RESEMBLANCE, (count * raw + 2) / (count - 4)))


def _hamed_rao(resemblance: float, count: int) -> float:
    """By how much resemblance widens the variance of Mann–Kendall's score (Hamed & Rao 1998)."""
    import numpy as np

    lag = np.arange(1, count - 2)
    weight = (count - lag) * (count - lag - 1) * (count - lag - 2)
    return float(1 + 2 / (count * (count - 1) * (count - 2)) * (weight * resemblance**lag).sum())


def theil_sen(series: Numbers, test: MannKendall, confidence: float) -> tuple[float, float, float]:
    """The median slope of all pairs, and the slopes that the test would not tell from it (Sen 1968)."""
    earlier, later = _pairs(len(series))
    slopes = (series[later] - series[earlier]) / (later - earlier)
    last = len(slopes) - 1
    below = math.ceil((len(slopes) - test.margin(confidence) * test.error - 1) / 2) - 1
    below = min(max(below, 0), last // 2)
    slopes.partition([below, last // 2, last - last // 2, last - below])
    middle = (slopes[last // 2] + slopes[last - last // 2]) / 2
    return float(middle), float(slopes[below]), float(slopes[last - below])


def least_squares(series: Numbers, test: MannKendall, confidence: float) -> tuple[float, float, float]:
    """The slope of the mean, its interval as wide as resemblance makes the test's."""
    import numpy as np

    count = len(series)
    steps = np.arange(count) - (count - 1) / 2
    slope = float(steps @ series / (steps @ steps))
    rest = series - series.mean() - slope * steps
    error = math.sqrt(float(rest @ rest) / (count - 2) / float(steps @ steps) * test.widening)
    return slope, slope - test.margin(confidence) * error, slope + test.margin(confidence) * error
