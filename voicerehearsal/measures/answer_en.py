"""An English answer, read for its talking points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from voicerehearsal.measures.answer_words import Place, Stance
from voicerehearsal.measures.attribution import asks_for_a_story, unowned
from voicerehearsal.measures.negation import denied
from voicerehearsal.measures.phrases import Finder, compile_phrase, read_words
from voicerehearsal.measures.slots import SLOT, Slot, Spans, numbers, stated_times
from voicerehearsal.measures.wordforms import tokens, word_set

SLOT_REACH = 7
"""How many tokens from a phrase a slot of it may begin or end."""

SHORT_CLAUSE = 4
"""A clause of fewer tokens is read together with its neighbour."""

SHORT_STRETCH = 5
"""Shorter stretches say too little to be compared."""

WHOLE_CLAUSE = 8
"""A clause of so many tokens is compared by itself, too."""

LONG_STRETCH = 30
"""Longer stretches say too much at once to be compared."""

_JOINING = word_set("and but so because then when if while before after until or which though although instead since")
_SUBJECTS = word_set("i we he she they it there")
_LEADS_IN = _JOINING | word_set(
    "that what how why where who as than whether say said tell told think know mean let make"
)


class EnglishAnswer:
    """What `answer_words.AnswerWords` asks for, in English."""

    def __init__(
        self, words: Sequence[str], *, wordings: Iterable[str] = (), pauses: Collection[int] = (), asked: str = ""
    ) -> None:
        """Read an answer.

        Args:
            words: As heard or as written.
            wordings: The phrases that will be looked for: what they write apart is taken apart.
            pauses: Numbers of words after which the speaker paused.
            asked: The question.
        """
        self._words = words
        self._said = read_words(words, [compile_phrase(text) for text in wordings], pauses)
        self._finder = Finder(self._said)
        plain = [token.text for token in self._said.tokens]
        self._slots: dict[Slot, Spans] = {"time": stated_times(plain), "number": numbers(plain)}
        self._unowned = unowned(plain, self._said.ends_sentence, story=asks_for_a_story(asked))
        self.source = self._said.source

    def places(self, phrase: str) -> list[Place]:
        """Where a phrase, its slots filled, was said and not denied."""
        return [place for place in self._filled_places(phrase) if not self._denied(place, phrase)]

    def denied_places(self, phrase: str) -> list[Place]:
        """Where it was said and denied, or not said of the speaker."""
        return [place for place in self._finder.find(compile_phrase(phrase)) if self._denied(place, phrase)]

    def stretches(self) -> list[Place]:
        """Two and three neighbouring clauses of a sentence, long clauses and short sentences, each of one speaker."""
        found: set[tuple[int, int]] = set()
        for sentence in self._sentences():
            clauses = self._clauses(*sentence)
            found.update((a, b) for a, b in clauses if b - a + 1 >= WHOLE_CLAUSE)
            found.update((a[0], b[1]) for count in (1, 2) for a, b in zip(clauses, clauses[count:], strict=False))
            found.add(sentence)
        fit = (span for span in sorted(found) if SHORT_STRETCH <= span[1] - span[0] + 1 <= LONG_STRETCH)
        return [_place(a, b) for a, b in fit if len({i in self._unowned for i in range(a, b + 1)}) == 1]

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

    def _filled_places(self, phrase: str) -> list[Place]:
        ready = compile_phrase(phrase)
        if not ready.content:
            return [_place(a, b) for slot in ready.slots for a, b in self._slots[slot]]
        found = self._finder.find(ready)
        for slot in ready.slots:
            found = [filled for place in found if (filled := self._with_slot(place, slot))]
        return found

    def _denied(self, place: Place, phrase: str) -> bool:
        """Whether a phrase is denied there, or tells of others, of what was never done, of what is only asked."""
        if place.first in self._unowned and not _about_others(phrase):
            return True
        return bool(compile_phrase(phrase).content) and denied(self._said, place)

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
            whole = min(i - cuts[-1], last + 2 - i) >= SHORT_CLAUSE
            if self._changes_hands(i) or (whole and (i - 1 in self._said.ends_clause or self._begins(i))):
                cuts.append(i)
        return [(a, b - 1) for a, b in pairwise([*cuts, last + 1])]

    def _changes_hands(self, i: int) -> bool:
        """Whether others' deeds begin or end before this token."""
        return (i in self._unowned) != (i - 1 in self._unowned)

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
