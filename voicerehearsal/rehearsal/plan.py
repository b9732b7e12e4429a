"""Which questions a rehearsal asks, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from voicerehearsal.packs import find_question
from voicerehearsal.values import Pack, Question

_NEVER = datetime.min.replace(tzinfo=UTC)


def plan(pack: Pack, *, ids: Sequence[str], count: int, last_practised: Mapping[str, datetime]) -> tuple[Question, ...]:
    """The questions named by `ids`; without any, `count` questions of the pack, longest unpractised first.

    A main question is followed by the one of its follow-ups that was practised longest ago, as an interviewer would.

    Raises:
        UsageError: The pack has no such question.
    """
    if ids:
        return tuple(find_question(pack, wanted) for wanted in ids)
    by_id = {question.id: question for question in pack.questions}

    def age(question: Question) -> datetime:
        return last_practised.get(question.id, _NEVER)

    planned: list[Question] = []
    for main in sorted((question for question in pack.questions if question.follows is None), key=age):
        planned.append(main)
        follow_ups = sorted((by_id[follow_up] for follow_up in main.follow_ups), key=age)
        planned += follow_ups[:1]
    rest = [question for question in sorted(pack.questions, key=age) if question not in planned]
    return tuple((planned + rest)[:count])
