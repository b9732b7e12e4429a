"""The journal: sessions, their answers, and every number that trends follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from voicerehearsal import measures
from voicerehearsal.coaching.judgement import PERSONAL
from voicerehearsal.coaching.metrics import METRICS, Metric
from voicerehearsal.coaching.trends import Point
from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.formats import printable, report_from_json, report_to_json
from voicerehearsal.journal import connection
from voicerehearsal.journal.answers import EVERY_KIND, SELECT_ANSWER, Answer, answer_of
from voicerehearsal.journal.corrections import put_correction, put_numbers, read_corrections
from voicerehearsal.journal.home import Clock, database_file, now, recordings_folder
from voicerehearsal.journal.point_corrections import (
    as_corrected,
    is_corrected,
    put_verdicts,
    read_learned,
    read_verdicts,
)
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.said import put_transcript
from voicerehearsal.journal.same import same_bytes
from voicerehearsal.journal.series import from_ms, put_measures, read_points, read_usual, to_ms
from voicerehearsal.journal.word_corrections import (
    put_as_heard,
    put_word_corrections,
    read_as_heard,
    read_word_corrections,
)
from voicerehearsal.measures.corrections import Judged, Verdict, judged
from voicerehearsal.measures.point_corrections import JudgedPoint, PointVerdict, judged_points
from voicerehearsal.measures.word_corrections import JudgedWord, WordCorrection, judged_words
from voicerehearsal.values import Filler, Language, Learned, QuestionRef, Report, Usual

__all__ = ["Answer", "Journal"]

_INSERT = """
    INSERT INTO answers (session_id, question_pack, question_id, attempt, started_at_ms, recording, duration_s,
                         sample_rate_hz, recovered, measures_version, report)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (recording)
"""

# What is known already of where and when it was said stands: a demonstration measured again stays one.
_COMPLETE = """
    DO UPDATE SET
        question_pack = excluded.question_pack, question_id = excluded.question_id, duration_s = excluded.duration_s,
        sample_rate_hz = excluded.sample_rate_hz, recovered = 0, measures_version = excluded.measures_version,
        report = excluded.report
    RETURNING id, started_at_ms, (SELECT kind FROM sessions WHERE id = session_id),
              (SELECT kind_of_practice FROM sessions WHERE id = session_id)
