"""Where a phrase was said, in other words than its own: inflected, with words in between, a little out of order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import cast

from voicerehearsal.measures.answer_words import Place
from voicerehearsal.measures.slots import SLOT, Slot
from voicerehearsal.measures.soundalikes import Heard, spelled_out
from voicerehearsal.measures.wordforms import NEGATION, NUMBER_WORDS, Token, tokens

GAP_WORDS = 2
"""Words that may slip in between two content words of a phrase."""

SPARE_FROM = 4
"""A phrase of so many content words may miss one of them."""

_ACRONYM = re.compile(r"^[A-Z]{2,5}s?$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to be looked for."""

    text: str
    content: tuple[Token, ...]
    before: tuple[str, ...]
    """Keys of the function words before the first content word."""
    after: tuple[str, ...]
    """Keys of the others."""
    core: int
    """Words from its first to its last content word."""
    acronyms: tuple[tuple[str, str], ...]
    """Content words that are spelled aloud, with their letters ("kpis", "kpi")."""
    splits: tuple[tuple[str, str], ...]
    """Neighbouring content words that may be written as one."""
    slots: tuple[Slot, ...] = ()
    """What kinds of saying it asks for besides its words."""

    @property
    def reach(self) -> int:
        """Most tokens from its first to its last content word."""
        return self.core + GAP_WORDS * (len(self.content) - 1)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as comparable tokens; `source[i]` is the number of the word that token i came from."""

    tokens: tuple[Token, ...]
    source: tuple[int, ...]
    ends_sentence: frozenset[int]
    """Tokens after which written text ends a sentence."""
    ends_clause: frozenset[int] = frozenset()
    """Tokens after which a comma is written or a pause is heard."""


@lru_cache(maxsize=5_000)
def compile_phrase(text: str) -> Phrase:
    """Make a phrase ready; one with only function words ("it was down to me") counts them all as content."""
    found = tokens(SLOT.sub(" ", text))
    content = [i for i, t in enumerate(found) if t.kind != "function"] or list(range(len(found)))
    inner = set(content)
    first, last = (content[0], content[-1]) if content else (0, -1)
    acronyms = (raw for raw in re.findall(r"\w+", text) if _ACRONYM.match(raw))
    pairs = pairwise(content)
    return Phrase(
        text=text,
        content=tuple(found[i] for i in content),
        before=tuple(t.key for t in found[:first]),
        after=tuple(found[i].key for i in range(first, len(found)) if i not in inner),
        core=last - first + 1,
        acronyms=tuple((raw.lower(), raw.rstrip("s").lower()) for raw in acronyms),
        splits=tuple((found[a].text, found[b].text) for a, b in pairs if b == a + 1),
        slots=tuple(cast("Slot", name) for name in SLOT.findall(text)),
    )


def read_words(words: Sequence[str], phrases: Sequence[Phrase], pauses: Collection[int] = ()) -> Said:
    """The answer's words as tokens, with words apart that some phrase writes apart ("callback" as "call back")."""
    apart = {a + b: (a, b) for phrase in phrases for a, b in phrase.splits}
    found: list[Token] = []
    source: list[int] = []
    ends: set[int] = set()
    soft: set[int] = set()
    for number, word in enumerate(words):
        new = [t for token in tokens(word) for t in _apart(token, apart)]
        found += new
        source += [number] * len(new)
        if word.rstrip("\"'”’)").endswith((".", "!", "?", ";", "。", "！", "？")) and found:
            ends.add(len(found) - 1)
        elif found and (number in pauses or word.rstrip("\"'”’)").endswith((",", ":", "–", "—", "-"))):
            soft.add(len(found) - 1)
    return Said(tuple(found), tuple(source), frozenset(ends), frozenset(soft))


def _apart(token: Token, apart: dict[str, tuple[str, str]]) -> list[Token]:
    pair = apart.get(token.text)
    return [t for part in pair for t in tokens(part)] if pair else [token]


