"""Opening a journal: new, old, newer, damaged, another program's, or where nothing can be written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journal.test_store import fill, trends_of
from tests.reports import FILLERS, report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.errors import JournalError
from voicerehearsal.journal.outdated import outdated
from voicerehearsal.journal.schema import APPLICATION_ID, MIGRATIONS, checked_version, migrate
from voicerehearsal.journal.store import Journal
from voicerehearsal.measures.point_corrections import PointVerdict
from voicerehearsal.measures.word_corrections import WordCorrection
from voicerehearsal.values import Transcript, Word

COUNT_WORDS = (
    "words_per_minute",
    "characters_per_minute",
    "articulation_words_per_minute",
    "drift_per_minute",
    "drift_characters",
)
NEXT = (*MIGRATIONS, ("ALTER TABLE sessions ADD COLUMN mood TEXT", "UPDATE sessions SET mood = 'calm'"))
BROKEN = (*MIGRATIONS, ("ALTER TABLE sessions ADD COLUMN mood TEXT", "INSERT INTO nowhere VALUES (1)"))


def _connected(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(file, isolation_level=None))


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with three answers, closed."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 3)
    return tmp_path


def test_a_new_journal_is_strict_and_ahead_written(home: Path) -> None:
    """The promises of the schema hold in the file itself."""
    with _connected(home / "journal.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        strict = dict(db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"))
        assert {name for name, is_strict in strict.items() if is_strict} == {
            "sessions",
            "answers",
            "series",
            "measures",
            "corrections",
            "point_corrections",
            "tags",
            "word_corrections",
            "as_heard",
        }
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_closing_leaves_one_file(home: Path) -> None:
    """No side files of SQLite stay behind after writing or reading."""
    with Journal.open(home, read_only=True) as journal:
        assert len(journal.answers()) == 3
    assert [path.name for path in home.iterdir()] == ["journal.db"]


def test_deleting_an_answer_takes_its_numbers_along(home: Path) -> None:
    """No number outlives its answer, and the counts of the trends follow."""
    with _connected(home / "journal.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        for left in (2, 0):
            db.execute("DELETE FROM answers WHERE id > ?", (left,))
            counted = db.execute("SELECT series_id, count(*) FROM measures GROUP BY series_id").fetchall()
            assert sorted(db.execute("SELECT id, count FROM series WHERE count > 0").fetchall()) == counted
            assert {count for _, count in counted} == ({left} if left else set())


def test_a_home_that_is_not_there_reads_as_empty(tmp_path: Path) -> None:
    """Reading makes nothing: no folder, no file."""
    with Journal.open(tmp_path / "none", read_only=True) as journal:
        assert journal.answers() == []
        assert trends_of(journal) == []
    assert not (tmp_path / "none").exists()


def test_reading_cannot_write(home: Path) -> None:
    """A journal opened for reading refuses an entry and changes no byte."""
    before = _snapshot(home)
    with Journal.open(home, read_only=True) as journal, pytest.raises(JournalError, match="cannot be opened"):
        journal.start_session("practice", None, "en")
    assert _snapshot(home) == before


def test_an_older_journal_is_backed_up_and_brought_up_to_date(home: Path) -> None:
    """The new schema has every answer; the copy beside it is the old one, whole."""
    file = home / "journal.db"
    with _connected(file) as db:
        migrate(db, file, NEXT)
        assert checked_version(db, NEXT) == len(NEXT)
        assert db.execute("SELECT mood FROM sessions").fetchall() == [("calm",)]
    with _connected(home / f"journal-before-{len(NEXT)}.db") as copy:
        assert checked_version(copy) == len(MIGRATIONS)
        assert copy.execute("SELECT count(*) FROM answers").fetchone() == (3,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def schema_1(tmp_path: Path) -> Path:
    """A data folder as the program left it that knew schema 1, before fillers, tone and smile.

    Two attempts in English, a demonstration, an imported answer in Chinese, and a recovered one without a report.
    """
    file = tmp_path / "journal.db"
    file.write_bytes((Path(__file__).parent / "schemas" / "1.db").read_bytes())
    return tmp_path


def _contents(home: Path, *, read_only: bool) -> list[object]:
    with Journal.open(home, read_only=read_only) as journal:
        answers = journal.answers(limit=100)
        return [
            answers,
            [journal.report(answer.id) for answer in answers],
            trends_of(journal),
            outdated(journal, gone=True),
        ]


def test_a_journal_of_schema_1_is_whole_after_migrating(schema_1: Path) -> None:
    """Answers, reports and trends are what they were, every answer counts as old, and fillers can be corrected."""
    with Journal.open(schema_1) as journal:
        answers = journal.answers(limit=100)
        assert [(a.id, a.kind, a.language, a.attempt, a.rate) for a in answers] == [
            (5, "practice", "en", 1, None),
            (4, "imported", "zh", 1, 220.0),
            (3, "demonstration", "en", 1, 99.0),
            (2, "practice", "en", 2, 150.0),
            (1, "practice", "en", 1, 140.0),
        ]
        found = journal.report(2)
        assert found is not None
        assert (found.source, found.fillers, found.missing["fillers"]) == ("answer.flac", None, "not built yet")
        assert [p.value for p in journal.series(METRICS["syllables_per_second"], "en")] == [3.6, 3.6]
        assert [answer.id for answer in outdated(journal, gone=True)] == [1, 2, 3, 4, 5]
        assert answers[3].recording is not None
        journal.keep(answers[3].session_id, report(), answers[3].recording, answers[3].started_at, attempt=9)
        journal.correct(2, [(FILLERS[0], "struck")])
        assert [answer.id for answer in outdated(journal, gone=True)] == [1, 3, 4, 5]
        assert (journal.answer(2).attempt, len(journal.fillers(2))) == (2, 4)
    with _connected(schema_1 / "journal.db") as db:
        assert checked_version(db) == len(MIGRATIONS)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with _connected(schema_1 / "journal-before-2.db") as copy:
        assert checked_version(copy) == 1


def test_a_journal_of_schema_2_is_whole_after_migrating(tmp_path: Path) -> None:
    """Corrected fillers stay corrected, reports without evidence of how read as they were, points can be corrected.

    Two attempts in English, the second corrected, a demonstration, an imported answer in Chinese, a recovered one.
    """
    (tmp_path / "journal.db").write_bytes((Path(__file__).parent / "schemas" / "2.db").read_bytes())
    with Journal.open(tmp_path) as journal:
        answers = journal.answers(limit=100)
        assert [(a.id, a.kind, a.rate, a.coverage) for a in answers] == [
            (5, "practice", None, None),
            (2, "practice", 150.0, 0.75),
            (4, "imported", 220.0, 0.75),
            (3, "demonstration", 99.0, 0.75),
            (1, "practice", 140.0, 0.75),
        ]
        assert journal.report(1) == report()
        assert [one.verdict for one in journal.fillers(2)] == ["struck", "confirmed", None, None]
        assert [p.value for p in journal.series(METRICS["fillers_per_minute"], "en")] == [3.4833, 2.6125]
        assert [one.verdict for one in journal.points(2)] == [None]
        journal.correct_points(2, {"apologise": PointVerdict("not_made", ("I am sorry",))})
        assert [p.value for p in journal.series(METRICS["coverage"], "en")] == [0.75, 0.0]
    with _connected(tmp_path / "journal.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with _connected(tmp_path / "journal-before-3.db") as copy:
        assert checked_version(copy) == 2


def test_a_journal_of_schema_3_can_be_searched_after_migrating(tmp_path: Path) -> None:
    """What was said before there was an index is in it, in English and Chinese, and corrections still hold."""
    (tmp_path / "journal.db").write_bytes((Path(__file__).parent / "schemas" / "3.db").read_bytes())
    with Journal.open(tmp_path) as journal:
        assert [(a.id, a.kind, a.rate, a.coverage) for a in journal.answers()] == [
            (2, "practice", 150.0, 0.75),
            (4, "imported", 220.0, 0.75),
            (3, "demonstration", 99.0, 0.75),
            (1, "practice", 140.0, 0.0),
        ]
        said = report().transcript
        assert said is not None
        with journal.reading() as db:
            found = db.execute("SELECT rowid FROM said WHERE said MATCH ?", (said.words[0].text,)).fetchall()
        assert sorted(found) == [(1,), (2,), (3,), (4,)]


def test_words_of_a_journal_of_schema_4_can_be_corrected_after_migrating(tmp_path: Path) -> None:
    """All is what it was, tags, notes and corrections too; corrected words are found, and taken back to the byte."""
    file = tmp_path / "journal.db"
    file.write_bytes((Path(__file__).parent / "schemas" / "4.db").read_bytes())
    seen = _contents(tmp_path, read_only=True)
    with Journal.open(tmp_path) as journal:
        before = journal.report(2)
        assert before is not None
        assert (journal.answer(2).tags, journal.answer(2).note) == (("best",), "breathe first")
        assert (journal.word_corrections(2), journal.as_heard(1)) == ((), report(rate=140.0))
        assert [one.verdict for one in journal.fillers(2)] == ["struck", "confirmed", None, None]
        evening = replace(report(rate=150.0), transcript=Transcript("good evening", (Word("good", 1.0, 1.2, 0.9),)))
        journal.correct_words(2, [WordCorrection(1.2, 1.7, "evening")], evening)
        with journal.reading() as db:
            assert db.execute("SELECT rowid FROM said WHERE said MATCH 'evening'").fetchall() == [(2,)]
        journal.correct_words(2, [], None)
        assert journal.report(2) == before
    assert _contents(tmp_path, read_only=False) == seen
    with _connected(file) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with _connected(tmp_path / "journal-before-5.db") as copy:
        assert checked_version(copy) == 4


def test_rates_of_schema_1_that_count_words_are_not_mixed_with_new_ones(schema_1: Path) -> None:
    """Filled pauses were words then: what counts words begins anew, saying how many it leaves out; the rest goes on."""
    with Journal.open(schema_1) as journal:
        assert {trend.metric.name for trend in trends_of(journal)}.isdisjoint(COUNT_WORDS)
        assert journal.usual(COUNT_WORDS, "en") == {}
        for language in ("en", "zh"):
            session = journal.start_session("practice", None, language)
            later = datetime(2026, 6, 1, tzinfo=UTC)
            journal.keep(session, report(language=language, rate=160.0), None, later, attempt=1)
        found = {
            (trend.metric.name, trend.language): (trend.count, trend.other_versions, trend.latest.value)
            for trend in trends_of(journal)
        }
    assert found["words_per_minute", "en"] == (1, 2, 160.0)
    assert found["articulation_words_per_minute", "en"] == (1, 2, 180.0)
    assert found["drift_per_minute", "en"] == (1, 2, -2.5)
    assert found["characters_per_minute", "zh"] == (1, 1, 160.0)
    assert found["drift_characters", "zh"] == (1, 1, -2.5)
    assert found["syllables_per_second", "en"] == (3, 0, 3.6)


def test_a_journal_of_schema_1_can_be_read_as_it_is(schema_1: Path) -> None:
    """Reading shows the same before and after migrating, and changes not one byte."""
    before = _snapshot(schema_1)
    seen = _contents(schema_1, read_only=True)
    assert _snapshot(schema_1) == before
    assert _contents(schema_1, read_only=False) == seen


def test_a_migrated_journal_has_the_tables_of_a_new_one(
    schema_1: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """There is one newest schema, whichever way led there."""
    new = tmp_path_factory.mktemp("new")
    tables = []
    for folder in (schema_1, new):
        Journal.open(folder).close()
        with _connected(folder / "journal.db") as db:
            tables.append(set(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")))
    assert tables[0] == tables[1]


def test_a_process_killed_while_migrating_leaves_the_old_schema_or_the_new(schema_1: Path) -> None:
    """Wherever it dies, the next one opens the journal with every answer."""
    old = (schema_1 / "journal.db").read_bytes()
    opening = "import sys; from pathlib import Path; from voicerehearsal.journal.store import Journal;"
    opening += "print(flush=True); Journal.open(Path(sys.argv[1]))"
    for n in range(6):
        for path in schema_1.iterdir():
            path.unlink()
        (schema_1 / "journal.db").write_bytes(old)
        process = subprocess.Popen([sys.executable, "-c", opening, schema_1], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * n)
        process.kill()
        process.wait(10)
        process.stdout.close()
        with _connected(schema_1 / "journal.db") as db:
            assert checked_version(db) in (1, len(MIGRATIONS))
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with Journal.open(schema_1) as journal:
            assert len(journal.answers(limit=100)) == 5
            assert len(outdated(journal, gone=True)) == 5


def test_a_migration_that_fails_changes_nothing(home: Path) -> None:
    """Half a migration is none: the schema, its number and every answer are as they were."""
    file = home / "journal.db"
    with _connected(file) as db:
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(db, file, BROKEN)
        assert checked_version(db) == len(MIGRATIONS)
        assert "mood" not in {row[1] for row in db.execute("PRAGMA table_info(sessions)")}
    with Journal.open(home) as journal:
        assert len(journal.answers()) == 3


def test_no_backup_without_an_older_journal(tmp_path: Path) -> None:
    """A journal made new, and one that is up to date, are not copied."""
    for _ in range(2):
        Journal.open(tmp_path).close()
    assert list(tmp_path.glob("*before*")) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_journal_asks_for_an_update(home: Path, read_only: bool) -> None:
    """A schema from the future is not touched."""
    file = home / "journal.db"
    with _connected(file) as db:
        migrate(db, file, NEXT)
    before = _snapshot(home)
    with pytest.raises(
        JournalError, match=r"journal\.db cannot be used\. It was made by a newer version.*Update voicerehearsal"
    ):
        Journal.open(home, read_only=read_only)
    assert _snapshot(home) == before


@pytest.mark.parametrize("read_only", [True, False])
def test_another_programs_database_is_not_touched(tmp_path: Path, read_only: bool) -> None:
    """A database with other tables is not ours, whatever its name."""
    with _connected(tmp_path / "journal.db") as db:
        db.execute("CREATE TABLE songs (title TEXT)")
    before = _snapshot(tmp_path)
    with pytest.raises(JournalError, match="another program's"):
        Journal.open(tmp_path, read_only=read_only)
    assert _snapshot(tmp_path) == before


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("damage", ["text", "beginning"])
def test_a_damaged_journal_is_one_sentence_and_not_overwritten(home: Path, damage: str, read_only: bool) -> None:
    """What cannot be read as a database is named, and left exactly as it is."""
    file = home / "journal.db"
    data = file.read_bytes()
    file.write_bytes(b"Dear diary" * 500 if damage == "text" else bytes(90) + data[90:])
    before = _snapshot(home)
    with pytest.raises(JournalError, match=r"journal\.db is damaged") as caught:
        Journal.open(home, read_only=read_only)
    assert str(caught.value).count("\n") == 0
    assert _snapshot(home) == before


def test_damage_in_the_middle_is_one_sentence_where_it_is_met(home: Path) -> None:
    """Pages overwritten with noise raise an error for people, not one of SQLite's."""
    file = home / "journal.db"
    data = bytearray(file.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    file.write_bytes(data)
    with pytest.raises(JournalError, match="is damaged"), Journal.open(home, read_only=True) as journal:
        journal.answers()


def test_a_folder_below_a_file_is_one_sentence(tmp_path: Path) -> None:
    """Where no folder can be made, writing says so; reading finds nothing."""
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match=r"file/home/journal\.db cannot be used\. The folder cannot be made"):
        Journal.open(tmp_path / "file" / "home")


