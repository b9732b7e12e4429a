"""What was asked, found again in its pack."""

from __future__ import annotations

from voicerehearsal.errors import RehearsalError
from voicerehearsal.journal.own_packs import pack_folders
from voicerehearsal.packs import find_pack
from voicerehearsal.values import Question, QuestionRef


def question_asked(ref: QuestionRef | None) -> Question | None:
    """A question as its pack words it now; None when the pack or the question is not here."""
    if ref is None:
        return None
    try:
        pack = find_pack(ref.pack, pack_folders())
    except RehearsalError:
        return None
    return next((question for question in pack.questions if question.id == ref.id), None)