class Finder:
    """Looks phrases up in one answer; what it learns about a word serves every later phrase."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._ends = sorted(said.ends_sentence)
        self._by_key: dict[tuple[str, str], list[int]] = {}
        self._texts: dict[str, list[int]] = {}
        self._spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for i, token in enumerate(said.tokens):
            self._by_key.setdefault((token.kind, token.key), []).append(i)
            if token.kind == "content":
                self._texts.setdefault(token.text, []).append(i)
        self._heard = Heard(self._texts)
        self._plain = [t.text for t in said.tokens]

    def find(self, phrase: Phrase) -> list[Place]:
        """Every place where the phrase was said, in the order of their first words."""
        spans = [self._where(token, phrase) for token in phrase.content]
        spare = 1 if len(spans) >= SPARE_FROM else 0
        if sum(not s for s in spans) > spare or not spans:
            return []
        starts = sorted({start for found in spans for start, _ in found})
        places = (self._at(start, phrase, spans, spare) for start in starts)
        return [place for place in places if place]

    def _where(self, token: Token, phrase: Phrase) -> list[tuple[int, int]]:
        """All (first, last) token numbers that may be this word of the phrase, sorted."""
        known = self._spans.get((token.kind, token.text))
        if known is not None:
            return known
        found = {(i, i) for i in self._by_key.get((token.kind, token.key), ())}
        if token.kind == "content":
            found |= {(i, i) for text in self._heard.like(token.text) for i in self._texts[text]}
            found |= self._run_together(lambda words: "".join(words) == token.text, range(2, 3), token.text[0])
        letters = dict(phrase.acronyms).get(token.text)
        if letters:
            lengths = range(1, max(3, len(letters)) + 1)
            found |= self._run_together(lambda words: spelled_out(letters, words), lengths, "")
        self._spans[token.kind, token.text] = sorted(found)
        return self._spans[token.kind, token.text]

    def _run_together(
        self, is_it: Callable[[tuple[str, ...]], bool], lengths: range, initial: str
    ) -> set[tuple[int, int]]:
        """Neighbouring words that together are one ("sales force", "c r m")."""
        starts = [i for i, text in enumerate(self._plain) if text.startswith(initial)]
        found = ((i, i + n - 1, tuple(self._plain[i : i + n])) for n in lengths for i in starts)
        return {(first, last) for first, last, words in found if last < len(self._plain) and is_it(words)}

    def _at(self, start: int, phrase: Phrase, spans: list[list[tuple[int, int]]], spare: int) -> Place | None:
        """The phrase with its leftmost content word at `start`."""
        sentence_end = next((i for i in self._ends if i >= start), len(self._said.tokens))
        limit = start + phrase.reach - 1
        near = [[s for s in found if start <= s[0] <= limit and s[1] <= sentence_end] for found in spans]
        close = [[s for s in found if s[0] <= start + phrase.core] for found in near]
        chosen = _in_order(near, phrase, spare)
        if chosen and min(chosen)[0] == start:
            return self._with_functions(chosen, phrase, strict=len(phrase.content) == 1)
        chosen = _any_order(close)
        if chosen and min(chosen)[0] == start:
            return self._with_functions(chosen, phrase, strict=True)
        return None

    def _with_functions(self, chosen: list[tuple[int, int]], phrase: Phrase, *, strict: bool) -> Place | None:
        """Add the function words said around the content words; None if too few of the phrase's own are there.

        Half of them do, since a recogniser drops and swaps them freely; only a quarter may be missing where they
        matter more: beside a single content word, and when the order is not the phrase's own.
        """
        used = {i for first, last in chosen for i in range(first, last + 1)}
        first, last = min(used), max(used)
        slack = GAP_WORDS if len(phrase.content) == 1 else 1
        gaps = [i for i in range(first, last + 1) if i not in used]
        lead = range(first - 1, max(-1, first - 1 - len(phrase.before) - slack), -1)
        trail = range(last + 1, min(len(self._said.tokens), last + 1 + len(phrase.after) + slack))
        missed = self._take(phrase.before, [*lead, *gaps], used) + self._take(phrase.after, [*gaps, *trail], used)
        total = len(phrase.before) + len(phrase.after)
        allowed = total // 4 if strict else (total + 1) // 2
        if missed > allowed:
            return None
        keys = {token.key for token in phrase.content}
        by_sound = any(self._said.tokens[i].key not in keys for a, b in chosen for i in range(a, b + 1))
        return Place(min(used), max(used), frozenset(used), by_sound)

    def _take(self, keys: tuple[str, ...], near: list[int], used: set[int]) -> int:
        """Mark the tokens of `near` that have these keys as used, nearest first; how many keys found none."""
        wanted = Counter(keys)
        for i in near:
            key = self._said.tokens[i].key
            if i not in used and wanted[key] > 0:
                wanted[key] -= 1
                used.add(i)
        return wanted.total()


def _in_order(near: list[list[tuple[int, int]]], phrase: Phrase, spare: int) -> list[tuple[int, int]]:
    """The earliest spans in the phrase's own order, missing at most `spare` content words; [] if there are none."""
    chosen: list[tuple[int, int]] = []
    for number, found in enumerate(near):
        after = chosen[-1][1] if chosen else -1
        following = next((s for s in found if s[0] > after), None)
        if following:
            chosen.append(following)
        elif spare and not _indispensable(phrase.content[number]):
            spare -= 1
        else:
            return []
    return chosen


def _indispensable(token: Token) -> bool:
    """Whether a phrase without this word would say something else."""
    return token.key == NEGATION or token.text in NUMBER_WORDS


def _any_order(close: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """All content words side by side in another order ("notes I take"); [] if there are none."""
    if not all(close):
        return []
    chosen: list[tuple[int, int]] = []
    for found in sorted(close, key=len):
        taken = {i for a, b in chosen for i in range(a, b + 1)}
        free = next((s for s in found if not taken & set(range(s[0], s[1] + 1))), None)
        if free is None:
            return []
        chosen.append(free)
    return chosen
