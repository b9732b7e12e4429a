"""The kinds of practice, and which question each of them can be held with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from voicerehearsal.coaching.schedule import Urgency
from voicerehearsal.errors import UsageError
from voicerehearsal.packs import find_question
from voicerehearsal.values import Pack, Question

KindOfPractice = Literal["drill", "interview", "role-play", "questioning", "shadowing", "notes"]

_NEEDED: Mapping[KindOfPractice, tuple[str, Callable[[Question], bool]]] = {
    "role-play": ("a caller", lambda question: question.caller is not None),
    "questioning": ("exercises", lambda question: bool(question.exercises)),
    "shadowing": ("a model answer", lambda question: bool(question.model_answer.strip())),
}


def suits(kind: KindOfPractice, question: Question) -> bool:
    """Whether `question` has what this kind of practice needs."""
    return kind not in _NEEDED or _NEEDED[kind][1](question)


def needed_for(kind: KindOfPractice) -> str:
    """What a question must have, in words: "a caller"."""
    return _NEEDED[kind][0] if kind in _NEEDED else "a text"


def questions_for(kind: KindOfPractice, pack: Pack, *, ids: Sequence[str], urgency: Urgency) -> list[Question]:
    """The questions of `pack` for this kind of practice: those named, in their order, else the most urgent first.

    Raises:
        UsageError: The pack has no such question, or it lacks what is needed.
    """
    named = [find_question(pack, wanted) for wanted in ids]
    fitting = [question for question in pack.questions if suits(kind, question)]
    for question in named:
        if not suits(kind, question):
            raise UsageError(
                f"The question {question.id!r} has no {needed_for(kind).removeprefix('a ')}, which {kind} needs",
                f"These have: {', '.join(one.id for one in fitting)}." if fitting else "",
            )
    if not named and not fitting:
        raise UsageError(f"No question of the pack {pack.id!r} has {needed_for(kind)}, which {kind} needs")
    return named or sorted(fitting, key=urgency)
