"""How much a stretch of an answer says each talking point of a question, by what it means.

Each point is told from its siblings by regularised least squares (ridge regression; Hoerl & Kennard 1970) over the
vectors of all phrases, examples and labels, against what is unlike them and what is said elsewhere: few sentences a
point suffice, and what all points of a question have in common does not count. A stretch belongs to the point it says
most; half of what it says of another is taken off.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.elsewhere import elsewhere
from voicerehearsal.measures.slots import SLOT
from voicerehearsal.ports import Meaning
from voicerehearsal.values import Language, TalkingPoint

Floats = NDArray[np.float32]

_learning = threading.Lock()

RIDGE = 0.2
"""Weight of the penalty: larger trusts the single sentence less."""

NONE = -1
"""The number of no point."""

SIBLING = 0.5
"""Share of the best other point's score that is taken off."""

_SLOT_SAID: Mapping[Language, Mapping[str, str]] = {
    "en": {"time": "by five o'clock", "number": "three"},
    "zh": {"time": "今天下午五点", "number": "三个"},
}


class Model(NamedTuple):
    """The points of a question, ready to be compared; n sentences of d dimensions, p points."""

    sentences: tuple[str, ...]
    """Examples, phrases and labels as they were written, and what is unlike them."""
    point: NDArray[np.intp]
    """Which point each makes, `NONE` for none, shape (n,)."""
    vectors: Floats
    """Shape (n, d), unit rows."""
    weights: Floats
    """Shape (d, p)."""


def learn(
    points: tuple[TalkingPoint, ...],
    accepted: tuple[tuple[str, ...], ...],
    meaning: Meaning,
    language: Language,
) -> Model:
    """Make the points of a question ready, `accepted` being further examples of each; kept for the next answer.

    Who needs them while they are made ready waits for that, and does not do the same again beside it.
    """
    with _learning:
        return _learn(points, accepted, meaning, language)


@lru_cache(maxsize=64)
def _learn(
    points: tuple[TalkingPoint, ...],
    accepted: tuple[tuple[str, ...], ...],
    meaning: Meaning,
    language: Language,
) -> Model:
    pairs = [
        (text, number)
        for number, point in enumerate(points)
        for text in (*point.examples, *point.phrases, point.label, *accepted[number])
    ]
    pairs += [(text, NONE) for point in points for text in point.unlike]
    texts = tuple(text for text, _ in pairs)
    owner = np.array([number for _, number in pairs], np.intp)
    vectors = meaning.vectors([_slots_said(text, language) for text in texts])
    others = elsewhere(vectors, meaning, language)
    weight = min(1.0, len(vectors) / max(1, len(others)))  # a question with few sentences is not drowned
    known = np.concatenate([vectors, np.sqrt(weight, dtype=np.float32) * others])
    target = np.zeros((len(known), len(points)), np.float32)
    target[: len(owner)] = owner[:, None] == np.arange(len(points))
    dual = np.linalg.solve(known @ known.T + RIDGE * np.eye(len(known), dtype=np.float32), target)
    return Model(texts, owner, vectors, (known.T @ dual).astype(np.float32))


def _slots_said(text: str, language: Language) -> str:
    return SLOT.sub(lambda match: _SLOT_SAID[language][match[1]], text)


def scores(model: Model, stretches: Floats) -> Floats:
    """How much each stretch, shape (m, d), says each point: shape (m, p), 1 as much as the point's own sentences."""
    plain: Floats = stretches @ model.weights
    if plain.shape[1] < 2:
        return plain
    ranked = np.sort(plain, axis=1)
    best_other = np.where(plain == ranked[:, -1:], ranked[:, -2:-1], ranked[:, -1:])
    return (plain - SIBLING * np.maximum(best_other, 0)).astype(np.float32)


def on_topic(model: Model, stretches: Floats) -> float:
    """How much the better half of an answer's stretches, shape (m, d), speaks of any point at all."""
    best = np.sort((stretches @ model.weights).max(axis=1))
    return float(best[len(best) // 2 :].mean())


def nearest(model: Model, stretch: Floats, point: int, count: int = 1) -> list[str]:
    """The sentences of a point that are nearest to a stretch, shape (d,), the nearest first."""
    own = np.flatnonzero(model.point == point)
    order = np.argsort(-(model.vectors[own] @ stretch))[:count]
    return [model.sentences[i] for i in own[order]]
