"""The schedule is read off the answers there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.reports import report
from voicerehearsal.journal.reviews import LATEST
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import QuestionRef

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
A1, B1 = QuestionRef("complaint-calls", "a1"), QuestionRef("hotline-service", "b1")


def test_every_question_stands_by_its_own_answers(tmp_path: Path) -> None:
    """Answers are counted by question, demonstrations, other languages and answers to nothing are not."""
    with Journal.open(tmp_path) as journal:
        session, demo = (journal.start_session(kind, "x", "en") for kind in ("practice", "demonstration"))
        for days, ref, kept_in in (
            (0, A1, session),
            (1, A1, session),
            (1, B1, session),
            (2, A1, demo),
            (3, None, session),
        ):
            journal.keep(kept_in, report(question=ref), None, NOW + timedelta(days=days), attempt=1)
        standings = journal.standings("en")
        assert {ref: (s.answers, s.last) for ref, s in standings.items()} == {
            A1: (2, NOW + timedelta(days=1)),
            B1: (1, NOW + timedelta(days=1)),
        }
        assert journal.standings("zh") == {}
        for n in range(LATEST + 3):
            journal.keep(session, report(question=B1), None, NOW + timedelta(days=5, hours=n), attempt=1)
        assert journal.standings("en")[B1].answers == LATEST
