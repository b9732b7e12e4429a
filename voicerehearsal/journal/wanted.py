"""Which answers are meant: what a person asks for, and the same as SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from voicerehearsal.journal.answers import EVERY_KIND, OWN_KINDS
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.said import matching
from voicerehearsal.journal.series import to_ms
from voicerehearsal.values import Language

QUESTIONS = "questions"
"""The plain practice, one question after another, among the kinds of practice."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Answers as they are asked for; everything that is given must hold.

    Attributes:
        text: Words and "quoted phrases" that were said or noted, see `said.matching`; no answer has none at all.
        pack: Id of the pack of the question that was answered.
        question: Id of the question, in whatever pack.
        language: What was spoken.
        kind_of_practice: "drill", "interview" … or `QUESTIONS`.
        since: Begun then or later; with a time zone.
        until: Begun before then; with a time zone.
        tags: As `labels.normal_tag` spells them; all of them are on the answer.
        kinds: Practice, demonstration, imported.
        numbers: Their own; () for any.
    """

    text: str | None = None
    pack: str | None = None
    question: str | None = None
    language: Language | None = None
    kind_of_practice: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    tags: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = OWN_KINDS
    numbers: tuple[int, ...] = ()


def where(wanted: Wanted) -> tuple[str, list[object]]:
    """The condition for a WHERE over the aliases `a` (answers) and `s` (sessions), never empty, and its values.

    A "+" before `a.id` leaves the order in which answers are walked to the query around it; numbers are looked up.
    """
    conditions: list[tuple[str, tuple[object, ...]]] = []
    if wanted.numbers:
        conditions.append(("a.id IN (SELECT value FROM json_each(?))", (json.dumps(wanted.numbers),)))
    if wanted.text is not None:
        words = matching(wanted.text)
        conditions.append(
            ("+a.id IN (SELECT rowid FROM said WHERE said MATCH ?)", (words,)) if words else ("FALSE", ())
        )
    conditions += [("+a.id IN (SELECT answer_id FROM tags WHERE tag = ?)", (tag,)) for tag in wanted.tags]
    if wanted.since is not None:
        conditions.append(("a.started_at_ms >= ?", (to_ms(wanted.since),)))
    if wanted.until is not None:
        conditions.append(("a.started_at_ms < ?", (to_ms(wanted.until),)))
    equal = {"a.question_pack": wanted.pack, "a.question_id": wanted.question, "s.language": wanted.language}
    conditions += [(f"{column} = ?", (value,)) for column, value in equal.items() if value is not None]
    if set(wanted.kinds) != set(EVERY_KIND):
        conditions.append((f"s.kind IN ({', '.join('?' * len(wanted.kinds))})", wanted.kinds))
    if wanted.kind_of_practice is not None:
        conditions.append(("coalesce(s.kind_of_practice, ?) = ?", (QUESTIONS, wanted.kind_of_practice)))
    if not conditions:
        return "TRUE", []
    return " AND ".join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]
