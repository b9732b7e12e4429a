"""Whether a measure is really changing from answer to answer, and one answer's place among the others.

A change is found by Mann–Kendall's test, corrected for answers that resemble the ones before (`mann_kendall`); its size
is the Theil–Sen slope (Sen 1968). Both look at the order of the answers, not at the days between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicerehearsal.coaching.mann_kendall import least_squares, mann_kendall, theil_sen
from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.values import Target

LATEST = 200
"""Answers looked at, at most: what changed longer ago is not how somebody changes now."""

ENOUGH = 12
"""Answers that it takes to speak of a change: with fewer, their resemblance to one another cannot be judged."""

CONFIDENCE = 0.92
"""Of the interval; a change is one when the interval leaves out "none".

At 0.95 the test finds a change of 1.5 standard deviations over 60 answers in fewer than 9 histories of 10; at 0.92 it
finds more, and still calls noise "better" in fewer than 1 of 20 (`python -m tests.accuracy trends`).
"""

Verdict = Literal["too_early", "none", "better", "worse", "rising", "falling"]

MEANINGS: dict[Verdict, str] = {
    "better": "nearer to the target",
    "worse": "further from the target",
    "rising": "rising",
    "falling": "falling",
}
"""What each verdict of a change is called; "none" and "too_early" are no change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What can be said of the direction of a measure.

    Attributes:
        count: Answers looked at.
        verdict: "better" and "worse" (nearer to the target, further from it) only with a target; "none": nothing that
            could not be chance.
        slope: Change from one answer to the next, in the measure's unit; None when it is too early.
        low: Lower end of the slope's interval (`CONFIDENCE`).
        high: Upper end.
        p: How often chance alone would look as much like a change, in either direction; 0–1.
        start: The line at the first of the answers.
        end: The line at the last.
        line: How slope and interval were found: by least squares only where most answers are equal (a count that is
            mostly 0), so that the median slope is 0 though a change was found.
        settling: Whether answers differ less and less from the one before; None when it is too early.
    """

    count: int
    verdict: Verdict
    slope: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    start: float | None = None
    end: float | None = None
    line: Literal["Theil–Sen", "least squares"] = "Theil–Sen"
    settling: bool | None = None


def change(values: Sequence[float], target: Target | None = None) -> Change:
    """What the last `LATEST` of `values` (oldest first, one an answer) say of the direction of a measure."""
    import numpy as np

    series = np.asarray(values[-LATEST:], dtype=float)
    count = len(series)
    if count < ENOUGH:
        return Change(count, "too_early")
    test = mann_kendall(series)
    settling = mann_kendall(np.abs(np.diff(series)))
    slope, low, high = theil_sen(series, test, CONFIDENCE)
    line: Literal["Theil–Sen", "least squares"] = "Theil–Sen"
    if slope == 0.0 and test.p < 1 - CONFIDENCE:
        line = "least squares"
        slope, low, high = least_squares(series, test, CONFIDENCE)
    steps = np.arange(count)
    start = float((np.mean if line == "least squares" else np.median)(series - slope * steps))
    end = start + slope * (count - 1)
    found = test.p < 1 - CONFIDENCE and not low < 0.0 < high
    return Change(
        count=count,
        verdict=_verdict(start, end, target) if found and slope else "none",
        slope=slope,
        low=low,
        high=high,
        p=test.p,
        start=start,
        end=end,
        line=line,
        settling=settling.score < 0 and settling.p < 1 - CONFIDENCE,
    )


def in_words(change: Change, metric: Metric, *, evidence: bool = True) -> str:
    """One honest sentence: what changed, by how much, over how many answers, and how it was found (`evidence`)."""
    name = metric.label[:1].upper() + metric.label[1:]
    found = evidence_in_words(change, metric)
    if not found:
        return f"{name}: too early to tell: {_answers(change.count)}, {ENOUGH} needed."
    if change.verdict == "none" or change.start is None or change.end is None:
        how = f"; {found}" if evidence else ""
        said = f"{name}: no change that could not be chance ({change.count} answers{how})."
    else:
        small = abs(change.end - change.start) < 3 * 10**-metric.decimals
        start, end = (f"{value:.{metric.decimals + small}f}" for value in (change.start, change.end))
        unit = f" {metric.unit}" if metric.unit else ""
        moved = f"{MEANINGS[change.verdict]}, from about {start} to about {end}{unit}"
        said = f"{name}: {moved} over {change.count} answers{f' ({found})' if evidence else ''}."
    return f"{said} It is settling: answers differ less and less from the one before." if change.settling else said


def evidence_in_words(change: Change, metric: Metric) -> str:
    """How a change was looked for and how sure it is; "" when it was too early to."""
    if change.slope is None or change.low is None or change.high is None or change.p is None:
        return ""
    p = "p < 0.001" if change.p < 0.001 else f"p = {change.p:.2g}"
    slope, low, high = (_signed(value, metric.decimals + 2) for value in (change.slope, change.low, change.high))
    interval = f"{change.line} {slope} from answer to answer, {CONFIDENCE:.0%} interval {low} to {high}"
    return f"{interval}; Mann–Kendall with Hamed–Rao {p}"


def chance_in_words(changes: Sequence[Change], what: str = "measure") -> str:
    """Of several measures looked at together, how many seem to change by chance; "" when none was found to change."""
    looked_at = sum(one.slope is not None for one in changes)
    if looked_at < 2 or all(one.verdict not in MEANINGS for one in changes):
        return ""
    return f"Chance alone lets about one {what} in twelve seem to change; {looked_at} were looked at."


def _answers(count: int) -> str:
    return f"{count} answer" if count == 1 else f"{count} answers"


def _signed(value: float, decimals: int) -> str:
    return f"{value:+.{decimals}f}".replace("-", "−")


def _verdict(start: float, end: float, target: Target | None) -> Verdict:
    """Where the line goes; inside the target everything is equal.

    A line that passes through it comes nearer only when it ends at most half as far away.
    """
    direction: Verdict = "rising" if end > start else "falling"
    if target is None:
        return direction
    before, after = target.distance(start), target.distance(end)
    if after > before:
        return "worse"
    below, above = min(start, end), max(start, end)
    through = target.low is not None and target.high is not None and below < target.low and target.high < above
    return "better" if after < before and not (through and after > before / 2) else direction


ENOUGH_FOR_A_PLACE = 10
"""Other answers that it takes to say "9 in 10"."""

UNUSUAL = 0.05
"""Share of answers that count as unusual, both ends together."""


@dataclass(frozen=True, slots=True)
class Place:
    """One answer among the person's others.

    Attributes:
        below: Share of the others that are lower, equal ones counting half; None when there are too few.
        count: The others.
        unusual: Whether no more than `UNUSUAL` of all answers lie as far out, on either side; None when there are too
            few for any answer to (fewer than 39).
        reason: Why there is no share.
        equal: Share of the others that are the same; None when there are too few.
    """

    below: float | None
    count: int
    unusual: bool | None = None
    reason: str | None = None
    equal: float | None = None


def place(value: float, values: Sequence[float]) -> Place:
    """Where `value` lies among `values`, the person's other answers, without this one."""
    count = len(values)
    if count < ENOUGH_FOR_A_PLACE:
        return Place(None, count, reason=f"{_answers(count)} to compare with, {ENOUGH_FOR_A_PLACE} needed")
    lower, higher = sum(other < value for other in values), sum(other > value for other in values)
    as_far_out = 2 * (count - max(lower, higher) + 1) / (count + 1)
    can_be = 2 / (count + 1) <= UNUSUAL
    equal = count - lower - higher
    unusual = as_far_out <= UNUSUAL if can_be else None
    return Place((lower + equal / 2) / count, count, unusual, equal=equal / count)


def place_in_words(place: Place, metric: Metric) -> str:
    """As in "faster than 9 in 10 of your other answers"."""
    if place.below is None or place.equal is None:
        return f"too early to tell its place: {place.reason}"
    if place.equal > 0.5:
        return f"the same as {'all' if place.equal == 1.0 else 'most'} of your {place.count} other answers"
    more, less = _COMPARED.get(metric.unit, ("higher", "lower"))
    word, share = (more, place.below) if place.below >= 0.5 else (less, 1 - place.below)
    if share < 0.55:
        return f"in the middle of your {place.count} other answers"
    share -= place.equal / 2
    if share == 1.0:
        return f"{word} than all {place.count} other answers of yours"
    tenths = round(10 * share)
    return f"{word} than {'nearly all' if tenths == 10 else f'{tenths} in 10'} of your {place.count} other answers"


_COMPARED = {
    "words/min": ("faster", "slower"),
    "characters/min": ("faster", "slower"),
    "syll/s": ("faster", "slower"),
    "s": ("longer", "shorter"),
}
