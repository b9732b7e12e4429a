"""A Chinese phrase made ready to be looked for: its words, their sounds, and which of them it could do without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from voicerehearsal.measures.characters_zh import (
    FUNCTION_CHARACTERS,
    FUNCTION_WORDS,
    NUMERAL,
    cut,
    fold_chinese,
    keys_of,
)
from voicerehearsal.measures.sounds_zh import HOMOPHONE, syllables
from voicerehearsal.measures.wordforms import word_set

SLOT = re.compile(r"\{(time|number)\}")

GAP_CHARACTERS = 4
"""Characters that carry meaning and may slip in between two words of a phrase; of a phrase of three characters one
less, of two none."""

SPARE_FROM = 4
"""A phrase of so many words may miss one of them."""

SHORT = 3
"""A phrase of so few characters is found by sound only where what was written is no word of its own."""

_NEGATIONS = word_set(
    "不 没 没有 别 未 不会 不要 不能 不用 不必 不需要 无需 无须 从不 绝不 决不 从来不 避免 不去 不再 不想"
)
_FREELY_LEFT_OUT = frozenset("我你您他她它们咱会要的地得了就把给向跟对和与也都吗呢啊吧呀还将")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a phrase: `text` as compared, the syllables of its characters."""

    text: str
    kind: Literal["content", "not", "slot"]
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to be looked for; `before` and `after` are function words that it should not do without."""

    parts: tuple[Part, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    size: int
    """Characters that carry meaning."""

    @property
    def gap(self) -> int:
        """Characters with a meaning that may slip in between two of its words."""
        return 0 if self.size < SHORT else GAP_CHARACTERS - (self.size == SHORT)

    @property
    def spare(self) -> int:
        """How many of its words may be missing."""
        return int(len(self.parts) >= SPARE_FROM)

    @property
    def tolerance(self) -> float:
        """How far it may be from its sound, in all."""
        if self.size <= SHORT:
            return 2 * HOMOPHONE * (self.size - 1)
        return 0.3 * self.size


@lru_cache(maxsize=5_000)
def compile_phrase(text: str) -> Phrase:
    """Make a phrase ready; one that is hardly more than function words (对不对) must be said as it is written."""
    parts: list[Part] = []
    small: tuple[list[str], list[str]] = ([], [])
    pieces = SLOT.split(text)
    for number, piece in enumerate(pieces):
        if number % 2:
            parts.append(Part(piece, "slot", ()))
            continue
        for word in cut(fold_chinese(piece)):
            if not is_function(word):
                parts.append(_part(word))
            elif word not in _FREELY_LEFT_OUT:
                small[bool(parts)].append(word)
    phrase = Phrase(tuple(parts), tuple(small[0]), tuple(small[1]), sum(max(1, len(part.sounds)) for part in parts))
    whole = fold_chinese(text)
    if len(pieces) == 1 and whole and phrase.size <= 1:
        return Phrase((Part(keys_of(whole), "content", syllables(cut(whole))),), (), (), len(whole))
    return phrase


def _part(word: str) -> Part:
    kind: Literal["content", "not"] = "not" if word in _NEGATIONS else "content"
    return Part(keys_of(word), kind, syllables((word,)))


def is_function(word: str) -> bool:
    """Whether a word only colours a statement, or joins others."""
    return word.rstrip("地的") in FUNCTION_WORDS or (len(word) == 1 and word in FUNCTION_CHARACTERS)


def can_be_spared(part: Part) -> bool:
    """Whether a phrase without this word would say much the same."""
    return part.kind == "content" and len(part.text) <= 2 and not set(part.text) & set(NUMERAL)
