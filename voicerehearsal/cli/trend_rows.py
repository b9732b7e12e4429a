"""Trends as tables: every measure in a line, or one measure number by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.coaching.targets import in_short
from voicerehearsal.coaching.trends import WINDOW, rolling_median, sparkline
from voicerehearsal.presenting.letter import LANGUAGES
from voicerehearsal.presenting.trend_sentences import (
    CHANGES,
    PERIODS,
    answer_cells,
    period_cells,
    sentences,
    shown,
    title,
    usual_in_short,
)

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.presenting.trend_sentences import Judged

_SPARKS = 8
_ROWS = 50
_ANSWER_COLUMNS = (("when", False), ("no.", True), ("question", False))


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
        (PERIODS[by][1] if by != "answer" else "n", True),
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
                shown(one.trend.metric, one.trend.latest.value),
                usual_in_short(one.trend),
                sparkline(one.trend.values, width=_SPARKS, ascii_only=not can_draw(console)),
                "" if one.target is None else in_short(one.target),
                CHANGES[one.change.verdict],
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
        (*(answer_cells(point) if by == "answer" else period_cells(point)), *(shown(trend.metric, v) for v in values))
        for point, *values in zip(trend.recent, trend.values, rolling_median(trend.values), strict=True)
    ]
    columns = _ANSWER_COLUMNS if by == "answer" else ((by, False), ("answers", True))
    print_table(console, (*columns, ("value", True), (f"median {WINDOW}", True)), rows[-_ROWS:])
    if trend.count > _ROWS:
        console.print(f"(the last {_ROWS} of {trend.count}; --json gives them all)", markup=False)
    console.print()
    for sentence in sentences(one):
        console.print(spelled(console, sentence), markup=False, soft_wrap=not console.is_terminal)