def test_a_journal_that_is_a_folder_is_one_sentence(tmp_path: Path) -> None:
    """Something that is no file stands where the journal should."""
    (tmp_path / "journal.db").mkdir()
    for read_only in (True, False):
        with pytest.raises(JournalError, match="cannot be opened"):
            Journal.open(tmp_path, read_only=read_only)


@pytest.fixture
def read_only_disk(home: Path) -> Iterator[Path]:
    """The journal on a disk that takes no writing."""
    if subprocess.run(["mount", "--bind", home, home], capture_output=True).returncode:
        pytest.skip("a read-only disk needs root")
    subprocess.run(["mount", "-o", "remount,bind,ro", home], check=True)
    yield home
    subprocess.run(["umount", home], check=True)


def test_a_read_only_disk_can_be_read(read_only_disk: Path) -> None:
    """History works from a disk that cannot be written; writing is refused in one sentence."""
    with Journal.open(read_only_disk, read_only=True) as journal:
        assert len(journal.answers()) == 3
    with pytest.raises(JournalError, match="cannot be opened"), Journal.open(read_only_disk) as journal:
        journal.start_session("practice", None, "en")


def test_the_mark_of_our_files_is_in_place(home: Path) -> None:
    """Our own files are told from other programs' by the application id in the header."""
    assert int.from_bytes((home / "journal.db").read_bytes()[68:72], "big") == APPLICATION_ID
