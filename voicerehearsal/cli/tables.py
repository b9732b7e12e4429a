"""Tables that can be read anywhere: eighty columns, no colour, a pipe, a terminal without Unicode."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_SPELLED = str.maketrans({"²": "^2", "≤": "<=", "≥": ">=", "–": "-", "−": "-", "·": "-", "±": "+-"})
_UNBOUNDED = 10_000


def spelled(console: Console, text: str) -> str:
    """`text` as this console can show it."""
    from voicerehearsal.cli.terminal import can_draw

    return text if can_draw(console) else text.translate(_SPELLED).encode("ascii", "replace").decode()


def print_table(
    console: Console, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]], *, quoted: Container[int] = ()
) -> None:
    """Print `rows` under `columns` (heading, whether numbers); cells fold on a narrow screen and are never cut.

    The cells of `quoted` columns are what people said or wrote, which no language of the interface changes.
    """
    from rich.table import Table
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for heading, right in columns:
        table.add_column(spelled(console, heading), justify="right" if right else "left", overflow="fold")
    for row in rows:
        shown = [spelled(console, cell) for cell in row]
        table.add_row(*(as_it_is(cell) if at in quoted else Text(cell) for at, cell in enumerate(shown)))
    width = console.width
    if not console.is_terminal:
        console.width = _UNBOUNDED  # a pipe has no edge to fold at
    console.print(table)
    console.width = width


def print_json(content: dict[str, Any]) -> None:
    """Print one line of JSON in UTF-8, whatever the terminal speaks."""
    import msgspec
    import typer

    typer.echo(msgspec.json.encode(content))
