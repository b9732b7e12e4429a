"""Trends of chosen answers, and how much of a large journal is read for them."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from tests.journal.test_store import START
from tests.reports import A1, A2, report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.journal import trends
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.trends import by_question, read_numbers, read_trend, read_trends
from voicerehearsal.journal.wanted import Wanted

PACE, LATENCY = METRICS["words_per_minute"], METRICS["response_latency_s"]
CHOICES = [
    Wanted(),
    Wanted(pack=A1.pack, question=A1.id),
    Wanted(question=A2.id),
    Wanted(kind_of_practice="drill"),
    Wanted(since=START + timedelta(hours=3), until=START + timedelta(hours=9)),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve answers an hour apart, every third to a2 and in a drill; the first four have no response latency."""
    home = tmp_path_factory.mktemp("home")
    with Journal.open(home) as journal:
        plain = journal.start_session("practice", A1.pack, "en", started_at=START)
        drill = journal.start_session("practice", A1.pack, "en", started_at=START, kind_of_practice="drill")
        for n in range(12):
            question, session = (A2, drill) if n % 3 == 0 else (A1, plain)
            made = report(rate=100.0 + n, question=question, latency_s=None if n < 4 else 1.0)
            journal.keep(session, made, None, START + timedelta(hours=n), attempt=1)
    return home


@pytest.mark.parametrize("wanted", CHOICES)
def test_every_way_of_reading_finds_the_same(home: Path, wanted: Wanted) -> None:
    """One measure, all measures, bare numbers and the latest few agree, and are those that were asked for."""
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        whole = read_trend(db, PACE, "en", wanted)
        assert whole is not None
        few = read_trend(db, PACE, "en", wanted, recent=3)
        assert few is not None
        assert (few.count, few.first, few.recent) == (whole.count, whole.first, whole.recent[-3:])
        assert {trend.metric.name: trend for trend in read_trends(db, wanted, recent=99)}[PACE.name] == whole
        assert [(when_s, value) for when_s, value, _ in read_numbers(db, PACE, "en", wanted)] == [
            (point.when.timestamp(), point.value) for point in whole.recent
        ]
    expected = [
        100.0 + n
        for n in range(12)
        if (wanted.question is None or wanted.question == (A2.id if n % 3 == 0 else A1.id))
        and (wanted.kind_of_practice is None or n % 3 == 0)
        and (wanted.since is None or 3 <= n < 9)
    ]
    assert whole.values == expected
    assert all(point.question == (A2 if (point.value - 100) % 3 == 0 else A1) for point in whole.recent)


def test_only_the_latest_are_looked_at_and_that_is_known(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many answers the latest count, those without the number too; a day that is not whole is no day."""
    monkeypatch.setattr(trends, "MOST", 3)
    a1 = Wanted(question=A1.id)
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        found = {trend.metric.name: trend for trend in read_trends(db, a1, recent=99)}
        assert (found[PACE.name].values, found[PACE.name].cut) == ([108.0, 110.0, 111.0], True)
        one = read_trend(db, LATENCY, "en", a1, most=7)
        assert one is not None
        assert (one.count, one.cut) == (6, True)  # 2 is among the seven, and has no latency
        whole = read_trend(db, PACE, "en", a1, most=8)
        assert whole is not None
        assert (whole.count, whole.cut) == (8, False)


def test_questions_apart_the_most_practised_first(home: Path) -> None:
    """Each number is with its question."""
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        apart = by_question(db, read_numbers(db, PACE, "en"), limit=2)
        assert [(question, len(numbers)) for question, numbers in apart] == [(A1, 8), (A2, 4)]
        assert median(value for _, value, _ in apart[1][1]) == 104.5
        assert len(by_question(db, read_numbers(db, PACE, "en"), limit=1)) == 1


@pytest.mark.parametrize("wanted", CHOICES)
def test_no_report_is_passed_over(home: Path, wanted: Wanted) -> None:
    """SQLite goes through answers and their numbers by an index that has all it needs, or by their number."""
    asked: list[str] = []
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        db.set_trace_callback(asked.append)
        read_trends(db, wanted, recent=5)
        read_trend(db, PACE, "en", wanted, recent=5)
        read_trends(db, wanted, by="week", recent=5)
        db.set_trace_callback(None)
        plan = [step for sql in asked for step in _plan(db, sql)]
    walks = {step for step in plan if step.startswith("SCAN") and step not in _SMALL}
    assert walks <= {"SCAN a USING COVERING INDEX answers_by_time"}
    assert any(step.startswith("SEARCH") for step in plan)


_SMALL = ("SCAN series", "SCAN a", "SCAN j VIRTUAL TABLE INDEX 1:")  # `a` alone: the few answers chosen before


def _plan(db: sqlite3.Connection, sql: str) -> list[str]:
    return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
