"""`trends`: every measure from answer to answer, and whether it changes by more than chance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from voicerehearsal.cli.filters import choosing

if TYPE_CHECKING:
    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.trends import By, Trend
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.trend_sentences import Judged

_RECENT = 30
"""Points of every measure in JSON when no measure is named."""


@choosing
def trends(
    wanted: Wanted,
    metric: Annotated[str | None, typer.Option(help="One measure, answer by answer; a wrong name lists them.")] = None,
    by: Annotated[
        Literal["answer", "day", "week"], typer.Option(help="What a number stands for; a day and a week: their median.")
    ] = "answer",
    plot: Annotated[Path | None, typer.Option(help="Draw it to this .png or .svg file.")] = None,
    per_question: Annotated[
        bool,
        typer.Option("--per-question", help="With --plot: a small panel for each of the 12 most practised questions."),
    ] = False,
    dark: Annotated[bool, typer.Option("--dark", help="With --plot: on dark paper.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show how every measure runs from answer to answer; demonstrations do not count."""
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.cli.trend_plot import check_plot, draw_trends
    from voicerehearsal.cli.trend_rows import show_all, show_points
    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.presenting.filters import in_words
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.presenting.trend_sentences import judged, notes

    named = None if metric is None else metric_called(metric)
    check_plot(plot, per_question=per_question, dark=dark, metric=named)
    with Journal.open(data_home(), read_only=True) as journal:
        read = _read(journal, named, wanted, by, every_point=as_json)
        targets = targets_for(wanted.pack)
        found = [judged(trend, targets) for trend in read]
        if plot is not None:
            draw_trends(journal, found, wanted, plot, alone=named is not None, per_question=per_question, dark=dark)
            talk().print(f"Drawn to {plot}.", markup=False, soft_wrap=True)
        if not found and not as_json:
            talk().print(_nothing(journal, named, wanted), markup=False, soft_wrap=True)
    if as_json:
        print_json(_as_json(found, wanted, by, every_point=named is not None))
    elif named is not None and plot is None:
        for one in found:
            show_points(results(), one, in_words(wanted))
    elif plot is None and found:
        show_all(results(), found, in_words(wanted))
    for note in notes(found):
        talk().print(note, style="dim", markup=False, soft_wrap=True)


def _read(journal: Journal, metric: Metric | None, wanted: Wanted, by: By, *, every_point: bool) -> list[Trend]:
    from voicerehearsal.coaching.change import LATEST
    from voicerehearsal.coaching.trends import WINDOW
    from voicerehearsal.journal.trends import MOST_OF_ONE, read_trend, read_trends
    from voicerehearsal.values import Language

    languages: tuple[Language, ...] = ("en", "zh")
    recent = LATEST + WINDOW - 1  # so that the first of the latest has a whole window before it
    with journal.reading() as db:
        if metric is None:
            return read_trends(db, wanted, by=by, recent=recent)
        found = [
            read_trend(
                db,
                metric,
                language,
                wanted,
                by=by,
                recent=None if every_point else recent,
                most=None if every_point else MOST_OF_ONE,
            )
            for language in languages
            if wanted.language in (None, language)
        ]
    return [trend for trend in found if trend is not None]


def _nothing(journal: Journal, metric: Metric | None, wanted: Wanted) -> str:
    from voicerehearsal.journal.outdated import count_outdated
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.filters import in_words

    if wanted != Wanted():
        what = "with a number" if metric is None else f"with its {metric.label} measured"
        return f"There is no answer {what} among these ({in_words(wanted)}); `voicerehearsal history` lists all."
    outdated = count_outdated(journal)
    what = "Nothing has" if metric is None else f"No {metric.label} has"
    if outdated:
        old = "1 answer" if outdated == 1 else f"{outdated} answers"
        return f"{what} been measured as today; `voicerehearsal analyze --again` measures {old} anew."
    return f"{what} been measured yet. `voicerehearsal practice` asks the first question."


def _as_json(found: list[Judged], wanted: Wanted, by: By, *, every_point: bool) -> dict[str, Any]:
    from voicerehearsal.coaching.trends import WINDOW

    return {
        "schema": "voicerehearsal.trends/1",
        "window": WINDOW,
        "by": by,
        "filters": {
            "pack": wanted.pack,
            "question": wanted.question,
            "language": wanted.language,
            "kind": wanted.kind_of_practice,
            "since": wanted.since,
            "until": wanted.until,
            "tags": wanted.tags,
        },
        "trends": [_trend_as_json(one, every_point=every_point) for one in found],
    }


def _trend_as_json(one: Judged, *, every_point: bool) -> dict[str, Any]:
    import dataclasses

    trend, usual = one.trend, one.trend.usual
    return {
        "metric": trend.metric.name,
        "label": trend.metric.label,
        "unit": trend.metric.unit,
        "version": trend.metric.version,
        "language": trend.language,
        "count": trend.count,
        "first": trend.first,
        "latest": trend.latest,
        "median": trend.median,
        "target": one.target,
        "baseline": usual and {"median": usual.median, "spread": usual.spread, "count": usual.answers},
        "change": {**dataclasses.asdict(one.change), "method": one.method},
        "place": dataclasses.asdict(one.place),
        "too_early": trend.too_early,
        "other_versions": trend.other_versions,
        "cut": trend.cut,
        "points": trend.recent if every_point else trend.recent[-_RECENT:],
    }
