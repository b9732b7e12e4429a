"""A report for people: what was measured, what was said, and at most three remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.cli.terminal import can_draw
from voicerehearsal.presenting.point_rows import hint
from voicerehearsal.presenting.report_rows import report_rows
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text as RichText

    from voicerehearsal.values import Evidence, Filler, Keywords, Report, Word

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


def nothing_heard(report: Report) -> str:
    """The sentence for an answer without speech."""
    reason = report.missing.get("pauses", "")
    return f"I heard nothing: {reason}." if reason else "I heard nothing."


def show_points(console: Console, keywords: Keywords) -> None:
    """Print every talking point, made or missed, with the first evidence of those made."""
    from rich.text import Text

    made, missed = ("✓", "·") if can_draw(console) else ("+", "-")
    for point in keywords.points:
        mark = Text(f" {made} " if point.covered else f" {missed} ", style="green" if point.covered else "dim")
        line = Text(point.label, style="" if point.covered else "dim")
        if point.evidence:
            line.append(_evidence(point.evidence[0]), style="dim")
        for piece in line.wrap(console, console.width - len(mark)):
            console.print(mark + piece)
            mark = Text(" " * len(mark))


def _evidence(evidence: Evidence) -> str:
    """When it was said, how that was recognised if not by its very words, and the words: as far as each is known."""
    when = "" if evidence.start_s is None else clock(evidence.start_s)
    said = f'"{evidence.text}"' if evidence.text else ""
    return "  " + " ".join(filter(None, (when, ": ".join(filter(None, (hint(evidence), said))))))


def _show_transcript(console: Console, report: Report) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if report.transcript is not None and report.transcript.text:
        events = () if report.fillers is None else report.fillers.events
        words = report.transcript.words
        shown = (
            _with_fillers(words, events, "" if report.language == "zh" else " ")
            if words and events
            else Text(report.transcript.text)
        )
        shown.stylize_before("italic")
        console.print()
        console.print(Padding(shown, (0, 1)))


def _with_fillers(words: Sequence[Word], events: Sequence[Filler], blank: str) -> RichText:
    """The words in order of time, every filler in brackets: a filled pause between them, a phrase in its own place."""
    from rich.text import Text

    phrases = [event for event in events if event.kind == "phrase"]
    pieces = [(_middle_s(event), Text(f"[{event.text}]", style="dim")) for event in events]
    pieces += [
        (_middle_s(word), Text(word.text))
        for word in words
        if not any(phrase.start_s <= _middle_s(word) <= phrase.end_s for phrase in phrases)
    ]
    return Text(blank).join(piece for _, piece in sorted(pieces, key=lambda timed: timed[0]))


def _middle_s(piece: Word | Filler) -> float:
    return (piece.start_s + piece.end_s) / 2


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
