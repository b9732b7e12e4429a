"""The two voices of the command line: results on standard output, talk on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def results() -> Console:
    """Where results go; plain and uncut when piped."""
    return _console(stderr=False)


def talk() -> Console:
    """Where everything else goes."""
    return _console(stderr=True)


def can_draw(console: Console) -> bool:
    """Whether block and bar characters arrive as such."""
    return "utf" in (console.encoding or "").lower()


def _console(*, stderr: bool) -> Console:
    from voicerehearsal.cli.console import HarmlessConsole

    console = HarmlessConsole(stderr=stderr, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, 80)
    return console
