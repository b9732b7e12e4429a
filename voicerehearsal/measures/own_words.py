"""Points made in the speaker's own words: which stretches of an answer mean which talking points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.answer_words import AnswerWords, Place
from voicerehearsal.measures.meaning import SURE, Floats, Model, certainty, learn, nearest, scores
from voicerehearsal.ports import Meaning
from voicerehearsal.values import EvidenceKind, Language, Learned, Question

CLOSE = 0.6
"""From this share of what makes a point on, a stretch is worth showing as the closest."""

SAME_MEANING = 0.93
"""Cosine of two wordings that say the same."""


class Found(NamedTuple):
    """Where a point was made, how that was recognised, and how certain it is 0–1."""

    place: Place
    how: EvidenceKind
    certainty: float


class Nearness(NamedTuple):
    """By number of the point: where it was made, and what came closest where it was not."""

    found: Mapping[int, list[Found]]
    closest: Mapping[int, Found]


def by_meaning(
    question: Question,
    answer: AnswerWords,
    *,
    meaning: Meaning,
    learned: Learned,
    language: Language,
    missing: frozenset[int],
) -> Nearness:
    """Look for the points in `missing` among the stretches of an answer."""
    stretches = [place for place in answer.stretches() if answer.stance(place) != "unowned"]
    if not stretches or not missing:
        return Nearness({}, {})
    accepted = tuple(learned.accepted.get(point.id, ()) for point in question.points)
    model = learn(question.points, accepted, meaning, language)  # type: ignore[arg-type]  # hashed by identity
    vectors = meaning.vectors([answer.text(place) for place in stretches])
    score = scores(model, vectors)
    found: dict[int, list[Found]] = {}
    closest: dict[int, Found] = {}
    for point in sorted(missing):
        wrong = _rejected(learned.rejected.get(question.points[point].id, ()), vectors, meaning)
        best = int(np.argmax(np.where(wrong, -np.inf, score[:, point])))
        value = float(score[best, point])
        hit = Found(stretches[best], "meaning", certainty(value, language))
        if not wrong[best] and value >= SURE[language] and _fits(answer, stretches[best], model, vectors[best], point):
            found[point] = [hit]
        elif value >= CLOSE * SURE[language]:
            closest[point] = hit
    return Nearness(found, closest)


def _fits(answer: AnswerWords, place: Place, model: Model, vector: Floats, point: int) -> bool:
    """Whether the stretch has the slots of the sentence that it is like."""
    return answer.filled(place, nearest(model, vector, point))


def _rejected(wordings: Sequence[str], vectors: Floats, meaning: Meaning) -> NDArray[np.bool_]:
    """Which stretches say what the user said does not make the point; shape (m,)."""
    if not wordings:
        return np.zeros(len(vectors), np.bool_)
    return np.asarray((vectors @ meaning.vectors(list(wordings)).T).max(1) >= SAME_MEANING)
