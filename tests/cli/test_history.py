"""`history` on journals of synthetic answers."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from tests.cli.running import run
from tests.journal.test_store import START, fill
from tests.reports import A2, report
from voicerehearsal.journal.store import Journal


def test_an_empty_home_is_a_friendly_line_and_stays_empty(tmp_path: Path) -> None:
    """Looking makes nothing; standard output has nothing to say."""
    result = run(tmp_path / "none", "history")
    assert (result.returncode, result.stdout) == (0, "")
    assert "voicerehearsal practice" in result.stderr
    assert not (tmp_path / "none").exists()


def test_answers_are_shown_newest_first_with_their_numbers(tmp_path: Path) -> None:
    """A line an answer, no wider than eighty columns: the number that replay takes, and the length of the speech."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=128.4), report(rate=151.6, question=A2), report(coverage=1.0, question=None)])
    result = run(tmp_path, "history")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["no.", "3", "2", "1"]
    assert "02 Mar 26 09:30  classic-questions a2    2    1:10  152 wpm   8/min    75 %" in lines[2]
    assert "(no question)" in lines[1]
    assert max(map(len, lines)) <= 80
    assert result.stderr == ""


def test_long_names_are_never_cut(tmp_path: Path) -> None:
    """A pipe has no edge: a long pack name is whole and on one line."""
    long = "a-pack-with-a-very-long-name-indeed-that-fills-more-than-half-of-the-whole-screen"
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(question=type(A2)(long, "question-with-a-long-name"))])
    assert f"{long} question-with-a-long-name    1" in run(tmp_path, "history").stdout


def test_limit_shows_the_newest(tmp_path: Path) -> None:
    """Two of three, and not less than one."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 3)
    assert [line.split()[0] for line in run(tmp_path, "history", "--limit", "2").stdout.splitlines()[1:]] == ["3", "2"]
    assert run(tmp_path, "history", "--limit", "0").returncode == 2


def test_demonstrations_are_only_shown_when_asked_for(tmp_path: Path) -> None:
    """A synthetic voice is marked as one, and a line says that it is hidden otherwise."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()], kind="demonstration")
    hidden = run(tmp_path, "history")
    assert hidden.stdout == ""
    assert "--all" in hidden.stderr
    assert "a1 (demonstration)" in run(tmp_path, "history", "--all").stdout


def test_json_is_what_the_journal_knows(tmp_path: Path) -> None:
    """One line with the schema's name; times in UTC, unknown things null."""
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        journal.keep(session, report(), tmp_path / "recordings" / "练习.flac", START, attempt=1)
        journal.keep(session, report(latency_s=None, question=None), None, START + timedelta(days=1), attempt=2)
    content = json.loads(run(tmp_path, "history", "--json").stdout)
    assert content["schema"] == "voicerehearsal.history/1"
    newest, oldest = content["answers"]
    assert (newest["question"], newest["recording"], newest["attempt"]) == (None, None, 2)
    assert oldest["question"] == {"pack": "classic-questions", "id": "a1"}
    assert oldest["recording"] == str(tmp_path / "recordings" / "练习.flac")
    assert oldest["started_at"] == "2026-03-01T09:30:00Z"
    assert (oldest["rate"], oldest["rate_unit"], oldest["kind"]) == (140.0, "wpm", "practice")


def test_a_damaged_journal_is_one_sentence(tmp_path: Path) -> None:
    """No traceback: what is wrong, where, and what to do."""
    (tmp_path / "journal.db").write_text("Dear diary, " * 200)
    result = run(tmp_path, "history")
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "is damaged" in result.stderr
