"""`targets`: what answers are held against, whose advice that is, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicerehearsal.presenting.letter import titled
from voicerehearsal.presenting.target_rows import (
    held_against_rows,
    in_force_in_words,
    pace_language,
    target_facts,
    target_rows,
    usual_by_language,
    without_target,
)

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.values import Language, Pack, Report, Usual

SCHEMA = "voicerehearsal.targets/1"


def targets(
    name: Annotated[
        str | None, typer.Argument(help="One measure, and all that is known of its target.", metavar="MEASURE")
    ] = None,
    low: Annotated[float | None, typer.Option(help="Your own target: no less than this.", metavar="X")] = None,
    high: Annotated[float | None, typer.Option(help="Your own target: no more than this.", metavar="Y")] = None,
    pack: Annotated[
        str | None, typer.Option(help="For the answers to this question pack only.", metavar="ID|FILE")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Take your own target back.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what answers are held against and who says so, and set targets of your own.

    Your own targets win over those of a question pack, and these over the usual ones. They hold for what is measured
    from then on; `analyze --again RECORDING` holds an earlier answer against them. They lie in targets.toml in the data
    folder, which can also be edited by hand. A pace target takes its amber band along: slow and fast begin as far
    outside of it as they do outside of the usual one.
    """
    from voicerehearsal.coaching.metrics import metric_called
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack

    metric = None if name is None else metric_called(name)
    chosen = None if pack is None else find_pack(pack, pack_folders())
    changes = low is not None or high is not None
    if reset and changes:
        raise UsageError("--reset takes a target back, --low and --high set one", "Give the one or the other.")
    if metric is None and (reset or changes):
        raise UsageError("No measure is named", "`voicerehearsal targets` lists them.")
    if metric is not None and reset:
        _reset(metric, chosen)
    elif metric is not None and changes:
        _set(metric, low, high, chosen)
    _show(metric, chosen, as_json=as_json, brief=reset or changes)


def _set(metric: Metric, low: float | None, high: float | None, pack: Pack | None) -> None:
    from datetime import UTC, datetime

    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.coaching.sources import doubt
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import state_target
    from voicerehearsal.packs.stated import limits_fault
    from voicerehearsal.values import Target

    wrong = limits_fault(metric.name, low, high)
    if wrong is not None:
        raise UsageError(f"{wrong[0][0].upper()}{wrong[0][1:]}", f"{wrong[1]}.")
    target = Target(low, high, "your own", "own")
    today = datetime.now(UTC).astimezone().date()
    state_target(data_home(), metric.name, target, pack=None if pack is None else pack.id, since=today)
    doubtful = doubt(metric.name, target)
    if doubtful is not None:
        warning = f"It counts, but it lies outside what is known to work: {doubtful}."
        talk().print(warning, style="yellow", markup=False, soft_wrap=True)


def _reset(metric: Metric, pack: Pack | None) -> None:
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import forget_target

    if not forget_target(data_home(), metric.name, pack=None if pack is None else pack.id):
        where = "" if pack is None else f" for {pack.id}"
        talk().print(f"You had no target of your own for {metric.label}{where}.", markup=False, soft_wrap=True)


def show_held_against(console: Console, report: Report) -> None:
    """Print what a report was held against: each measure that has a target, the answer's number, and who says so."""
    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import can_draw

    met, missed = ("✓", "→") if can_draw(console) else ("+", "!")
    rows = [
        (met if one.met else missed, one.measure, one.value, one.target, one.unit, one.source)
        for one in held_against_rows(report)
    ]
    columns = (("", False), ("measure", False), ("here", True), ("target", True), ("", False), ("source", False))
    print_table(console, columns, rows)


def _show(metric: Metric | None, pack: Pack | None, *, as_json: bool, brief: bool) -> None:
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.coaching.metrics import METRICS
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import targets_file
    from voicerehearsal.presenting.own_targets import targets_for

    in_force = targets_for(pack)
    if as_json:
        shown = list(METRICS.values()) if metric is None else [metric]
        usual = usual_by_language(shown)
        print_json(
            {
                "schema": SCHEMA,
                "pack": None if pack is None else pack.id,
                "file": str(targets_file(data_home())),
                "targets": [_as_json(one, in_force, usual[one.name]) for one in shown],
            }
        )
    elif metric is None:
        _show_all(results(), in_force)
        talk().print("`voicerehearsal targets MEASURE` tells more of one, and how to set your own.", style="dim")
    elif brief:
        results().print(titled(metric) + ": " + in_force_in_words(metric, in_force), markup=False, soft_wrap=True)
    else:
        _show_one(results(), metric, in_force, pack)


def _show_all(console: Console, in_force: Targets) -> None:
    from voicerehearsal.cli.tables import print_table

    columns = (("measure", False), ("target", True), ("whose", False), ("source", False))
    print_table(console, columns, target_rows(in_force), quoted=(0,))
    console.print(f"\nWithout a target: {', '.join(without_target(in_force))}.", style="dim", markup=False)


def _show_one(console: Console, metric: Metric, in_force: Targets, pack: Pack | None) -> None:
    from rich.table import Table
    from rich.text import Text

    from voicerehearsal.cli.tables import spelled

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for heading, text in target_facts(metric, in_force, pack):
        table.add_row(heading, Text(spelled(console, text)))
    console.print(spelled(console, f"{titled(metric)} ({metric.name})"), style="bold", markup=False)
    console.print(table)


def _as_json(metric: Metric, in_force: Targets, usual: dict[Language, Usual]) -> dict[str, Any]:
    from voicerehearsal.coaching.sources import SOURCES, doubt
    from voicerehearsal.coaching.targets import DEFAULTS

    target, source = in_force.of(metric.name), SOURCES.get(metric.name)
    language = pace_language(metric)
    return {
        "metric": metric.name,
        "label": metric.label,
        "unit": metric.unit,
        "target": target,
        "amber": None if language is None else in_force.rate_band(language).amber,
        "default": DEFAULTS.of(metric.name),
        "sources": () if source is None else source.found,
        "doubt": None if target is None else doubt(metric.name, target),
        "usual": {spoken: one._asdict() for spoken, one in usual.items()},
    }
