"""What a summary is made of, read off the journal by its indexes: only the reports of a few answers are opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from voicerehearsal.coaching.bests import BANDED, COUNTED, Best, best
from voicerehearsal.coaching.metrics import METRICS, Metric
from voicerehearsal.coaching.schedule import overdue, unready
from voicerehearsal.coaching.summary import FOLLOWED, Given, Movement, Summary, advice, movement, practised
from voicerehearsal.coaching.targets import Targets
from voicerehearsal.coaching.trends import Point
from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.answers import OWN_KINDS
from voicerehearsal.journal.series import from_ms, read_points, read_usual
from voicerehearsal.journal.standings import read_standings, read_weaknesses
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.wanted import QUESTIONS, Wanted, where
from voicerehearsal.values import Language, QuestionRef

IMPORTED = "recordings"
"""What was saved from files, among the kinds of practice."""

BEST_OF = 1000
"""A personal best is the best of so many answers before the end of the time looked at."""

_USUAL_OF = 30
_REPORTS = 40
"""Of the latest answers of the time looked at, so many are read for what was remarked."""

_GIVEN = """
    SELECT a.id, a.session_id, a.started_at_ms, s.language, a.question_pack, a.question_id, s.kind, s.kind_of_practice,
           a.duration_s,
           (SELECT m.value FROM series r JOIN measures m ON m.series_id = r.id
            WHERE r.name = 'speaking_s' AND r.language = s.language AND r.version = ?
                  AND m.started_at_ms = a.started_at_ms AND m.answer_id = a.id)
    FROM answers a JOIN sessions s ON s.id = a.session_id
"""


def read_given(journal: Journal, wanted: Wanted, *, session_id: int | None = None) -> list[Given]:
    """The answers asked for, of one session when it is given, oldest first; raises JournalError."""
    condition, values = where(wanted)
    if session_id is not None:
        condition, values = f"{condition} AND a.session_id = ?", [*values, session_id]
    with journal.reading() as db:
        rows = db.execute(
            f"{_GIVEN} WHERE {condition} ORDER BY a.started_at_ms, a.id",
            (METRICS["speaking_s"].version, *values),
        ).fetchall()
    return [_given(row) for row in rows]


def session_called(journal: Journal, session_id: int | None) -> int:
    """The session of this number, or the one of the newest answer that is no demonstration's.

    Raises:
        UsageError: There is no such session.
        JournalError: There is none at all.
    """
    with journal.reading() as db:
        if session_id is None:
            row = db.execute(
                "SELECT s.id FROM answers a JOIN sessions s ON s.id = a.session_id WHERE s.kind <> 'demonstration'"
                " ORDER BY a.started_at_ms DESC, a.id DESC LIMIT 1"
            ).fetchone()
        else:
            row = db.execute("SELECT id, kind FROM sessions WHERE id = ?", (session_id,)).fetchone()
            if row is not None and row[1] == "demonstration":
                raise UsageError(f"Session {session_id} is a demonstration: nothing in it is yours", "Name another.")
    if row is None and session_id is None:
        raise JournalError("Nothing has been practised yet", "Start with `voicerehearsal practice`.")
    if row is None:
        raise UsageError(f"There is no session {session_id}", "`voicerehearsal history --json` has their numbers.")
    return int(row[0])


def read_summary(journal: Journal, answers: Sequence[Given], *, targets: Targets, now: datetime) -> Summary:
    """What `answers` (oldest first, from `read_given`) were, beside all that came before them.

    Without answers it still says what is due. Raises JournalError.
    """
    languages = tuple(dict.fromkeys(answer.language for answer in answers)) or _last_spoken(journal)
    movements, bests = [], []
    for language in languages if answers else ():
        moved, reached = _followed(journal, answers, language, targets)
        movements += moved
        bests += reached
    standings = [stands for language in languages for stands in read_standings(journal, language, targets).values()]
    asked = {answer.question for answer in answers}
    weak = [one for language in languages for one in read_weaknesses(journal, language, targets) if one.due <= now]
    return Summary(
        practised=practised(answers),
        movements=tuple(movements),
        bests=tuple(bests),
        due=tuple(overdue(standings, now)),
        weakness=weak[0] if weak else None,
        advice=advice(
            (answer.id, report.remarks)
            for answer in answers[-_REPORTS:]
            if (report := journal.report(answer.id)) is not None and report.pauses is not None
        ),
        unready=unready(stands for stands in standings if stands.question in asked),
        language=answers[-1].language if answers else next(iter(languages), None),
    )


def _followed(
    journal: Journal, answers: Sequence[Given], language: Language, targets: Targets
) -> tuple[list[Movement], list[Best]]:
    """The movements and the bests in one language; measures without an answer in the time looked at are left out."""
    spoken = [answer for answer in answers if answer.language == language]
    ids = {answer.id for answer in spoken}
    since, until = spoken[0].when, spoken[-1].when + timedelta(milliseconds=1)
    limit = BEST_OF + len(spoken)
    movements, bests = [], []
    with journal.reading() as db:
        lengths = read_points_until(db, METRICS["speaking_s"], language, until=until, limit=limit)
        speaking_s = {point.answer_id: point.value for point in lengths}
        for name in dict.fromkeys((*FOLLOWED, *COUNTED, *BANDED)):
            metric, target = METRICS[name], targets.of(name)
            points = read_points_until(db, metric, language, until=until, limit=limit)
            now = [point.value for point in points if point.answer_id in ids]
            if now and name in FOLLOWED:
                usual = read_usual(db, metric, language, last=_USUAL_OF, before=since)
                history = [point.value for point in points]
                movements.append(movement(metric, language, values=now, usual=usual, history=history, target=target))
            if name in COUNTED or name in BANDED:
                one = best(metric, language, points, target=target, speaking_s=speaking_s, period=ids)
                bests += [] if one is None else [one]
    return movements, bests


def read_points_until(
    db: sqlite3.Connection, metric: Metric, language: Language, *, until: datetime, limit: int
) -> list[Point]:
    """The `limit` latest numbers of answers begun before `until`, oldest first."""
    return read_points(db, metric, language, last=limit, before=until)


def _last_spoken(journal: Journal) -> tuple[Language, ...]:
    newest = journal.answers(limit=1, kinds=OWN_KINDS)
    return (newest[0].language,) if newest else ()


def _given(row: Sequence[Any]) -> Given:
    id_, session_id, ms, language, pack, question, kind, kind_of_practice, recorded_s, speaking_s = row
    return Given(
        id=id_,
        session_id=session_id,
        when=from_ms(ms),
        language=language,
        question=None if pack is None else QuestionRef(pack, question),
        kind_of_practice=IMPORTED if kind == "imported" else kind_of_practice or QUESTIONS,
        speaking_s=speaking_s,
        recorded_s=recorded_s,
    )
