"""`delete`, `tag`, `note` and the search in `history`, as a person types them."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import filelock
import pytest

from tests.journal.test_store import START, fill
from tests.reports import A2, report
from voicerehearsal.cli import main
from voicerehearsal.errors import UsageError
from voicerehearsal.journal.deletion import unfinished
from voicerehearsal.journal.store import Journal
from voicerehearsal.presenting.filters import wanted_from
from voicerehearsal.values import Report, Transcript


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Typed(io.TextIOWrapper):
    """What a person types at a terminal, or what a pipe brings."""

    def __init__(self, text: str, *, at_terminal: bool) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")
        self.at_terminal = at_terminal

    def isatty(self) -> bool:
        return self.at_terminal


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on the home `tmp_path` in this process, on a clock in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    time.tzset()

    def command(*arguments: str, typed: str | None = None, piped: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["voicerehearsal", *arguments])
        monkeypatch.setattr(sys, "stdin", Typed(piped if typed is None else typed, at_terminal=typed is not None))
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return command


def says(text: str) -> Report:
    """A report of an answer in which this was said."""
    return replace(report(), transcript=Transcript(text, ()))


def test_search_shows_what_was_found(tmp_path: Path, run: Run) -> None:
    """Each answer on a line, the words below it; JSON has them too, and every key it had."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [says("we delivered on time"), says("nothing of it"), says("客户在机场")])
    assert run("note", "2", "deliver more").code == 0
    found = run("history", "--search", "deliver").out.splitlines()
    assert found == [
        "2  02 Mar 26 09:30  classic-questions a1  1:15  (note)",
        "   note: deliver more",
        "1  01 Mar 26 09:30  classic-questions a1  1:15",
        "   we delivered on time",
    ]
    (answer,) = json.loads(run("history", "--search", "机场", "--json").out)["answers"]
    assert answer["found"] == [{"where": "said", "text": "客户在机场"}]
    assert (answer["tags"], answer["note"], answer["kind_of_practice"], answer["attempt"]) == ([], "", None, 3)
    nothing = run("history", "--search", "no such thing")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err.startswith("No answer matches that.")


def test_history_is_filtered_by_days_of_the_clock_and_by_tags(tmp_path: Path, run: Run) -> None:
    """Both days count; labels are shown where there are any."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(), report(question=A2), report()])
    assert run("tag", "2", "Best", "to redo").out == "best\nto redo\n"

    def numbers(*options: str) -> list[str]:
        return [line.split()[0] for line in run("history", *options).out.splitlines()[1:]]

    assert numbers("--since", "2026-03-02", "--until", "2026-03-03") == ["3", "2"]
    assert numbers("--question", "a2", "--kind", "questions", "--language", "en") == numbers("--tag", "BEST") == ["2"]
    labelled = run("history", "--limit", "2")
    assert "#best #to redo" in labelled.out
    assert "older ones" in labelled.err
    assert run("tag").out.split() == ["tag", "answers", "best", "1", "to", "redo", "1"]
    assert run("tag", "2", "--remove", "best").out == "to redo\n"
    assert "had no tag 'best' to take off" in run("tag", "2", "--remove", "best").err


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "yesterweek"},
        {"since": "2026-13-01"},
        {"until": "9999-12-31"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"kind": "x"},
        {"language": "de"},
        {"tag": ["#"]},
    ],
)
def test_what_cannot_be_meant_is_said(wrong: dict[str, Any]) -> None:
    """A wrong day, kind, language or tag."""
    with pytest.raises(UsageError):
        wanted_from(**wrong)


def test_a_search_without_a_word_is_refused(run: Run) -> None:
    """Marks alone find nothing, and that is said before anything is looked for."""
    result = run("history", "--search", '"((')
    assert (result.code, result.out) == (2, "")
    assert "There is no word to look for" in result.err


def test_days_ago_are_days_of_the_clock() -> None:
    """A week is seven days, from midnight on; the last day counts to its end."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    wanted = wanted_from(since="1w", until="0d")
    assert wanted == wanted_from(since=f"{today - timedelta(days=7):%Y-%m-%d}", until=f"{today:%Y-%m-%d}")
    assert wanted_from(since="Yesterday", until="today") == wanted_from(since="1d", until="0d")
    assert wanted.until == (today + timedelta(days=1)).astimezone()


