"""Which kind of question was asked, told from its words alone, and which kind was named.

By rules, on recognised speech: without punctuation, with slips of the tongue before the question proper. The kinds are
those of service on the telephone: open, closed, choice (between what is offered), consultative (proposes a step and
asks for consent) and specific (after one detail).
"""

from __future__ import annotations

from dataclasses import dataclass

from voicerehearsal.measures import question_kinds_en, question_kinds_zh
from voicerehearsal.values import Language, QuestionKind


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of question, and the words that make it one."""

    kind: QuestionKind
    why: str


_TOLD_BY = {"en": question_kinds_en, "zh": question_kinds_zh}


def question_kind(text: str, language: Language) -> KindFound | None:
    """The kind of the question in `text`, which may be recognised speech; None when no rule is sure of it."""
    told_by = _TOLD_BY[language]
    found = told_by.find(told_by.plain(text))
    return None if found is None else KindFound(*found)


def named_kind(text: str, language: Language) -> QuestionKind | None:
    """The kind of question that a speaker named; the one named last, who corrects himself; None without any."""
    told_by = _TOLD_BY[language]
    plain = told_by.plain(text)
    found = [(match.end(), kind) for pattern, kind in told_by.NAMES for match in pattern.finditer(plain)]
    return max(found)[1] if found else None
