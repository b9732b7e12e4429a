"""What people say in interviews about anything at all: what a talking point is told from, beside its siblings.

Without it every sentence belongs to some point of the question, also one about something else altogether. The sentences
are the middles of 200 groups (k-means; Lloyd 1982) of all examples in the built-in packs.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.ports import Meaning
from voicerehearsal.values import Language

TOO_NEAR = 0.5
"""Cosine from which on such a sentence may well make the point."""


def elsewhere(vectors: NDArray[np.float32], meaning: Meaning, language: Language) -> NDArray[np.float32]:
    """Vectors, shape (k, d), of the sentences that are not near any of a question's own `vectors`, shape (n, d)."""
    others = _all(meaning, language)
    far: NDArray[np.bool_] = (others @ vectors.T).max(axis=1) < TOO_NEAR
    return others[far]


@lru_cache(maxsize=4)
def _all(meaning: Meaning, language: Language) -> NDArray[np.float32]:
    text = (files(__package__) / f"elsewhere_{language}.txt").read_text("utf-8")
    return meaning.vectors(text.splitlines())
