"""Which questions are asked, and in which order."""

from __future__ import annotations

import pytest

from voicerehearsal.errors import UsageError
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.rehearsal.plan import plan


def test_questions_asked_for_come_in_the_order_given() -> None:
    """By name, as often as named, whatever the count."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    ids = ["a1-f1", "a1", "a1"]
    assert [question.id for question in plan(pack, ids=ids, count=1, last_practised={})] == ids


def test_an_unknown_question_is_answered_with_the_nearest() -> None:
    """In the same words as everywhere else."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    with pytest.raises(
        UsageError, match=r"The pack 'complaint-calls' has no question 'a1-f'\. Did you mean 'a1-f\d'\?"
    ):
        plan(pack, ids=["a1", "a1-f"], count=1, last_practised={})
