"""Talking points called made and not made, in a real SQLite file, and what later answers learn of them."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.journal.test_store import START, fill
from tests.reports import A1, A2, FILLERS, report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.errors import UsageError
from voicerehearsal.journal.store import Journal
from voicerehearsal.measures.keywords import coverage
from voicerehearsal.measures.point_corrections import CORRECTED, PointVerdict, made, not_made
from voicerehearsal.values import (
    NOTHING_LEARNED,
    Evidence,
    Keywords,
    Learned,
    PointResult,
    Question,
    QuestionRef,
    Report,
    TalkingPoint,
    Transcript,
    Word,
)

COVERAGE = METRICS["coverage"]
SORRY = PointResult("apologise", "Apologise", True, (Evidence("I held my hands up", 4.0, 5.2, "meaning", 0.78),))
PROMISE = PointResult("promise", "Promise a time", False, ())
THANK = PointResult("thank", "Thank them", False, ())


def _report(*points: PointResult, question: QuestionRef = A1) -> Report:
    keywords = Keywords(points, round(sum(point.covered for point in points) / len(points), 4), None, ())
    measured = replace(report(question=question), keywords=keywords, tone=None, smile=None)
    return replace(measured, remarks=remarks(measured))


MEASURED = _report(SORRY, PROMISE, THANK)


def _covered(journal: Journal, answer_id: int) -> list[str]:
    found = journal.report(answer_id)
    assert found is not None
    assert found.keywords is not None
    return [point.id for point in found.keywords.points if point.covered]


def _coverages(journal: Journal) -> list[float]:
    return [point.value for point in journal.series(COVERAGE, "en")]


def test_report_history_and_trend_follow_at_once(tmp_path: Path) -> None:
    """All three have the same coverage; other answers stand; taking back gives what was measured."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [MEASURED, MEASURED])
        journal.correct_points(answer, {"promise": made(PROMISE, "by noon"), "thank": made(THANK)})
        assert _covered(journal, answer) == ["apologise", "promise", "thank"]
        journal.correct_points(answer, {"apologise": not_made(SORRY), "thank": None})
    with Journal.open(tmp_path, read_only=True) as journal:
        assert _covered(journal, answer) == ["promise"]
        found = journal.report(answer)
        assert found is not None
        assert found.keywords is not None
        assert found.missing["keywords.order"] == CORRECTED
        assert (found.keywords.coverage, journal.answer(answer).coverage) == (0.3333, 0.3333)
        assert _coverages(journal) == [0.3333, 0.3333]
        assert journal.report(answer - 1) == MEASURED
        assert [(one.result.covered, one.measured.covered, one.verdict) for one in journal.points(answer)] == [
            (False, True, PointVerdict("not_made", ("I held my hands up",))),
            (True, False, PointVerdict("made", ("by noon",))),
            (False, False, None),
        ]
    with Journal.open(tmp_path) as journal:
        journal.correct_points(answer, {"promise": made(PROMISE), "apologise": None})
        assert (_coverages(journal), journal.answer(answer).coverage) == ([0.3333, 0.6667], 0.6667)
        journal.correct_points(answer, {"promise": None})
        assert journal.report(answer) == MEASURED
        assert _coverages(journal) == [0.3333, 0.3333]


