"""Exports of real journals, and the way back."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.journal.test_store import START, fill, trends_of
from tests.reports import A1, A2, FILLERS, report, reports
from voicerehearsal.errors import ExportError, UsageError
from voicerehearsal.journal import labels
from voicerehearsal.journal.answers import EVERY_KIND
from voicerehearsal.journal.chosen import one_moment
from voicerehearsal.journal.export_write import Exported, write_archive, write_document
from voicerehearsal.journal.import_merge import import_file
from voicerehearsal.journal.series import to_ms
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.wanted import Wanted
from voicerehearsal.measures.point_corrections import PointVerdict
from voicerehearsal.measures.word_corrections import WordCorrection
from voicerehearsal.values import Report, Transcript, Word

EVERYTHING = Wanted(kinds=EVERY_KIND)


def a_full_home(home: Path) -> None:
    """A home with a little of everything that a journal knows, answer 2 deleted."""
    recordings = home / "recordings"
    recordings.mkdir(parents=True)
    for name in ("one", "two", "three", "demo"):
        (recordings / f"{name}.flac").write_bytes(name.encode() * 1000)
    (home / "profiles").mkdir()
    (home / "profiles" / "default.json").write_text('{"neutral": 1}')
    (home / "notes" / A1.pack).mkdir(parents=True)
    (home / "notes" / A1.pack / "a1.md").write_text("- 道歉\n", "utf-8")
    (home / "targets.toml").write_text("[targets]\n")
    with Journal.open(home) as journal:
        first = journal.start_session("practice", A1.pack, "en", started_at=START, kind_of_practice="drill")
        for n, name in enumerate(("one", "two", "three")):
            made = report(rate=120.0 + n, question=A2 if n else A1)
            journal.keep(first, made, recordings / f"{name}.flac", START + timedelta(minutes=n), attempt=n + 1)
        demo = journal.start_session("demonstration", A1.pack, "en", started_at=START + timedelta(days=1))
        journal.keep(demo, report(), recordings / "demo.flac", START + timedelta(days=1), attempt=1)
        chinese = journal.start_session("imported", None, "zh", started_at=START + timedelta(days=2))
        journal.keep(chinese, report(language="zh", question=None), None, START + timedelta(days=2), attempt=1)
        gone = recordings / "gone.flac"
        when = START + timedelta(days=3)
        journal.keep_recovered(chinese, gone, when, question=None, duration_s=3.0, sample_rate_hz=8000)
        journal.start_session("practice", None, "zh", started_at=START + timedelta(days=4))
        journal.correct(1, [(FILLERS[0], "struck"), (FILLERS[2], "confirmed")])
        journal.correct_points(3, {"apologise": PointVerdict("not_made", ("sorry to say",))})
        journal.correct_points(1, {"apologise": PointVerdict("made", ("抱歉",))})
        words = (Word("good", 1.0, 1.2, 0.9), Word("evening", 1.2, 1.7, 1.0, corrected=True))
        reworded = replace(report(question=A2, rate=122.0), transcript=Transcript("good evening", words))
        journal.correct_words(3, [WordCorrection(1.2, 1.7, "evening"), WordCorrection(9.0, 9.5, "")], reworded)
        labels.set_tags(journal, 1, add=["best", "给 面试"])
        labels.set_note(journal, 5, "=1+1\n再说一遍")
        with journal.writing() as db:  # as an older version measured it
            db.execute("INSERT INTO series (name, language, version) VALUES ('words_per_minute', 'en', 1)")
            numbers = to_ms(START + timedelta(minutes=2)), 3, 122.0
            db.execute("DELETE FROM measures WHERE answer_id = 3 AND value = 122")
            db.execute("INSERT INTO measures SELECT max(id), ?, ?, ? FROM series", numbers)
            db.execute("DELETE FROM answers WHERE id = 2")


def exported(home: Path, chosen: Wanted = EVERYTHING, *, everything: bool = True) -> tuple[bytes, Exported]:
    """The rows of a home."""
    file = BytesIO()
    with Journal.open(home, read_only=True) as journal, one_moment(journal) as db:
        done = write_document(file, db, journal.home, chosen, everything=everything)
    return file.getvalue(), done


def archived(home: Path, file: Path, chosen: Wanted = EVERYTHING, *, everything: bool = True) -> Exported:
    """A home as a ZIP in `file`."""
    with file.open("wb") as out, Journal.open(home, read_only=True) as journal, one_moment(journal) as db:
        return write_archive(out, db, journal.home, chosen, everything=everything)


def files_in(home: Path) -> dict[str, bytes]:
    """Everything in a home apart from the journal's own files."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith("journal.db")
    }


