"""How long English words take at one unvarying speed: what is left of their lengths is how fast they were spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.wordforms import word_set
from voicerehearsal.values import Word

SURE = 0.7
"""Words recognised with less confidence may be others, of other lengths."""

# In about the time of an average sound, fitted by least squares to 1342 words in freely licensed recordings of English
# (speechocean762, the recogniser's and the aligner's examples), rounded. Words are longer before a pause (Wightman,
# Shattuck-Hufnagel, Ostendorf & Price 1992).
_WORD = 1.25
_CONSONANT = 0.55
_VOWEL = 0.65
_LONG_VOWEL = 0.4  # more, where it is spelled with two letters
_BEFORE_PAUSE = 1.0
_AFTER_PAUSE = 0.5
_PAUSE_S = 0.1

_WEAK = word_set(
    "i we me us my our you he she they him her them your his their its be am is are was were been being a an the this "
    "that these those some any do does did have has had will would can could shall should may might must it to of in "
    "on at for with from by about as into and but or so if then than because when while who which what how where"
)
"""Their vowels are hardly there."""

_SILENT = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[^a-z]", ""),
        (r"(?<=[a-z]{2})(?<=[^aeiou])e(?=s?$)", ""),
        (r"igh", "i"),
        (r"tch|ch|sh|th|ph|wh|ck|ng|gh|qu", "t"),
        (r"([^aeiou])\1", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class WordTimes:
    """The words whose lengths tell something, each of shape (words,).

    Attributes:
        at_s: Their middles.
        taken_s: How long they were.
        expected: How long they would be were all spoken at one speed, in a unit of their own.
    """

    at_s: NDArray[np.float64]
    taken_s: NDArray[np.float64]
    expected: NDArray[np.float64]


def word_times(words: Sequence[Word]) -> WordTimes:
    """How long words took and how long they are; unsure ones and those without Latin letters are left out.

    Args:
        words: In order.
    """
    starts_s = np.array([word.start_s for word in words])
    ends_s = np.array([word.end_s for word in words])
    lengths = np.array([_length(word.text) for word in words])
    apart = np.ones(len(words) + 1, np.bool_)
    apart[1:-1] = starts_s[1:] - ends_s[:-1] > _PAUSE_S
    expected = lengths + _AFTER_PAUSE * apart[:-1] + _BEFORE_PAUSE * apart[1:]
    sure = (np.array([word.confidence for word in words]) >= SURE) & (lengths > 0)
    return WordTimes(((starts_s + ends_s) / 2)[sure], (ends_s - starts_s)[sure], expected[sure])


@lru_cache(maxsize=20_000)
def _length(text: str) -> float:
    """Of a word in the middle of a phrase; 0 where the spelling says nothing."""
    sounds = text.lower()
    for pattern, by in _SILENT:
        sounds = pattern.sub(by, sounds)
    if not sounds:
        return 0.0
    vowels = _VOWELS.findall(sounds)
    consonants = len(sounds) - sum(map(len, vowels))
    full = 0 if text.lower() in _WEAK else max(len(vowels), 1)
    return _WORD + _CONSONANT * consonants + _VOWEL * full + _LONG_VOWEL * sum(len(vowel) > 1 for vowel in vowels)