def test_remarks_speak_of_what_is_left(tmp_path: Path) -> None:
    """What was said to be made is no longer missed in the advice; fillers struck beside it stay struck."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [MEASURED])
        assert "I did not hear" in " ".join(remark.text for remark in MEASURED.remarks)
        journal.correct(answer, [(FILLERS[0], "struck")])
        journal.correct_points(answer, {"promise": made(PROMISE), "thank": made(THANK)})
        found = journal.report(answer)
        assert found is not None
        assert found.fillers is not None
        assert found.fillers.count == 3
        assert "You made 3 of 3 points." in [remark.text for remark in found.remarks]
        assert "I did not hear" not in " ".join(remark.text for remark in found.remarks)


def test_verdicts_hold_when_the_answer_is_measured_again(tmp_path: Path) -> None:
    """Whatever a newer measuring finds; and not for another question, though its points have the same ids."""
    recording = tmp_path / "recordings" / "a.flac"
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        answer = journal.keep(session, MEASURED, recording, START, attempt=1).id
        journal.correct_points(answer, {"apologise": not_made(SORRY), "promise": made(PROMISE, "by noon")})
        newer = _report(replace(SORRY, evidence=(Evidence("sorry", 2.0, 2.5),)), replace(THANK, covered=True))
        assert journal.keep(session, newer, recording, START, attempt=1).id == answer
        assert (_covered(journal, answer), _coverages(journal)) == (["thank"], [0.5])
        other = _report(SORRY, THANK, question=A2)
        journal.keep(session, other, recording, START, attempt=1)
        assert (_covered(journal, answer), _coverages(journal)) == (["apologise"], [0.5])
        assert (journal.report(answer), journal.answer(answer).coverage) == (other, 0.5)
        journal.keep(session, replace(MEASURED, keywords=None), recording, START, attempt=1)
        assert (journal.points(answer), _coverages(journal), journal.answer(answer).coverage) == ((), [], None)
        journal.keep(session, MEASURED, recording, START, attempt=1)
        assert _covered(journal, answer) == ["promise"]


def test_what_is_learned_is_of_all_answers_to_the_question(tmp_path: Path) -> None:
    """Of practices and demonstrations alike; a verdict given later outweighs one given earlier on another answer."""
    with Journal.open(tmp_path) as journal:
        first, other = fill(journal, [MEASURED]), fill(journal, [_report(SORRY, question=A2)])
        last = fill(journal, [MEASURED], kind="demonstration")
        assert journal.learned(A1) == NOTHING_LEARNED
        journal.correct_points(last, {"apologise": not_made(SORRY), "promise": made(PROMISE, "by noon")})
        journal.correct_points(first, {"apologise": made(SORRY), "thank": made(THANK)})
        journal.correct_points(other, {"apologise": not_made(SORRY)})
        assert journal.learned(A1) == Learned({"promise": ("by noon",), "apologise": ("I held my hands up",)}, {})
        assert journal.learned(A2) == Learned({}, {"apologise": ("I held my hands up",)})
        journal.correct_points(last, {"apologise": not_made(SORRY)})
        assert journal.learned(A1).rejected == {"apologise": ("I held my hands up",)}
        journal.correct_points(last, {"apologise": None, "promise": None})
        assert journal.learned(A1) == Learned({"apologise": ("I held my hands up",)}, {})


def test_the_next_answer_is_measured_with_what_was_learned(tmp_path: Path) -> None:
    """Words that were called right make the point the next time, and those called wrong no longer do."""
    points = (
        TalkingPoint("apologise", "Apologise", ("sorry",)),
        TalkingPoint("promise", "Promise a time", ("by noon",)),
    )
    question = Question(A1.id, "What do you say?", points=points)
    said = "callers hear sorry from me and before lunch it is done"
    words = tuple(Word(word, at / 2, at / 2 + 0.4, 1.0) for at, word in enumerate(said.split()))
    before = coverage(question=question, words=words)
    assert [point.covered for point in before.points] == [True, False]
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [replace(report(), keywords=before, transcript=Transcript(said, words))])
        apologise, promise = before.points
        journal.correct_points(answer, {"apologise": not_made(apologise), "promise": made(promise, "before lunch")})
        after = coverage(question=question, words=words, learned=journal.learned(A1))
        found = journal.report(answer)
    assert found is not None
    assert found.keywords is not None
    assert [point.covered for point in after.points] == [False, True]
    assert after.points[1].evidence == found.keywords.points[1].evidence
    assert after.points[1].evidence[0].how == "yours"


def test_deleting_an_answer_forgets_what_was_said_of_it(tmp_path: Path) -> None:
    """Its verdicts go with it, and what they taught."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [MEASURED])
        journal.correct_points(answer, {"promise": made(PROMISE, "by noon")})
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM answers")
    with Journal.open(tmp_path, read_only=True) as journal:
        assert journal.learned(A1) == NOTHING_LEARNED


def test_what_cannot_be_judged_is_refused(tmp_path: Path) -> None:
    """An answer that is not there, and one whose question is not known, in one sentence."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [replace(report(), question=None)])
        for number in (answer, answer + 1):
            with pytest.raises(UsageError, match=f"no question that answer {number} belongs to"):
                journal.correct_points(number, {"apologise": not_made(SORRY)})


def test_learning_is_quick_in_a_long_journal(tmp_path: Path) -> None:
    """Among 100,000 answers to one question, a verdict on every hundredth: read in a blink, by the index."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [MEASURED])
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as db:
        db.execute(
            "WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
            " INSERT INTO answers (session_id, question_pack, question_id, attempt, started_at_ms, duration_s,"
            " sample_rate_hz) SELECT 1, ?, ?, 1, i, 1.0, 16000 FROM n",
            (A1.pack, A1.id),
        )
        db.execute(
            "INSERT INTO point_corrections (answer_id, question_pack, question_id, point, verdict, wordings)"
            " SELECT id, question_pack, CASE id % 2 WHEN 0 THEN question_id ELSE 'other' END, 'promise', 'made',"
            " json_array('by ' || id || ' hours') FROM answers WHERE id % 100 < 2"
        )
        db.execute("ANALYZE")
    with Journal.open(tmp_path, read_only=True) as journal:
        began = time.perf_counter()
        learned = journal.learned(A1)
        took_s = time.perf_counter() - began
    assert len(learned.accepted["promise"]) == 1000
    assert took_s < 0.1