def dump(home: Path) -> list[str]:
    """Every row of a journal's tables, its index of what was said included."""
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        return [line for line in db.iterdump() if line.startswith("INSERT") and "sqlite_sequence" not in line]


def derived(home: Path) -> list[tuple[object, ...]]:
    """What can be searched, and every series with how many numbers it has."""
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        said = db.execute("SELECT rowid, transcript, note FROM said ORDER BY rowid").fetchall()
        series = db.execute("SELECT name, language, version, count FROM series WHERE count ORDER BY 1, 2, 3").fetchall()
    return [*said, *series]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One full home for the tests that only read it."""
    home = tmp_path_factory.mktemp("full") / "home"
    a_full_home(home)
    return home


@pytest.fixture
def taken_away(full: Path, tmp_path: Path) -> Path:
    """Its export as a ZIP."""
    archived(full, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def test_everything_comes_back_into_an_empty_home(full: Path, taken_away: Path, tmp_path: Path) -> None:
    """Rows byte for byte with their numbers and versions, sound bit for bit, the index and trends as they were."""
    done = import_file(tmp_path / "new", taken_away)
    assert (done.answers, done.known, done.sounds, done.silent, done.kept) == (5, 0, 3, 1, [])
    assert exported(tmp_path / "new")[0] == exported(full)[0]
    assert files_in(tmp_path / "new") == {
        name: content for name, content in files_in(full).items() if name != "recordings/two.flac"
    }
    assert derived(tmp_path / "new") == derived(full)
    with Journal.open(full, read_only=True) as one, Journal.open(tmp_path / "new", read_only=True) as other:
        assert trends_of(one) == trends_of(other)
        assert one.learned(A1) == other.learned(A1)
        assert one.report(1) == other.report(1)
        for number in 1, 3:
            assert one.words(number) == other.words(number)
            assert one.as_heard(number) == other.as_heard(number)
            assert one.word_corrections(number) == other.word_corrections(number)
        assert [t.other_versions for t in trends_of(other) if t.metric.name == "words_per_minute"] == [1]


def test_an_export_from_before_words_could_be_corrected_comes_in(full: Path, tmp_path: Path) -> None:
    """What such a file does not say was not corrected."""
    content = json.loads(exported(full)[0])
    for row in content["answers"]:
        del row["word_corrections"], row["as_heard"]
    rows = tmp_path / "old.json"
    rows.write_text(json.dumps(content))
    assert import_file(tmp_path / "new", rows).answers == 5
    with Journal.open(tmp_path / "new", read_only=True) as journal, Journal.open(full, read_only=True) as origin:
        assert journal.word_corrections(3) == ()
        assert journal.report(3) == origin.report(3)
        assert journal.as_heard(3) != origin.as_heard(3)


def test_importing_twice_changes_nothing(taken_away: Path, tmp_path: Path) -> None:
    """Every answer is known again, with its sound and without it, and the rows alone bring nothing new either."""
    home = tmp_path / "new"
    import_file(home, taken_away)
    before, files = dump(home), files_in(home)
    rows = tmp_path / "rows.json"
    rows.write_bytes(exported(home)[0])
    for file in (taken_away, rows):
        done = import_file(home, file)
        assert (done.answers, done.known, done.sounds, done.kept) == (0, 5, 0, [])
        assert (dump(home), files_in(home)) == (before, files)


def test_answers_come_in_beside_others(full: Path, taken_away: Path, tmp_path: Path) -> None:
    """They get new numbers, and what refers to them follows; files of the same name stay apart, or as they are."""
    home = tmp_path / "other"
    (home / "recordings").mkdir(parents=True)
    (home / "recordings" / "one.flac").write_bytes(b"another")
    (home / "targets.toml").write_text("# mine\n")
    with Journal.open(home) as journal:
        fill(journal, [report(rate=99.0), report(rate=98.0)], every=timedelta(hours=1))
    done = import_file(home, taken_away)
    assert (done.answers, done.known, done.kept) == (5, 0, ["targets.toml"])
    with Journal.open(home, read_only=True) as journal, Journal.open(full, read_only=True) as origin:
        new = {(a.started_at, a.question): a for a in journal.answers(kinds=EVERY_KIND) if a.id > 2}
        for old in origin.answers(kinds=EVERY_KIND):
            answer = new[old.started_at, old.question]
            assert journal.report(answer.id) == origin.report(old.id)
            assert journal.points(answer.id) == origin.points(old.id)
            assert answer == replace(
                old, id=answer.id, session_id=answer.session_id, recording=answer.recording, duration_s=old.duration_s
            )
            if answer.recording is not None and answer.recording.exists():
                assert old.recording is not None
                assert answer.recording.read_bytes() == old.recording.read_bytes()
        assert journal.learned(A1) == origin.learned(A1)
    assert files_in(home)["recordings/one.flac"] == b"another"
    assert files_in(home)["recordings/one-2.flac"] == b"one" * 1000
    assert files_in(home)["targets.toml"] == b"# mine\n"
    assert import_file(home, taken_away).answers == 0


def test_rows_alone_can_be_joined_by_their_sound(full: Path, taken_away: Path, tmp_path: Path) -> None:
    """After an import without sound the ZIP brings the recordings of the same answers, and no answer twice."""
    rows = tmp_path / "rows.json"
    rows.write_bytes(exported(full)[0])
    home = tmp_path / "new"
    assert import_file(home, rows).silent == 4
    assert exported(home)[0] == rows.read_bytes()
    done = import_file(home, taken_away)
    assert (done.answers, done.known, done.sounds) == (0, 5, 3)
    assert files_in(home)["recordings/one.flac"] == b"one" * 1000


@settings(deadline=None, max_examples=6)
@given(made=reports())
def test_any_report_survives_export_and_import(tmp_path_factory: pytest.TempPathFactory, made: Report) -> None:
    """Whatever was measured has the same bytes again."""
    made = replace(made, question=A1, audio=replace(made.audio, duration_s=5.0))
    home = tmp_path_factory.mktemp("any")
    with Journal.open(home) as journal:
        fill(journal, [made, made])
    rows = home / "rows.json"
    rows.write_bytes(exported(home)[0])
    import_file(home / "new", rows)
    assert exported(home / "new")[0] == rows.read_bytes()


def test_only_what_was_chosen_goes_out(full: Path, tmp_path: Path) -> None:
    """Sessions, corrections, sound, notes and calibrations are those of the answers chosen."""
    rows, done = exported(full, Wanted(kinds=EVERY_KIND, numbers=(3,)), everything=False)
    content = json.loads(rows)
    assert [row["id"] for row in content["sessions"]] == [1]
    assert [row["id"] for row in content["answers"]] == [3]
    assert [row["answer"] for row in content["point_corrections"]] == [3]
    assert done.answers == 1
    chosen = Wanted(kinds=EVERY_KIND, question="a2")
    archived(full, tmp_path / "some.zip", chosen, everything=False)
    names = {"journal.json", "recordings/three.flac", "profiles/default.json", "targets.toml"}
    assert set(zipfile.ZipFile(tmp_path / "some.zip").namelist()) == names


def test_a_recording_that_is_gone_is_named(full: Path, tmp_path: Path) -> None:
    """Everything else is exported."""
    done = archived(full, tmp_path / "all.zip")
    assert done.missing == [(6, full / "recordings" / "gone.flac")]
    assert (done.answers, done.sounds) == (5, 3)


# ---- what is refused ------------------------------------------------------------------------------------------------


def zipped(file: Path, members: dict[str, bytes]) -> Path:
    """A ZIP of these members."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def changed(rows: bytes, **of_the_answer: object) -> bytes:
    """Rows with something else in the first answer."""
    content = json.loads(rows)
    content["answers"][0].update(of_the_answer)
    return json.dumps(content).encode()


