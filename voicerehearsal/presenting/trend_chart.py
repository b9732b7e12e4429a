"""One measure over time as a chart in a page has it: few enough dots to draw, and the lines that pictures have too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.targets import aim
from voicerehearsal.coaching.trends import ENOUGH, USUAL, By, Number, by_period, usual_of
from voicerehearsal.pictures.trends import Panel, change_line, extent, median_line
from voicerehearsal.presenting.decimate import kept

if TYPE_CHECKING:
    from voicerehearsal.coaching.change import Change
    from voicerehearsal.values import Target

Line = list[tuple[float, float]]
"""Times in seconds since 1970, and heights."""


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn of a measure.

    Attributes:
        metric: Its name.
        title: What it is called.
        unit: Of every number.
        decimals: How many are worth showing.
        by: What a dot stands for.
        count: How many numbers lie between the ends that were asked for; more than there are dots.
        whole: When the first and the last of all numbers were, in seconds since 1970.
        heights: Lower and upper end of the axis.
        times: When each dot was.
        values: How high it is.
        answers: Which answer it is, or the last of a day or week.
        target: Where the measure should lie; None for no limit on that side.
        usual: Lower end, middle and upper end of what is usual for the speaker.
        median: The line of the rolling median.
        window: Numbers in the rolling median.
        change: The line of a change beyond chance; empty where there is none.
        verdict: What is said of the change.
    """

    metric: str
    title: str
    unit: str
    decimals: int
    by: By
    count: int
    whole: tuple[float, float]
    heights: tuple[float, float]
    times: list[float]
    values: list[float]
    answers: list[int]
    target: tuple[float | None, float | None] | None
    usual: tuple[float, float, float] | None
    median: Line
    window: int
    change: Line
    verdict: str


def panel_of(
    title: str, metric: Metric, numbers: Sequence[Number], *, by: By, target: Target | None, change: Change
) -> tuple[Panel, list[int]]:
    """All `numbers` (at least one, in the order of time) as a picture has them, and the answer of each."""
    if by == "answer":
        whens_s, values = [when_s for when_s, _, _ in numbers], [value for _, value, _ in numbers]
        answers = [answer for _, _, answer in numbers]
    else:
        points = by_period(numbers, by)
        whens_s, values = [point.when.timestamp() for point in points], [point.value for point in points]
        answers = [point.answer_id for point in points]
    usual = usual_of(values[-USUAL:]) if len(values) >= ENOUGH else None
    return Panel(title, metric, whens_s, values, by, aim(metric.name, target), usual, change), answers


def chart_of(panel: Panel, answers: Sequence[int], *, between: tuple[float, float] | None = None, limit: int) -> Chart:
    """The dots of `panel` that lie `between` two times, at most `limit` of them, and its lines there."""
    import numpy as np

    times, values = np.asarray(panel.whens_s, float), np.asarray(panel.values, float)
    begin, end = 0, len(times)
    if between is not None:
        begin, end = int(np.searchsorted(times, between[0], "left")), int(np.searchsorted(times, between[1], "right"))
    dots = begin + kept(values[begin:end], limit) if begin < end else np.arange(0)
    before = max(0, begin + 1 - panel.window)  # so that the line of the median is whole where the view begins
    near = Panel(panel.title, panel.metric, panel.whens_s[before:end], panel.values[before:end], panel.by)
    ends, middle = median_line(near) if before < end else (dots, [])
    at, heights = change_line(panel)
    usual = panel.usual
    return Chart(
        metric=panel.metric.name,
        title=panel.title,
        unit=panel.metric.unit,
        decimals=panel.metric.decimals,
        by=panel.by,
        count=end - begin,
        whole=(float(times[0]), float(times[-1])),
        heights=extent(panel),
        times=np.round(times[dots], 1).tolist(),
        values=np.round(values[dots], panel.metric.decimals + 2).tolist(),
        answers=[answers[dot] for dot in dots],
        target=None if panel.target is None else (panel.target.low, panel.target.high),
        usual=None if usual is None else (usual.median - usual.spread, usual.median, usual.median + usual.spread),
        median=[(near.whens_s[end], height) for end, height in zip(ends, middle, strict=True)],
        window=near.window,
        change=[(panel.whens_s[place], height) for place, height in zip(at, heights, strict=True)],
        verdict=panel.change.verdict if panel.change is not None else "none",
    )
