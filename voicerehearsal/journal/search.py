"""Finding answers, however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from voicerehearsal.journal.answers import SELECT_ANSWER, Answer, answer_of
from voicerehearsal.journal.said import HAN, matching
from voicerehearsal.journal.wanted import Wanted, where

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal

HIT = ("\x02", "\x03")
"""Stand around what was found."""

_CHOSEN = """
    SELECT {what} FROM answers a INDEXED BY answers_by_time CROSS JOIN sessions s ON s.id = a.session_id WHERE {which}
"""
"""Walks the index in the order of time and stops as soon as there are enough: no sorting, no report is read."""

_WORDS = 16
_SNIPPETS = f"""
    SELECT rowid, snippet(said, 0, ?, ?, '…', {_WORDS}), snippet(said, 1, ?, ?, '…', {_WORDS})
    FROM said WHERE said MATCH ? AND +rowid IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - our own words
_SPACED = re.compile(rf" ?([\x02\x03]?)({HAN})([\x02\x03]?) ?")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in an answer a search succeeded; in `text` a pair of `HIT` stands around each find."""

    where: Literal["said", "note"]
    text: str


Place = tuple[int, int]
"""Where an answer stands in the order of time: when it began, ms since 1970, and its number."""


def find_answers(journal: Journal, wanted: Wanted, *, limit: int, before: Place | None = None) -> list[Answer]:
    """The answers that are wanted, newest first, at most `limit`; only those `before` a place when it is given."""
    which, values = where(wanted)
    if before is not None:
        which, values = f"{which} AND (a.started_at_ms, a.id) < (?, ?)", [*values, *before]
    chosen = _CHOSEN.format(what="a.id", which=which) + "ORDER BY a.started_at_ms DESC, a.id DESC LIMIT ?"
    with journal.reading() as db:
        rows = db.execute(
            f"{SELECT_ANSWER} WHERE a.id IN ({chosen}) ORDER BY a.started_at_ms DESC, a.id DESC", (*values, limit)
        ).fetchall()
    return [answer_of(row, journal.home) for row in rows]


def count_found(journal: Journal, wanted: Wanted) -> int:
    """How many answers are wanted."""
    which, values = where(wanted)
    with journal.reading() as db:
        return int(db.execute(_CHOSEN.format(what="count(*)", which=which), values).fetchone()[0])


def find_ids(journal: Journal, wanted: Wanted) -> list[int]:
    """The numbers of all answers that are wanted, oldest first."""
    which, values = where(wanted)
    with journal.reading() as db:
        rows = db.execute(
            _CHOSEN.format(what="a.id", which=which) + "ORDER BY a.started_at_ms, a.id", values
        ).fetchall()
    return [answer_id for (answer_id,) in rows]


def find_hits(journal: Journal, text: str, answer_ids: Iterable[int]) -> dict[int, list[Hit]]:
    """Where `text` was found in each of these answers: in what was said, in the note, or in both."""
    words = matching(text)
    if not words:
        return {}
    with journal.reading() as db:
        rows = db.execute(_SNIPPETS, (*HIT, *HIT, words, json.dumps(list(answer_ids)))).fetchall()
    places: tuple[Literal["said", "note"], ...] = ("said", "note")
    return {
        answer_id: [
            Hit(place, _SPACED.sub(r"\1\2\3", snippet).strip())
            for place, snippet in zip(places, snippets, strict=True)
            if HIT[0] in snippet
        ]
        for answer_id, *snippets in rows
    }
