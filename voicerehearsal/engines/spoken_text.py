"""What of a written question can be said aloud, and about how long saying it takes."""

from __future__ import annotations

import re
import unicodedata

from voicerehearsal.values import Language

_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_READ_OUT = frozenset({"Sc", "Sm"})
"""Currency and mathematics are read out; other symbols, emoji among them, would be read as their Unicode names."""

_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
_SENTENCE_ENDS = ".!?…。！？"

_LETTERS_PER_WORD = 4.7
_CAPITALS_PER_WORD = 1.0
_DIGITS_PER_WORD = 1.25
_HAN_PER_WORD = 1.25
"""How many take as long to say as one English word; capitals because they may be spelled out ("C.R.M.")."""

_SHORTEST = 0.15
_LONGEST = 4.0
_LONGEST_EXTRA_S = 3.0
"""Wide on purpose: they catch a voice that stopped at once or babbles on, not one that is quick or slow."""


def spoken_text(text: str, language: Language) -> str:
    """The part of `text` that a voice of `language` can say, on one line; "" when nothing is left.

    Line breaks inside a paragraph become spaces, a blank line ends a sentence. An English voice reads every Chinese
    character out as "Chinese letter", so English keeps Latin letters alone; Chinese voices read both.
    """
    stop = "。" if language == "zh" else "."
    whole = ""
    for paragraph in _PARAGRAPH.split(unicodedata.normalize("NFC", text)):
        line = " ".join("".join(_sayable(c, language) for c in paragraph).split())
        if whole and line:
            whole += " " if whole[-1] in _SENTENCE_ENDS else stop + " "
        whole += line
    return whole if any(c.isalnum() for c in whole) else ""


def plausible_duration_s(spoken: str, rate_wpm: int) -> tuple[float, float]:
    """Shortest and longest believable duration, in seconds, of `spoken` read at `rate_wpm` words per minute."""
    words = 0.0
    capitals = 0.0
    for c in spoken:
        if _is_han(c):
            words += 1 / _HAN_PER_WORD
        elif c.isdigit():
            words += 1 / _DIGITS_PER_WORD
        elif c.isalpha():
            words += 1 / _LETTERS_PER_WORD
            capitals += 1 / _CAPITALS_PER_WORD if c.isupper() else 0
    word_s = 60 / rate_wpm
    return _SHORTEST * words * word_s, _LONGEST * (words + capitals) * word_s + _LONGEST_EXTRA_S


def _sayable(c: str, language: Language) -> str:
    """`c` itself, a space, or nothing."""
    category = unicodedata.category(c)
    if c.isspace() or category == "Cc":
        return " "
    if ord(c) in _VARIATION_SELECTORS:
        return ""
    if category[0] == "L" and language == "en":
        return c if "LATIN" in unicodedata.name(c, "") else " "
    return c if category[0] in "LMNPZ" or category in _READ_OUT else " "


def _is_han(c: str) -> bool:
    return unicodedata.name(c, "").startswith("CJK")
