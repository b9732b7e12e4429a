"""Which talking points an answer made, where, and in what order.

A point is made when one of its phrases was said and not denied, or when a stretch of the answer means it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from voicerehearsal.measures.answer_en import EnglishAnswer
from voicerehearsal.measures.answer_words import AnswerWords, Place
from voicerehearsal.measures.answer_zh import ChineseAnswer, split_text
from voicerehearsal.measures.meaning import learn
from voicerehearsal.measures.own_words import Found, accepted_by_point, by_meaning
from voicerehearsal.measures.words_in_common import with_words
from voicerehearsal.ports import Meaning
from voicerehearsal.values import (
    NOTHING_LEARNED,
    CautionHit,
    Evidence,
    Keywords,
    Language,
    Learned,
    PointResult,
    Question,
    TalkingPoint,
    Word,
)

PAUSE_S = 0.25
"""A gap between words that ends a clause."""

SOUND_CERTAINTY = 0.9
"""Of a phrase whose words were only recognised by their sound."""

_JOINED_BY: Mapping[Language, str] = {"en": " ", "zh": ""}
_OUTER = ' ,.;:!?"“”，。；：！？、'


def coverage(
    *,
    question: Question,
    words: tuple[Word, ...],
    language: Language = "en",
    meaning: Meaning | None = None,
    learned: Learned = NOTHING_LEARNED,
) -> Keywords:
    """Talking points made and missed in a recognised answer.

    Args:
        question: Its points, their phrases and examples, its cautions.
        words: What was heard, in order, times in seconds.
        language: What was spoken.
        meaning: Hears points in the speaker's own words; without it only phrases and words in common count.
        learned: What the user corrected before.

    Returns:
        A result for every point in the question's order, with evidence as said; `coverage` 0–1, None without points;
        `order` None when fewer than two covered points have one.
    """
    pauses = {i for i, (a, b) in enumerate(pairwise(words)) if b.start_s - a.end_s >= PAUSE_S}
    said = [Evidence(w.text, w.start_s, w.end_s) for w in words]
    return _measure(question, said, pauses, language, meaning, learned)


def coverage_of_text(
    *,
    question: Question,
    text: str,
    language: Language = "en",
    meaning: Meaning | None = None,
    learned: Learned = NOTHING_LEARNED,
) -> Keywords:
    """The same for a written answer: evidence without times, sentence ends respected."""
    said = [Evidence(word, None, None) for word in _split(text, language)]
    return _measure(question, said, (), language, meaning, learned)


def make_ready(*, question: Question, language: Language, meaning: Meaning, learned: Learned) -> None:
    """Compute once what every answer to a question is compared with; later calls find it done."""
    if question.points:
        learn(question.points, accepted_by_point(question.points, learned), with_words(meaning), language)


def _measure(
    question: Question,
    words: Sequence[Evidence],
    pauses: Collection[int],
    language: Language,
    meaning: Meaning | None,
    learned: Learned,
) -> Keywords:
    points = question.points
    wordings = [text for point in points for text in (*point.phrases, *learned.accepted.get(point.id, ()))]
    wordings += [text for caution in question.cautions for text in caution.phrases]
    read = partial(_read, language=language, asked=question.text)
    answer = read([w.text for w in words], wordings=wordings, pauses=pauses)
    near = by_meaning(
        points,
        answer,
        meaning=meaning,
        learned=learned,
        language=language,
        read=lambda sentence: read(_split(sentence, language)),
        barred=_places([text for caution in question.cautions for text in caution.phrases], answer),
    )
    places = [_said(point, answer, learned) or near.found.get(i, []) for i, point in enumerate(points)]
    results = tuple(
        _result(point, places[i], near.closest.get(i), answer, words, language) for i, point in enumerate(points)
    )
    return Keywords(
        points=results,
        coverage=sum(r.covered for r in results) / len(results) if results else None,
        order=_in_order(points, places),
        cautions=_cautions(question, answer, words, language),
    )


def _split(text: str, language: Language) -> list[str]:
    """The words of a written text."""
    return split_text(text) if language == "zh" else text.split()


def _read(
    words: Sequence[str],
    *,
    language: Language,
    asked: str,
    wordings: Sequence[str] = (),
    pauses: Collection[int] = (),
) -> AnswerWords:
    """An answer in its language."""
    if language == "zh":
        return ChineseAnswer(words, wordings=wordings, pauses=pauses)
    return EnglishAnswer(words, wordings=wordings, pauses=pauses, asked=asked)


def _said(point: TalkingPoint, answer: AnswerWords, learned: Learned) -> list[Found]:
    """Where a phrase of the point was said, or a wording that the user called right; not where they called it wrong."""
    wrong = _places(learned.rejected.get(point.id, ()), answer)
    found = [
        Found(place, "sound" if place.by_sound else "words", 1.0 if not place.by_sound else SOUND_CERTAINTY)
        for place in _places(point.phrases, answer)
        if not any(no.first <= place.first and place.last <= no.last for no in wrong)
    ]
    found += [Found(place, "yours", 1.0) for place in _places(learned.accepted.get(point.id, ()), answer)]
    return sorted(found, key=lambda f: (f.place.first, f.place.last))


def _places(phrases: Iterable[str], answer: AnswerWords) -> list[Place]:
    """Where any of the phrases was said, overlapping places joined."""
    joined: list[Place] = []
    for place in sorted((p for text in phrases for p in answer.places(text)), key=lambda p: (p.first, p.last)):
        if joined and place.first <= joined[-1].last:
            last = joined.pop()
            by_sound = last.by_sound and place.by_sound
            place = Place(last.first, max(last.last, place.last), last.used | place.used, by_sound)
        joined.append(place)
    return joined


def _result(
    point: TalkingPoint,
    found: Sequence[Found],
    closest: Found | None,
    answer: AnswerWords,
    words: Sequence[Evidence],
    language: Language,
) -> PointResult:
    evidence = tuple(_evidence(f, answer, words, language) for f in found)
    nearest = _evidence(closest, answer, words, language) if closest and not evidence else None
    return PointResult(point.id, point.label, bool(evidence), evidence, nearest)


def _evidence(found: Found, answer: AnswerWords, words: Sequence[Evidence], language: Language) -> Evidence:
    chosen = words[answer.source[found.place.first] : answer.source[found.place.last] + 1]
    text = _JOINED_BY[language].join(w.text for w in chosen).strip(_OUTER)
    return Evidence(text, chosen[0].start_s, chosen[-1].end_s, found.how, found.certainty)


def _in_order(points: Sequence[TalkingPoint], places: Sequence[Sequence[Found]]) -> bool | None:
    """Whether the covered points that have an order were first made in it."""
    made = sorted((p.order, found[0].place.first) for p, found in zip(points, places, strict=True) if p.order and found)
    if len(made) < 2:
        return None
    firsts = [first for _, first in made]
    return firsts == sorted(firsts)


def _cautions(
    question: Question, answer: AnswerWords, words: Sequence[Evidence], language: Language
) -> tuple[CautionHit, ...]:
    """Phrases that hurt, in the order they were said."""
    hits = [
        (place.first, caution.why, _evidence(Found(place, "words", 1.0), answer, words, language))
        for caution in question.cautions
        for place in _places(caution.phrases, answer)
    ]
    hits.sort(key=lambda hit: hit[0])
    return tuple(CautionHit(found.text, found.start_s, found.end_s, why) for _, why, found in hits)
