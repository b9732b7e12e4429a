"""`export` and `import` as a person calls them."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journal.test_export import a_full_home
from tests.journal.test_store import START, fill
from tests.reports import report
from voicerehearsal import cli
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.journal.store import Journal


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Call the command in this process; the exit code and what was said."""

    def call(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["voicerehearsal", *map(str, arguments)])
        with pytest.raises(SystemExit) as done:
            cli.main()
        out, said = capsys.readouterr()
        assert out == ""
        assert "Traceback" not in said
        return int(done.value.code or 0), " ".join(said.split())

    return call


def test_away_and_back(run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of one home and into another, with a word on the recording that was missing, and not over an older file."""
    a_full_home(home)
    out = tmp_path / "all.zip"
    code, said = run("export", "--format", "json", out)
    assert code == 1
    assert "5 answers in 4 sessions, 3 recordings" in said
    assert "The recording of answer 6 is missing" in said
    assert run("export", "--format", "json", out)[0] == 2
    code, said = run("export", "--format", "json", tmp_path / "all.json")
    assert code == 0
    assert "sound stays behind" in said
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path / "new"))
    assert run("import", out) == (0, "Imported 5 answers and 3 recordings. 1 answer came without sound: the recordings"
                                  " are not in this file. These came along: profiles/default.json,"
                                  " notes/classic-questions/a1.md, targets.toml.")  # fmt: skip
    assert "5 answers were there already" in run("import", out)[1]
    assert run("import", tmp_path / "none.zip")[0] == 2


def test_the_table_has_every_number(run, home: Path, tmp_path: Path) -> None:
    """A row an answer, oldest first, corrected, without demonstrations and without numbers of another version."""
    a_full_home(home)
    code, said = run("export", "--format", "csv", tmp_path / "a.csv")
    assert code == 0
    assert "4 answers, a row each" in said
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["answer"] for row in rows] == ["1", "3", "5", "6"]
    assert set(METRICS) < set(rows[0])
    assert [row["words_per_minute"] for row in rows] == ["120.0", "", "", ""]
    assert (rows[2]["characters_per_minute"], rows[2]["language"]) == ("140.0", "zh")
    assert float(rows[0]["fillers_per_minute"]) < float(rows[1]["fillers_per_minute"])
    assert rows[0]["tags"] == "best, 给 面试"
    assert rows[2]["note"] == "'=1+1\n再说一遍"
    assert run("export", "--format", "parquet", "--all", tmp_path / "a.parquet")[0] == 0


def test_one_answer_is_a_file_and_several_a_folder(run, home: Path, tmp_path: Path) -> None:
    """Named by number and question; what was never measured is named, and the rest is there."""
    a_full_home(home)
    assert run("export", "--answer", 1, tmp_path / "one.srt")[0] == 0  # the name tells the format
    assert "good morning" in (tmp_path / "one.srt").read_text()
    code, said = run("export", "--format", "textgrid", tmp_path / "many")
    assert code == 1
    assert "Answer 6 was never measured" in said
    assert {path.name for path in (tmp_path / "many").iterdir()} == {
        "1-a1.TextGrid",
        "3-a2.TextGrid",
        "5-answer.TextGrid",
    }
    assert run("export", "--format", "textgrid", "--question", "a1", tmp_path / "many")[0] == 2
    assert run("export", "--format", "textgrid", "--question", "a1", "--force", tmp_path / "many")[0] == 0
    code, said = run("export", "--format", "vtt", tmp_path / "many.vtt")
    assert code == 2
    assert "4 answers go into a folder" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--format", "xml", "a.xml"), 2, "There are: json, csv"),
        (("a.xml",), 2, "a.xml does not tell the format"),
        (("--format", "json", "a.txt"), 2, "neither .json nor .zip"),
        (("--format", "csv", "--answer", 9, "a.csv"), 2, "There is no answer 9"),
        (("--format", "csv", "--question", "z9", "a.csv"), 1, "no answer to export"),
        (("--format", "csv", "nowhere/a.csv"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(
    run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    code: int,
    said: str,
) -> None:
    """One sentence and a cure, and no file."""
    monkeypatch.chdir(tmp_path)
    with Journal.open(home) as journal:
        fill(journal, [report()], every=timedelta(days=1))
    got = run("export", *arguments)
    assert got[0] == code
    assert said in got[1]
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


def test_rows_say_when_and_what(run, home: Path, tmp_path: Path) -> None:
    """The document names its schema, and its answers have their own reports in them."""
    with Journal.open(home) as journal:
        fill(journal, [report()])
    run("export", "--format", "json", tmp_path / "a.json")
    content = json.loads((tmp_path / "a.json").read_bytes())
    assert content["schema"] == "voicerehearsal.export/1"
    (answer,) = content["answers"]
    assert answer["report"]["transcript"]["text"] == "good morning"
    assert answer["started_at_ms"] == int(1000 * START.timestamp())
