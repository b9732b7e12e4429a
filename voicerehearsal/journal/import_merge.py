"""What was exported comes back: into an empty home as it was, into any other beside what is there."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from msgspec import Raw

from voicerehearsal.journal.export_read import RECORDINGS
from voicerehearsal.journal.export_rows import NO_REPORT, AnswerRow, PointCorrectionRow, SessionRow
from voicerehearsal.journal.import_file import ImportFile, opened, refused, report_in
from voicerehearsal.journal.said import put_note, put_transcript
from voicerehearsal.journal.staging import Staging
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.word_corrections import put_as_heard, put_word_corrections
from voicerehearsal.measures.word_corrections import WordCorrection

_CHUNK = 1 << 20


@dataclass
class Imported:
    """What an import did.

    Attributes:
        answers: How many are new.
        known: How many were there already.
        sounds: How many recordings came along.
        silent: How many of the new answers have a recording that did not come along.
        files: Files of the home that came along: targets, calibrations, notes, packs.
        kept: Files of the home that differ from those of the export, and stayed as they are.
    """

    answers: int = 0
    known: int = 0
    sounds: int = 0
    silent: int = 0
    files: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def import_file(home: Path, path: Path) -> Imported:
    """Take an export into `home`, all of it or nothing.

    Raises:
        UsageError: There is no such file.
        ExportError: It is damaged, foreign or newer than this program, or the disk refuses.
        JournalError: The journal cannot be written.
    """
    with opened(path) as source:
        for _ in source.rows():  # all of it is read once before anything is touched
            pass
        with Journal.open(home) as journal:
            staging = Staging(journal.home, source)
            try:
                with journal.writing() as db:
                    try:
                        done = _Merge(db, journal.home, source, staging).run()
                        staging.settle()
                    except BaseException:
                        staging.undo()  # still alone: the transaction is not over
                        raise
            except BaseException:
                staging.undo()
                raise
    return done


class _Merge:
    """One import, in a transaction."""

    def __init__(self, db: sqlite3.Connection, home: Path, source: ImportFile, staging: Staging) -> None:
        self._db = db
        self._home = home
        self._source = source
        self._staging = staging
        self._done = Imported()
        self._sessions: dict[int, int] = {}
        self._answers: dict[int, int] = {}
        self._matched: set[int] = set()
        self._there = _sessions_by_content(db)
        (self._last,) = db.execute("SELECT coalesce(max(id), 0) FROM answers").fetchone()
        (used,) = db.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'answers'").fetchone()
        self._keep_numbers = not used and not self._there

    def run(self) -> Imported:
        try:
            for row in self._source.rows(checked=True):
                match row:
                    case SessionRow():
                        self._session(row)
                    case AnswerRow():
                        self._answer(row)
                    case PointCorrectionRow():
                        self._point_correction(row)
        except sqlite3.IntegrityError as error:
            raise refused(self._source.path, f"its rows do not go together ({error})") from error
        for name in self._source.members:
            if not name.startswith(f"{RECORDINGS}/"):
                self._home_file(name)
        return self._done

    def _session(self, row: SessionRow) -> None:
        content = (row.started_at_ms, row.kind, row.pack, row.language, row.kind_of_practice)
        same = self._there.get(content)
        if same:
            self._sessions[row.id] = same.pop(0)
            return
        (self._sessions[row.id],) = self._db.execute(
            "INSERT INTO sessions (id, started_at_ms, kind, pack, language, kind_of_practice)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (row.id if self._keep_numbers else None, *content),
        ).fetchone()

    def _answer(self, row: AnswerRow) -> None:
        known = self._same_answer(row)
        if known is not None:
            self._matched.add(known)
            self._done.known += 1
            return
        (number,) = self._db.execute(
            "INSERT INTO answers (id, session_id, question_pack, question_id, attempt, started_at_ms, recording,"
            " duration_s, sample_rate_hz, recovered, measures_version, report, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                row.id if self._keep_numbers else None,
                self._sessions[row.session],
                row.question.pack if row.question else None,
                row.question.id if row.question else None,
                row.attempt,
                row.started_at_ms,
                self._recording(row),
                row.duration_s,
                row.sample_rate_hz,
                row.recovered,
                row.measures_version,
                None if (report := report_in(row)) is None else bytes(row.report).decode(),
                row.note,
            ),
        ).fetchone()
        self._answers[row.id] = number
        self._done.answers += 1
        put_transcript(self._db, number, report)
        put_note(self._db, number, row.note)
        self._details(number, row)

    def _details(self, number: int, row: AnswerRow) -> None:
        put_word_corrections(
            self._db, number, [WordCorrection(one.start_s, one.end_s, one.text) for one in row.word_corrections]
        )
        put_as_heard(self._db, number, None if row.as_heard == NO_REPORT else bytes(row.as_heard).decode())
        self._db.executemany("INSERT INTO tags (answer_id, tag) VALUES (?, ?)", [(number, tag) for tag in row.tags])
        self._db.executemany(
            "INSERT INTO corrections (answer_id, kind, start_s, end_s, text, verdict) VALUES (?, ?, ?, ?, ?, ?)",
            [(number, one.kind, one.start_s, one.end_s, one.text, one.verdict) for one in row.corrections],
        )
        for one in row.numbers:
            key = (one.name, one.language, one.version)
            self._db.execute("INSERT OR IGNORE INTO series (name, language, version) VALUES (?, ?, ?)", key)
            self._db.execute(
                "INSERT INTO measures (series_id, started_at_ms, answer_id, value)"
                " SELECT id, ?, ?, ? FROM series WHERE name = ? AND language = ? AND version = ?",
                (row.started_at_ms, number, one.value, *key),
            )

    def _point_correction(self, row: PointCorrectionRow) -> None:
        if row.answer in self._answers:
            self._db.execute(
                "INSERT INTO point_corrections (answer_id, question_pack, question_id, point, verdict, wordings)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    self._answers[row.answer],
                    row.question.pack,
                    row.question.id,
                    row.point,
                    row.verdict,
                    json.dumps(row.wordings, ensure_ascii=False),
                ),
            )

    def _same_answer(self, row: AnswerRow) -> int | None:
        """The answer of this home that a row is: begun at the same moment, to the same question, with the same sound.

        Where the sound cannot be compared, its length must do; without any, the report.
        """
        pack, question = (row.question.pack, row.question.id) if row.question else (None, None)
        found = self._db.execute(
            "SELECT id, recording, duration_s, sample_rate_hz, coalesce(h.report, a.report)"
            " FROM answers a LEFT JOIN as_heard h ON h.answer_id = a.id"
            " WHERE started_at_ms = ? AND question_pack IS ? AND question_id IS ? AND id <= ? ORDER BY id",
            (row.started_at_ms, pack, question, self._last),
        ).fetchall()
        for number, recording, duration_s, rate, report in found:
            if number in self._matched or (duration_s, rate) != (row.duration_s, row.sample_rate_hz):
                continue
            if recording is None or row.recording is None:
                if recording == row.recording and (report or "null") == bytes(_heard(row)).decode():
                    return int(number)
            elif self._same_sound(row.recording, self._home / recording):
                return int(number)
        return None

    def _same_sound(self, name: str, there: Path) -> bool:
        """Whether a recording has the bytes of a member; when one of them is missing it is taken to."""
        info = self._source.members.get(name)
        if info is None:
            return True
        try:
            return there.stat().st_size == info.file_size and _checksum(there) == info.CRC
        except OSError:
            if there.parent == self._home / RECORDINGS and self._staging.is_free(there):
                self._staging.take(name, there)  # it was lost here, and is found again
                self._done.sounds += 1
            return True

    def _recording(self, row: AnswerRow) -> str | None:
        """Where the recording of a new answer will lie."""
        if row.recording is None:
            return None
        wanted = self._home / row.recording
        target = next(path for path in _alternatives(wanted) if self._is_free(path))
        if row.recording in self._source.members:
            self._staging.take(row.recording, target)
            self._done.sounds += 1
        else:
            self._done.silent += 1
        return target.relative_to(self._home).as_posix()

    def _is_free(self, path: Path) -> bool:
        name = path.relative_to(self._home).as_posix()
        taken = self._db.execute("SELECT 1 FROM answers WHERE recording = ?", (name,)).fetchone()
        return taken is None and self._staging.is_free(path)

    def _home_file(self, name: str) -> None:
        """Take one of the home's own files, unless there is another one of its name."""
        target = self._home / name
        if self._staging.is_free(target):
            self._staging.take(name, target)
            self._done.files.append(name)
        elif not target.is_file() or _checksum(target) != self._source.members[name].CRC:
            self._done.kept.append(name)


def _heard(row: AnswerRow) -> Raw:
    """The report of a row as it was first measured."""
    return row.report if row.as_heard == NO_REPORT else row.as_heard


def _sessions_by_content(db: sqlite3.Connection) -> dict[tuple[object, ...], list[int]]:
    """The numbers of the sessions that there are, by everything else that is known of them."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, *content in db.execute(
        "SELECT id, started_at_ms, kind, pack, language, kind_of_practice FROM sessions ORDER BY id"
    ):
        found[tuple(content)].append(number)
    return dict(found)


def _alternatives(path: Path) -> Iterator[Path]:
    """`path`, and the same with one number after another after its name."""
    yield path
    yield from (path.with_stem(f"{path.stem}-{n}") for n in count(2))


def _checksum(path: Path) -> int:
    """CRC-32, as a ZIP has it."""
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
