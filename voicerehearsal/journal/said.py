"""What was said and noted, as it is indexed for searching."""

from __future__ import annotations

import re
import sqlite3

from voicerehearsal.values import Report

HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
"""A character that is a word of its own in the index, as a pattern."""

_HAN = re.compile(HAN)

_TERMS = re.compile(r'["“「]([^"“”「」]*)["”」]|([^\s"“”「」]+)')

_SHORTEST_BEGINNING = 3
"""Letters; nearly every answer has words that begin with "a"."""


def searchable(text: str) -> str:
    """`text` with every Chinese character a word of its own: SQLite's full-text index knows words only by spaces."""
    return _HAN.sub(r" \g<0> ", text)


def matching(text: str) -> str:
    """What finds `text` in the index, as FTS5 wants it written; "" when there is no word in it.

    All words must be there, wherever; of a word its first three letters will do, or more. "Quoted phrases" must be
    there as they are, and so must characters that stand together in Chinese.
    """
    terms = []
    storable = text.encode("utf-8", "replace").decode().replace("\0", " ")
    for phrase, word in _TERMS.findall(storable):
        term = " ".join(searchable(phrase or word).replace('"', " ").split())
        if any(char.isalnum() for char in term):
            terms.append(f'"{term}"' if phrase or len(term) < _SHORTEST_BEGINNING else f'"{term}" *')
    return " ".join(terms)


def put_transcript(db: sqlite3.Connection, answer_id: int, report: Report | None) -> None:
    """Index what was said in an answer, in place of what was indexed before; its note stays."""
    text = "" if report is None or report.transcript is None else searchable(report.transcript.text)
    known = db.execute("UPDATE said SET transcript = ? WHERE rowid = ?", (text, answer_id)).rowcount
    if not known:
        db.execute("INSERT INTO said (rowid, transcript, note) VALUES (?, ?, '')", (answer_id, text))


def put_note(db: sqlite3.Connection, answer_id: int, note: str) -> None:
    """Index what was noted on an answer, in place of what was indexed before; its transcript stays."""
    db.execute("UPDATE said SET note = ? WHERE rowid = ?", (searchable(note), answer_id))
