"""The schedule is read off the answers there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reports import report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.targets import DEFAULTS
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.reviews import LATEST, read_reviews
from voicerehearsal.journal.standings import read_standings
from voicerehearsal.journal.store import Journal
from voicerehearsal.measures.point_corrections import PointVerdict
from voicerehearsal.values import Keywords, PointResult, QuestionRef, Report

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
A1, B1 = QuestionRef("complaint-calls", "a1"), QuestionRef("hotline-service", "b1")
POINTS = ("sorry", "listen", "thanks", "callback")


def reply_that_made(made: Collection[str]) -> Report:
    """A report on a reply that made these of the four points."""
    points = tuple(PointResult(name, name, name in made, ()) for name in POINTS)
    return replace(report(question=A1), keywords=Keywords(points, len(made) / len(POINTS), None, ()))


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
        standings = read_standings(journal, "en", DEFAULTS)
        assert {ref: (s.answers, s.last) for ref, s in standings.items()} == {
            A1: (2, NOW + timedelta(days=1)),
            B1: (1, NOW + timedelta(days=1)),
        }
        assert read_standings(journal, "zh", DEFAULTS) == {}
        for n in range(LATEST + 3):
            session = journal.start_session("practice", "x", "en")
            journal.keep(session, report(question=B1), None, NOW + timedelta(days=5, hours=n), attempt=1)
        assert read_standings(journal, "en", DEFAULTS)[B1].answers == LATEST


@pytest.mark.parametrize(
    ("kind", "kind_of_practice", "together"),
    [
        ("practice", "role-play", True),
        ("practice", None, True),
        ("practice", "drill", False),
        ("practice", "notes", False),
        ("imported", None, False),
    ],
)
def test_replies_of_one_call_are_rated_together(
    tmp_path: Path, kind: Kind, kind_of_practice: str | None, together: bool
) -> None:
    """What any of them made was made, with corrections; attempts of a drill and imported files stand alone."""
    replies = [reply_that_made(made) for made in (("sorry",), ("listen",), ())]
    with Journal.open(tmp_path) as journal:
        session = journal.start_session(kind, "x", "en", kind_of_practice=kind_of_practice)
        kept = [
            journal.keep(session, reply, None, NOW + timedelta(minutes=n), attempt=n + 1)
            for n, reply in enumerate(replies)
        ]
        with journal.reading() as db:
            reviews = read_reviews(db, "en")[A1]
        if not together:
            assert [review.coverage for review in reviews] == [0.25, 0.25, 0.0]
            return
        assert [(one.coverage, one.answers, one.when) for one in reviews] == [(0.5, 3, kept[-1].started_at)]
        if kind_of_practice == "role-play":
            assert journal.series(METRICS["coverage"], "en") == []  # a reply's own share says nothing
        before = read_standings(journal, "en", DEFAULTS)[A1]
        for point in ("thanks", "callback"):
            journal.correct_points(kept[2].id, {point: PointVerdict("made", ())})
        after = read_standings(journal, "en", DEFAULTS)[A1]
        assert before.answers == after.answers == 3
        assert before.due < after.due
        with journal.reading() as db:
            assert read_reviews(db, "en")[A1][0].coverage == 1.0
