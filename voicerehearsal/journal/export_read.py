"""The journal's rows as an export has them, read one by one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from msgspec import Raw

from voicerehearsal.journal.chosen import chosen_rows
from voicerehearsal.journal.export_rows import (
    NO_REPORT,
    AnswerRow,
    CorrectionRow,
    NumberRow,
    PointCorrectionRow,
    QuestionRow,
    SessionRow,
    WordCorrectionRow,
)
from voicerehearsal.journal.wanted import Wanted, where
from voicerehearsal.journal.word_corrections import read_word_corrections

RECORDINGS = "recordings"
"""The folder that recordings lie in, in a home and in an export."""


def session_rows(db: sqlite3.Connection, chosen: Wanted | None) -> Iterator[SessionRow]:
    """Every session, or those of the answers chosen."""
    only = "TRUE"
    values: list[object] = []
    if chosen is not None:
        condition, values = where(chosen)
        only = f"s.id IN (SELECT s.id FROM answers a JOIN sessions s ON s.id = a.session_id WHERE {condition})"  # noqa: S608 - our own words
    columns = "s.id, s.started_at_ms, s.kind, s.pack, s.language, s.kind_of_practice"
    for row in db.execute(f"SELECT {columns} FROM sessions s WHERE {only} ORDER BY s.id", values):  # noqa: S608 - our own words
        yield SessionRow(*row)


def answer_rows(db: sqlite3.Connection, chosen: Wanted) -> Iterator[tuple[AnswerRow, str | None]]:
    """The answers chosen, and where each recording lies as the journal has it."""
    columns = (
        "a.id, a.session_id, a.question_pack, a.question_id, a.attempt, a.started_at_ms, a.recording, a.duration_s,"
        " a.sample_rate_hz, a.recovered, a.measures_version, a.note, a.report,"
        " (SELECT h.report FROM as_heard h WHERE h.answer_id = a.id)"
    )
    for row in chosen_rows(db, columns, chosen):
        yield _answer(db, row), row[6]


def point_correction_rows(db: sqlite3.Connection, chosen: Wanted) -> Iterator[PointCorrectionRow]:
    """What was said of the points of the answers chosen, in the order in which it was said."""
    sql, values = where(chosen)
    rows = db.execute(
        "SELECT c.answer_id, c.question_pack, c.question_id, c.point, c.verdict, c.wordings"  # noqa: S608 - our own words
        " FROM point_corrections c JOIN answers a ON a.id = c.answer_id JOIN sessions s ON s.id = a.session_id"
        f" WHERE {sql} ORDER BY c.id",
        values,
    )
    for answer, pack, question, point, verdict, wordings in rows:
        yield PointCorrectionRow(answer, QuestionRow(pack, question), point, verdict, json.loads(wordings))


def exported_name(recording: str, answer: int) -> str:
    """What a recording is called in an export: as in the home, or by its answer's number where it lies elsewhere."""
    path = PurePath(recording)
    inside = path.parent == PurePath(RECORDINGS)
    return f"{RECORDINGS}/{path.name if inside else f'{answer}-{path.name}'}"


def _answer(db: sqlite3.Connection, row: Sequence[Any]) -> AnswerRow:
    number, session, pack, question, attempt, ms, recording, duration_s, rate, recovered, version, note, *reports = row
    report, as_heard = (NO_REPORT if one is None else Raw(one.encode()) for one in reports)
    return AnswerRow(
        id=number,
        session=session,
        question=None if pack is None else QuestionRow(pack, question),
        attempt=attempt,
        started_at_ms=ms,
        recording=None if recording is None else exported_name(recording, number),
        duration_s=duration_s,
        sample_rate_hz=rate,
        recovered=bool(recovered),
        measures_version=version,
        note=note,
        tags=[tag for (tag,) in db.execute("SELECT tag FROM tags WHERE answer_id = ? ORDER BY tag", (number,))],
        corrections=[
            CorrectionRow(*found)
            for found in db.execute(
                "SELECT kind, start_s, end_s, text, verdict FROM corrections WHERE answer_id = ?"
                " ORDER BY kind, start_s, end_s",
                (number,),
            )
        ],
        numbers=[
            NumberRow(*found)
            for found in db.execute(
                "SELECT r.name, r.language, r.version, m.value FROM measures m JOIN series r ON r.id = m.series_id"
                " WHERE m.answer_id = ? ORDER BY r.name, r.language, r.version",
                (number,),
            )
        ],
        report=report,
        word_corrections=[
            WordCorrectionRow(one.start_s, one.end_s, one.text or "") for one in read_word_corrections(db, number)
        ],
        as_heard=as_heard,
    )
