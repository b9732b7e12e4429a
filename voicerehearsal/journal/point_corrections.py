"""Verdicts on talking points as they lie in the journal, and reports with every correction applied."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voicerehearsal.coaching.judgement import Habits
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.errors import UsageError
from voicerehearsal.formats import report_from_json, report_to_json
from voicerehearsal.journal.corrections import read_corrections, with_corrections
from voicerehearsal.measures.point_corrections import PointVerdict, learned_from, with_verdicts
from voicerehearsal.values import Learned, QuestionRef, Report

_POINTS = """
    json_each(a.report, '$.keywords.points') p LEFT JOIN point_corrections c
    ON c.answer_id = a.id AND c.question_pack = a.question_pack AND c.question_id = a.question_id
    AND c.point = json_extract(p.value, '$.id')
"""
_MADE = "CASE c.verdict WHEN 'made' THEN 1.0 WHEN 'not_made' THEN 0.0 ELSE json_extract(p.value, '$.covered') END"

COVERAGE = f"""
    CASE WHEN EXISTS (SELECT 1 FROM point_corrections WHERE answer_id = a.id)
    THEN (SELECT round(avg({_MADE}), 4) FROM {_POINTS})
    ELSE json_extract(a.report, '$.keywords.coverage') END
"""  # noqa: S608 - our own words
"""The corrected coverage of an answer `a`, as its corrected report has it, without reading the report."""


def read_coverage_together(db: sqlite3.Connection, answer_ids: Sequence[int]) -> float | None:
    """The share of the talking points that at least one of these answers made; None when none has any."""
    (share,) = db.execute(
        f"SELECT avg(made) FROM (SELECT max({_MADE}) AS made"  # noqa: S608 - our own words
        f" FROM json_each(?) wanted JOIN answers a ON a.id = wanted.value JOIN {_POINTS}"
        " GROUP BY json_extract(p.value, '$.id'))",
        (json.dumps(list(answer_ids)),),
    ).fetchone()
    return None if share is None else float(share)


def read_verdicts(db: sqlite3.Connection, answer_id: int) -> dict[str, PointVerdict]:
    """What the speaker said of an answer's points, by id, as long as it belongs to the question it belonged to then."""
    rows = db.execute(
        "SELECT point, verdict, wordings FROM point_corrections c JOIN answers a ON a.id = c.answer_id"
        " AND a.question_pack = c.question_pack AND a.question_id = c.question_id WHERE c.answer_id = ? ORDER BY c.id",
        (answer_id,),
    ).fetchall()
    return {point: _verdict(verdict, wordings) for point, verdict, wordings in rows}


def put_verdicts(db: sqlite3.Connection, answer_id: int, verdicts: Mapping[str, PointVerdict | None]) -> None:
    """Store verdicts by id of the point, each in place of any before it; None only takes that one back.

    Raises:
        UsageError: There is no such answer, or what it answers is not known.
    """
    pack, question = db.execute(
        "SELECT question_pack, question_id FROM answers WHERE id = ?", (answer_id,)
    ).fetchone() or (None, None)
    if pack is None:
        raise UsageError(f"There is no question that answer {answer_id} belongs to", "Nothing was changed.")
    for point, verdict in verdicts.items():
        key = (answer_id, pack, question, point)
        db.execute(
            "DELETE FROM point_corrections WHERE answer_id = ? AND question_pack = ? AND question_id = ? AND point = ?",
            key,
        )
        if verdict is not None:
            db.execute(
                "INSERT INTO point_corrections (answer_id, question_pack, question_id, point, verdict, wordings)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*key, verdict.verdict, json.dumps(verdict.wordings, ensure_ascii=False)),
            )


def read_learned(db: sqlite3.Connection, question: QuestionRef) -> Learned:
    """What the speaker's verdicts on all answers to `question` teach."""
    rows = db.execute(
        "SELECT point, verdict, wordings FROM point_corrections WHERE question_pack = ? AND question_id = ?"
        " ORDER BY id",
        (question.pack, question.id),
    )
    return learned_from((point, _verdict(verdict, wordings)) for point, verdict, wordings in rows)


def is_corrected(db: sqlite3.Connection, answer_id: int) -> bool:
    """Whether the speaker has said anything of an answer's words, fillers or points."""
    (found,) = db.execute(
        "SELECT EXISTS (SELECT 1 FROM corrections WHERE answer_id = ?1)"
        " OR EXISTS (SELECT 1 FROM point_corrections WHERE answer_id = ?1)"
        " OR EXISTS (SELECT 1 FROM word_corrections WHERE answer_id = ?1)",
        (answer_id,),
    ).fetchone()
    return bool(found)


def as_corrected(db: sqlite3.Connection, answer_id: int, report: Report, usual: Habits | None = None) -> Report:
    """The `report` of an answer with every correction of its fillers and its points, in the numbers of its JSON.

    Its remarks speak of what is left, and of what is `usual` for the speaker.
    """
    report = with_corrections(report, read_corrections(db, answer_id), usual)
    right = with_verdicts(report=report, verdicts=read_verdicts(db, answer_id))
    if right == report:
        return report
    return report_from_json(report_to_json(replace(right, remarks=remarks(right, usual))))


def _verdict(verdict: str, wordings: str) -> PointVerdict:
    return PointVerdict("made" if verdict == "made" else "not_made", tuple(json.loads(wordings)))
