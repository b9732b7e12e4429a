"""What coverage asks of an answer, whatever its language: where a phrase was said, and what there is to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Stance = Literal["affirmed", "negated", "unowned"]
"""How a stretch is meant: as said, with a "not" in its own statement, or not as the speaker's own deed or view
(a hypothesis that failed, what others do or say, a question put to the listener)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: tokens `first` to `last` (both in it), of which `used` are its own.

    `by_sound` tells that some of them only sound like the words that were looked for.
    """

    first: int
    last: int
    used: frozenset[int]
    by_sound: bool = False


class AnswerWords(Protocol):
    """An answer as comparable tokens, in one language.

    Attributes:
        source: The number of the word that each token came from; never falls.
    """

    source: tuple[int, ...]

    def places(self, phrase: str) -> list[Place]:
        """Where a phrase, its slots filled, was said and not denied, in the order of the places' first tokens."""

    def denied_places(self, phrase: str) -> list[Place]:
        """Where a phrase was said and denied, or not said of the speaker, in the same order."""

    def stretches(self) -> list[Place]:
        """The sentence-like stretches to be compared by meaning, in order; they may overlap."""

    def stance(self, place: Place) -> Stance:
        """How the stretch is meant."""

    def text(self, place: Place) -> str:
        """The stretch as it was said, fit to be compared by meaning."""

    def filled(self, place: Place, example: str) -> bool:
        """Whether every slot of an example ({time}, {number}) is filled somewhere near the place."""
