"""Trends as tables: every measure in a line, or one measure number by number."""

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
    in_words,
    place,
    place_in_words,
)
from voicerehearsal.coaching.targets import aim, in_short
from voicerehearsal.coaching.trends import WINDOW, By, Point, Trend, rolling_median, sparkline
from voicerehearsal.journal.trends import MOST, MOST_OF_ONE
from voicerehearsal.presenting.letter import LANGUAGES

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.values import Target

_SPARKS = 8
_ROWS = 50
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
_ANSWER_COLUMNS = (("when", False), ("no.", True), ("question", False))
_CHANGES = {
    "too_early": "too early",
    "none": "none",
    "better": "better",
    "worse": "worse",
    "rising": "rising",
    "falling": "falling",
}
_PERIODS: dict[By, tuple[str, str]] = {
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
    def method(self) -> str | None:
        """How the change was looked for; None when it was too early to."""
        return None if self.change.slope is None else f"Mann–Kendall (Hamed & Rao 1998), {self.change.line}"


def judged(trend: Trend, targets: Targets) -> Judged:
    """What can be said of `trend`, by its latest numbers."""
    target = targets.of(trend.metric.name)
    *others, latest = trend.values[-LATEST - 1 :]
    return Judged(trend, target, change(trend.values, aim(trend.metric.name, target)), place(latest, others))


def show_all(console: Console, found: list[Judged], chosen: str) -> None:
    """Every measure in a line; `chosen` says of which answers."""
    from voicerehearsal.cli.tables import print_table, spelled
    from voicerehearsal.cli.terminal import can_draw

    languages = list(dict.fromkeys(one.trend.language for one in found))
    if chosen:
        console.print(spelled(console, f"Only {chosen}"), style="bold", markup=False)
    by = found[0].trend.by
    columns = (
        ("measure", False),
        (_PERIODS[by][1] if by != "answer" else "n", True),
        ("latest", True),
        ("usual", True),
        (f"last {_SPARKS}", False),
        ("target", False),
        ("change", False),
    )
    for language in languages:
        if len(languages) > 1:
            console.print(LANGUAGES[language], style="bold")
        rows = [
            (
                title(one.trend.metric, short=True),
                str(one.trend.count),
                _shown(one.trend.metric, one.trend.latest.value),
                _usual(one.trend),
                sparkline(one.trend.values, width=_SPARKS, ascii_only=not can_draw(console)),
                "" if one.target is None else in_short(one.target),
                _CHANGES[one.change.verdict],
            )
            for one in found
            if one.trend.language == language
        ]
        print_table(console, columns, rows)


def show_points(console: Console, one: Judged, chosen: str) -> None:
    """One measure number by number, and what they say together; `chosen` says of which answers."""
    from voicerehearsal.cli.tables import print_table, spelled

    trend, by = one.trend, one.trend.by
    target = "" if one.target is None else in_short(one.target)
    heading = ", ".join(
        filter(None, (title(trend.metric), LANGUAGES[trend.language], target and f"target {target}", chosen))
    )
    console.print(spelled(console, heading), style="bold", markup=False)
    rows = [
        (*(_answer_row(point) if by == "answer" else _period_row(point)), *(_shown(trend.metric, v) for v in values))
        for point, *values in zip(trend.recent, trend.values, rolling_median(trend.values), strict=True)
    ]
    columns = _ANSWER_COLUMNS if by == "answer" else ((by, False), ("answers", True))
    print_table(console, (*columns, ("value", True), (f"median {WINDOW}", True)), rows[-_ROWS:])
    if trend.count > _ROWS:
        console.print(f"(the last {_ROWS} of {trend.count}; --json gives them all)", markup=False)
    console.print()
    for sentence in _sentences(one):
        console.print(spelled(console, sentence), markup=False, soft_wrap=not console.is_terminal)


def notes(found: list[Judged]) -> list[str]:
    """What must be known to read the numbers."""
    said = []
    trends = [one.trend for one in found]
    few = [one.trend for one in found if one.change.verdict == "too_early"]
    if few:
        which = "" if len(few) == len(found) else f" for {_listed(sorted({trend.metric.label for trend in few}))}"
        said.append(f"Fewer than {ENOUGH} {_PERIODS[few[0].by][1]}{which}: too early to tell a direction.")
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


# ---- within ---------------------------------------------------------------------------------------------------------


def _answer_row(point: Point) -> tuple[str, ...]:
    from voicerehearsal.presenting.times import local_time

    asked = f"{point.question.pack} {point.question.id}" if point.question else ""
    return local_time(point.when), str(point.answer_id), asked


def _period_row(point: Point) -> tuple[str, ...]:
    return f"{point.when.astimezone():%a %d %b %y}", str(point.answers)


def _sentences(one: Judged) -> list[str]:
    """What the numbers of one measure say together."""
    trend, metric, target = one.trend, one.trend.metric, one.target
    unit = f" {metric.unit}".replace(" /", "/").rstrip()
    said = [in_words(one.change, metric)]
    if trend.usual is not None:
        usual = _usual(trend).replace("±", " ± ")
        latest = f"the latest {trend.usual.answers} answers"
        said.append(f"Usual for you: {usual}{unit}, median and spread of {latest}.")
    where = place_in_words(one.place, metric)
    if one.place.count < trend.count - 1:
        where = where.replace("other answers", "latest other answers")
    unusual = ", which is unusual for you" if one.place.unusual else ""
    said.append(f"The latest answer, {_shown(metric, trend.latest.value)}{unit}: {where}{unusual}.")
    if trend.by != "answer":
        said = [_of_periods(sentence, trend.by) for sentence in said]
    if target is not None:
        cure = "`voicerehearsal targets` shows and changes targets."
        said.append(f"Target {in_short(target)}{unit}: {target.source}. {cure}")
    return said


def _of_periods(sentence: str, by: By) -> str:
    """A sentence about answers, as one about days or weeks."""
    return sentence.replace("answers", _PERIODS[by][1]).replace("answer", by)


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= _FEW_NAMES else f"{len(names)} measures"


def _shown(metric: Metric, value: float) -> str:
    return f"{value:.{metric.decimals}f}"


def _usual(trend: Trend) -> str:
    if trend.usual is None:
        return ""
    return f"{_shown(trend.metric, trend.usual.median)}±{_shown(trend.metric, trend.usual.spread)}"
