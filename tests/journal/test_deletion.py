"""Deleting for good: afterwards not a byte of it is left, and all else is as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.test_store import START, fill, trends_of
from tests.reports import A1, report
from voicerehearsal.errors import JournalError
from voicerehearsal.journal import deletion
from voicerehearsal.journal.deletion import Undeleted, delete, resume, unfinished
from voicerehearsal.journal.doomed import doomed, ids_of_session, own_files
from voicerehearsal.journal.labels import all_tags, set_note, set_tags
from voicerehearsal.journal.search import find_answers
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.wanted import Wanted
from voicerehearsal.measures.point_corrections import PointVerdict
from voicerehearsal.measures.word_corrections import WordCorrection
from voicerehearsal.values import Report, Transcript, Word

SECRETS = ("zanzibarium", "quizzaciously", "桂花糕", "hornswoggle", "lollygag")
"""What was said, noted, taught, tagged and corrected in the answer that is deleted."""


def says(*words: str) -> Report:
    """A report of an answer in which these words were said."""
    heard = tuple(Word(word, n / 2, n / 2 + 0.4, 0.9) for n, word in enumerate(words))
    return replace(report(), transcript=Transcript(" ".join(words), heard))


def keep(journal: Journal, one: Report, name: str, *, session: int | None = None) -> int:
    """An answer with a recording of noise of its own; its number."""
    path = journal.home / "recordings" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sound_of(name))
    started = session or journal.start_session("practice", "classic-questions", "en", started_at=START)
    return journal.keep(started, one, path, START, attempt=1).id


def sound_of(name: str) -> bytes:
    """Bytes that nothing else in the world has."""
    return np.random.default_rng(list(name.encode())).bytes(4000)


def label(journal: Journal, answer: int) -> None:
    """Everything that a person can say of an answer, each with one of the secrets in it."""
    set_note(journal, answer, f"about {SECRETS[1]} and {SECRETS[2]}")
    set_tags(journal, answer, add=[SECRETS[3]])
    point = journal.points(answer)[0].measured.id
    journal.correct_points(answer, {point: PointVerdict("made", (SECRETS[4],))})
    journal.correct(answer, [(journal.fillers(answer)[0].filler, "struck")])
    journal.correct_words(answer, [WordCorrection(1.0, 2.0, SECRETS[1])], says("something", "else"))


def remains(home: Path, *names: str) -> list[str]:
    """What any file under `home` still holds of the secrets, and of the recordings of these names."""
    traces = [
        *(secret.encode() for secret in SECRETS),
        "桂 花 糕".encode(),
        *(sound_of(name)[100:140] for name in names),
    ]
    return [
        f"{path.name}: {trace!r}"
        for path in home.rglob("*")
        if path.is_file()
        for trace in traces
        if trace in path.read_bytes().lower() or trace in path.read_bytes()
    ]


def test_not_a_byte_is_left_and_all_else_is_whole(tmp_path: Path) -> None:
    """Recording, words, note, tag and corrections are in no file any more; the other answers are as they were."""
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", "classic-questions", "en", started_at=START)
        others = [keep(journal, says("the", "other", f"word{n}"), f"other{n}.flac", session=session) for n in range(9)]
        answer = keep(journal, says("my", SECRETS[0], SECRETS[2]), "mine.flac", session=session)
        others.append(keep(journal, says("the", "last"), "last.flac", session=session))
        label(journal, answer)
        before = [(journal.answer(one), journal.report(one)) for one in others]
        assert len(remains(tmp_path, "mine.flac")) >= len(SECRETS) + 1
        what = doomed(journal, [answer])
        assert (what.corrections, what.tags, what.notes, what.sound_s, what.first) == (3, 1, 1, 75.0, START)
        assert delete(journal, what) == []
        assert remains(tmp_path, "mine.flac") == []  # with the journal open
        assert [(journal.answer(one), journal.report(one)) for one in others] == before
        assert all(one.recording and one.recording.read_bytes() == sound_of(one.recording.name) for one, _ in before)
        assert find_answers(journal, Wanted(text=SECRETS[0]), limit=9) == []
        assert len(find_answers(journal, Wanted(text="other"), limit=99)) == 9
        assert (all_tags(journal), journal.learned(A1).accepted) == ([], {})
        assert trends_of(journal)[0].count == 10
        assert journal.keep(session, says("new"), None, START, attempt=1).id > answer  # no number is given again
    assert remains(tmp_path, "mine.flac") == []
    assert not unfinished(tmp_path)


@settings(deadline=None, max_examples=4)
@given(sizes=st.lists(st.integers(1, 40), min_size=2, max_size=9), data=st.data())
def test_whatever_the_index_is_like_no_word_stays(tmp_path_factory, sizes: list[int], data: st.DataObject) -> None:
    """In whatever order answers came and went, the file has the words of those that are there and of no others."""
    home = tmp_path_factory.mktemp("any")
    with Journal.open(home) as journal:
        words = {
            fill(journal, [says(*(f"word{n}x{m}y" for m in range(size)))]): f"word{n}x" for n, size in enumerate(sizes)
        }
        gone = data.draw(st.sets(st.sampled_from(sorted(words)), min_size=1))
        for some in (sorted(gone)[::2], sorted(gone)[1::2]):
            assert delete(journal, doomed(journal, some)) == []
        content = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
        assert {one for one, word in words.items() if word.encode() in content} == set(words) - gone


def test_sessions_go_with_their_last_answer(tmp_path: Path) -> None:
    """A session with an answer left stays, one that never had any too; only everything takes those along."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 2)
        fill(journal, [report()])
        journal.start_session("practice", None, "en")
        delete(journal, doomed(journal, [1, *ids_of_session(journal, 2)]))
        with journal.reading() as db:
            assert db.execute("SELECT id FROM sessions").fetchall() == [(1,), (3,)]
        delete(journal, doomed(journal, [2], files=own_files(journal)), everything=True)
        with journal.reading() as db:
            assert db.execute("SELECT id FROM sessions").fetchall() == []


