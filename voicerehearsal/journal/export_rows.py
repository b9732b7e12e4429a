"""The rows of an export, `voicerehearsal.export/1`: all that the journal knows, apart from what follows from it.

A document is one JSON object with `schema`, `sessions`, `answers` and `point_corrections`, in this order, and every
row on a line of its own. Numbers of answers and sessions refer to each other inside one document. What follows from the
rows and is not exported: what the full-text index holds, and whatever a picture or a trend is drawn from.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Raw, Struct

from voicerehearsal.journal.recordings import Kind
from voicerehearsal.measures.corrections import Verdict
from voicerehearsal.values import Language

SCHEMA = "voicerehearsal.export/1"

Number = Annotated[int, Meta(ge=1, le=2**53)]
Milliseconds = Annotated[int, Meta(ge=0, le=253_370_764_800_000)]
"""Since 1970, UTC; up to the year 9999."""
Seconds = Annotated[float, Meta(ge=-1e7, le=1e7)]
Length = Annotated[float, Meta(ge=0, le=1e7)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Finite = Annotated[float, Meta(ge=-1e300, le=1e300)]


class SessionRow(Struct):
    """One session."""

    id: Number
    started_at_ms: Milliseconds
    kind: Kind
    pack: Name | None
    language: Language
    kind_of_practice: Name | None  # None: questions one after another


class QuestionRow(Struct):
    """What was asked."""

    pack: Name
    id: Name


class CorrectionRow(Struct):
    """What the speaker said of a filler."""

    kind: Literal["filled_pause", "phrase"]
    start_s: Seconds
    end_s: Seconds
    text: str
    verdict: Verdict


class WordCorrectionRow(Struct):
    """What the speaker said was said from one time to another; "": nothing."""

    start_s: Seconds
    end_s: Seconds
    text: Annotated[str, Meta(max_length=10_000)]


class NumberRow(Struct):
    """A number that trends follow, and the version of the measure under which it was measured."""

    name: Annotated[str, Meta(pattern=r"^[a-z_0-9]{1,60}$")]
    language: Language
    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    value: Finite


class AnswerRow(Struct):
    """One answer; `recording` is the file's name in a ZIP.

    `report` is as it was measured, with corrected words and without other corrections; `as_heard` is the same with the
    words as they were recognised, where some were corrected. Files written before words could be corrected have
    neither `word_corrections` nor `as_heard`.
    """

    id: Number
    session: Number
    question: QuestionRow | None
    attempt: Annotated[int, Meta(ge=1, le=1_000_000)]
    started_at_ms: Milliseconds
    recording: Annotated[str, Meta(max_length=300)] | None
    duration_s: Length
    sample_rate_hz: Annotated[int, Meta(ge=0, le=10_000_000)]
    recovered: bool
    measures_version: Name | None
    note: Annotated[str, Meta(max_length=1_000_000)]
    tags: list[Name]
    corrections: list[CorrectionRow]
    numbers: list[NumberRow]
    report: Raw  # "null": not measured
    word_corrections: list[WordCorrectionRow] = []
    as_heard: Raw = Raw(b"null")


class PointCorrectionRow(Struct):
    """What the speaker said of a talking point; in the order in which it was said."""

    answer: Number
    question: QuestionRow
    point: Name
    verdict: Literal["made", "not_made"]
    wordings: list[str]


SECTIONS: dict[str, type[SessionRow | AnswerRow | PointCorrectionRow]] = {
    "sessions": SessionRow,
    "answers": AnswerRow,
    "point_corrections": PointCorrectionRow,
}
"""The kinds of rows, in the order of the document."""

Row = SessionRow | AnswerRow | PointCorrectionRow

NO_REPORT = Raw(b"null")


def row_to_json(row: Row) -> bytes:
    """One line of compact UTF-8."""
    return msgspec.json.encode(row)
