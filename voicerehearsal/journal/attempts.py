"""The attempts at one question: those before an answer, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal import measures
from voicerehearsal.journal.answers import OWN_KINDS, Answer
from voicerehearsal.journal.series import WHOLE_ANSWER, to_ms
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import QuestionRef

RECENT = 30
"""Attempts that are looked at: who has made more speaks otherwise by now."""


def attempts(
    journal: Journal, question: QuestionRef, *, before: Answer | None = None, limit: int = RECENT
) -> list[int]:
    """The numbers of the measured answers to `question`, newest first, those `before` an answer only when it is given.

    Demonstrations are no attempts, nor are the replies of one call. Raises JournalError.
    """
    earlier = "" if before is None else "AND (a.started_at_ms, a.id) < (?, ?)"
    moment = () if before is None else (to_ms(before.started_at), before.id)
    kinds = ", ".join("?" * len(OWN_KINDS))
    with journal.reading() as db:
        rows = db.execute(
            "SELECT a.id FROM answers a JOIN sessions s ON s.id = a.session_id"  # noqa: S608 - our own words
            f" WHERE a.question_pack = ? AND a.question_id = ? AND s.kind IN ({kinds}) AND {WHOLE_ANSWER} {earlier}"
            " AND a.report IS NOT NULL ORDER BY a.started_at_ms DESC, a.id DESC LIMIT ?",
            (question.pack, question.id, *OWN_KINDS, *moment, limit),
        ).fetchall()
    return [answer_id for (answer_id,) in rows]


def latest_pack_with(journal: Journal, question_id: str) -> str | None:
    """The pack whose question of this id was answered last; None when none was. Raises JournalError."""
    with journal.reading() as db:
        row = db.execute(
            "SELECT question_pack FROM answers WHERE question_id = ? ORDER BY started_at_ms DESC, id DESC LIMIT 1",
            (question_id,),
        ).fetchone()
    return None if row is None else str(row[0])


def measured_alike(journal: Journal, answers: Sequence[Answer]) -> bool:
    """Whether all of them were measured by today's definitions. Raises JournalError."""
    with journal.reading() as db:
        versions = db.execute(
            f"SELECT DISTINCT measures_version FROM answers WHERE id IN ({', '.join('?' * len(answers))})",  # noqa: S608
            [answer.id for answer in answers],
        ).fetchall()
    return versions == [(str(measures.VERSION),)]
