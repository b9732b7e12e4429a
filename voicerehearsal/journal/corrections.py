"""Corrections as they lie in the journal, and the report of an answer once they are applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from voicerehearsal.coaching.judgement import Habits
from voicerehearsal.coaching.metrics import numbers
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.formats import report_from_json, report_to_json
from voicerehearsal.measures.corrections import Correction, Verdict, corrected, same_filler
from voicerehearsal.values import Filler, Report


def read_corrections(db: sqlite3.Connection, answer_id: int) -> tuple[Correction, ...]:
    """What the speaker said of an answer's fillers, in the order of time."""
    rows = db.execute(
        "SELECT text, start_s, end_s, kind, verdict FROM corrections WHERE answer_id = ? ORDER BY start_s, kind",
        (answer_id,),
    ).fetchall()
    return tuple(
        Correction(Filler(text, start_s, end_s, kind, 1.0), verdict) for text, start_s, end_s, kind, verdict in rows
    )


def put_correction(db: sqlite3.Connection, answer_id: int, filler: Filler, verdict: Verdict | None) -> None:
    """Store a verdict in place of any that was given on the same filler; None only takes that one back."""
    for old in read_corrections(db, answer_id):
        if same_filler(one=old.filler, other=filler):
            db.execute(
                "DELETE FROM corrections WHERE answer_id = ? AND kind = ? AND start_s = ? AND end_s = ?",
                (answer_id, old.filler.kind, old.filler.start_s, old.filler.end_s),
            )
    if verdict is not None:
        db.execute(
            "INSERT INTO corrections (answer_id, kind, start_s, end_s, text, verdict) VALUES (?, ?, ?, ?, ?, ?)",
            (answer_id, filler.kind, filler.start_s, filler.end_s, filler.text, verdict),
        )


def put_numbers(db: sqlite3.Connection, answer_id: int, report: Report, section: str) -> None:
    """Bring the numbers of one section that trends follow in line with `report`.

    They keep the version under which they were measured: a correction is no new measuring.
    """
    for metric, value in numbers(report):
        if metric.path[0] == section:
            db.execute(
                "UPDATE measures SET value = ?"
                " WHERE answer_id = ? AND series_id IN (SELECT id FROM series WHERE name = ?)",
                (value, answer_id, metric.name),
            )


def with_corrections(report: Report, corrections: Sequence[Correction], usual: Habits | None = None) -> Report:
    """`report` as the speaker corrected it, in the numbers of its JSON.

    Its remarks speak of what is left, and of what is `usual` for the speaker.
    """
    right = corrected(report=report, corrections=corrections)
    if right == report:
        return report
    return report_from_json(report_to_json(replace(right, remarks=remarks(right, usual))))