def bad_files(rows: bytes, folder: Path) -> Iterator[tuple[Path, str]]:
    """Files that are no exports, and what is said of them."""
    documents = {
        "breaks off": rows[: len(rows) // 2],
        "'{' was expected": b"RIFF" + rows,
        "neither a whole ZIP": b"\xff\xfe\xff",
        "'schema' was expected": b'{"schemas": 1}',
        "no schema": b'{"schema":"voicerehearsal.history/1","answers":[]}',
        "newer version": rows.replace(b"export/1", b"export/2"),
        "nested too deeply|breaks off": b'{"schema":' + b"[" * 100_000,
        "something follows": rows + b"{}",
        "Expected `int`": changed(rows, attempt="one"),
        "Expected `float`": changed(rows, duration_s=[1]),
        "out of range|<= ": changed(rows, duration_s=10**400),
        r"started_at_ms": changed(rows, started_at_ms=10**18),
        "session 77": changed(rows, session=77),
        "answer 3 is there twice": changed(rows, id=3),
        "answer 1 is wrong .This is not a report": changed(rows, report={"schema": "voicerehearsal.report/1"}),
        "has a tag or a note that is none": changed(rows, tags=["  Not Normal "]),
        "do not go together": changed(rows, tags=["same", "same"]),
        "cannot lie in": changed(rows, recording="recordings/../../.bashrc"),
        "cannot lie": changed(rows, recording="/etc/passwd"),
    }
    for n, (why, content) in enumerate(documents.items()):
        file = folder / f"{n}.json"
        file.write_bytes(content)
        yield file, why
    for n, name in enumerate(("../evil", "/etc/evil", "recordings/../../evil", "C:\\evil", "recordings/a:b")):
        yield zipped(folder / f"slip{n}.zip", {"journal.json": rows, name: b"x"}), "points out of its folder"
    yield zipped(folder / "empty.zip", {"a.txt": b""}), r"no journal\.json"
    yield (
        zipped(folder / "bomb.zip", {"journal.json": rows, "recordings/a.flac": bytes(30 << 20)}),
        "would unpack to 31 MB",
    )
    damaged = zipped(folder / "damaged.zip", {"recordings/one.flac": bytes(range(256)) * 9, "journal.json": rows})
    content = bytearray(damaged.read_bytes())
    content[60] ^= 255
    damaged.write_bytes(content)
    yield damaged, "not a whole export"


def test_what_is_no_whole_export_changes_nothing(full: Path, tmp_path: Path) -> None:
    """Damaged, foreign, newer or malicious: one sentence, and neither a row nor a file is left behind."""
    home = tmp_path / "home"
    import_file(home, archived_to(full, tmp_path / "good.zip"))
    with Journal.open(home) as journal, journal.writing() as db:
        db.execute("DELETE FROM answers WHERE id = 1")
    (home / "recordings" / "one.flac").unlink()
    before, files = dump(home), files_in(home)
    for file, why in bad_files(exported(full)[0], tmp_path):
        with pytest.raises(ExportError, match=why):
            import_file(home, file)
        with pytest.raises(ExportError, match=why):
            import_file(tmp_path / "never" / file.name, file)
        assert dump(home) == before, file
        assert files_in(home) == files, file
    with pytest.raises(UsageError, match="There is no file"):
        import_file(home, tmp_path / "none.zip")


def archived_to(home: Path, file: Path) -> Path:
    """A home as a ZIP."""
    archived(home, file)
    return file


def test_rows_may_be_laid_out_anew(full: Path, tmp_path: Path) -> None:
    """A file that another program wrote again, with spaces and other escapes, is the same to us."""
    rows = exported(full)[0]
    file = tmp_path / "pretty.json"
    file.write_text(json.dumps(json.loads(rows), indent=2), "utf-8")
    import_file(tmp_path / "new", file)
    assert exported(tmp_path / "new")[0] == rows


_ON_A_SMALL_DISK = """
import contextlib, sys
from pathlib import Path
from tests.journal.test_export import dump, files_in
from voicerehearsal import cli
from voicerehearsal.errors import RehearsalError
from voicerehearsal.journal.import_merge import import_file
home, archive = Path(sys.argv[1]) / "home", Path(sys.argv[2])
small, large = archive.with_name("small.json"), archive
import_file(home, small)
before = dump(home), files_in(home)
try:
    import_file(home, large)
except RehearsalError as error:
    print(error)
assert (dump(home), files_in(home)) == before
with contextlib.suppress(OSError):
    (home / "filler").write_bytes(bytes(3 << 20))
sys.argv = ["voicerehearsal", "export", "--format", "json", sys.argv[1] + "/out.json"]
cli.main()
"""


def test_a_full_disk_leaves_the_home_as_it_was(full: Path, tmp_path: Path) -> None:
    """One sentence says so, and nothing of the import is left; an export that does not fit says so of its own file."""
    (tmp_path / "small.json").write_bytes(exported(full, Wanted(question="a1"), everything=False)[0])
    large = tmp_path / "large.zip"
    archived(full, large)
    with zipfile.ZipFile(large, "a") as archive:
        archive.writestr("profiles/huge.json", random.Random(1).randbytes(3 << 20))
    (tmp_path / "disk").mkdir()
    mount = 'mount -t tmpfs -o size=2m none "$0" && exec "$@"'
    disk = tmp_path / "disk"
    program = [sys.executable, "-c", _ON_A_SMALL_DISK, disk, large]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, disk, *program],
        capture_output=True,
        text=True,
        env=os.environ | {"VOICEREHEARSAL_HOME": str(full)},
    )
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("no disk can be mounted here")
    assert "no room" in done.stdout
    assert " ".join(done.stderr.split()) == (
        f"{disk}/out.json cannot be written (No space left on device). Choose another place, or free space."
    )
