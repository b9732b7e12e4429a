"""A summary printed as a short letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.cli.tables import print_table, spelled
from voicerehearsal.presenting.letter import (
    best_lines,
    by_language,
    command,
    honest_words,
    how_much,
    movement_columns,
    movement_row,
    what_next,
)

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.coaching.summary import Summary
    from voicerehearsal.presenting.letter import Period


def print_letter(console: Console, period: Period, summary: Summary) -> None:
    """Print `summary` within 80 columns, plain when piped."""

    def say(line: str, style: str = "") -> None:
        console.print(spelled(console, line), style=style, markup=False)

    say(period.heading, "bold")
    say("")
    for line in how_much(period, summary):
        say(line)
    if summary.movements:
        say("\nWhat moved", "bold")
        for nth, (language, movements) in enumerate(by_language(summary.movements)):
            if language:
                say(f"\n{language}" if nth else language)
            columns = movement_columns("this session" if period.session_id else period.called)
            print_table(console, columns, map(movement_row, movements))
            say("")
            for line in honest_words(movements):
                say(line)
    if summary.bests:
        say("\nPersonal bests", "bold")
        for line in best_lines(summary.bests, period.called):
            say(line)
    say("\nWhat next", "bold")
    for line in what_next(summary):
        say(line)
    console.print(f"\n  {command(summary)}", markup=False, soft_wrap=True)
