"""A console that shows text as far as it can, and never lets it steer the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line feed, and what turns the rest of a line around."""


class HarmlessConsole(Console):
    """Leaves control characters out of all text: a transcript or a pack may come from somebody else.

    What the terminal's encoding does not have is a question mark.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As `Console.render`."""
        for segment in super().render(renderable, options):
            if segment.control or (segment.text.isascii() and segment.text.isprintable()):
                yield segment
            else:
                text = _STEERS.sub("", segment.text).encode(self.encoding, "replace").decode(self.encoding)
                yield Segment(text, segment.style)