def test_older_copies_of_the_journal_are_cleaned(tmp_path: Path) -> None:
    """The copy that was made before the schema changed keeps its other answers, and every byte of this one is gone."""
    shutil.copy(Path(__file__).parent / "schemas" / "3.db", tmp_path / "journal.db")
    with closing(sqlite3.connect(tmp_path / "journal.db")) as db:
        db.execute("UPDATE answers SET report = json_set(report, '$.source', ?) WHERE id = 1", (SECRETS[0],))
        db.commit()
    with Journal.open(tmp_path) as journal:
        copy = tmp_path / "journal-before-4.db"
        (tmp_path / "journal-before-4.db.part").write_text(SECRETS[0])
        count = journal.count_answers()
        assert SECRETS[0].encode() in copy.read_bytes()
        assert delete(journal, doomed(journal, [1])) == []
    assert remains(tmp_path) == []
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*), user_version FROM answers, pragma_user_version").fetchone() == (
            count - 1,
            3,
        )


def test_everything_leaves_an_empty_journal_and_what_is_not_the_programs(tmp_path: Path) -> None:
    """Calibrations, notes, lost recordings, copies go; models, question packs and files of others stay."""
    names = ("profiles/me.json", "notes/p/q.md", "voice-cache/x.wav", "recordings/lost.au", "targets.toml")
    stays = ("models/big.bin", "packs/own.toml", "letter.txt")
    with Journal.open(tmp_path) as journal:
        label(journal, keep(journal, says(SECRETS[0]), "mine.flac"))
        fill(journal, [report()], kind="demonstration")
        for name in (*names, *stays, "journal-before-2.db", "importing/0"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(f"{SECRETS[0] if name not in stays else ''}")
        assert delete(journal, doomed(journal, [1, 2], files=own_files(journal)), everything=True) == []
        assert journal.count_answers() == 0
        assert journal.keep(journal.start_session("practice", None, "en"), report(), None, START, attempt=1).id == 3
    assert remains(tmp_path, "mine.flac") == []
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"journal.db", *stays}
    assert not (tmp_path / "notes").exists()


