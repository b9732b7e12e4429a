"""What sentences mean as far as their words tell: a stand-in where no model of meaning is installed.

A sentence is the set of its content words, in Chinese of its characters and their pairs, each word a direction of its
own (hashed: Weinberger et al. 2009). It knows no synonyms; the sentences of a pack's examples lend it some.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.wordforms import tokens
from voicerehearsal.ports import Meaning

WORDS_SHARE = 0.4
"""Anything from 0.2 to 0.6 finds as much; from 0.4 on it is less easily led astray by an answer to something else."""

DIMENSIONS = 4096
"""Enough that two words of a question rarely share one."""


class WordsInCommon:
    """Meets `ports.Meaning` with nothing but words."""

    name = "words in common"

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence, shape (n, 4096), unit length; zeros where there is no content word."""
        found = np.zeros((len(sentences), DIMENSIONS), np.float32)
        for row, sentence in zip(found, sentences, strict=True):
            for word in _words(sentence):
                row[crc32(word.encode()) % DIMENSIONS] += 1
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return (found / np.where(length > 0, length, 1)).astype(np.float32)


def _words(sentence: str) -> list[str]:
    """Keys of the content words, and pairs of neighbouring Chinese characters."""
    found = tokens(sentence)
    pairs = [a.text + b.text for a, b in pairwise(found) if not a.text.isascii()]
    return [token.key for token in found if token.kind == "content"] + pairs


WORDS_IN_COMMON = WordsInCommon()


class WithWords:
    """A model of meaning, and the words besides: rare words say what a model has never read."""

    def __init__(self, meaning: Meaning) -> None:
        """Join them."""
        self.name = f"{meaning.name} and words"
        self._meaning = meaning

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence, unit length, the words' share of a cosine being `WORDS_SHARE`."""
        meant = np.sqrt(1 - WORDS_SHARE) * self._meaning.vectors(sentences)
        said = np.sqrt(WORDS_SHARE) * WORDS_IN_COMMON.vectors(sentences)
        return np.concatenate([meant, said], axis=1).astype(np.float32)


@lru_cache(maxsize=8)
def with_words(meaning: Meaning) -> WithWords:
    """The same for the same model."""
    return WithWords(meaning)
