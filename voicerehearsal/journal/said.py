"""What was said and noted, as it is indexed for searching."""

from __future__ import annotations

import re
import sqlite3

from voicerehearsal.values import Report

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def searchable(text: str) -> str:
    """`text` with every Chinese character a word of its own: SQLite's full-text index knows words only by spaces."""
    return _HAN.sub(r" \g<0> ", text)


def put_transcript(db: sqlite3.Connection, answer_id: int, report: Report | None) -> None:
    """Index what was said in an answer, in place of what was indexed before; its note stays."""
    text = "" if report is None or report.transcript is None else searchable(report.transcript.text)
    known = db.execute("UPDATE said SET transcript = ? WHERE rowid = ?", (text, answer_id)).rowcount
    if not known:
        db.execute("INSERT INTO said (rowid, transcript, note) VALUES (?, ?, '')", (answer_id, text))
