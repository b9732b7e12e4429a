"""A journal of as many answers as one likes, made fast, and row for row what `Journal.keep` would have written."""

from __future__ import annotations

import dataclasses
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from tests.reports import report
from voicerehearsal import measures
from voicerehearsal.coaching.metrics import METRICS, numbers
from voicerehearsal.formats import report_from_json, report_to_json
from voicerehearsal.journal.home import database_file, recordings_folder
from voicerehearsal.journal.said import searchable
from voicerehearsal.journal.series import to_ms
from voicerehearsal.journal.store import Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.values import (
    Evidence,
    Filler,
    Language,
    PointResult,
    Question,
    QuestionRef,
    RateWindow,
    Report,
    Silence,
    Transcript,
    Word,
)

PACKS = ("classic-questions", "complaint-calls", "qualities", "crm", "classic-questions-zh", "complaint-calls-zh")
SINCE = datetime(2023, 1, 2, 18, 0, tzinfo=UTC)
YEARS = 3
IN_A_SESSION = 8
WAYS_TO_SAY_IT = 16
"""Different reports to each question; they come again and again, at other times."""

RARE = "quokka"
"""Said in few answers."""


@dataclass(frozen=True)
class Made:
    """One report as it is stored: its JSON, what is searched, and its numbers by metric."""

    report: Report
    line: str
    said: str
    numbers: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Kept:
    """One answer to be stored; `old`: measured before the measures were what they are."""

    id: int
    session: int
    made: Made
    attempt: int
    when_ms: int
    kind: str
    old: bool

    @property
    def recording(self) -> str:
        """Where it lies in the data folder."""
        return f"recordings/{self.id:06}.flac"


def make_reports() -> list[Made]:
    """A few hundred different reports in both languages, their words those of the model answers."""
    chance = random.Random(7)
    found = []
    for name in PACKS:
        pack = find_pack(name, [builtin_folder()])
        told = " ".join(question.model_answer for question in pack.questions)
        words = list(told.replace(" ", "")) if pack.language == "zh" else told.split()
        for question in pack.questions:
            for _ in range(WAYS_TO_SAY_IT):
                one = _report(chance, QuestionRef(name, question.id), pack.language, words, question)
                line = report_to_json(one)
                one = report_from_json(line)
                assert one.transcript is not None
                said = tuple((metric.name, value) for metric, value in numbers(one))
                found.append(Made(one, line.decode(), searchable(one.transcript.text), said))
    return found


def _report(
    chance: random.Random, ref: QuestionRef, language: Language, words: Sequence[str], question: Question
) -> Report:
    count = chance.randint(30, 110)
    start = chance.randrange(max(1, len(words) - count))
    said = [*words[start : start + count], *([RARE] if chance.random() < 0.005 else [])]
    rate = chance.gauss(150.0 if language == "en" else 215.0, 18.0)
    step_s = 60.0 / rate
    spoken = tuple(Word(w, n * step_s, (n + 0.8) * step_s, chance.random()) for n, w in enumerate(said))
    length_s = len(said) * step_s
    silences = tuple(Silence(at, at + 0.5, "short") for at in _spread(chance, length_s, 6.0))
    windows = tuple(RateWindow(at, at + 10.0, chance.gauss(rate, 15.0)) for at in range(0, int(length_s), 10))
    fillers = tuple(Filler("um", at, at + 0.3, "filled_pause", 0.8) for at in _spread(chance, length_s, 20.0))
    made = [chance.random() < 0.7 for _ in question.points]
    points = tuple(
        PointResult(point.id, point.label, done, (Evidence(" ".join(said[:4]), 1.0, 2.5),) if done else ())
        for point, done in zip(question.points, made, strict=True)
    )
    base = report(
        rate=rate,
        language=language,
        question=ref,
        latency_s=chance.expovariate(0.5),
        pauses_per_minute=chance.gauss(9.0, 2.0),
        coverage=sum(made) / len(made) if made else 0.0,
        duration_s=length_s + 2.0,
    )
    pace, pauses, told = (_varied(chance, section) for section in (base.pace, base.pauses, base.fillers))
    sections = {name: _varied(chance, getattr(base, name)) for name in ("audio", "tone", "smile", "length")}
    assert base.keywords is not None
    return dataclasses.replace(
        base,
        **sections,
        transcript=Transcript(("" if language == "zh" else " ").join(said), spoken),
        pace=dataclasses.replace(pace, windows=windows),
        pauses=dataclasses.replace(pauses, silences=silences, count=len(silences)),
        fillers=dataclasses.replace(told, events=fillers, count=len(fillers)),
        keywords=dataclasses.replace(base.keywords, points=points) if points else None,
        missing=base.missing if points else {**base.missing, "keywords": "the question has no talking points"},
    )


