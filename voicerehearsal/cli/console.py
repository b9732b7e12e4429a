"""A console that shows text as far as it can, and never lets it steer the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from voicerehearsal.languages import in_words, spoken

_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line feed, and what turns the rest of a line around."""
_KEPT = Style(meta={"kept": True})
"""Marks what is not translated; Rich hands it on where it joins, wraps or divides a text."""


class HarmlessConsole(Console):
    """Leaves control characters out of all text: a transcript or a pack may come from somebody else.

    What the terminal's encoding does not have is a question mark. What the program says goes out in the language
    spoken now; what people said or wrote goes out `as_it_is`.
    """

    def print(self, *objects: Any, **settings: Any) -> None:  # noqa: ANN401 - as `Console.print`
        """As `Console.print`."""
        super().print(*map(told, objects), **settings)

    def rule(self, title: Any = "", **settings: Any) -> None:  # noqa: ANN401 - as `Console.rule`
        """As `Console.rule`."""
        super().rule(told(title), **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As `Console.render`."""
        for segment in super().render(renderable, options):
            if segment.control or (segment.text.isascii() and segment.text.isprintable()):
                yield segment
            else:
                text = _STEERS.sub("", segment.text).encode(self.encoding, "replace").decode(self.encoding)
                yield Segment(text, segment.style)


def as_it_is(text: str | Text, style: str = "") -> Text:
    """Words that people said or wrote: no language of the interface changes them."""
    kept = text if isinstance(text, Text) else Text(text, style=style)
    kept.stylize(_KEPT)
    return kept


def told(shown: Any) -> Any:  # noqa: ANN401 - whatever Rich can show
    """`shown` in the language spoken now, with its styles."""
    from rich.padding import Padding
    from rich.table import Table

    if spoken() == "en":
        return shown
    match shown:
        case str():
            return in_words(shown)
        case Text():
            return _told_text(shown)
        case Padding():
            shown.renderable = told(shown.renderable)
        case Table():
            for column in shown.columns:
                column.header = told(column.header)
                column._cells = [told(cell) for cell in column._cells]
    return shown


def _told_text(text: Text) -> Text:
    """A text run by run, as its styles divide it."""
    edges = sorted({edge for span in text.spans for edge in (span.start, span.end)} - {0, len(text)})
    made = text.blank_copy()
    for run in text.divide(edges):
        if _KEPT in (span.style for span in run.spans):
            made.append_text(run)
            continue
        words = Text(in_words(run.plain))
        for span in run.spans:
            words.stylize(span.style)
        made.append_text(words)
    return made
