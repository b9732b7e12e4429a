"""Two attempts side by side for people: what changed, the points, and what was said, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from voicerehearsal.cli.tables import print_table, spelled
from voicerehearsal.languages import in_words
from voicerehearsal.presenting.comparing import again_in_lines, what_changed
from voicerehearsal.presenting.comparison_rows import (
    comparison_columns,
    comparison_row,
    first_said_s,
    points_in_sentences,
)
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.coaching.alignment import Kind, Piece
    from voicerehearsal.coaching.comparison import Comparison
    from voicerehearsal.values import Word

_WIDTH = 80
_GUTTER = 8
_GONE, _NEW = "red strike", "green"


def show_measures(console: Console, comparison: Comparison, names: tuple[str, str]) -> None:
    """The measures that matter under the `names` of the two answers, and in a sentence what changed."""
    from voicerehearsal.coaching.judgement import SHORTEST_S

    if not comparison.shown:
        _print(console, f"Too short to be measured side by side: that takes {SHORTEST_S:.0f} s of speech.")
        return
    print_table(console, comparison_columns(names), [comparison_row(one) for one in comparison.shown])
    console.print()
    for line in what_changed(comparison):
        _print(console, line)


# ---- talking points -------------------------------------------------------------------------------------------------


def show_points(console: Console, comparison: Comparison) -> None:
    """The points gained and lost, those still missed, the order, and the phrases that hurt."""
    from rich.text import Text

    points = comparison.points
    if points is None:
        _print(console, f"Talking points cannot be compared: {comparison.no_points}.", style="dim")
        return
    for heading, mark, style, some in (
        ("Points gained", "+", "green", points.gained),
        ("Points lost", "-", "red", points.lost),
        ("Still missed", "·", "dim", points.missed),
    ):
        if some:
            console.print(Text(heading, style="bold"))
        for point in some:
            at_s = first_said_s(point)
            when = "" if at_s is None else f"  {clock(at_s)}"
            console.print(Text(spelled(console, f" {mark} {point.label}{when}"), style=style))
    for line in points_in_sentences(points):
        _print(console, line)


# ---- what was said --------------------------------------------------------------------------------------------------


class _Token(NamedTuple):
    """A word as it is shown, and when it sounds in the first and in the second."""

    text: str
    kind: Kind
    a_s: float | None
    b_s: float | None


def show_transcripts(console: Console, pieces: Sequence[Piece], names: tuple[str, str], *, blank: str) -> None:
    """Both transcripts as one text, every line led by when it begins in either answer.

    What only the first has is struck and red, what only the second has green; without colours [-so-] and {+so+}.
    `blank` is what stands between words.
    """
    from rich.text import Text

    colours = console.is_terminal and not console.no_color
    legend = Text("What was said: ", style="bold")
    gone, new = (in_words(f"only in {name}") for name in names)
    legend.append(gone if colours else f"[-{gone}-]", style=_GONE if colours else "none")
    legend.append("  ")
    legend.append(new if colours else f"{{+{new}+}}", style=_NEW if colours else "none")
    console.print(legend)
    console.print(Text(f"{names[0]:>{_GUTTER}}{names[1]:>{_GUTTER}}", style="dim"))
    tokens = [token for piece in pieces for token in _tokens(piece, marks=not colours)]
    for line in _folded(tokens, min(_WIDTH, console.width) - 2 * _GUTTER - 2, len(blank)):
        console.print(_line(line, blank, console))


def _tokens(piece: Piece, *, marks: bool) -> list[_Token]:
    if piece.kind == "same":
        return [_Token(b.text, "same", a.start_s, b.start_s) for a, b in zip(piece.a, piece.b, strict=True)]
    gone = [_Token(text, "only_a", word.start_s, None) for word, text in _marked(piece.a, "[-", "-]", marks)]
    new = [_Token(text, "only_b", None, word.start_s) for word, text in _marked(piece.b, "{+", "+}", marks)]
    return gone + new


def _marked(words: Sequence[Word], opening: str, closing: str, marks: bool) -> list[tuple[Word, str]]:
    texts = [word.text for word in words]
    if marks and texts:
        texts[0] = opening + texts[0]
        texts[-1] += closing
    return list(zip(words, texts, strict=True))


def _folded(tokens: Sequence[_Token], width: int, blank: int) -> list[list[_Token]]:
    """Lines of at most `width` cells, a token longer than that alone on its own."""
    from rich.cells import cell_len

    lines: list[list[_Token]] = []
    used = width + 1
    for token in tokens:
        size = cell_len(token.text) + blank
        if used + size > width + blank or not lines:
            lines.append([])
            used = 0
        lines[-1].append(token)
        used += size
    return lines


def _line(tokens: Sequence[_Token], blank: str, console: Console) -> object:
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is

    first = [
        next((at for at in times if at is not None), None)
        for times in zip(*((t.a_s, t.b_s) for t in tokens), strict=True)
    ]
    clocks = ["" if at is None else clock(at) for at in first]
    line = Text(no_wrap=True, overflow="ignore")
    line.append(f"{clocks[0]:>{_GUTTER}}{clocks[1]:>{_GUTTER}}  ", style="dim")
    for at, token in enumerate(tokens):
        style = {"same": "", "only_a": _GONE, "only_b": _NEW}[token.kind]
        line.append(blank if at else "")
        line.append_text(as_it_is(spelled(console, token.text), style=style))
    return line


# ---- right after another attempt ------------------------------------------------------------------------------------


def show_again(console: Console, comparison: Comparison, *, attempt: int) -> None:
    """In three lines or so, how another attempt differs from the `attempt` before it."""
    console.print()
    for line in again_in_lines(comparison, attempt=attempt):
        _print(console, line, style="cyan")


def _print(console: Console, line: str, style: str = "") -> None:
    from rich.text import Text

    console.print(Text(spelled(console, line), style=style))