"""


class Journal:
    """The journal of one data folder. Use as a context manager, in one thread.

    Every method raises JournalError when the file cannot be read or written.
    """

    def __init__(self, db: sqlite3.Connection, home: Path, clock: Clock) -> None:
        """Take over an open connection; `Journal.open` does so."""
        self.home = home
        self._db = db
        self._clock = clock
        self._file = database_file(home)

    @classmethod
    def open(cls, home: Path, *, clock: Clock = now, read_only: bool = False) -> Journal:
        """The journal of `home`.

        It is made, or brought up to date after a backup, unless `read_only`: then nothing on the disk is made or
        changed, and a home without a journal reads as empty.

        Raises:
            JournalError: It is damaged, newer than this program, or the folder cannot be written.
        """
        home = home.absolute()
        file = database_file(home)
        return cls(connection.open_for_reading(file) if read_only else connection.open_for_writing(file), home, clock)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- writing ----------------------------------------------------------------------------------------------------

    def start_session(
        self,
        kind: Kind,
        pack: str | None,
        language: Language,
        *,
        started_at: datetime | None = None,
        kind_of_practice: str | None = None,
    ) -> int:
        """Begin a session, now or at `started_at`, and return its number."""
        with self.writing() as db:
            row = db.execute(
                "INSERT INTO sessions (started_at_ms, kind, pack, language, kind_of_practice) VALUES (?, ?, ?, ?, ?)"
                " RETURNING id",
                (to_ms(started_at or self._clock()), kind, pack, language, kind_of_practice),
            ).fetchone()
        return int(row[0])

    def keep(
        self,
        session_id: int,
        report: Report,
        recording: Path | None,
        started_at: datetime,
        *,
        attempt: int,
        as_heard: Report | None = None,
    ) -> Answer:
        """Store an answer with its report; when its recording is known already, that answer gets this report.

        What is stored, everywhere, are the numbers as the report's JSON has them. Corrections made before still hold:
        of fillers and points by themselves, of words where `report` was measured with them, and `as_heard` without.
        """
        line = report_to_json(report)
        report = report_from_json(line)
        row = (
            session_id,
            report.question.pack if report.question else None,
            report.question.id if report.question else None,
            attempt,
            to_ms(started_at),
            None if recording is None else self._stored(recording),
            report.audio.duration_s,
            report.audio.sample_rate_hz,
            False,
            str(measures.VERSION),
            line.decode(),
        )
        with self.writing() as db:
            answer_id, ms, kind, of_practice = db.execute(_INSERT + _COMPLETE, row).fetchone()
            put_as_heard(db, answer_id, None if as_heard is None else report_to_json(as_heard).decode())
            put_transcript(db, answer_id, report)
            if kind != "demonstration":
                put_measures(db, answer_id, ms, as_corrected(db, answer_id, report), of_practice)
        return self.answer(answer_id)

    def keep_recovered(
        self,
        session_id: int,
        recording: Path,
        started_at: datetime,
        *,
        question: QuestionRef | None,
        duration_s: float,
        sample_rate_hz: int,
    ) -> None:
        """Store a recording that was saved from a rehearsal that died; nothing happens when it is stored already."""
        row = (
            session_id,
            question.pack if question else None,
            question.id if question else None,
            1,
            to_ms(started_at),
            self._stored(recording),
            duration_s,
            sample_rate_hz,
            True,
            None,
            None,
        )
        with self.writing() as db:
            added = db.execute(_INSERT + " DO NOTHING RETURNING id", row).fetchone()
            if added is not None:
                put_transcript(db, added[0], None)

    def correct(self, answer_id: int, verdicts: Sequence[tuple[Filler, Verdict | None]]) -> None:
        """Store what the speaker says of fillers (None: nothing any more), all of it or, when refused, nothing.

        A verdict replaces the one before it, and holds whenever the answer is measured again.
        """
        with self.writing() as db:
            for filler, verdict in verdicts:
                put_correction(db, answer_id, filler, verdict)
            report = self._as_measured(answer_id)
            if report is not None:
                put_numbers(db, answer_id, as_corrected(db, answer_id, report), "fillers")

    def correct_points(self, answer_id: int, verdicts: Mapping[str, PointVerdict | None]) -> None:
        """Store what the speaker says of talking points, by id (None: nothing any more), as `correct` does of fillers.

        Raises:
            UsageError: There is no such answer, or its question is not known.
        """
        with self.writing() as db:
            put_verdicts(db, answer_id, verdicts)
            report = self._as_measured(answer_id)
            if report is not None:
                put_numbers(db, answer_id, as_corrected(db, answer_id, report), "keywords")

    def correct_words(self, answer_id: int, corrections: Sequence[WordCorrection], report: Report | None) -> None:
        """Store all that the speaker says of an answer's words, and the `report` measured with these words.

        The report as it was heard is kept beside it, and is the only one again once there are no corrections (`report`
        None). Transcript, search and numbers follow; numbers keep their version.
        """
        with self.writing() as db:
            heard = read_as_heard(db, answer_id)
            line = heard if report is None else report_to_json(report).decode()
            if line is None:
                raise UsageError(f"There is no answer {answer_id} that was measured", "Nothing was changed.")
            put_word_corrections(db, answer_id, corrections)
            put_as_heard(db, answer_id, None if report is None else heard)
            db.execute("UPDATE answers SET report = ? WHERE id = ?", (line, answer_id))
            made = report_from_json(line.encode())
            put_transcript(db, answer_id, made)
            self._put_numbers_of_words(db, answer_id, as_corrected(db, answer_id, made))

    def move_recording(self, old: Path, new: Path) -> bool:
        """Note that a recording lies elsewhere now; False when no answer has it."""
        with self.writing() as db:
            return (
                db.execute(
                    "UPDATE answers SET recording = ? WHERE recording = ?", (self._stored(new), self._stored(old))
                ).rowcount
                > 0
            )

    # ---- reading ----------------------------------------------------------------------------------------------------

    def answers(
        self,
        *,
        limit: int = 20,
        question: QuestionRef | None = None,
        kinds: tuple[Kind, ...] = EVERY_KIND,
    ) -> list[Answer]:
        """The newest answers, newest first: at most `limit`, of `question` and `kinds`."""
        wanted = [f"s.kind IN ({', '.join('?' * len(kinds))})"]
        values: list[object] = [*kinds]
        if question is not None:
            wanted.append("a.question_pack = ? AND a.question_id = ?")
            values += [question.pack, question.id]
        with self.reading() as db:
            rows = db.execute(
                f"{SELECT_ANSWER} WHERE {' AND '.join(wanted)} ORDER BY a.started_at_ms DESC, a.id DESC LIMIT ?",
                (*values, limit),
            ).fetchall()
        return [answer_of(row, self.home) for row in rows]

    def answer(self, answer_id: int | None = None) -> Answer:
        """The answer of this number, or the newest of any kind.

        Raises:
            UsageError: There is no such answer.
            JournalError: There is none at all.
        """
        if answer_id is None:
            newest = self.answers(limit=1)
            if not newest:
                raise JournalError("No answer has been recorded yet", "Start with `voicerehearsal practice`.")
            return newest[0]
        with self.reading() as db:
            # As text, which SQLite compares as a number: one may be asked for that is larger than it can hold.
            row = db.execute(f"{SELECT_ANSWER} WHERE a.id = ?", (str(answer_id),)).fetchone()
        if row is None:
            raise UsageError(f"There is no answer {answer_id}", "`voicerehearsal history` lists them.")
        return answer_of(row, self.home)

    def report(self, answer_id: int) -> Report | None:
        """What was measured on an answer and is right as far as the speaker knows; None when it was not measured."""
        with self.reading() as db:
            report = self._as_measured(answer_id)
            if report is None or not is_corrected(db, answer_id):
                return report
            return as_corrected(db, answer_id, report, self.usual_then(answer_id, report.language))

    def as_heard(self, answer_id: int) -> Report | None:
        """What was measured on an answer with the words as they were recognised; None when it was not measured."""
        with self.reading() as db:
            line = read_as_heard(db, answer_id)
        return None if line is None else report_from_json(line.encode())

    def words(self, answer_id: int) -> tuple[JudgedWord, ...]:
        """Every word of an answer as it stands, and the places where nothing was said after all."""
        report = self.as_heard(answer_id)
        if report is None or report.transcript is None:
            return ()
        return judged_words(words=report.transcript.words, corrections=self.word_corrections(answer_id))

    def word_corrections(self, answer_id: int) -> tuple[WordCorrection, ...]:
        """What the speaker said of an answer's words, in the order of time; also what does not fit at the moment."""
        with self.reading() as db:
            return read_word_corrections(db, answer_id)

    def fillers(self, answer_id: int) -> tuple[Judged, ...]:
        """Every filler that was found in an answer, struck ones too, in the order of time."""
        with self.reading() as db:
            report = self._as_measured(answer_id)
            if report is None or report.fillers is None:
                return ()
            return judged(events=report.fillers.events, corrections=read_corrections(db, answer_id))

    def points(self, answer_id: int) -> tuple[JudgedPoint, ...]:
        """Every talking point of an answer, as it was measured and as it stands."""
        with self.reading() as db:
            report = self._as_measured(answer_id)
            return () if report is None else judged_points(report=report, verdicts=read_verdicts(db, answer_id))

    def learned(self, question: QuestionRef) -> Learned:
        """The wordings that make the points of `question` and those that do not, by all that the speaker corrected."""
        with self.reading() as db:
            return read_learned(db, question)

    def count_answers(self) -> int:
        """How many answers there are, of every kind."""
        with self.reading() as db:
            row = db.execute("SELECT count(*) FROM answers").fetchone()
        return int(row[0])

    def answer_with(self, recording: Path) -> Answer | None:
        """The answer that has this recording."""
        with self.reading() as db:
            row = db.execute(f"{SELECT_ANSWER} WHERE a.recording = ?", (self._stored(recording),)).fetchone()
        return None if row is None else answer_of(row, self.home)

    def answer_like(self, file: Path) -> Answer | None:
        """The answer whose recording is `file`, or has the very same bytes.

        Raises:
            JournalError: `file` or a recording cannot be read.
        """
        known = self.answer_with(file)
        if known is not None:
            return known
        try:
            copies = same_bytes(file, recordings_folder(self.home))
        except OSError as error:
            raise JournalError(
                f"{error.filename} cannot be read ({error.strerror})", "Check who may read it."
            ) from error
        return next((answer for copy in copies if (answer := self.answer_with(copy)) is not None), None)

    def has_demonstrations(self) -> bool:
        """Whether any answer is a demonstration's."""
        with self.reading() as db:
            row = db.execute(
                "SELECT EXISTS (SELECT 1 FROM sessions s JOIN answers a ON a.session_id = s.id"
                " WHERE s.kind = 'demonstration')"
            ).fetchone()
        return bool(row[0])

    def series(self, metric: Metric, language: Language, *, last: int | None = None) -> list[Point]:
        """The numbers of one measure in one language, oldest first, without demonstrations and other versions."""
        with self.reading() as db:
            return read_points(db, metric, language, last=last)

    def usual(
        self, names: Sequence[str], language: Language, *, last: int = 30, before: datetime | None = None
    ) -> dict[str, Usual]:
        """What is usual for the speaker, by name of measure.

        Args:
            names: Of `METRICS`; one without a single number is left out of what is returned.
            language: What was spoken.
            last: How many of the latest answers, at most; demonstrations do not count.
            before: Only answers begun earlier than this.
        """
        with self.reading() as db:
            found = {name: read_usual(db, METRICS[name], language, last=last, before=before) for name in names}
        return {name: usual for name, usual in found.items() if usual is not None}

    def usual_then(self, answer_id: int, language: Language) -> dict[str, Usual]:
        """What was usual for the speaker before the answer's session, as its first remarks were weighed."""
        with self.reading() as db:
            kind, started_at_ms = db.execute(
                "SELECT kind, started_at_ms FROM sessions WHERE id = (SELECT session_id FROM answers WHERE id = ?)",
                (answer_id,),
            ).fetchone()
        return self.usual(PERSONAL, language, before=from_ms(started_at_ms)) if kind == "practice" else {}

    # ---- within -----------------------------------------------------------------------------------------------------

    def _as_measured(self, answer_id: int) -> Report | None:
        row = self._db.execute("SELECT report FROM answers WHERE id = ?", (answer_id,)).fetchone()
        return None if row is None or row[0] is None else report_from_json(row[0].encode())

    def _put_numbers_of_words(self, db: sqlite3.Connection, answer_id: int, report: Report) -> None:
        """Bring all numbers that rest on words in line with `report`; they keep their version.

        Those of an answer measured as today can come and go; of an older one only those that there are follow.
        """
        ms, version, kind, of_practice = db.execute(
            "SELECT a.started_at_ms, a.measures_version, s.kind, s.kind_of_practice"
            " FROM answers a JOIN sessions s ON s.id = a.session_id WHERE a.id = ?",
            (answer_id,),
        ).fetchone()
        if kind == "demonstration":
            return
        if version == str(measures.VERSION):
            put_measures(db, answer_id, ms, report, of_practice)
        else:
            for section in ("pace", "fillers", "keywords"):
                put_numbers(db, answer_id, report, section)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The open file, for the rooms beside this one."""
        with connection.explained(self._file):
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The open file in a transaction that is kept whole, or not at all when something raises."""
        with connection.explained(self._file):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _stored(self, recording: Path) -> str:
        """How a path is kept: relative to the data folder where it lies inside, so that the folder can be moved."""
        for path, home in (recording.absolute(), self.home), (recording.resolve(), self.home.resolve()):
            if path.is_relative_to(home):
                return path.relative_to(home).as_posix()
        return printable(str(recording.absolute()))
