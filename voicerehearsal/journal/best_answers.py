"""The best answers there are to the questions of a pack, found without reading every report."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from voicerehearsal.coaching.best import Attempt, best_attempt
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.targets import PACE, Targets
from voicerehearsal.journal.answers import OWN_KINDS, Answer
from voicerehearsal.journal.series import PARTS_OF_A_WHOLE, WHOLE_ANSWER, from_ms
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Language, QuestionRef, Report

LATEST = 100
"""Attempts at a question that are looked at: who has made more speaks otherwise by now."""

_ATTEMPTS = f"""
    SELECT a.id FROM answers a JOIN sessions s ON s.id = a.session_id
    WHERE a.question_pack = ? AND a.question_id = ? AND s.kind <> 'demonstration' AND s.language = ?
          AND a.recording IS NOT NULL AND {WHOLE_ANSWER}
    ORDER BY a.session_id DESC, a.started_at_ms DESC LIMIT ?
"""  # noqa: S608 - our own words


def best_answers(
    journal: Journal, questions: Iterable[QuestionRef], language: Language, targets: Targets
) -> dict[QuestionRef, tuple[Answer, Attempt, Report]]:
    """The best attempt at each of `questions`, in their order; those without a recorded answer are left out.

    Raises:
        JournalError: The journal cannot be read.
    """
    found = {}
    for question in questions:
        with journal.reading() as db:
            rows = db.execute(_ATTEMPTS, (question.pack, question.id, language, LATEST)).fetchall()
        one = best_of(journal, [answer_id for (answer_id,) in rows], language, targets)
        if one is not None:
            found[question] = one
    return found


def last_packs(journal: Journal, language: Language | None) -> list[str]:
    """The packs of the latest answers, newest first, each once; raises JournalError."""
    newest = journal.answers(limit=LATEST, kinds=OWN_KINDS)
    spoken = [
        one for one in newest if language in (None, one.language) and one.kind_of_practice not in PARTS_OF_A_WHOLE
    ]
    return list(dict.fromkeys(answer.question.pack for answer in spoken if answer.question is not None))


def best_of(
    journal: Journal, answer_ids: Iterable[int], language: Language, targets: Targets
) -> tuple[Answer, Attempt, Report] | None:
    """The best of some answers to one question; None when nothing was heard in any. Raises JournalError."""
    with journal.reading() as db:
        attempts = [_attempt(db, answer_id, language) for answer_id in answer_ids]
    one = best_attempt(attempts, targets, language, journal.report)
    return None if one is None else (journal.answer(one[0].answer_id), *one)


def _attempt(db: sqlite3.Connection, answer_id: int, language: Language) -> Attempt:
    (ms,) = db.execute("SELECT started_at_ms FROM answers WHERE id = ?", (answer_id,)).fetchone()
    numbers: dict[tuple[str, int], float] = {
        (name, version): value
        for name, version, value in db.execute(
            "SELECT r.name, r.version, m.value FROM measures m JOIN series r ON r.id = m.series_id"
            " WHERE m.answer_id = ? AND r.language = ?",
            (answer_id, language),
        )
    }

    def number(name: str) -> float | None:
        return numbers.get((name, METRICS[name].version))

    return Attempt(
        answer_id=answer_id,
        when=from_ms(ms),
        coverage=number("coverage"),
        rate=number(PACE[language]),
        fillers_per_minute=number("fillers_per_minute"),
        longest_pause_s=number("pause_longest_s"),
        steadiness=number("steadiness"),
    )
