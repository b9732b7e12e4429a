"""What the speaker knows better than the recogniser: other words at the same place, found again in a later hearing.

A correction stands for a stretch of time, not for the number of a word, so that it holds when another model hears other
words there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from voicerehearsal.values import Language, Span, Word

MIN_SHARED = 0.5
"""A word belongs to a correction that covers this much of it."""

_DECIMALS = 4  # of the times in a report
_APART = re.compile(r"(?:[^\w'&+%.,:]|(?<!\d)[.,:]|[.,:](?!\d))+")
"""What lies between words; in 4:30 and 1,000 nothing does."""
_EDGES = "'_"


@dataclass(frozen=True, slots=True)
class WordCorrection:
    """What was said from `start_s` to `end_s`, in the speaker's own words.

    Attributes:
        start_s: Where the first recognised word begins that it stands for.
        end_s: Where the last one ends.
        text: The words, one blank between two of them; "" when nothing was said there. Only when asked to correct:
            None, what was heard there is right after all.
    """

    start_s: float
    end_s: float
    text: str | None


@dataclass(frozen=True, slots=True)
class JudgedWord:
    """A word as it stands, and what the speaker said of it.

    Attributes:
        word: With the text "" for a stretch in which nothing was said after all.
        correction: What it comes from, shared by all words of that; None as it was recognised.
        heard: What was recognised in place of all these words.
    """

    word: Word
    correction: WordCorrection | None
    heard: tuple[Word, ...]


def spoken_words(text: str, language: Language) -> str:
    """`text` as recognisers write: without punctuation, one blank between words, English in small letters."""
    plain = text.replace("’", "'")
    words = (word.strip(_EDGES) for word in _APART.split(plain))
    return " ".join(word.lower() if language == "en" else word for word in words if word)


def corrected_words(*, words: Sequence[Word], corrections: Sequence[WordCorrection]) -> tuple[Word, ...]:
    """What was recognised, with the speaker's words where they corrected it, in the order of time.

    Words of one correction share its time by their length, are sure, and say so (`corrected`). A correction that does
    not fit (`unfitting`) changes nothing.

    Args:
        words: What was recognised, in order.
        corrections: In any order, none over another.
    """
    return tuple(one.word for one in judged_words(words=words, corrections=corrections) if one.word.text)


def judged_words(*, words: Sequence[Word], corrections: Sequence[WordCorrection]) -> tuple[JudgedWord, ...]:
    """As `corrected_words`, each with what the speaker said of it, and with the places where nothing was said."""
    owners = [_owner(word, corrections) for word in words]
    owned = list(zip(words, owners, strict=True))
    fitting = [one for one in corrections if _fits(one, words, owners)]
    judged = [JudgedWord(word, None, ()) for word, owner in owned if owner not in fitting]
    for one in fitting:
        heard = tuple(word for word, owner in owned if owner == one)
        said = laid_out(one) or (Word("", one.start_s, one.end_s, 1.0, corrected=True),)
        judged += [JudgedWord(word, one, heard) for word in said]
    return tuple(sorted(judged, key=lambda one: (one.word.start_s, one.word.end_s)))


def unfitting(*, words: Sequence[Word], corrections: Sequence[WordCorrection]) -> tuple[WordCorrection, ...]:
    """Corrections that have to wait: a word that reaches far beyond takes up more than half of their time.

    So it may be after another model has cut the sound into other words.
    """
    owners = [_owner(word, corrections) for word in words]
    return tuple(one for one in corrections if not _fits(one, words, owners))


def laid_out(correction: WordCorrection) -> tuple[Word, ...]:
    """The words of a correction, its time shared among them by their length."""
    texts = (correction.text or "").split()
    letters = [0, *accumulate(len(text) for text in texts)]
    length_s = correction.end_s - correction.start_s
    edges_s = [round(correction.start_s + length_s * at / max(1, letters[-1]), _DECIMALS) for at in letters]
    return tuple(
        Word(text, start_s, end_s, 1.0, corrected=True)
        for text, (start_s, end_s) in zip(texts, pairwise(edges_s), strict=True)
    )


def merged_corrections(
    *, known: Sequence[WordCorrection], newer: Iterable[WordCorrection]
) -> tuple[WordCorrection, ...]:
    """`known` corrections and `newer` ones as one list, in the order of time, none over another.

    A newer one takes the place of what it covers; of an older one that it covers only in part, the other words stay,
    and both become one. A newer one without text takes back every one that it touches.

    Args:
        known: None over another.
        newer: One after another.
    """
    merged = list(known)
    for one in newer:
        touched = [old for old in merged if _shared_s(old, one) > 10**-_DECIMALS]
        merged = [old for old in merged if old not in touched]
        if one.text is not None:
            merged.append(_joined(one, touched))
    return tuple(sorted(merged, key=lambda one: one.start_s))


def stretch_of(*, words: Sequence[Word], start_s: float, end_s: float) -> Span | None:
    """From the first to the last word that mostly lies between the two times; None when there is none."""
    within = WordCorrection(start_s, end_s, "")
    found = [word for word in words if _covers(within, word)]
    return Span(found[0].start_s, max(word.end_s for word in found)) if found else None


def _joined(newer: WordCorrection, touched: Sequence[WordCorrection]) -> WordCorrection:
    """`newer` and what it leaves of those that it touches, as one."""
    left = [word for old in touched for word in laid_out(old) if not _covers(newer, word)]
    before = [word.text for word in left if word.start_s < newer.start_s]
    after = [word.text for word in left if word.start_s >= newer.start_s]
    start_s = min(newer.start_s, *(old.start_s for old in touched), newer.end_s)
    end_s = max(newer.end_s, *(old.end_s for old in touched), newer.start_s)
    return WordCorrection(start_s, end_s, " ".join([*before, *(newer.text or "").split(), *after]))


def _owner(word: Word, corrections: Sequence[WordCorrection]) -> WordCorrection | None:
    """The correction that a word belongs to; the earlier one where two share it."""
    covering = [one for one in corrections if _covers(one, word)]
    return min(covering, key=lambda one: one.start_s, default=None)


def _fits(one: WordCorrection, words: Sequence[Word], owners: Sequence[WordCorrection | None]) -> bool:
    most_s = (1 - MIN_SHARED) * (one.end_s - one.start_s) + 10**-_DECIMALS
    return all(owner == one or _shared_s(word, one) <= most_s for word, owner in zip(words, owners, strict=True))


def _covers(one: WordCorrection, word: Word) -> bool:
    shared_s = _shared_s(one, word)
    return shared_s > 0 and shared_s >= MIN_SHARED * (word.end_s - word.start_s)


def _shared_s(one: Word | WordCorrection, other: Word | WordCorrection) -> float:
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
