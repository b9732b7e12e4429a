"""Which letters can be drawn: the fonts of this computer, for labels that are not in Latin letters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

LATIN = "DejaVu Sans"
"""Comes with matplotlib."""

_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)


def families() -> list[str]:
    """The fonts to draw with, the first that has a glyph wins: the Latin one, and a Chinese one where there is any."""
    from matplotlib.font_manager import get_font_names

    installed = set(get_font_names())
    return [LATIN, *[name for name in _CHINESE if name in installed][:1]]


def drawable(text: str) -> bool:
    """Whether every letter of `text` has a glyph in one of `families`."""
    glyphs = _glyphs()
    return all(character.isspace() or ord(character) in glyphs for character in text)


def first_drawable(texts: Iterable[str]) -> str:
    """The first of `texts` that can be drawn, "" when none can."""
    return next((text for text in texts if drawable(text)), "")


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    return frozenset(
        code for family in families() for code in FT2Font(findfont(FontProperties(family=[family]))).get_charmap()
    )
