"""`trends`: every measure from answer to answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Target
    from voicerehearsal.coaching.trends import Point, Trend
    from voicerehearsal.journal.store import Journal

_LANGUAGES = {"en": "English", "zh": "Chinese"}
_SPARKS = 10
_ROWS = 200


def trends(
    metric: Annotated[str | None, typer.Option(help="One measure, answer by answer; a wrong name lists them.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw it to this .png or .svg file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show how every measure runs from answer to answer; demonstrations do not count."""
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.store import Journal

    wanted = None if metric is None else metric_called(metric)
    if plot is not None:
        from voicerehearsal.pictures.look import check_picture_name

        check_picture_name(plot)
    with Journal.open(data_home(), read_only=True) as journal:
        found = [trend for trend in journal.trends() if wanted in (None, trend.metric)]
        if plot is not None:
            _draw(journal, found, plot, alone=wanted is not None)
            talk().print(f"Drawn to {plot}.", markup=False, soft_wrap=True)
        if as_json:
            print_json(_as_json(journal, found, every_point=wanted is not None))
        elif not found:
            talk().print(_nothing(wanted, journal.count_outdated()), markup=False, soft_wrap=True)
        elif wanted is not None:
            for trend in found:
                _show_points(results(), trend, journal.series(trend.metric, trend.language))
        elif plot is None:
            _show_all(results(), found)
    for note in _notes(found):
        talk().print(note, style="dim", markup=False, soft_wrap=True)


def _nothing(metric: Metric | None, outdated: int) -> str:
    what = "Nothing has" if metric is None else f"No {metric.label} has"
    if outdated:
        return f"{what} been measured as today; `voicerehearsal analyze --again` measures {outdated} answers anew."
    return f"{what} been measured yet. `voicerehearsal practice` asks the first question."


def _show_all(console: Console, found: list[Trend]) -> None:
    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import can_draw
    from voicerehearsal.coaching.trends import WINDOW, sparkline

    columns = (
        ("measure", False),
        ("n", True),
        ("first", True),
        ("latest", True),
        (f"median {WINDOW}", True),
        (f"last {_SPARKS}", False),
        ("target", False),
    )
    languages = list(dict.fromkeys(trend.language for trend in found))
    for language in languages:
        if len(languages) > 1:
            console.print(f"{_LANGUAGES[language]}", style="bold")
        rows = [
            (
                _title(trend.metric),
                str(trend.count),
                _shown(trend.metric, trend.first.value),
                _shown(trend.metric, trend.latest.value),
                _shown(trend.metric, trend.median),
                sparkline([point.value for point in trend.recent], width=_SPARKS, ascii_only=not can_draw(console)),
                _band(trend.metric),
            )
            for trend in found
            if trend.language == language
        ]
        print_table(console, columns, rows)


def _show_points(console: Console, trend: Trend, points: list[Point]) -> None:
    from voicerehearsal.cli.tables import local_time, print_table, spelled
    from voicerehearsal.coaching.trends import WINDOW, rolling_median

    target = _band(trend.metric)
    heading = f"{_title(trend.metric)}, {_LANGUAGES[trend.language]}" + (f", target {target}" if target else "")
    console.print(spelled(console, heading), style="bold", markup=False)
    medians = rolling_median([point.value for point in points])
    rows = [
        (
            local_time(point.when),
            str(point.answer_id),
            f"{point.question.pack} {point.question.id}" if point.question else "",
            _shown(trend.metric, point.value),
            _shown(trend.metric, middle),
        )
        for point, middle in zip(points, medians, strict=True)
    ]
    columns = (("when", False), ("no.", True), ("question", False), ("value", True), (f"median {WINDOW}", True))
    print_table(console, columns, rows[-_ROWS:])
    if len(rows) > _ROWS:
        console.print(f"(the last {_ROWS} of {len(rows)}; --json gives them all)", markup=False)


def _title(metric: Metric) -> str:
    return f"{metric.label}, {metric.unit}" if metric.unit else metric.label


def _shown(metric: Metric, value: float) -> str:
    return f"{value:.{metric.decimals}f}"


def _target(metric: Metric) -> Target | None:
    from voicerehearsal.coaching.targets import TARGETS

    return TARGETS.get(metric.name)


def _band(metric: Metric) -> str:
    target = _target(metric)
    if target is None:
        return ""
    if target.low is None or target.high is None:
        return f"≥ {target.low:g}" if target.low is not None else f"≤ {target.high:g}"
    return f"{target.low:g}–{target.high:g}"


def _notes(found: list[Trend]) -> list[str]:
    from voicerehearsal.coaching.trends import ENOUGH

    notes = []
    few = [trend for trend in found if trend.too_early]
    if few:
        which = "" if len(few) == len(found) else f" for {', '.join(sorted({trend.metric.label for trend in few}))}"
        notes.append(f"Fewer than {ENOUGH} answers{which}: too early to tell a direction.")
    left_out = max((trend.other_versions for trend in found), default=0)
    if left_out:
        notes.append(f"{left_out} answers were measured in another way and are left out.")
    return notes


def _draw(journal: Journal, found: list[Trend], plot: Path, *, alone: bool) -> None:
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.pictures.trends import HEADLINES, Panel, draw

    if not found:
        raise RehearsalError("There is nothing to draw yet", "`voicerehearsal practice` asks the first question.")
    if not alone:
        language = max(found, key=lambda trend: trend.latest.when).language
        found = [trend for trend in found if trend.language == language and trend.metric.name in HEADLINES] or found[:1]
    draw(
        [
            Panel(
                title=trend.metric.label + (f" ({_LANGUAGES[trend.language]})" if alone and len(found) > 1 else ""),
                metric=trend.metric,
                points=journal.series(trend.metric, trend.language),
                target=_target(trend.metric),
            )
            for trend in found
        ],
        plot,
    )


def _as_json(journal: Journal, found: list[Trend], *, every_point: bool) -> dict[str, Any]:
    from voicerehearsal.coaching.trends import WINDOW

    return {
        "schema": "voicerehearsal.trends/1",
        "window": WINDOW,
        "trends": [
            {
                "metric": trend.metric.name,
                "label": trend.metric.label,
                "unit": trend.metric.unit,
                "version": trend.metric.version,
                "language": trend.language,
                "count": trend.count,
                "first": trend.first,
                "latest": trend.latest,
                "median": trend.median,
                "target": _target(trend.metric),
                "too_early": trend.too_early,
                "other_versions": trend.other_versions,
                "points": journal.series(trend.metric, trend.language) if every_point else trend.recent,
            }
            for trend in found
        ],
    }
