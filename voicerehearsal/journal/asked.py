"""What has been asked so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.values import QuestionRef

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal


def read_asked(journal: Journal) -> dict[QuestionRef, int]:
    """Every question that was answered, and how often; by pack and id. Raises JournalError."""
    with journal.reading() as db:
        rows = db.execute(
            "SELECT question_pack, question_id, count(*) FROM answers INDEXED BY answers_by_question"
            " WHERE question_pack IS NOT NULL GROUP BY question_pack, question_id"
        ).fetchall()
    return {QuestionRef(pack, question): count for pack, question, count in rows}
