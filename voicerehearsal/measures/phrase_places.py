"""A phrase in its surroundings: the words around it, the pauses beside it, and whether the recogniser was sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicerehearsal.measures.timeline import duration_s, without
from voicerehearsal.values import Span, Word

PAUSE_S = 0.12
"""What counts as a pause beside a phrase. The recogniser's word edges make pauses read 20–50 ms short, so this is some
0.15 s, as long as the longest closures of stop consonants; a gap that holds an unwritten "um" counts alike."""

SURE_WORD = 0.7
"""A word of less confidence was guessed: it never makes a phrase a filler."""

Reading = Literal["meaning", "open", "filler"]
"""What the words around a phrase say of it: it carries meaning, they leave it open, or it is a filler."""


@dataclass(frozen=True, slots=True)
class Place:
    """`count` words of an answer from index `at` on, seen from within.

    Attributes:
        words: The whole answer, in order.
        sounding: Stretches of speech, in order.
        at: Index of the phrase's first word.
        count: How many words it has.
    """

    words: Sequence[Word]
    sounding: Sequence[Span]
    at: int
    count: int

    @property
    def span(self) -> Span:
        """From the start of its first word to the end of its last."""
        return Span(self.words[self.at].start_s, self.words[self.at + self.count - 1].end_s)

    @property
    def text(self) -> str:
        """Its words as they were heard."""
        return " ".join(word.text for word in self.words[self.at : self.at + self.count])

    @property
    def confidence(self) -> float:
        """The recogniser's for the least sure of its words, 0–1."""
        return min(word.confidence for word in self.words[self.at : self.at + self.count])

    @property
    def paused_before(self) -> bool:
        """Whether a pause comes before it; so it does at the beginning of the answer."""
        return self._pause(self.at - 1)

    @property
    def paused_after(self) -> bool:
        """Whether a pause follows it; so it does at the end of the answer."""
        return self._pause(self.at + self.count - 1)

    @property
    def pauses(self) -> int:
        """On how many sides there is a pause, 0–2."""
        return self.paused_before + self.paused_after

    @property
    def unbroken(self) -> bool:
        """Whether there is no pause inside it."""
        return not any(self._pause(self.at + inner) for inner in range(self.count - 1))

    @property
    def sure(self) -> bool:
        """Whether the recogniser was sure of it, and of each neighbour that no pause sets apart."""
        before = [] if self.paused_before else [self.words[self.at - 1]]
        after = [] if self.paused_after else [self.words[self.at + self.count]]
        return min(self.confidence, *(word.confidence for word in (*before, *after)), 1.0) >= SURE_WORD

    def before(self, steps: int = 1) -> str:
        """The word so many steps before the phrase, in lower case; "" when there is none."""
        index = self.at - steps
        return self.words[index].text.lower() if index >= 0 else ""

    def after(self, steps: int = 1) -> str:
        """The word so many steps after the phrase, in lower case; "" when there is none."""
        index = self.at + self.count - 1 + steps
        return self.words[index].text.lower() if index < len(self.words) else ""

    def earlier(self, steps: int) -> frozenset[str]:
        """The words up to so many steps before the phrase."""
        return frozenset(self.before(step) for step in range(1, steps + 1))

    def later(self, steps: int) -> frozenset[str]:
        """The words up to so many steps after the phrase."""
        return frozenset(self.after(step) for step in range(1, steps + 1))

    def _pause(self, index: int) -> bool:
        """Whether there is a pause between the word at `index` and the next."""
        if not 0 <= index < len(self.words) - 1:
            return True
        left, right = self.words[index], self.words[index + 1]
        if right.start_s - left.end_s >= PAUSE_S:
            return True
        reach = Span((left.start_s + left.end_s) / 2, (right.start_s + right.end_s) / 2)
        return duration_s(spans=without(spans=(reach,), cut=self.sounding)) >= PAUSE_S
