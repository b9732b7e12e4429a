"""Phrases that fill time instead of saying something: "you know", "like", 那个, 就是 … where they are used so.

The same words often carry meaning ("I know you like tea", 这个产品). Three things tell the two apart, as they do for a
human listener: the words around, a pause beside the phrase, and the same phrase again shortly after (Fox Tree & Schrock
2002 on "you know" and "I mean"; Zhao & Jurafsky 2005 on 那个 and 这个).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from voicerehearsal.measures.filler_phrases_en import ENGLISH
from voicerehearsal.measures.filler_phrases_zh import CHINESE
from voicerehearsal.measures.phrase_places import Place, Reading
from voicerehearsal.values import Filler, Language, Span, Word

_GRAMMARS: Mapping[Language, Mapping[str, Callable[[Place], Reading]]] = {"en": ENGLISH, "zh": CHINESE}

_LONGEST = 3  # words in a phrase; the Chinese recogniser may write 就是说 as three
_REPEAT_WORDS = 8  # the same phrase again within so many words is a habit, not a thought
_CERTAINTY = (0.0, 0.7, 0.8, 0.9)  # by how many signs say filler


def find_filler_phrases(*, words: Sequence[Word], sounding: Sequence[Span], language: Language) -> tuple[Filler, ...]:
    """The phrases that are used as fillers, in order.

    A phrase counts when the words around it say that it is a filler, or leave it open and there is a pause on both
    sides or the same phrase shortly before; never when they say that it carries meaning. A phrase said twice in a row
    is one event. A word that the recogniser was unsure of, in the phrase or beside it, makes no filler.

    Args:
        words: What was recognised, in order; Chinese words as the recogniser cuts them.
        sounding: Stretches of speech, in order.
        language: Of the answer.

    Returns:
        Events of kind "phrase"; `confidence` grows with the signs for it and falls with the recogniser's own.
    """
    places = _places(words, sounding, _GRAMMARS[language])
    found: list[Filler] = []
    for group in _doubled(places):
        filler = _filler(group, places, _GRAMMARS[language])
        if filler is not None:
            found.append(filler)
    return tuple(found)


def _places(words: Sequence[Word], sounding: Sequence[Span], grammar: Mapping[str, object]) -> list[Place]:
    """Where a phrase of the grammar stands whole and was surely heard, the longest where several would do."""
    places: list[Place] = []
    at = 0
    while at < len(words):
        candidates = (Place(words, sounding, at, count) for count in range(min(_LONGEST, len(words) - at), 0, -1))
        place = next((candidate for candidate in candidates if _key(candidate) in grammar), None)
        if place is not None and place.unbroken and place.sure:
            places.append(place)
        at += 1 if place is None else place.count
    return places


def _key(place: Place) -> str:
    """The phrase as the grammars write it: Chinese without blanks."""
    text = place.text.lower()
    return text if text.isascii() else text.replace(" ", "")


def _doubled(places: Sequence[Place]) -> list[list[Place]]:
    """The same phrase two or more times in a row is one group."""
    groups: list[list[Place]] = [[place] for place in places[:1]]
    for last, place in pairwise(places):
        if _key(place) == _key(last) and place.at == last.at + last.count:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _filler(
    group: Sequence[Place], places: Sequence[Place], grammar: Mapping[str, Callable[[Place], Reading]]
) -> Filler | None:
    first, last = group[0], group[-1]
    whole = Place(first.words, first.sounding, first.at, last.at + last.count - first.at)
    read = grammar[_key(first)]
    reading = read(whole)
    if reading == "meaning":
        return None
    repeated = len(group) > 1 or any(
        0 < first.at - (place.at + place.count - 1) <= _REPEAT_WORDS
        and _key(place) == _key(first)
        and read(place) != "meaning"
        for place in places
    )
    if reading == "open" and not repeated and whole.pauses < 2:
        return None
    signs = (reading == "filler") + repeated + whole.pauses
    certainty = _CERTAINTY[min(signs, len(_CERTAINTY) - 1)]
    return Filler(whole.text, whole.span.start_s, whole.span.end_s, "phrase", certainty * whole.confidence)