def _varied(chance: random.Random, section: Any) -> Any:
    """A section of a report, its numbers by a tenth more or less."""
    numbers = {field.name: getattr(section, field.name) for field in dataclasses.fields(section)}
    varied = {name: value * chance.gauss(1.0, 0.1) for name, value in numbers.items() if isinstance(value, float)}
    return dataclasses.replace(section, **varied)


def _spread(chance: random.Random, length_s: float, apart_s: float) -> Iterator[float]:
    at = chance.uniform(0.0, apart_s)
    while at < length_s:
        yield at
        at += chance.uniform(0.5, 1.5) * apart_s


def plan(count: int) -> list[Kept]:
    """`count` answers of three years, oldest first: sessions of eight in one language, some questions asked twice."""
    chance = random.Random(count)
    found = make_reports()
    by_language = {code: [made for made in found if made.report.language == code] for code in ("en", "zh")}
    liked = {code: _liked(len(every)) for code, every in by_language.items()}
    by_question: dict[QuestionRef | None, list[Made]] = {}
    for made in found:
        by_question.setdefault(made.report.question, []).append(made)
    apart = timedelta(days=365 * YEARS) / count
    kept: list[Kept] = []
    for number in range(1, count + 1):
        session, first = divmod(number - 1, IN_A_SESSION)
        if first == 0:
            kind = chance.choices(("practice", "imported", "demonstration"), (90, 6, 4))[0]
            language = chance.choices(("en", "zh"), (70, 30))[0]
        again = first % 4 == 3
        if again:
            made = chance.choice(by_question[kept[-1].made.report.question])
        else:
            made = chance.choices(by_language[language], cum_weights=liked[language])[0]
        when_ms = to_ms(SINCE + number * apart)
        kept.append(Kept(number, session + 1, made, 2 if again else 1, when_ms, kind, old=number <= count // 3))
    return kept


def _liked(reports: int) -> list[float]:
    """Added-up weights: the first question is asked most, the n-th an n-th as often."""
    return list(accumulate(1.0 / (1 + at // WAYS_TO_SAY_IT) for at in range(reports)))


def build(home: Path, kept: Sequence[Kept]) -> None:
    """Write the journal of `home`, which has none yet; recordings are there, and empty."""
    with Journal.open(home):
        pass
    with closing(sqlite3.connect(database_file(home), isolation_level=None)) as db:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        later = _taken_away(db)
        db.execute("BEGIN")
        _put_answers(db, kept)
        _put_measures(db, kept)
        for statement in later:
            db.execute(statement)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    folder = recordings_folder(home)
    folder.mkdir(exist_ok=True)
    for one in kept:
        (home / one.recording).touch()


def _taken_away(db: sqlite3.Connection) -> list[str]:
    """Indexes and triggers, taken away until the rows are there; returns what makes them again."""
    rows = db.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in rows:
        db.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in rows]


def _put_answers(db: sqlite3.Connection, kept: Sequence[Kept]) -> None:
    sessions = {one.session: one for one in reversed(kept)}
    db.executemany(
        "INSERT INTO sessions (id, started_at_ms, kind, pack, language, kind_of_practice) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (id_, one.when_ms, one.kind, one.made.report.question.pack, one.made.report.language, _practice(id_))
            for id_, one in sorted(sessions.items())
            if one.made.report.question is not None
        ],
    )
    db.executemany(
        "INSERT INTO answers (id, session_id, question_pack, question_id, attempt, started_at_ms, recording,"
        " duration_s, sample_rate_hz, recovered, measures_version, report, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
        (_answer_row(one) for one in kept),
    )
    db.executemany(
        "INSERT INTO said (rowid, transcript, note) VALUES (?, ?, ?)", ((o.id, o.made.said, _note(o.id)) for o in kept)
    )
    db.executemany(
        "INSERT INTO tags (tag, answer_id) VALUES (?, ?)", [(tag, one.id) for one in kept for tag in _tags(one.id)]
    )


def _answer_row(one: Kept) -> tuple[object, ...]:
    question, audio = one.made.report.question, one.made.report.audio
    assert question is not None
    version = str(measures.VERSION - one.old)
    return (
        *(one.id, one.session, question.pack, question.id, one.attempt, one.when_ms, one.recording),
        *(audio.duration_s, audio.sample_rate_hz, version, one.made.line, _note(one.id)),
    )


def _practice(session: int) -> str | None:
    return ("drill", "interview", None, None)[session % 4]


def _note(answer: int) -> str:
    return "again, and slower" if answer % 100 == 10 else ""


def _tags(answer: int) -> tuple[str, ...]:
    return ("best",) if answer % 100 == 50 else ()


def _put_measures(db: sqlite3.Connection, kept: Sequence[Kept]) -> None:
    """In the order in which the rows lie, which is many times faster than answer by answer."""
    rows: dict[tuple[str, str, int], list[tuple[int, int, float]]] = {}
    for one in kept:
        if one.kind != "demonstration":
            for name, value in one.made.numbers:
                newest = METRICS[name].version
                version = newest - 1 if one.old and newest > 1 else newest
                key = (name, one.made.report.language, version)
                rows.setdefault(key, []).append((one.when_ms, one.id, value))
    for id_, (key, found) in enumerate(rows.items(), 1):
        db.execute("INSERT INTO series VALUES (?, ?, ?, ?, ?)", (id_, *key, len(found)))
        db.executemany(f"INSERT INTO measures VALUES ({id_}, ?, ?, ?)", found)


def check_rows(home: Path, kept: Sequence[Kept], elsewhere: Path) -> None:
    """Keep one of the answers of `home` the real way in another journal.

    Raises:
        AssertionError: Its rows differ from the ones that were built.
    """
    one = next(one for one in reversed(kept) if one.kind != "demonstration" and not _note(one.id) and not _tags(one.id))
    with closing(sqlite3.connect(database_file(home))) as db:
        built = _rows(db, one.id)
    with Journal.open(elsewhere) as journal:
        recording = elsewhere / one.recording
        session = journal.start_session("practice", None, one.made.report.language)
        when = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=one.when_ms)
        answer = journal.keep(session, one.made.report, recording, when, attempt=one.attempt)
    with closing(sqlite3.connect(database_file(elsewhere))) as db:
        real = _rows(db, answer.id)
    for name, rows in real.items():
        assert built[name] == rows, f"{name}: built {built[name]!r:.500}, kept {rows!r:.500}"


_WRITTEN = {
    "answers": "SELECT question_pack, question_id, attempt, started_at_ms, recording, duration_s, sample_rate_hz,"
    " recovered, measures_version, report, note FROM answers WHERE id = ?",
    "measures": "SELECT r.name, r.language, r.version, m.started_at_ms, m.value FROM measures m"
    " JOIN series r ON r.id = m.series_id WHERE m.answer_id = ? ORDER BY r.name",
    "said": "SELECT transcript, note FROM said WHERE rowid = ?",
    "tags": "SELECT tag FROM tags WHERE answer_id = ?",
    "corrections": "SELECT * FROM corrections WHERE answer_id = ?",
}


def _rows(db: sqlite3.Connection, answer_id: int) -> dict[str, list[tuple[object, ...]]]:
    return {name: db.execute(query, (answer_id,)).fetchall() for name, query in _WRITTEN.items()}
