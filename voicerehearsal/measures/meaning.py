"""How likely a stretch of an answer makes a talking point, by what it means.

Each point of a question is told from its siblings by regularised least squares (ridge regression; Hoerl & Kennard 1970)
over the sentence vectors of all phrases, examples and labels: few sentences a point suffice, and what all points of a
question have in common does not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.slots import SLOT
from voicerehearsal.ports import Meaning
from voicerehearsal.values import Language, TalkingPoint

Floats = NDArray[np.float32]

RIDGE = 0.3
"""Weight of the penalty: larger trusts the sentences of a pack less."""

SURE: Mapping[Language, float] = {"en": 0.8, "zh": 0.8}
"""A point is made from this score on."""

_SLOT_SAID: Mapping[Language, Mapping[str, str]] = {
    "en": {"time": "by five o'clock", "number": "three"},
    "zh": {"time": "今天下午五点", "number": "三个"},
}


class Model(NamedTuple):
    """The points of a question, ready to be compared; n sentences of d dimensions, p points."""

    sentences: tuple[str, ...]
    """Examples, phrases and labels as they were written."""
    point: NDArray[np.intp]
    """Which point each belongs to, shape (n,)."""
    vectors: Floats
    """Shape (n, d), unit rows."""
    weights: Floats
    """Shape (d, p)."""


@lru_cache(maxsize=64)
def learn(
    points: tuple[TalkingPoint, ...],
    accepted: tuple[tuple[str, ...], ...],
    meaning: Meaning,
    language: Language,
) -> Model:
    """Make the points of a question ready, `accepted` being further examples of each; kept for the next answer."""
    sentences = [
        (text, number)
        for number, point in enumerate(points)
        for text in (*point.examples, *point.phrases, point.label, *accepted[number])
    ]
    texts = tuple(text for text, _ in sentences)
    owner = np.array([number for _, number in sentences], np.intp)
    vectors = meaning.vectors([_slots_said(text, language) for text in texts])
    target = (owner[:, None] == np.arange(len(points))).astype(np.float32)
    dual = np.linalg.solve(vectors @ vectors.T + RIDGE * np.eye(len(texts), dtype=np.float32), target)
    return Model(texts, owner, vectors, (vectors.T @ dual).astype(np.float32))


def _slots_said(text: str, language: Language) -> str:
    return SLOT.sub(lambda match: _SLOT_SAID[language][match[1]], text)


def scores(model: Model, stretches: Floats) -> Floats:
    """How much each stretch, shape (m, d), says each point, about 0 to 1: shape (m, p)."""
    return stretches @ model.weights


def nearest(model: Model, stretch: Floats, point: int) -> str:
    """The sentence of a point that is nearest to a stretch, shape (d,)."""
    own = np.flatnonzero(model.point == point)
    best: int = own[int(np.argmax(model.vectors[own] @ stretch))]
    return model.sentences[best]


def certainty(score: float, language: Language) -> float:
    """The score as a certainty 0–1, ½ at the threshold."""
    return float(1 / (1 + np.exp(-SHARPNESS * (score - SURE[language]))))


SHARPNESS = 6.0
"""How fast certainty grows with the score."""
