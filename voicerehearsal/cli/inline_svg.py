"""A picture as part of a page: once for light paper and for dark, its colours are the page's."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import BinaryIO

from voicerehearsal.pictures.look import LIGHT, Look

_NAMES = {colour.lower(): f"--drawn-{name}" for name, colour in asdict(LIGHT).items()}
_COLOUR = re.compile("|".join(_NAMES))
_PAINTED = re.compile(r' (?:style|fill|stroke)="[^"]*"')


def paints(look: Look) -> str:
    """The colours of a look as the custom properties that pictures inside a page are painted with."""
    colours = {name.lower(): shade for name, shade in zip(asdict(LIGHT).values(), asdict(look).values(), strict=True)}
    return " ".join(f"{_NAMES[light]}: {shade};" for light, shade in colours.items())


def inline(draw: Callable[[BinaryIO], None], alt: str) -> str:
    """What `draw` draws on light paper, as an `<svg>` element that says `alt` to who cannot see it.

    It keeps its proportions at any width, and is painted with the page's `paints`.
    """
    drawn = io.BytesIO()
    draw(drawn)
    svg = drawn.getvalue().decode()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r' width="[\d.]+pt" height="[\d.]+pt"', f' role="img" aria-label="{html.escape(alt)}"', svg, count=1)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)  # every picture has the same names, and a page needs none of them
    svg = _PAINTED.sub(lambda some: _COLOUR.sub(lambda colour: f"var({_NAMES[colour[0]]})", some[0]), svg)
    return re.sub(r"\s*\n\s*", " ", svg)
