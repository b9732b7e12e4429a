"""A Chinese answer, recognised or written, as coverage asks for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from voicerehearsal.measures.answer_words import Place, Stance
from voicerehearsal.measures.characters_zh import read_characters, split_text
from voicerehearsal.measures.phrase_parts_zh import SLOT, compile_phrase
from voicerehearsal.measures.phrases_zh import Finder
from voicerehearsal.measures.slots_zh import numbers, times
from voicerehearsal.measures.stance_zh import Stances

__all__ = ["ChineseAnswer", "split_text"]

STRETCH_CHARACTERS = (7, 45)
"""Shortest and longest stretch that is compared by meaning: shorter ones are near to everything."""

STRETCH_CLAUSES = 3
"""Clauses that a stretch may join."""

MOST_STRETCHES = 36
"""Of a long answer fewer clauses are joined, so that comparing them stays a matter of milliseconds."""

_CLAUSE_CHARACTERS = 5
_LONG_CLAUSE = 20
_PIECE_CHARACTERS = 11

_NEAR_SLOT = 8
"""Characters between a stretch and the time or number that belongs to it."""

_OPENERS = re.compile(
    "然后|但是|不过|所以|而且|首先|其次|最后|接着|同时|另外|还有|如果|因为|再|之后|后来|结果|于是|比如|我会|我就|我先|我还|我都|我一般|挂电话|通话"
)


class ChineseAnswer:
    """An answer character by character; see `AnswerWords`.

    Attributes:
        source: The number of the word that each character came from.
    """

    def __init__(self, words: Sequence[str], *, wordings: Iterable[str] = (), pauses: Collection[int] = ()) -> None:
        """Read an answer.

        Args:
            words: As a recogniser cuts them, or as `split_text` does.
            wordings: Not needed in Chinese.
            pauses: Numbers of the words after which the speaker paused.
        """
        del wordings
        self._words = words
        self._said = read_characters(words, frozenset(pauses))
        self.source = self._said.source
        self._stances = Stances(self._said)
        self._slots = {"time": times(self._said.plain), "number": numbers(self._said.plain)}
        self._finder = Finder(self._said, self._stances.negations, self._slots)

    def places(self, phrase: str) -> list[Place]:
        """Where a phrase, its slots filled, was said and not denied, in the order of the places' first characters."""
        return [place for place in self._finder.find(compile_phrase(phrase)) if not self._stances.denied(place)]

    def denied_places(self, phrase: str) -> list[Place]:
        """Where it was said and denied, or not said of the speaker."""
        return [place for place in self._finder.find(compile_phrase(phrase)) if self._stances.denied(place)]

    def stretches(self) -> list[Place]:
        """Clauses, and neighbouring clauses together, where they are neither too short nor too long to compare."""
        clauses = self._clauses()
        for joined in range(STRETCH_CLAUSES, 0, -1):
            found = list(_joined(clauses, joined))
            if len(found) <= MOST_STRETCHES:
                break
        return found

    def stance(self, place: Place) -> Stance:
        """How the stretch is meant."""
        return self._stances.of_stretch(place)

    def text(self, place: Place) -> str:
        """The stretch as it was said, without blanks."""
        words = self._words[self.source[place.first] : self.source[place.last] + 1]
        return "".join(word.strip() for word in words)

    def filled(self, place: Place, example: str) -> bool:
        """Whether every slot of an example ({time}, {number}) is filled in the place or close to it."""
        near = range(place.first - _NEAR_SLOT, place.last + _NEAR_SLOT + 1)
        return all(any(first in near for first, _ in self._slots[slot]) for slot in SLOT.findall(example))

    def _clauses(self) -> list[tuple[int, int]]:
        """First and last character of each: cut at punctuation and pauses, else where a word opens a new one."""
        cuts = {0, *(at + 1 for at in self._said.ends | self._said.breaks)}
        plain = self._said.plain
        for found in _OPENERS.finditer(plain):
            if found.start() - max(at for at in cuts if at <= found.start()) >= _CLAUSE_CHARACTERS:
                cuts.add(found.start())
        edges = [*sorted(at for at in cuts if at < len(plain)), len(plain)]
        return [(a, b - 1) for first, end in pairwise(edges) for a, b in pairwise(self._shorter(first, end))]

    def _shorter(self, first: int, end: int) -> list[int]:
        """The edges of a clause; one without any sign of where it could be cut is cut evenly, between two words."""
        pieces = round((end - first) / _PIECE_CHARACTERS)
        if end - first <= _LONG_CLAUSE or pieces < 2:
            return [first, end]
        words = [at for at in self._finder.word_starts if first < at < end]
        wanted = (first + number * (end - first) / pieces for number in range(1, pieces))
        return sorted({first, end, *(min(words, key=partial(_apart, place)) for place in wanted)})


def _apart(one: float, other: float) -> float:
    return abs(one - other)


def _joined(clauses: Sequence[tuple[int, int]], most: int) -> Iterator[Place]:
    """Stretches of one to `most` clauses."""
    shortest, longest = STRETCH_CHARACTERS
    for number, (first, _) in enumerate(clauses):
        for _, last in clauses[number : number + most]:
            if shortest <= last - first + 1 <= longest:
                yield Place(first, last, frozenset(range(first, last + 1)))
