"""The look back at the end of a session, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.cli.tables import print_table, spelled
from voicerehearsal.presenting.glance import COLUMNS, answer_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.values import Report


def look_back(console: Console, reports: Sequence[Report], earlier: Sequence[Answer], lines: Sequence[str]) -> None:
    """Print the session at a glance: `earlier` answers, newest first, then its `reports`, then `lines` on it.

    A single answer has nothing to be set beside.
    """
    if not reports:
        return
    if len(reports) + len(earlier) > 1:
        console.print()
        print_table(console, COLUMNS, answer_rows(reports, earlier))
    if lines:
        console.print()
    for line in lines:
        console.print(spelled(console, line), markup=False, soft_wrap=line.startswith(" "))
