"""How far apart two Chinese characters sound: a recogniser that heard well may still have written another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

SAME_CHARACTER = 0.0
HOMOPHONE = 0.2
"""Syllable and tone are the same."""
OTHER_TONE = 0.4
NEAR = 0.7
"""Sounds that speakers of many regions merge, and recognisers with them: zh z, ch c, sh s, n l, ng n; f h, r l."""
NEAR_OTHER_TONE = 0.9
APART = 9.0

_MERGED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("h", "f"))
_MERGED_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def syllables(words: Sequence[str]) -> tuple[str, ...]:
    """The syllable of each character, with its tone's number ("dao4"), read as the words around demand.

    By pypinyin's dictionaries; a letter is its own syllable.

    Args:
        words: Folded, in order.
    """
    return tuple(s for word in words for s in _of_word(word))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    if word.isascii():
        return tuple(word)
    found = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors="default")
    return tuple(found) if len(found) == len(word) else tuple(word)


@lru_cache(maxsize=100_000)
def distance(one: str, other: str) -> float:
    """Between two syllables: `HOMOPHONE`, `OTHER_TONE`, `NEAR`, `NEAR_OTHER_TONE`, or `APART`."""
    if one == other:
        return HOMOPHONE
    (sound, tone), (other_sound, other_tone) = _parts(one), _parts(other)
    same_tone = tone == other_tone or "5" in (tone, other_tone)
    if sound == other_sound:
        return HOMOPHONE if same_tone else OTHER_TONE
    if merged(one) == merged(other):
        return NEAR if same_tone else NEAR_OTHER_TONE
    return APART


def _parts(syllable: str) -> tuple[str, str]:
    return (syllable[:-1], syllable[-1]) if syllable[-1:].isdigit() else (syllable, "")


@lru_cache(maxsize=2_000)
def merged(syllable: str) -> str:
    """The sound that a syllable is merged into: equal where two are near or the same."""
    sound = _parts(syllable)[0]
    for initial, by in _MERGED_INITIALS:
        if sound.startswith(initial):
            sound = by + sound[len(initial) :]
            break
    for final, by in _MERGED_FINALS:
        if sound.endswith(final):
            return sound[: -len(final)] + by
    return sound