def test_a_note_is_written_shown_and_taken_away(tmp_path: Path, run: Run) -> None:
    """From the command line or from a pipe; without a text it is shown; nobody's note is refused."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()])
    assert run("note", "1", "-", piped="one\n再试\n").code == 0
    assert run("note", "1").out == "one\n再试\n"
    assert "no note now" in run("note", "1", "").err
    assert run("note", "1").out == ""
    assert run("note", "9", "x").code == 2


def test_a_question_comes_first_and_no_is_the_answer_without_one(tmp_path: Path, run: Run) -> None:
    """How many, when, how much sound, which and that it is for good; anything but yes leaves all as it was."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 3)
    asked = run("delete", "1", "3", typed="\n")
    assert asked.code == 1
    assert asked.err.splitlines()[:3] == [
        "2 answers from 01 Mar 26 09:30 to 03 Mar 26 09:30, 2:30 minutes of sound:",
        "  1  01 Mar 26 09:30  classic-questions a1  1:15",
        "  3  03 Mar 26 09:30  classic-questions a1  1:15",
    ]
    assert "cannot be undone" in asked.err
    assert "export" in asked.err
    assert run("delete", "1").code == 2  # nobody to ask
    assert run("delete", "--everything", typed="yes\n").code == 1
    with Journal.open(tmp_path, read_only=True) as journal:
        assert journal.count_answers() == 3
    assert run("delete", "1", "3", typed="y\n").out == "Deleted 2 answers.\n"
    assert run("delete", "--everything", typed="delete\n").out == "Deleted 1 answer.\n"


def test_answers_are_chosen_in_one_way(tmp_path: Path, run: Run) -> None:
    """By number, by session, by what they are, or all; demonstrations only when they are named."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 3)
        fill(journal, [report()], kind="demonstration")
        fill(journal, [report()])
    for wrong in ((), ("1", "--session", "1"), ("9",), ("--session", "9")):
        assert run("delete", "--yes", *wrong).code == 2
    assert run("delete", "--yes", "--until", "2026-03-01").out == "Deleted 2 answers.\n"
    assert run("delete", "--yes", "--session", "1").out == "Deleted 2 answers.\n"
    assert "nothing like that" in run("delete", "--yes", "--since", "2026-01-01").err
    assert run("delete", "--yes", "--demonstrations").out == "Deleted 1 answer.\n"


def test_nothing_is_deleted_during_a_rehearsal(tmp_path: Path, run: Run) -> None:
    """One sentence; all is as it was."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()])
    with filelock.FileLock(tmp_path / "rehearsal.lock"):
        refused = run("delete", "1", "--yes")
    assert (refused.code, refused.out) == (1, "")
    assert "rehearsal is going on" in refused.err
    assert not unfinished(tmp_path)


def test_what_was_cut_off_is_said_and_recover_finishes_it(tmp_path: Path, run: Run) -> None:
    """The list of what was to go is taken up again; a recording that refuses is named, and its answer stays."""
    stuck = tmp_path / "recordings" / "stuck.flac"
    stuck.mkdir(parents=True)
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        for n, recording in enumerate((None, stuck)):
            journal.keep(session, report(), recording, START + timedelta(days=n), attempt=1)
        keys = [[answer.id, round(answer.started_at.timestamp() * 1000)] for answer in journal.answers()]
    (tmp_path / "deleting.json").write_text(json.dumps({"answers": keys}))
    assert "`voicerehearsal recover` finishes it" in run("history").err
    done = run("recover")
    assert done.code == 1
    assert f"{stuck} was not deleted" in done.err
    assert "answer 2 is still there" in done.err
    assert not unfinished(tmp_path)
    assert [line.split()[0] for line in run("history").out.splitlines()[1:]] == ["2"]
