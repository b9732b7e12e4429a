"""The measures of one answer, each beside its target and beside what is usual for the speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from voicerehearsal.coaching.metrics import METRICS, Metric, numbers
from voicerehearsal.coaching.summary import FOLLOWED
from voicerehearsal.coaching.targets import LEAST_HISTORY, Target, aim, held_against
from voicerehearsal.presenting.letter import band, capital, shown, unit_of
from voicerehearsal.values import Report, Usual

SHOWN = (*FOLLOWED, "pitch_sd_st", "falling_endings", "speaking_s")
"""What a person can do something about, and the length."""

Side = Literal["below", "within", "above"]

_MARGIN = 0.12  # of the scale on both sides


@dataclass(frozen=True, slots=True)
class Bar:
    """Places on a scale from 0 to 100: the value, and from where to where target and usual range reach."""

    at: float
    target: tuple[float, float] | None
    usual: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of an answer.

    Attributes:
        measure: Its name among the metrics, for its trend.
        name: What it is called.
        value: The number with its unit.
        target: The limits to keep within, "" without one.
        towards: Where the value lies beside the target, None without one.
        usual: What is usual, "" when not known yet.
        beside: Where the value lies beside the usual range, None when not known yet.
        bar: The same to look at; None where there is nothing to compare with.
        source: Who states the target.
    """

    measure: str
    name: str
    value: str
    target: str
    towards: Side | None
    usual: str
    beside: Side | None
    bar: Bar | None
    source: str


def measure_rows(report: Report, usual: Mapping[str, Usual]) -> list[MeasureRow]:
    """The measures that are followed, against the targets that were in force.

    Args:
        report: What was measured.
        usual: What was usual for the speaker before, by name of measure.
    """
    found = {metric.name: value for metric, value in numbers(report)}
    targets = held_against(report)
    return [
        _row(METRICS[name], found[name], _target(name, report, targets.of(name)), usual.get(name))
        for name in SHOWN
        if name in found
    ]


def _target(name: str, report: Report, stated: Target | None) -> Target | None:
    """The question's own target for its length, else the measure's."""
    if name == "speaking_s":
        length = None if report.length is None else report.length.target_s
        return None if length is None else Target(*length, "")
    return stated


def _row(metric: Metric, value: float, target: Target | None, usual: Usual | None) -> MeasureRow:
    known = usual if usual is not None and usual.answers >= LEAST_HISTORY and usual.spread > 0 else None
    wished = aim(metric.name, target)
    spread = None if known is None else 1.96 * known.spread * (1 + 4 / known.answers)
    around = None if known is None or spread is None else (known.median - spread, known.median + spread)
    return MeasureRow(
        measure=metric.name,
        name=capital(metric.label),
        value=shown(metric, value) + unit_of(metric),
        target=band(metric, wished),
        towards=None if wished is None else _side(value, wished.low, wished.high),
        usual="" if known is None else f"{shown(metric, known.median)} ± {shown(metric, known.spread)}",
        beside=None if around is None else _side(value, *around),
        bar=_bar(value, wished, None if known is None else (known.median - known.spread, known.median + known.spread)),
        source="" if target is None else target.source,
    )


def _side(value: float, low: float | None, high: float | None) -> Side:
    if low is not None and value < low:
        return "below"
    return "above" if high is not None and value > high else "within"


def _bar(value: float, target: Target | None, usual: tuple[float, float] | None) -> Bar | None:
    edges = [value, *(usual or ()), *(_limits(target) if target is not None else ())]
    if len(edges) == 1 or min(edges) == max(edges):
        return None
    margin = _MARGIN * (max(edges) - min(edges))
    low, high = min(edges) - margin, max(edges) + margin
    low = max(0.0, low) if min(edges) >= 0 else low

    def place(number: float) -> float:
        return float(round(100 * (number - low) / (high - low), 1))

    return Bar(
        at=place(value),
        target=None
        if target is None
        else (
            0.0 if target.low is None else place(target.low),
            100.0 if target.high is None else place(target.high),
        ),
        usual=None if usual is None else (max(0.0, place(usual[0])), min(100.0, place(usual[1]))),
    )


def _limits(target: Target) -> Iterator[float]:
    yield from (limit for limit in (target.low, target.high) if limit is not None)
