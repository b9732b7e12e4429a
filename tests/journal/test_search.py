"""Finding answers by what was said and noted, and by what they are."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.test_store import START, fill
from tests.reports import A2, report
from voicerehearsal.errors import UsageError
from voicerehearsal.journal.labels import LONGEST_NOTE, all_tags, normal_tag, set_note, set_tags
from voicerehearsal.journal.outdated import present
from voicerehearsal.journal.said import matching, searchable
from voicerehearsal.journal.search import HIT, find_answers, find_hits, find_ids
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.wanted import QUESTIONS, Wanted
from voicerehearsal.values import Report, Transcript


def says(text: str) -> Report:
    """A report of an answer in which this was said."""
    return replace(report(), transcript=Transcript(text, ()))


@settings(deadline=None, max_examples=300)
@given(text=st.text() | st.text(alphabet='"*^:(){}+-NEAROT ab机\0“」\ud800', max_size=12))
def test_whatever_is_typed_is_a_search(text: str) -> None:
    """No text is a syntax error; and one that has words finds itself."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE said USING fts5 (transcript, note)")
    wanted = matching(text)
    if wanted:
        db.execute("SELECT count(*) FROM said WHERE said MATCH ?", (wanted,)).fetchone()
    plain = "".join(char for char in text if char.isascii() and (char.isalnum() or char == " "))
    if plain.strip():
        db.execute("INSERT INTO said VALUES (?, '')", (searchable(plain),))
        assert db.execute("SELECT count(*) FROM said WHERE said MATCH ?", (matching(plain),)).fetchone() == (1,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("deliver", [1]),
        ('"deliver"', []),
        ("TEAM deliv", [1]),
        ('"the team"', [1]),
        ('"team the"', []),
        ("机场", [2]),
        ("场机", []),
        ("“客户”", [2]),
        ("late", [3, 2]),
        ("te", []),
        ('"(("', []),
    ],
)
def test_words_phrases_beginnings_and_chinese(tmp_path: Path, text: str, found: list[int]) -> None:
    """All words, in any order, by their beginnings; quoted ones as they stand; Chinese by characters; notes too."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [says("We delivered it, the team and I"), says("客户在机场等我 late"), says("nothing")])
        set_note(journal, 3, "Too late, again")
        assert find_ids(journal, Wanted(text=text)) == sorted(found)
        assert sorted(find_hits(journal, text, [1, 2, 3])) == sorted(found)
        assert [answer.id for answer in find_answers(journal, Wanted(text=text), limit=9)] == found


def test_a_hit_shows_where_it_was_found(tmp_path: Path) -> None:
    """In what was said and in the note, as it was written, with the find marked."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [says("我想去机场 for the delivery")])
        set_note(journal, 1, "机场: more calm")
        (said, note) = find_hits(journal, "机场", [1, 2])[1]
        assert (said.where, said.text) == ("said", f"我想去{HIT[0]}机场{HIT[1]} for the delivery")
        assert (note.where, note.text) == ("note", f"{HIT[0]}机场{HIT[1]}: more calm")


def test_everything_that_is_asked_for_must_hold(tmp_path: Path) -> None:
    """Question, language, kind of practice, days and tags, alone and together; a day's end does not count."""
    day = timedelta(days=1)
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(), report(question=A2), report(question=A2)])
        drill = journal.start_session("practice", None, "zh", kind_of_practice="drill")
        journal.keep(drill, report(language="zh", question=None), None, START + 5 * day, attempt=1)
        fill(journal, [report()], kind="demonstration")
        set_tags(journal, 2, add=["#Best", "to  redo"])
        set_tags(journal, 3, add=["best"])
        asked = {
            (2, 3): Wanted(pack=A2.pack, question=A2.id),
            (4,): Wanted(language="zh"),
            (1, 2, 3): Wanted(kind_of_practice=QUESTIONS),
            (3, 4): Wanted(since=START + 2 * day),
            (1, 2): Wanted(until=START + 2 * day),
            (5,): Wanted(kinds=("demonstration",)),
            (): Wanted(tags=("best", "none")),
        }
        assert {tuple(find_ids(journal, wanted)): wanted for wanted in asked.values()} == asked
        assert find_ids(journal, Wanted(tags=("best", "to redo"), question=A2.id, language="en")) == [2]
        assert (journal.answer(4).kind_of_practice, journal.answer(2).tags) == ("drill", ("best", "to redo"))


def test_answers_are_walked_by_an_index_that_has_all_they_are_filtered_by(tmp_path: Path) -> None:
    """However many there are: nothing is sorted, and no row as long as its report is read to be passed over."""
    wanted = Wanted(text="the", pack="p", question="q", language="en", kind_of_practice="drill", tags=("t",))
    asked: list[str] = []
    with Journal.open(tmp_path) as journal, journal.reading() as db:
        db.set_trace_callback(asked.append)
        find_ids(journal, wanted)
        find_answers(journal, wanted, limit=5)
        db.set_trace_callback(None)
        plans = [db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked]
    assert len(plans) == 2
    for plan in plans:
        ((query, walk),) = [(query, step) for _, query, _, step in plan if step.startswith("SCAN a")]
        assert walk == "SCAN a USING COVERING INDEX answers_by_time"
        assert not any("TEMP B-TREE" in step for _, of_query, _, step in plan if of_query == query)


def test_tags_have_one_spelling_and_notes_no_control_characters(tmp_path: Path) -> None:
    """What is written comes back plain, is found, is counted, and goes."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(), report()])
        set_tags(journal, 1, add=["  #Best  One", "ＢＥＳＴ one", "再试"])
        set_tags(journal, 2, add=["再试", "x"], remove=["x", "never there"])
        assert all_tags(journal) == [("best one", 1), ("x", 1), ("再试", 2)]
        set_tags(journal, 2, remove=["X"])
        assert [journal.answer(one).tags for one in (1, 2)] == [("best one", "再试"), ("再试",)]
        assert set_note(journal, 1, "\x1b[31m one\u202e\r\n\n two \x00 ") == "[31m one\n\ntwo"
        assert find_ids(journal, Wanted(text="two")) == [1]
        assert set_note(journal, 1, "") == journal.answer(1).note == ""
        assert find_ids(journal, Wanted(text="two")) == []
        for refused in ("", "#", "\x07", "x" * 41):
            with pytest.raises(UsageError):
                normal_tag(refused)
        with pytest.raises(UsageError, match="4000 characters"):
            set_note(journal, 1, "x" * (LONGEST_NOTE + 1))
        with pytest.raises(UsageError, match="no answer 3"):
            set_note(journal, 3, "x")


def test_many_recordings_are_looked_for_in_one_listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few or many, inside the folder or elsewhere: those that exist, without asking for each of them."""
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "a.flac").touch()
    (tmp_path / "b.flac").touch()
    there = {"recordings/a.flac", "b.flac", str(tmp_path / "b.flac")}
    assert present(tmp_path, [*there, "recordings/c.flac"]) == there
    gone = [f"recordings/{n}.flac" for n in range(1000)]
    asked: list[Path] = []
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: asked.append(path) or exists(path))
    assert present(tmp_path, [*there, *gone]) == there
    assert len(asked) == 2
