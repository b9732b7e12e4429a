"""A Chinese answer, recognised or written, as coverage asks for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from voicerehearsal.measures.answer_words import Place, Stance
from voicerehearsal.measures.characters_zh import read_characters, split_text
from voicerehearsal.measures.phrases_zh import SLOT, Finder, compile_phrase
from voicerehearsal.measures.slots_zh import numbers, times
from voicerehearsal.measures.stance_zh import Stances

__all__ = ["ChineseAnswer", "split_text"]

STRETCH_CHARACTERS = (5, 32)
"""Shortest and longest stretch that is compared by meaning."""

MOST_STRETCHES = 24

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

    def stretches(self) -> list[Place]:
        """Clauses, and neighbouring clauses together, where they are neither too short nor too long to compare."""
        clauses = self._clauses()
        shortest, longest = STRETCH_CHARACTERS
        found: list[Place] = []
        for number, (first, last) in enumerate(clauses):
            for _, end in clauses[number : number + 2]:
                if shortest <= end - first + 1 <= longest and (end == last or not self._ends_between(first, end)):
                    found.append(Place(first, end, frozenset(range(first, end + 1))))
        return found[:MOST_STRETCHES]

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
            if found.start() - max(at for at in cuts if at <= found.start()) >= STRETCH_CHARACTERS[0]:
                cuts.add(found.start())
        edges = [*sorted(at for at in cuts if at < len(plain)), len(plain)]
        return [(a, b - 1) for a, b in pairwise(edges)]

    def _ends_between(self, first: int, last: int) -> bool:
        return any(first <= end < last for end in self._said.ends)
