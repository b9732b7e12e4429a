"""`doctor`: what a rehearsal needs, what was found, and how to cure what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.health import Finding

_MARKS = {"good": ("✓", "ok", "green"), "lacking": ("!", "!", "yellow"), "missing": ("✗", "x", "red")}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Check everything a rehearsal needs. Exit code 1 if one could not be held."""
    from voicerehearsal import health

    findings = tuple(health.examine())
    if as_json:
        import msgspec

        able = health.able(findings)
        document = {"schema": "voicerehearsal.doctor/1", "able": able, "findings": findings}
        typer.echo(msgspec.json.encode(document).decode())
    else:
        _show(findings)
    if not health.able(findings):
        raise typer.Exit(1)


def _show(findings: Sequence[Finding]) -> None:
    from rich.table import Table
    from rich.text import Text

    from voicerehearsal.cli.terminal import can_draw, results

    console = results()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for finding in findings:
        drawn, plain, style = _MARKS[finding.state]
        text = Text(finding.found)
        if finding.cure:
            text.append(f"\n{finding.cure}", style="yellow")
        table.add_row(Text(drawn if can_draw(console) else plain, style=f"bold {style}"), finding.part, text)
    console.print(table)
