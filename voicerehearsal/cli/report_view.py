"""A report for people: what was measured, what was said, and at most three remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.cli.terminal import can_draw, clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from voicerehearsal.values import Pace, Report

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
    for name, value, verdict in _rows(report, can_draw(console)):
        line = Text(value)
        if verdict:
            line.append(f"  {verdict}", style=_VERDICT_STYLE.get(verdict, ""))
        table.add_row(name, line)
    console.print(table)
    _show_points(console, report)
    _show_transcript(console, report)
    _show_remarks(console, report)


def nothing_heard(report: Report) -> str:
    """The sentence for an answer without speech."""
    reason = report.missing.get("pauses", "")
    return f"I heard nothing: {reason}." if reason else "I heard nothing."


def _rows(report: Report, draw: bool) -> Iterator[tuple[str, str, str | None]]:
    pace, pauses, length = report.pace, report.pauses, report.length
    assert pauses is not None
    if pace is not None:
        yield from _pace_rows(pace, draw)
    if pauses.longest_s is None:
        yield "Pauses", "none", None
    else:
        text = f"{pauses.count}, longest {pauses.longest_s:.1f} s, {100 * pauses.ratio:.0f} % of the time"
        yield "Pauses", text, None
    if pauses.response_latency_s is not None:
        yield "First word", f"{pauses.response_latency_s:.1f} s after the question", None
    if length is not None:
        target = "" if length.target_s is None else f" (target {clock(length.target_s[0])}–{clock(length.target_s[1])})"
        yield "Length", clock(length.speaking_s) + target, length.verdict
    if report.keywords is not None and report.keywords.coverage is not None:
        made = sum(point.covered for point in report.keywords.points)
        order = {True: ", in order", False: ", not in the best order", None: ""}[report.keywords.order]
        yield "Points", f"{made} of {len(report.keywords.points)}{order}", None
    for warning in report.audio.warnings:
        yield "Sound", warning, None
    if "transcript" in report.missing:
        yield "Words", report.missing["transcript"], None


def _pace_rows(pace: Pace, draw: bool) -> Iterator[tuple[str, str, str | None]]:
    rate = pace.words_per_minute if pace.unit == "wpm" else pace.characters_per_minute
    unit = "words a minute" if pace.unit == "wpm" else "characters a minute"
    if rate is not None:
        windows = [window.rate for window in pace.windows]
        yield "Pace", f"{rate:.0f} {unit}  {sparkline(windows, draw=draw)}".rstrip(), pace.verdict
    if pace.articulation_words_per_minute is not None:
        yield "", f"{pace.articulation_words_per_minute:.0f} without the pauses", None
    if rate is None and pace.syllables_per_second is not None:
        yield "Pace", f"{pace.syllables_per_second:.1f} syllables a second", None


def sparkline(values: list[float], *, draw: bool) -> str:
    """Values as little bars from lowest to highest; "" where they cannot be drawn or there are fewer than two."""
    if len(values) < 2 or not draw:
        return ""
    low, high = min(values), max(values)
    bars = "▁▂▃▄▅▆▇█"
    return "".join(bars[round((value - low) / ((high - low) or 1.0) * (len(bars) - 1))] for value in values)


def _show_points(console: Console, report: Report) -> None:
    from rich.text import Text

    if report.keywords is None or not report.keywords.points:
        return
    console.print()
    made, missed = ("✓", "·") if can_draw(console) else ("+", "-")
    for point in report.keywords.points:
        line = Text(f" {made} " if point.covered else f" {missed} ", style="green" if point.covered else "dim")
        line.append(point.label, style="" if point.covered else "dim")
        if point.evidence and point.evidence[0].start_s is not None:
            line.append(f'  {clock(point.evidence[0].start_s)} "{point.evidence[0].text}"', style="dim")
        console.print(line)


def _show_transcript(console: Console, report: Report) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if report.transcript is not None and report.transcript.text:
        console.print()
        console.print(Padding(Text(report.transcript.text, style="italic"), (0, 1)))


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
