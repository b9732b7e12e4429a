"""Points made in the speaker's own words: which stretches of an answer mean which talking points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.answer_words import AnswerWords, Place, Stance
from voicerehearsal.measures.meaning import Floats, learn, nearest, on_topic, scores
from voicerehearsal.measures.words_in_common import WORDS_IN_COMMON, with_words
from voicerehearsal.ports import Meaning
from voicerehearsal.values import EvidenceKind, Language, Learned, TalkingPoint


class Bar(NamedTuple):
    """What a stretch must score to make a point.

    Attributes:
        score: From here on the point is made.
        sharpness: How fast certainty grows with the score beyond it.
    """

    score: float
    sharpness: float


BARS: Mapping[tuple[Language, bool], Bar] = {
    ("en", True): Bar(0.29, 8.0),
    ("en", False): Bar(0.36, 8.0),
    ("zh", True): Bar(0.27, 8.0),
    ("zh", False): Bar(0.28, 8.0),
}
"""By language, with a model of meaning and without; chosen on labelled answers for 92 right in 100."""

ON_TOPIC = 0.38
"""An answer that is about something else altogether stays below this; one in twenty that is not does, too."""

ELSEWHERE_LESS = 0.25
"""What is then taken off every stretch: only what could hardly be said clearer still counts."""

DENIED_LESS = 0.4
"""What is taken off a stretch with a "not" where the point's own sentences have none."""

FLOOR = 0.25
"""Cosine to the nearest of a point's sentences below which a stretch speaks of something else."""

CLOSE = 0.6
"""From this share of the bar on, a stretch is worth showing as the closest."""

SAME_MEANING = 0.93
"""Cosine of two wordings that say the same."""

LIKE = 3
"""So many of a point's sentences are looked at to see whether it is a denial itself."""


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
    points: tuple[TalkingPoint, ...],
    answer: AnswerWords,
    *,
    meaning: Meaning | None,
    learned: Learned,
    language: Language,
    read: Callable[[str], AnswerWords],
    barred: Sequence[Place] = (),
) -> Nearness:
    """Look for points among the stretches of an answer.

    Args:
        points: All points of the question.
        answer: The answer.
        meaning: What compares them; None for words in common.
        learned: What the user corrected before.
        language: Of both.
        read: Reads a sentence of a point as an answer.
        barred: Places that make no point: what hurts the answer.
    """
    stretches = [place for place in answer.stretches() if not any(_overlap(place, bar) for bar in barred)]
    if not stretches or not points or (meaning is None and not any(point.examples for point in points)):
        return Nearness({}, {})
    model_of_meaning = WORDS_IN_COMMON if meaning is None else with_words(meaning)
    accepted = accepted_by_point(points, learned)
    model = learn(points, accepted, model_of_meaning, language)
    vectors = model_of_meaning.vectors([answer.text(place) for place in stretches])
    score = scores(model, vectors)
    stances = [answer.stance(place) for place in stretches]
    bar, how = BARS[language, meaning is not None], _how(meaning)
    if on_topic(model, vectors) < ON_TOPIC:
        score -= ELSEWHERE_LESS
    found: dict[int, list[Found]] = {}
    closest: dict[int, Found] = {}
    for number, point in enumerate(points):
        if meaning is None and not point.examples:
            continue
        own = score[:, number].copy()
        own[(vectors @ model.vectors[model.point == number].T).max(1) < FLOOR] = -1
        if own.max() < CLOSE * bar.score:
            continue
        denied = [place for phrase in point.phrases for place in answer.denied_places(phrase)]
        own[[any(_overlap(place, no) for no in denied) for place in stretches]] = -1
        own[_rejected(learned.rejected.get(point.id, ()), vectors, model_of_meaning)] = -1
        for i in np.flatnonzero(own >= CLOSE * bar.score):
            own[i] -= _amiss(answer, stretches[i], stances[i], nearest(model, vectors[i], number, LIKE), read)
        best = int(np.argmax(own))
        certainty = 1 / (1 + np.exp(-bar.sharpness * (own[best] - bar.score)))
        hit = Found(stretches[best], how, round(float(certainty), 2))  # the model's last digits are not its own
        if own[best] >= bar.score:
            found[number] = [hit]
        elif own[best] >= CLOSE * bar.score:
            closest[number] = hit
    return Nearness(found, closest)


def _overlap(one: Place, other: Place) -> bool:
    return one.first <= other.last and other.first <= one.last


def accepted_by_point(points: Sequence[TalkingPoint], learned: Learned) -> tuple[tuple[str, ...], ...]:
    """What the user called right, for each point."""
    return tuple(tuple(learned.accepted.get(point.id, ())) for point in points)


def _how(meaning: Meaning | None) -> EvidenceKind:
    return "words" if meaning is None else "meaning"


def _amiss(
    answer: AnswerWords, place: Place, stance: Stance, like: Sequence[str], read: Callable[[str], AnswerWords]
) -> float:
    """What speaks against a stretch beside the sentences it is like: others' deeds, a denial, a time not stated."""
    if not answer.filled(place, like[0]):
        return 1.0
    if stance == "affirmed":
        return 0.0
    same = sum(_stance_of(read(sentence)) == stance for sentence in like) / len(like)
    return (1.0 if stance == "unowned" else DENIED_LESS) * (1 - same)


def _stance_of(sentence: AnswerWords) -> Stance:
    """How a sentence of a point is meant."""
    last = len(sentence.source) - 1
    return sentence.stance(Place(0, last, frozenset(range(last + 1)))) if last >= 0 else "affirmed"


def _rejected(wordings: Sequence[str], vectors: Floats, meaning: Meaning) -> NDArray[np.bool_]:
    """Which stretches say what the user said does not make the point; shape (m,)."""
    if not wordings:
        return np.zeros(len(vectors), np.bool_)
    return np.asarray((vectors @ meaning.vectors(list(wordings)).T).max(1) >= SAME_MEANING)
