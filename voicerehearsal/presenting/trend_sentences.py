"""Trends in words: what can be said of a measure over time, and what must be known to read its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicerehearsal.coaching.change import (
    ENOUGH,
    LATEST,
    Change,
    Place,
    chance_in_words,
    change,
    evidence_in_words,
    in_words,
    place,
    place_in_words,
)
from voicerehearsal.coaching.targets import aim, in_short
from voicerehearsal.coaching.trends import By, Point, Trend
from voicerehearsal.journal.trends import MOST, MOST_OF_ONE

if TYPE_CHECKING:
    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.values import Target

_SHORT = {
    "words/min": "wpm",
    "characters/min": "cpm",
    "words/min²": "wpm/min",
    "characters/min²": "cpm/min",
    "syll/s": "/s",
    "semitones": "st",
}
"""Units as short as a line with a whole trend in it needs."""

_FEW_NAMES = 4
CHANGES = {
    "too_early": "too early",
    "none": "none",
    "better": "better",
    "worse": "worse",
    "rising": "rising",
    "falling": "falling",
}
PERIODS: dict[By, tuple[str, str]] = {
    "answer": ("answer", "answers"),
    "day": ("day", "days"),
    "week": ("week", "weeks"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A trend, its target, and what can be said of its direction and of the latest number's place."""

    trend: Trend
    target: Target | None
    change: Change
    place: Place

    @property
    def wished(self) -> Target | None:
        """What to work towards, as far as the target says more than that."""
        return aim(self.trend.metric.name, self.target)

    @property
    def method(self) -> str | None:
        """How the change was looked for; None when it was too early to."""
        return None if self.change.slope is None else f"Mann–Kendall (Hamed & Rao 1998), {self.change.line}"


def judged(trend: Trend, targets: Targets) -> Judged:
    """What can be said of `trend`, by its latest numbers."""
    target = targets.of(trend.metric.name)
    *others, latest = trend.values[-LATEST - 1 :]
    return Judged(trend, target, change(trend.values, aim(trend.metric.name, target)), place(latest, others))


def notes(found: list[Judged]) -> list[str]:
    """What must be known to read the numbers."""
    said = []
    trends = [one.trend for one in found]
    few = [one.trend for one in found if one.change.verdict == "too_early"]
    if few:
        which = "" if len(few) == len(found) else f" for {_listed(sorted({trend.metric.label for trend in few}))}"
        said.append(f"Fewer than {ENOUGH} {PERIODS[few[0].by][1]}{which}: too early to tell a direction.")
    chance = chance_in_words([one.change for one in found])
    said += [chance] if chance else []
    left_out = max((trend.other_versions for trend in trends), default=0)
    if left_out:
        were = "1 answer was" if left_out == 1 else f"{left_out} answers were"
        said.append(f"{were} measured in another way and {'is' if left_out == 1 else 'are'} left out.")
    if any(trend.by != "answer" for trend in trends):
        each = [point.answers for trend in trends for point in trend.recent]
        low, high = min(each), max(each)
        stand = f"{low} answer{'s' * (low > 1)}" if low == high else f"{low} to {high} answers"
        said.append(f"Each number is the median of a {trends[0].by}: {stand}.")
    if any(trend.cut for trend in trends):
        most = MOST if len({trend.metric for trend in trends}) > 1 else MOST_OF_ONE
        further = "--metric NAME looks further back" if most == MOST else "--json and --plot look at all"
        said.append(f"Only the latest {most} answers were looked at; {further}.")
    return said


def title(metric: Metric, *, short: bool = False) -> str:
    """What a measure is called, with its unit."""
    unit = _SHORT.get(metric.unit, metric.unit) if short else metric.unit
    label = metric.label.replace("syllables", "syll.") if short else metric.label
    return f"{label}, {unit}" if unit else label


def answer_cells(point: Point) -> tuple[str, ...]:
    """When an answer was, its number, and its question."""
    from voicerehearsal.presenting.times import local_time

    asked = f"{point.question.pack} {point.question.id}" if point.question else ""
    return local_time(point.when), str(point.answer_id), asked


def period_cells(point: Point) -> tuple[str, ...]:
    """When a day or week began, and how many answers are in it."""
    return f"{point.when.astimezone():%a %d %b %y}", str(point.answers)


def sentences(one: Judged, *, evidence: bool = True) -> list[str]:
    """What the numbers of one measure say together; how a change was found is in the first, or in `found_by` alone."""
    trend, metric, target = one.trend, one.trend.metric, one.target
    unit = f" {metric.unit}".replace(" /", "/").rstrip()
    said = [in_words(one.change, metric, evidence=evidence)]
    if trend.usual is not None:
        usual = usual_in_short(trend).replace("±", " ± ")
        latest = f"the latest {trend.usual.answers} answers"
        said.append(f"Usual for you: {usual}{unit}, median and spread of {latest}.")
    where = place_in_words(one.place, metric)
    if one.place.count < trend.count - 1:
        where = where.replace("other answers", "latest other answers")
    unusual = ", which is unusual for you" if one.place.unusual else ""
    said.append(f"The latest answer, {shown(metric, trend.latest.value)}{unit}: {where}{unusual}.")
    if trend.by != "answer":
        said = [_of_periods(sentence, trend.by) for sentence in said]
    if target is not None:
        cure = "`voicerehearsal targets` shows and changes targets."
        said.append(f"Target {in_short(target)}{unit}: {target.source}. {cure}")
    return said


def found_by(one: Judged) -> str:
    """How a change was looked for, and how sure it is; "" when it was too early to."""
    said = evidence_in_words(one.change, one.trend.metric)
    return said if one.trend.by == "answer" else _of_periods(said, one.trend.by)


def shown(metric: Metric, value: float) -> str:
    """A number of a trend with as many decimals as are worth showing."""
    return f"{value:.{metric.decimals}f}"


def usual_in_short(trend: Trend) -> str:
    """Median and spread of what is usual, "" when not known yet."""
    if trend.usual is None:
        return ""
    return f"{shown(trend.metric, trend.usual.median)}±{shown(trend.metric, trend.usual.spread)}"


# ---- within ---------------------------------------------------------------------------------------------------------


def _of_periods(sentence: str, by: By) -> str:
    """A sentence about answers, as one about days or weeks."""
    return sentence.replace("answers", PERIODS[by][1]).replace("answer", by)


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= _FEW_NAMES else f"{len(names)} measures"
