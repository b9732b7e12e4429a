"""Answers as rows of one flat table: everything that history knows, and every number that trends follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from voicerehearsal import measures
from voicerehearsal.coaching.metrics import METRICS, numbers
from voicerehearsal.exports.table import Column
from voicerehearsal.formats import report_from_json
from voicerehearsal.journal.chosen import chosen_rows
from voicerehearsal.journal.export_read import exported_name
from voicerehearsal.journal.series import from_ms
from voicerehearsal.journal.wanted import QUESTIONS, Wanted

COLUMNS: tuple[Column, ...] = (
    Column("answer", "whole"),
    Column("started_at", "time"),
    Column("session", "whole"),
    Column("session_kind", "text"),
    Column("kind_of_practice", "text"),
    Column("language", "text"),
    Column("pack", "text"),
    Column("question", "text"),
    Column("attempt", "whole"),
    Column("duration_s", "number"),
    Column("sample_rate_hz", "whole"),
    Column("recovered", "yes_no"),
    Column("measures_version", "text"),
    Column("recording", "text"),
    Column("tags", "texts"),
    Column("note", "text"),
    Column("transcript", "text"),
    *(Column(name, "number") for name in METRICS),
)

_SELECTED = (
    "a.id, a.started_at_ms, a.session_id, s.kind, s.kind_of_practice, s.language, a.question_pack, a.question_id,"
    " a.attempt, a.duration_s, a.sample_rate_hz, a.recovered, a.measures_version, a.recording, a.note,"
    " json_extract(a.report, '$.transcript.text'), CASE s.kind WHEN 'demonstration' THEN a.report END"
)


def flat_rows(db: sqlite3.Connection, chosen: Wanted) -> Iterator[Sequence[object]]:
    """The answers chosen, oldest first, a value for each of `COLUMNS`.

    Only numbers measured as they would be today: of one measure there are never two definitions in a column.
    """
    for row in chosen_rows(db, _SELECTED, chosen, order="a.started_at_ms, a.id"):
        yield _flat(db, row)


def _flat(db: sqlite3.Connection, row: Sequence[Any]) -> tuple[object, ...]:
    number, ms, session, kind, practice, *asked, recovered, version, recording, note, transcript, demonstration = row
    known = _measured(db, number) if kind != "demonstration" else _shown(demonstration, version)
    return (
        number,
        from_ms(ms),
        session,
        kind,
        practice or QUESTIONS,
        *asked,
        bool(recovered),
        version,
        None if recording is None else exported_name(recording, number),
        tuple(tag for (tag,) in db.execute("SELECT tag FROM tags WHERE answer_id = ? ORDER BY tag", (number,))),
        note,
        transcript,
        *(known.get(name) for name in METRICS),
    )


def _measured(db: sqlite3.Connection, number: int) -> dict[str, float]:
    """The numbers of an answer as trends have them, corrections applied."""
    rows = db.execute(
        "SELECT r.name, r.version, m.value FROM measures m JOIN series r ON r.id = m.series_id WHERE m.answer_id = ?",
        (number,),
    )
    return {name: value for name, version, value in rows if name in METRICS and METRICS[name].version == version}


def _shown(report: str | None, version: str | None) -> dict[str, float]:
    """The numbers of a demonstration, which trends do not have."""
    if report is None or version != str(measures.VERSION):
        return {}
    return {metric.name: value for metric, value in numbers(report_from_json(report.encode()))}
