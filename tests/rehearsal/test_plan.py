"""Which questions are asked, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from voicerehearsal.coaching.schedule import Review, by_urgency, standing
from voicerehearsal.errors import UsageError
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.rehearsal.plan import plan
from voicerehearsal.values import Question, QuestionRef

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NEW_TO_ME = by_urgency("complaint-calls", {}, NOW)


def test_questions_asked_for_come_in_the_order_given() -> None:
    """By name, as often as named, whatever the count."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    ids = ["a1-f1", "a1", "a1"]
    assert [question.id for question in plan(pack, ids=ids, count=1, urgency=NEW_TO_ME)] == ids


def test_an_unknown_question_is_answered_with_the_nearest() -> None:
    """In the same words as everywhere else."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    with pytest.raises(
        UsageError, match=r"The pack 'complaint-calls' has no question 'a1-f'\. Did you mean 'a1-f\d'\?"
    ):
        plan(pack, ids=["a1", "a1-f"], count=1, urgency=NEW_TO_ME)


def test_what_is_due_comes_first_then_what_is_new() -> None:
    """A follow-up that is overdue is asked before anything else; then a main question with one of its follow-ups."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    answered = {"a1-f3": (9, 0.0), "a1-f1": (3, 0.0), "a1": (1, 1.0)}
    refs = {QuestionRef(pack.id, name): said for name, said in answered.items()}
    standings = {
        ref: standing(ref, [Review(NOW - timedelta(days=days), share)], "en") for ref, (days, share) in refs.items()
    }
    planned = plan(pack, ids=(), count=5, urgency=by_urgency(pack.id, standings, NOW))
    assert [question.id for question in planned] == ["a1-f3", "a1-f1", "call-late-parcel", "call-double-charge", "a1"]


def test_a_new_question_is_followed_up() -> None:
    """Nothing is due: a main question and one of its follow-ups."""
    pack = find_pack("crm", [builtin_folder()])
    planned: tuple[Question, ...] = plan(pack, ids=(), count=2, urgency=by_urgency(pack.id, {}, NOW))
    assert [question.id for question in planned] == ["a2", "a2-f1"]