def test_what_cannot_be_deleted_is_named_and_keeps_its_row(tmp_path: Path) -> None:
    """A recording that refuses (here a folder in its place) leaves its answer whole; the others go."""
    with Journal.open(tmp_path) as journal:
        first, second = keep(journal, says("one"), "one.flac"), keep(journal, says("two"), "two.flac")
        stuck = tmp_path / "recordings" / "one.flac"
        stuck.unlink()
        stuck.mkdir()
        kept = delete(journal, doomed(journal, [first, second]))
        assert [(one.path, one.answer_id) for one in kept] == [(stuck, first)]
        assert [answer.id for answer in journal.answers()] == [first]
        assert journal.report(first) == says("one")
    assert not unfinished(tmp_path)


def test_recordings_outside_the_data_folder_stay(tmp_path: Path) -> None:
    """They were never the program's: named before, and untouched."""
    outside = tmp_path / "elsewhere.wav"
    outside.write_bytes(b"sound")
    with Journal.open(tmp_path / "home") as journal:
        session = journal.start_session("imported", None, "en")
        answer = journal.keep(session, report(), outside, START, attempt=1).id
        what = doomed(journal, [answer])
        assert (what.outside, delete(journal, what)) == ((outside,), [])
        assert journal.count_answers() == 0
    assert outside.read_bytes() == b"sound"


@pytest.mark.parametrize("step", ["_write", "_delete_recordings", "forget_rows", "_clean_copies", "_rewrite"])
def test_wherever_it_is_cut_off_it_can_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Cut off after any step, it is known to be unfinished, and carrying on leaves nothing."""

    class Cut(BaseException):
        pass

    whole = getattr(deletion, step)

    def cut_off(*arguments: object, **named: object) -> object:
        whole(*arguments, **named)
        raise Cut

    with Journal.open(tmp_path) as journal:
        answer = keep(journal, says(SECRETS[0], SECRETS[2]), "mine.flac")
        label(journal, answer)
        other = keep(journal, says("other"), "other.flac")
        monkeypatch.setattr(deletion, step, cut_off)
        with pytest.raises(Cut):
            delete(journal, doomed(journal, [answer]))
    monkeypatch.undo()
    assert unfinished(tmp_path)
    with Journal.open(tmp_path) as journal:
        assert resume(journal) == []
        assert [one.id for one in journal.answers()] == [other]
    assert not unfinished(tmp_path)
    assert remains(tmp_path, "mine.flac") == []


def test_a_reader_in_the_way_is_named_and_the_rest_is_done_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as another program reads the journal its log stays; that is said, and done when it is over."""
    monkeypatch.setattr("voicerehearsal.journal.connection.BUSY_S", 0.1)
    with Journal.open(tmp_path) as journal:
        answer = keep(journal, says(SECRETS[0]), "mine.flac")
        with Journal.open(tmp_path, read_only=True) as reader, reader.reading() as db:
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM answers").fetchone()
            kept = delete(journal, doomed(journal, [answer]))
            assert kept == [Undeleted(tmp_path / "journal.db", "another program is reading it")]
            assert unfinished(tmp_path)
        assert (resume(journal), unfinished(tmp_path)) == ([], False)
        assert remains(tmp_path, "mine.flac") == []


def test_the_raw_form_of_a_recording_goes_with_it(tmp_path: Path) -> None:
    """What a rehearsal that died left beside the packed recording goes too, but nobody else's recording."""
    with Journal.open(tmp_path) as journal:
        answer = keep(journal, says("one"), "one.flac")
        other = keep(journal, says("two"), "two.flac")
        beside = [tmp_path / "recordings" / name for name in ("one.au", "one.flac.part", "one.wav")]
        for path in beside:
            path.write_bytes(b"x")
        delete(journal, doomed(journal, [answer]))
        assert [path.exists() for path in beside] == [False, False, True]
        assert journal.answer(other).recording == tmp_path / "recordings" / "two.flac"


def test_a_broken_list_is_said(tmp_path: Path) -> None:
    """Nothing is guessed from a list that cannot be read."""
    (tmp_path / "deleting.json").write_text("{")
    with Journal.open(tmp_path) as journal, pytest.raises(JournalError, match="the list of what was being deleted"):
        resume(journal)
