"""What the coach says between the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.cli.terminal import can_draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from voicerehearsal.rehearsal.course import Comment

_MARKS = {True: ("✓", "+", "green"), False: ("→", ">", "yellow"), None: (" ", " ", "")}


def show_comments(console: Console, comments: Sequence[Comment]) -> None:
    """Print `comments`, each with a mark for praise or change, and the tables below."""
    from rich.table import Table
    from rich.text import Text

    if not comments:
        return
    console.print()
    lines = Table(box=None, show_header=False, padding=(0, 1), pad_edge=True)
    for comment in comments:
        drawn, plain, style = _MARKS[comment.good]
        lines.add_row(Text(drawn if can_draw(console) else plain, style=f"bold {style}".strip()), Text(comment.text))
    console.print(lines)
    for rows in (comment.table for comment in comments if comment.table):
        table = Table(box=None, padding=(0, 2, 0, 1), header_style="dim")
        for at, heading in enumerate(rows[0]):
            table.add_column(heading, justify="right" if at else "left")
        for row in rows[1:]:
            table.add_row(*row)
        console.print()
        console.print(table)
