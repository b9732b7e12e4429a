"""Scores and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.values import Span


@dataclass(frozen=True)
class Check:
    """One number with a target: at least it, or at most it."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def passed(self) -> bool:
        """Whether the target is met; a number that could not be computed is a miss."""
        over = self.at_least is None or self.value >= self.at_least
        return bool(over and (self.at_most is None or self.value <= self.at_most))

    def line(self) -> str:
        """One line of the table."""
        target = f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"
        return f"{'PASS' if self.passed else 'FAIL'}  {self.name:<66} {self.value:8.3f}   target {target}"


@dataclass
class Edges:
    """Found edges against true ones, added up over files."""

    hits: int = 0
    true: int = 0
    found: int = 0

    def add(self, true: Sequence[float], found: Sequence[float], within_s: float) -> None:
        """Match each true edge with the nearest unused found one."""
        free = list(found)
        for edge in true:
            near = min(free, key=lambda at: abs(at - edge), default=None)
            if near is not None and abs(near - edge) <= within_s:
                free.remove(near)
                self.hits += 1
        self.true += len(true)
        self.found += len(found)

    def add_pauses(self, true: Sequence[Span], found: Sequence[Span], within_s: float) -> None:
        """Starts match starts, ends match ends."""
        self.add([s.start_s for s in true], [s.start_s for s in found], within_s)
        self.add([s.end_s for s in true], [s.end_s for s in found], within_s)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (self.true + self.found) if self.true + self.found else float("nan")


def pearson(x: Sequence[float], y: Sequence[float]) -> float:
    """Pearson's correlation."""
    return float(np.corrcoef(x, y)[0, 1])


def spearman(x: Sequence[float], y: Sequence[float]) -> float:
    """Spearman's rank correlation, ties sharing their mean rank."""
    return pearson(_ranks(x).tolist(), _ranks(y).tolist())


def _ranks(values: Sequence[float]) -> NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def heading(text: str) -> None:
    """Begin a section of the output."""
    print(f"\n── {text} " + "─" * max(0, 96 - len(text)))
