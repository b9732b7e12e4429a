"""One answer as the journal shows it, and the query it is read with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from voicerehearsal.journal.point_corrections import COVERAGE
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.series import from_ms
from voicerehearsal.values import Language, QuestionRef

SELECT_ANSWER = f"""
    SELECT a.id, a.session_id, s.kind, s.language, a.question_pack, a.question_id, a.attempt, a.started_at_ms,
           a.recording, a.duration_s, a.sample_rate_hz, a.report IS NOT NULL, a.recovered,
           json_extract(a.report, '$.pace.words_per_minute'), json_extract(a.report, '$.pace.characters_per_minute'),
           json_extract(a.report, '$.pace.unit'), json_extract(a.report, '$.pace.verdict'),
           json_extract(a.report, '$.pauses.per_minute'), {COVERAGE},
           (SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE answer_id = a.id ORDER BY tag)), a.note,
           s.kind_of_practice, json_extract(a.report, '$.length.speaking_s')
    FROM answers a JOIN sessions s ON s.id = a.session_id
"""  # noqa: S608 - our own words

RECORDING = 8
"""Where a row of `SELECT_ANSWER` has the path of the recording, as it is stored."""

OWN_KINDS: tuple[Kind, ...] = ("practice", "imported")
"""What a person said; demonstrations are kept apart."""

EVERY_KIND: tuple[Kind, ...] = (*OWN_KINDS, "demonstration")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as `history` shows it.

    Attributes:
        id: Its number, for `replay`.
        session_id: The session it was given in.
        kind: A practice, a demonstration, or an imported file.
        language: What was spoken.
        question: What was asked, None when not known.
        attempt: 1 for the first try at the question in its session.
        started_at: When it began, UTC.
        recording: Where it lies, absolute; None when there is none.
        duration_s: Length of the recording.
        sample_rate_hz: Of the recording.
        measured: Whether there is a report; a recovered recording has none yet.
        recovered: Whether it was saved from a rehearsal that died.
        rate: Words or characters per minute, None when not known.
        rate_unit: Which of the two.
        rate_verdict: How the rate lies to its target.
        pauses_per_minute: Silent pauses.
        coverage: Share of talking points made, 0–1.
        tags: The person's own, in the order of the alphabet.
        note: The person's own, "" when there is none.
        kind_of_practice: "drill", "interview" …, None for plain questions.
        speaking_s: From the first sound to the last, None when not known; the recording has silence around it.
    """

    id: int
    session_id: int
    kind: Kind
    language: Language
    question: QuestionRef | None
    attempt: int
    started_at: datetime
    recording: Path | None
    duration_s: float
    sample_rate_hz: int
    measured: bool
    recovered: bool
    rate: float | None
    rate_unit: Literal["wpm", "cpm"] | None
    rate_verdict: Literal["slow", "good", "fast"] | None
    pauses_per_minute: float | None
    coverage: float | None
    tags: tuple[str, ...]
    note: str
    kind_of_practice: str | None
    speaking_s: float | None

    @property
    def length_s(self) -> float:
        """How long the answer was: from first sound to last where that is known, else its recording."""
        return self.duration_s if self.speaking_s is None else self.speaking_s


def answer_of(row: Sequence[Any], home: Path) -> Answer:
    """The answer in a row of `SELECT_ANSWER`; `home` is the data folder."""
    pack, question, recording, words, characters, unit = row[4], row[5], row[RECORDING], row[13], row[14], row[15]
    return Answer(
        id=row[0],
        session_id=row[1],
        kind=row[2],
        language=row[3],
        question=None if pack is None else QuestionRef(pack, question),
        attempt=row[6],
        started_at=from_ms(row[7]),
        recording=None if recording is None else home / recording,
        duration_s=row[9],
        sample_rate_hz=row[10],
        measured=bool(row[11]),
        recovered=bool(row[12]),
        rate=characters if unit == "cpm" else words,
        rate_unit=unit,
        rate_verdict=row[16],
        pauses_per_minute=row[17],
        coverage=row[18],
        tags=tuple(json.loads(row[19])),
        note=row[20],
        kind_of_practice=row[21],
        speaking_s=row[22],
    )
