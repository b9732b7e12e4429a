"""Which questions a rehearsal asks, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal.coaching.schedule import DUE, Urgency
from voicerehearsal.packs import find_question
from voicerehearsal.values import Pack, Question


def plan(pack: Pack, *, ids: Sequence[str], count: int, urgency: Urgency) -> tuple[Question, ...]:
    """The questions named by `ids`; without any, `count` questions of the pack: what is due, then the most urgent.

    A main question that is not due is followed by the most urgent of its follow-ups, as an interviewer would.

    Raises:
        UsageError: The pack has no such question.
    """
    if ids:
        return tuple(find_question(pack, wanted) for wanted in ids)
    by_urgency = sorted(pack.questions, key=urgency)
    planned = {question.id: question for question in by_urgency if urgency(question)[0] == DUE}
    for main in (question for question in by_urgency if question.follows is None):
        planned.setdefault(main.id, main)
        follow_ups = [question for question in by_urgency if question.id in main.follow_ups]
        if follow_ups:
            planned.setdefault(follow_ups[0].id, follow_ups[0])
    for question in by_urgency:
        planned.setdefault(question.id, question)
    return tuple(planned.values())[:count]
