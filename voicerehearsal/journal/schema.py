"""The journal's tables: every schema there has been, and the way from each to the next."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from voicerehearsal.errors import JournalError
from voicerehearsal.journal.said import searchable

APPLICATION_ID = 0x56524A31
"""Marks the file as ours ("VRJ1"), so that another program's database is never touched."""

Migration = tuple[str, ...]

MIGRATIONS: tuple[Migration, ...] = (
    (
        """
        CREATE TABLE sessions (
            id            INTEGER PRIMARY KEY,
            started_at_ms INTEGER NOT NULL,  -- since 1970, UTC
            kind          TEXT NOT NULL CHECK (kind IN ('practice', 'demonstration', 'imported')),
            pack          TEXT,
            language      TEXT NOT NULL CHECK (language IN ('en', 'zh'))
        ) STRICT
        """,
        """
        CREATE TABLE answers (
            id               INTEGER PRIMARY KEY AUTOINCREMENT,  -- a number once shown is never given again
            session_id       INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            question_pack    TEXT,
            question_id      TEXT,
            attempt          INTEGER NOT NULL CHECK (attempt >= 1),
            started_at_ms    INTEGER NOT NULL,
            recording        TEXT UNIQUE,     -- relative to the data folder where it lies inside
            duration_s       REAL NOT NULL,
            sample_rate_hz   INTEGER NOT NULL,
            recovered        INTEGER NOT NULL DEFAULT 0 CHECK (recovered IN (0, 1)),
            measures_version TEXT,            -- of the program that measured it
            report           TEXT,            -- NULL: not measured yet
            CHECK ((question_pack IS NULL) = (question_id IS NULL))
        ) STRICT
        """,
        "CREATE INDEX answers_by_time ON answers (started_at_ms, id)",
        "CREATE INDEX answers_by_question ON answers (question_pack, question_id, session_id, started_at_ms)",
        "CREATE INDEX answers_by_session ON answers (session_id)",
        # One row a number, for trends: no demonstrations. Rows lie in the order in which they are read.
        """
        CREATE TABLE series (
            id       INTEGER PRIMARY KEY,
            name     TEXT NOT NULL,
            language TEXT NOT NULL,
            version  INTEGER NOT NULL,
            count    INTEGER NOT NULL DEFAULT 0,  -- of its measures, kept by the triggers below
            UNIQUE (name, language, version)
        ) STRICT
        """,
        """
        CREATE TABLE measures (
            series_id     INTEGER NOT NULL REFERENCES series (id),
            started_at_ms INTEGER NOT NULL,
            answer_id     INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
            value         REAL NOT NULL,
            PRIMARY KEY (series_id, started_at_ms, answer_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX measures_by_answer ON measures (answer_id)",
        """
        CREATE TRIGGER measure_added AFTER INSERT ON measures
        BEGIN UPDATE series SET count = count + 1 WHERE id = NEW.series_id; END
        """,
        """
        CREATE TRIGGER measure_removed AFTER DELETE ON measures
        BEGIN UPDATE series SET count = count - 1 WHERE id = OLD.series_id; END
        """,
    ),
    (
        # What the speaker said of fillers. Reports stay as measured; corrections are applied when one is read.
        """
        CREATE TABLE corrections (
            answer_id INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
            kind      TEXT NOT NULL CHECK (kind IN ('filled_pause', 'phrase')),
            start_s   REAL NOT NULL,
            end_s     REAL NOT NULL,
            text      TEXT NOT NULL,
            verdict   TEXT NOT NULL CHECK (verdict IN ('confirmed', 'struck')),
            PRIMARY KEY (answer_id, kind, start_s, end_s)
        ) STRICT, WITHOUT ROWID
        """,
        # From here on answers.measures_version is `measures.VERSION`; before, it was the program's own ("0.1.0").
        "CREATE INDEX answers_by_measures ON answers (measures_version, recording)",
    ),
    (
        # What the speaker said of talking points; applied when a report is read, and known to later answers.
        """
        CREATE TABLE point_corrections (
            id            INTEGER PRIMARY KEY,  -- the later it was said, the higher
            answer_id     INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
            question_pack TEXT NOT NULL,        -- of the answer then: a point's id is its question's own
            question_id   TEXT NOT NULL,
            point         TEXT NOT NULL,
            verdict       TEXT NOT NULL CHECK (verdict IN ('made', 'not_made')),
            wordings      TEXT NOT NULL CHECK (json_valid(wordings)),  -- a list
            UNIQUE (answer_id, question_pack, question_id, point)
        ) STRICT
        """,
        "CREATE INDEX point_corrections_by_question ON point_corrections (question_pack, question_id)",
    ),
    (
        "ALTER TABLE sessions ADD COLUMN kind_of_practice TEXT",  # NULL: questions one after another
        "ALTER TABLE answers ADD COLUMN note TEXT NOT NULL DEFAULT ''",
        # All that answers are filtered by: to walk them in the order of time no report has to be passed over.
        "DROP INDEX answers_by_time",
        "CREATE INDEX answers_by_time ON answers (started_at_ms, id, session_id, question_pack, question_id)",
        """
        CREATE TABLE tags (
            answer_id INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
            tag       TEXT NOT NULL,
            PRIMARY KEY (tag, answer_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX tags_by_answer ON tags (answer_id)",
        # What can be searched, as `said.searchable` spells it; a row's number is its answer's.
        "CREATE VIRTUAL TABLE said USING fts5 (transcript, note)",
        """
        INSERT INTO said (rowid, transcript, note)
        SELECT id, searchable(coalesce(json_extract(report, '$.transcript.text'), '')), '' FROM answers
        """,
        """
        CREATE TRIGGER answer_removed AFTER DELETE ON answers
        BEGIN DELETE FROM said WHERE rowid = OLD.id; END
        """,
    ),
    (
        # What the speaker said was said. answers.report is measured with these words, as_heard.report without them.
        """
        CREATE TABLE word_corrections (
            answer_id INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
            start_s   REAL NOT NULL,
            end_s     REAL NOT NULL CHECK (end_s > start_s),
            text      TEXT NOT NULL,  -- '': nothing
            PRIMARY KEY (answer_id, start_s)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE as_heard (
            answer_id INTEGER PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
            report    TEXT NOT NULL
        ) STRICT
        """,
    ),
)
"""`MIGRATIONS[n]` leads from schema n to schema n + 1; what has been released is never changed."""


def migrate(db: sqlite3.Connection, file: Path | None, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring `db` to the newest schema, every step and the number of the last in one transaction.

    An older journal is first copied beside itself, as `journal-before-N.db`, N the schema after its own. `file` is None
    for a journal in memory.

    Raises:
        JournalError: It was made by a newer version, or by another program.
        sqlite3.Error: The disk refused; the journal is as it was.
    """
    if checked_version(db, migrations) == len(migrations):
        return
    db.execute("BEGIN IMMEDIATE")
    db.create_function("searchable", 1, searchable, deterministic=True)
    try:
        version = checked_version(db, migrations)  # somebody may have been faster
        if 0 < version < len(migrations) and file is not None:
            _back_up(file, file.with_name(f"{file.stem}-before-{version + 1}{file.suffix}"))
        for migration in migrations[version:]:
            for statement in migration:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(migrations)}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def checked_version(db: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The schema of `db`, 0 when it is empty.

    Raises:
        JournalError: It was made by a newer version, or by another program.
    """
    version, owner, tables = db.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    if owner != APPLICATION_ID and (version, tables) != (0, 0):
        raise JournalError("The file is another program's database", "Choose another folder with VOICEREHEARSAL_HOME.")
    if version > len(migrations):
        raise JournalError(
            f"It was made by a newer version of voicerehearsal (schema {version}, this one knows {len(migrations)})",
            "Update voicerehearsal.",
        )
    return int(version)


def _back_up(file: Path, target: Path) -> None:
    beside = target.with_name(target.name + ".part")
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(beside)) as copy:
            source.backup(copy)
        beside.replace(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
