"""Is the word on change honest? Practice histories are simulated, some improving, most not; no recordings are needed.

Assumed: answers spread normally (or as said) about their level with a standard deviation of 1, each resembling the one
before with correlation ρ (first order). Skew and outliers need no histories of their own: only ranks are tested. The
target band lies far above, so that "better" is a rise. Where nothing changes, "better" and "worse" are equally likely
by symmetry; half of both together is counted, which is steadier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tests.accuracy.scoring import Check, heading
from voicerehearsal.coaching.change import CONFIDENCE, ENOUGH, Change, change
from voicerehearsal.values import Target

Histories = NDArray[np.float64]
Shape = Callable[[Histories], Histories]
"""From normal histories (a row each) to those of another measure."""

TARGET = Target(100.0, 120.0, "far above")
COUNTS = (ENOUGH, 20, 40, 60, 100, 200)
RESEMBLANCES = (0.0, 0.1, 0.2, 0.3, 0.4)
HISTORIES = 2000
CHANGE_SD = 1.5
CHANGE_COUNT = 60


def check() -> list[Check]:
    """Print how often each verdict is given; the targets are those of normal answers."""
    heading("Change: is it more than chance?")
    print(__doc__.split("\n\n", 1)[1].strip())
    print(f"{HISTORIES} histories a cell ({HISTORIES * 3 // 4} of 200 answers); interval of {CONFIDENCE:.0%}.")
    worst, settling = _nothing_changes()
    found = _something_changes()
    other = _other_spreads()
    return [
        Check("false “better”, worst of all numbers of answers and ρ", worst, at_most=0.05),
        Check("false “better”, worst of counts and shares, and at the target", other, at_most=0.05),
        Check("false “settling”, worst of all", settling, at_most=0.05),
        Check(f"a change of {CHANGE_SD} SD over {CHANGE_COUNT} answers is found, ρ = 0", found, at_least=0.90),
    ]


def _nothing_changes() -> tuple[float, float]:
    print(f"\n{'false “better”':<23}" + "".join(f"  ρ = {rho:.1f}" for rho in RESEMBLANCES) + "   and “settling”")
    wrong, settling = [], []
    for count in COUNTS:
        cells = [list(_changes(_histories(count, rho))) for rho in RESEMBLANCES]
        wrong.append([_better_by_symmetry(cell) for cell in cells])
        settling.append([_share(cell, lambda one: one.settling is True) for cell in cells])
        print(f"{count:>5} answers           " + _row(wrong[-1]) + f"   {max(settling[-1]):.3f}", flush=True)
    return max(map(max, wrong)), max(map(max, settling))


def _something_changes() -> float:
    """Share of linear changes that are found at ρ = 0."""
    rise = np.linspace(0.0, CHANGE_SD, CHANGE_COUNT)
    kinds = {
        "linear": lambda noise: noise + rise,
        "a step half way": lambda noise: noise + CHANGE_SD * (rise > CHANGE_SD / 2),
        "soon, then level": lambda noise: noise + CHANGE_SD * (1 - np.exp(-5 * rise / CHANGE_SD)),
        "spread halves": lambda noise: noise * np.linspace(1.0, 0.5, CHANGE_COUNT),
    }
    print(f"\n{CHANGE_SD} SD over {CHANGE_COUNT} answers  " + "".join(f"  ρ = {rho:.1f}" for rho in RESEMBLANCES[::2]))
    found = {}
    for name, kind in kinds.items():
        cells = [list(_changes(kind(_histories(CHANGE_COUNT, rho)))) for rho in RESEMBLANCES[::2]]
        found[name] = [_share(cell, lambda one: one.verdict == "better") for cell in cells]
        settles = [_share(cell, lambda one: one.settling is True) for cell in cells]
        print(f"  {name:<17} better   " + _row(found[name]))
        print(f"  {'':<17} settling " + _row(settles), flush=True)
    return found["linear"][0]


def _other_spreads() -> float:
    """Share of false “better” among measures that are not normal, and of one that is where it should be."""
    print("\nfalse “better”, 20 and 60 answers" + "".join(f"  ρ = {rho:.1f}" for rho in RESEMBLANCES[::4]))
    wrong = []
    for name, shape in SHAPES.items():
        for count in (20, 60):
            cells = [list(_changes(shape(_histories(count, rho)))) for rho in RESEMBLANCES[::4]]
            wrong.append([_better_by_symmetry(cell) for cell in cells])
            print(f"  {name:<27}{count:>4}" + _row(wrong[-1]), flush=True)
    around = [list(_changes(_histories(60, rho), Target(-0.2, 0.2, "around the level"))) for rho in RESEMBLANCES[::4]]
    wrong.append([_share(cell, lambda one: one.verdict == "better") for cell in around])
    print(f"  {'level at the target':<27}{60:>4}" + _row(wrong[-1]))
    return max(map(max, wrong))


def _histories(count: int, rho: float) -> Histories:
    """Rows of answers without a change, made anew the same way for each cell."""
    how_many = HISTORIES if count < 200 else HISTORIES * 3 // 4
    noise = np.random.default_rng([count, round(100 * rho)]).standard_normal((count, how_many))
    for before, now in pairwise(noise):
        now *= np.sqrt(1 - rho * rho)
        now += rho * before
    return noise.T.copy()


def _changes(histories: Histories, target: Target = TARGET) -> Iterator[Change]:
    return (change(history, target) for history in histories.tolist())


def _better_by_symmetry(changes: list[Change]) -> float:
    verdicts = Counter(one.verdict for one in changes)
    return (verdicts["better"] + verdicts["worse"]) / 2 / len(changes)


def _share(changes: list[Change], what: Callable[[Change], bool]) -> float:
    return sum(map(what, changes)) / len(changes)


def _row(shares: list[float]) -> str:
    return "".join(f"{share:9.3f}" for share in shares)


def _poisson(mean: float) -> Shape:
    """Counts of this mean, ties and all; made from normal answers through their quantiles."""
    highest = 12
    chances = np.exp(-mean) * np.cumprod([1.0, *(mean / k for k in range(1, highest))])
    edges = [NormalDist().inv_cdf(float(below)) for below in np.cumsum(chances) if below < 1 - 1e-9]
    return lambda noise: np.searchsorted(edges, noise).astype(float)


SHAPES: dict[str, Shape] = {
    "counts, 0.7 on average": _poisson(0.7),
    "counts, 3 on average": _poisson(3.0),
    "points made, of 5": lambda noise: np.clip(np.round(3 + 1.2 * noise), 0, 5) / 5,
}
