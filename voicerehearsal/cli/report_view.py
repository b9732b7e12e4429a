"""A report for people: what was measured, what was said, and at most three remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.cli.terminal import can_draw
from voicerehearsal.languages import in_words
from voicerehearsal.presenting.report_rows import report_rows
from voicerehearsal.presenting.said import evidence_in_words, nothing_heard, pieces
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as RichText

    from voicerehearsal.values import Keywords, Report

_VERDICT_STYLE = {"good": "green", "slow": "yellow", "fast": "yellow", "short": "yellow", "long": "yellow"}
_REMARK_MARK = {"praise": ("✓", "+", "green"), "change": ("→", ">", "yellow"), "exercise": ("○", "o", "cyan")}


def show_report(console: Console, report: Report, *, title: str) -> None:
    """Print `report` on `console`, within 80 columns, plain when piped."""
    from rich.table import Table
    from rich.text import Text

    console.print()
    console.rule(Text(title, style="bold"), align="left", style="dim", characters="─" if can_draw(console) else "-")
    if report.pauses is None:
        console.print(Text(nothing_heard(report), style="yellow"))
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for row in report_rows(report, draw=can_draw(console)):
        line = Text(row.text, style="dim" if row.aside else "")
        if row.verdict:
            line.append(f"  {row.verdict}", style=_VERDICT_STYLE.get(row.verdict, ""))
        table.add_row(row.name, line)
    console.print(table)
    if report.keywords is not None and report.keywords.points:
        console.print()
        show_points(console, report.keywords)
    _show_transcript(console, report)
    _show_remarks(console, report)


def show_points(console: Console, keywords: Keywords) -> None:
    """Print every talking point, made or missed, with the first evidence of those made."""
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is

    made, missed = ("✓", "·") if can_draw(console) else ("+", "-")
    for point in keywords.points:
        mark = Text(f" {made} " if point.covered else f" {missed} ", style="green" if point.covered else "dim")
        line = as_it_is(point.label, style="" if point.covered else "dim")
        if point.evidence:
            line.append_text(as_it_is(f"  {in_words(evidence_in_words(point.evidence[0]))}", style="dim"))
        for piece in line.wrap(console, console.width - len(mark)):
            console.print(mark + piece)
            mark = Text(" " * len(mark))


def _show_transcript(console: Console, report: Report) -> None:
    from rich.padding import Padding

    from voicerehearsal.cli.console import as_it_is

    if report.transcript is not None and report.transcript.text:
        fillers = report.fillers is not None and report.fillers.events
        shown = _with_fillers(report) if report.transcript.words and fillers else as_it_is(report.transcript.text)
        shown.stylize_before("italic")
        console.print()
        console.print(Padding(shown, (0, 1)))


def _with_fillers(report: Report) -> RichText:
    """What was said, every filler in brackets."""
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is

    marked = (as_it_is(f"[{one.text}]", style="dim") if one.filler else as_it_is(one.text) for one in pieces(report))
    return Text("" if report.language == "zh" else " ").join(marked)


def _show_remarks(console: Console, report: Report) -> None:
    from rich.table import Table
    from rich.text import Text

    if not report.remarks:
        return
    console.print()
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=True)
    for remark in report.remarks:
        drawn, plain, style = _REMARK_MARK[remark.kind]
        when = "" if remark.start_s is None else f"  [{clock(remark.start_s)}]"
        text = Text(remark.text).append(when, style="dim")
        table.add_row(Text(drawn if can_draw(console) else plain, style=f"bold {style}"), text)
    console.print(table)
