"""What a console lets through to the terminal."""

from __future__ import annotations

import io

import pytest
from rich.table import Table
from rich.text import Text

from voicerehearsal.cli.console import HarmlessConsole

HOSTILE = "a\x1b]0;title\x07b\x1b[2Jc\x9b31md\u202ee\r\x08"
HARMLESS = "a]0;titleb[2Jc31mde"


@pytest.mark.parametrize("styled", [False, True])
def test_text_never_steers_the_terminal(styled: bool) -> None:
    """Whatever it is printed as: no control character but our own colours gets through, line ends and umlauts do."""
    out = io.StringIO()
    console = HarmlessConsole(file=out, force_terminal=styled, no_color=True, highlight=False, width=80)
    table = Table(box=None, show_header=False)
    table.add_row(Text(f"in a table {HOSTILE}", style="dim" if styled else ""))
    for shown in (HOSTILE, Text(HOSTILE), table, "Grüße\n中文"):
        console.print(shown, markup=False)
    plain = out.getvalue().replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert plain.split("\n") == [HARMLESS, HARMLESS, *plain.split("\n")[2:3], "Grüße", "中文", ""]
    assert plain.split("\n")[2].strip() == f"in a table {HARMLESS}"


def test_what_a_terminal_cannot_show_is_a_question_mark() -> None:
    """Another encoding than UTF-8 is no reason to fail."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", newline="")
    HarmlessConsole(file=out, highlight=False).print("Übung 一 ≤", markup=False)
    out.seek(0)
    assert out.read() == "Übung ? ?\n"
