"""Which talking points an answer made, where, and in what order.

A point is made when one of its phrases was said (`phrases`) and not denied (`negation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voicerehearsal.measures.negation import denied
from voicerehearsal.measures.phrases import Finder, Place, Said, compile_phrase, read_words
from voicerehearsal.values import CautionHit, Evidence, Keywords, PointResult, Question, TalkingPoint, Word


def coverage(*, question: Question, words: tuple[Word, ...]) -> Keywords:
    """Talking points made and missed in a recognised answer.

    Args:
        question: Its points, their phrases, its cautions.
        words: What was heard, in order, times in seconds.

    Returns:
        A result for every point in the question's order, with evidence as said; `coverage` 0–1, None without points;
        `order` None when fewer than two covered points have one.
    """
    return _measure(question, [Evidence(w.text, w.start_s, w.end_s) for w in words])


def coverage_of_text(*, question: Question, text: str) -> Keywords:
    """The same for a written answer: evidence without times, sentence ends respected."""
    return _measure(question, [Evidence(word, None, None) for word in text.split()])


def _measure(question: Question, words: Sequence[Evidence]) -> Keywords:
    wordings = [text for point in question.points for text in point.phrases]
    wordings += [text for caution in question.cautions for text in caution.phrases]
    said = read_words([w.text for w in words], [compile_phrase(text) for text in wordings])
    finder = Finder(said)
    places = [_places(point.phrases, finder, said) for point in question.points]
    results = tuple(
        PointResult(point.id, point.label, bool(found), tuple(_evidence(place, said, words) for place in found))
        for point, found in zip(question.points, places, strict=True)
    )
    return Keywords(
        points=results,
        coverage=sum(r.covered for r in results) / len(results) if results else None,
        order=_in_order(question.points, places),
        cautions=_cautions(question, finder, said, words),
    )


def _places(phrases: Iterable[str], finder: Finder, said: Said) -> list[Place]:
    """Where any of the phrases was said and not denied, overlapping places joined."""
    found = [p for text in phrases for p in finder.find(compile_phrase(text)) if not denied(said, p)]
    joined: list[Place] = []
    for place in sorted(found, key=lambda p: (p.first, p.last)):
        if joined and place.first <= joined[-1].last:
            last = joined.pop()
            place = Place(last.first, max(last.last, place.last), last.used | place.used)
        joined.append(place)
    return joined


def _evidence(place: Place, said: Said, words: Sequence[Evidence]) -> Evidence:
    chosen = words[said.source[place.first] : said.source[place.last] + 1]
    text = " ".join(w.text for w in chosen).strip(' ,.;:!?"“”')
    return Evidence(text, chosen[0].start_s, chosen[-1].end_s)


def _in_order(points: Sequence[TalkingPoint], places: Sequence[list[Place]]) -> bool | None:
    """Whether the covered points that have an order were first made in it."""
    made = sorted((p.order, found[0].first) for p, found in zip(points, places, strict=True) if p.order and found)
    if len(made) < 2:
        return None
    firsts = [first for _, first in made]
    return firsts == sorted(firsts)


def _cautions(question: Question, finder: Finder, said: Said, words: Sequence[Evidence]) -> tuple[CautionHit, ...]:
    """Phrases that hurt, in the order they were said."""
    hits = [
        (place.first, caution.why, _evidence(place, said, words))
        for caution in question.cautions
        for place in _places(caution.phrases, finder, said)
    ]
    hits.sort(key=lambda hit: hit[0])
    return tuple(CautionHit(found.text, found.start_s, found.end_s, why) for _, why, found in hits)
