"""An English answer, read for its talking points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from voicerehearsal.measures.answer_words import Place, Stance
from voicerehearsal.measures.attribution import unowned
from voicerehearsal.measures.negation import denied
from voicerehearsal.measures.phrases import Finder, compile_phrase, read_words
from voicerehearsal.measures.slots import SLOT, Slot, Spans, numbers, stated_times
from voicerehearsal.measures.wordforms import tokens, word_set

SLOT_REACH = 7
"""How many tokens from a phrase a slot of it may begin or end."""

SHORT_CLAUSE = 4
"""A clause of fewer tokens is read together with its neighbour."""

LONG_STRETCH = 22
"""Longer stretches say too much at once to be compared."""

_JOINING = word_set("and but so because then when if while before after until or which though although instead since")
_SUBJECTS = word_set("i we he she they it there")
_LEADS_IN = _JOINING | word_set(
    "that what how why where who as than whether say said tell told think know mean let make"
)


class EnglishAnswer:
    """What `answer_words.AnswerWords` asks for, in English."""

    def __init__(self, words: Sequence[str], *, wordings: Iterable[str] = (), pauses: Collection[int] = ()) -> None:
        """Read an answer.

        Args:
            words: As heard or as written.
            wordings: The phrases that will be looked for: what they write apart is taken apart.
            pauses: Numbers of words after which the speaker paused.
        """
        self._words = words
        self._said = read_words(words, [compile_phrase(text) for text in wordings], pauses)
        self._finder = Finder(self._said)
        plain = [token.text for token in self._said.tokens]
        self._slots: dict[Slot, Spans] = {"time": stated_times(plain), "number": numbers(plain)}
        self._unowned = unowned(plain, self._said.ends_sentence)
        self.source = self._said.source

    def places(self, phrase: str) -> list[Place]:
        """Where a phrase, its slots filled, was said and not denied."""
        ready = compile_phrase(phrase)
        if not ready.content:
            found = [_place(a, b) for slot in ready.slots for a, b in self._slots[slot]]
        else:
            found = [place for place in self._finder.find(ready) if not denied(self._said, place)]
            for slot in ready.slots:
                found = [with_slot for place in found if (with_slot := self._with_slot(place, slot))]
        return found if _about_others(phrase) else [place for place in found if not self._of_others(place)]

    def stretches(self) -> list[Place]:
        """Clauses, neighbouring clauses of a sentence, and short sentences."""
        found: dict[tuple[int, int], None] = {}
        for sentence in self._sentences():
            clauses = list(self._clauses(*sentence))
            spans = [*clauses, *((a[0], b[1]) for a, b in pairwise(clauses)), sentence]
            found.update(dict.fromkeys(s for s in spans if SHORT_CLAUSE <= s[1] - s[0] + 1 <= LONG_STRETCH))
        return [_place(a, b) for a, b in sorted(found)]

    def stance(self, place: Place) -> Stance:
        """How the stretch is meant."""
        if len(place.used & self._unowned) * 3 > len(place.used):
            return "unowned"
        negated = any(self._said.tokens[i].kind == "negation" for i in place.used)
        return "negated" if negated else "affirmed"

    def text(self, place: Place) -> str:
        """The stretch's own words."""
        return " ".join(self._words[self.source[place.first] : self.source[place.last] + 1])

    def filled(self, place: Place, example: str) -> bool:
        """Whether the slots of an example are filled near the place."""
        return all(self._with_slot(place, slot) for slot in SLOT.findall(example))

    def _of_others(self, place: Place) -> bool:
        """Whether the place tells what others do, what was never done, or what is only asked."""
        return place.first in self._unowned

    def _with_slot(self, place: Place, slot: Slot) -> Place | None:
        """The place with the nearest such saying of the same sentence; None if there is none near."""
        sentence = next((s for s in self._sentences() if s[0] <= place.first <= s[1]), (0, place.last))
        near = [
            (a, b)
            for a, b in self._slots[slot]
            if sentence[0] <= a and b <= sentence[1] and a <= place.last + SLOT_REACH and b >= place.first - SLOT_REACH
        ]
        if not near:
            return None
        a, b = min(near, key=lambda s: max(s[0] - place.last, place.first - s[1], 0))
        used = place.used | frozenset(range(a, b + 1))
        return replace(place, first=min(a, place.first), last=max(b, place.last), used=used)

    def _sentences(self) -> list[tuple[int, int]]:
        """First and last token of each written sentence; all of recognised speech is one."""
        ends = sorted(self._said.ends_sentence | {len(self._said.tokens) - 1})
        return [(a + 1, b) for a, b in pairwise([-1, *ends]) if a < b]

    def _clauses(self, first: int, last: int) -> list[tuple[int, int]]:
        """A sentence cut where a comma, a pause, a joining word or a new subject lets another clause begin."""
        cuts = [first]
        for i in range(first + 1, last + 1):
            enough = i - cuts[-1] >= SHORT_CLAUSE
            if enough and last + 1 - i >= SHORT_CLAUSE - 1 and (i - 1 in self._said.ends_clause or self._begins(i)):
                cuts.append(i)
        return [(a, b - 1) for a, b in pairwise([*cuts, last + 1])]

    def _begins(self, i: int) -> bool:
        """Whether a clause may begin with this token."""
        text, before = self._said.tokens[i].text, self._said.tokens[i - 1].text
        return (text in _JOINING and before not in _JOINING) or (text in _SUBJECTS and before not in _LEADS_IN)


def _place(first: int, last: int) -> Place:
    return Place(first, last, frozenset(range(first, last + 1)))


@lru_cache(maxsize=5_000)
def _about_others(phrase: str) -> bool:
    """Whether a phrase itself tells of others ("my manager praised me")."""
    return bool(unowned([token.text for token in tokens(SLOT.sub(" ", phrase))], frozenset()))
