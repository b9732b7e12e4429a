"""`voicerehearsal packs`: results on standard output, problems with file, line and cure, exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicerehearsal.cli.packs import app
from voicerehearsal.errors import UsageError
from voicerehearsal.packs import builtin_folder

BAD = '[pack]\nid = "Bad"\ntitle = "Bad"\nlanguage = "en"\n[[question]]\nid = "q"\ntxt = "?"\n'


def test_list_names_every_pack() -> None:
    """Every pack in the folder is on the list."""
    result = CliRunner().invoke(app, ["list"])
    assert result.exit_code == 0
    assert all(path.stem in result.stdout for path in builtin_folder().glob("*.toml"))


def test_list_for_programs() -> None:
    """The JSON names its schema and has each question with what it follows."""
    data = json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)
    assert data["schema"] == "voicerehearsal.packs/1"
    crm = next(p for p in data["packs"] if p["id"] == "crm")
    assert Path(crm["path"]).is_file()
    assert [(q["id"], q["follows"]) for q in crm["questions"][:2]] == [("a2", None), ("a2-f1", "a2")]
    assert crm["questions"][0]["target_s"] == [60.0, 120.0]


def test_show_pack_and_question() -> None:
    """A pack shows its questions; a question shows points, phrases and the model answer."""
    pack = CliRunner().invoke(app, ["show", "crm"]).stdout
    assert "Customer relationship management" in pack
    assert "a2-f4" in pack
    question = CliRunner().invoke(app, ["show", str(builtin_folder() / "classic-questions.toml"), "--question", "c2"])
    assert all(
        s in question.stdout for s in ("my biggest weakness", "45 to 120 s", "perfectionist", "I find it hard to say")
    )


def test_show_keeps_brackets_of_the_pack(tmp_path: Path) -> None:
    """A text with [brackets] is shown as written, not taken for markup."""
    path = tmp_path / "x.toml"
    path.write_text(BAD.replace("Bad", "x").replace("txt", "text").replace('"?"', '"Say [bold] and [/]"'), "utf-8")
    assert "Say [bold] and [/]" in CliRunner().invoke(app, ["show", str(path)]).stdout


def test_show_unknown_is_wrong_usage() -> None:
    """An unknown pack or question is an error of the call, with what there is instead."""
    for arguments in (["show", "crn"], ["show", "crm", "--question", "a3"]):
        error = CliRunner().invoke(app, arguments).exception
        assert isinstance(error, UsageError)
        assert error.cure


def test_check_prints_every_problem(tmp_path: Path) -> None:
    """All problems of all files go to standard output with file, line and cure, and the exit code is 1."""
    bad = tmp_path / "my packs" / "schräg.toml"
    bad.parent.mkdir()
    bad.write_text(BAD, "utf-8")
    result = CliRunner().invoke(app, ["check", str(bad.parent), str(builtin_folder()), str(tmp_path / "none.toml")])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{bad}:2", f"{bad}:7", f"{tmp_path / 'none.toml'}:1"]
    assert lines[1].endswith("Did you mean 'text'?")


def test_check_of_a_folder_without_packs_is_wrong_usage(tmp_path: Path) -> None:
    """Nothing to check is not the same as nothing wrong."""
    result = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert isinstance(result.exception, UsageError)
    assert str(tmp_path) in result.exception.what


def test_check_names_that_no_file_can_have(tmp_path: Path) -> None:
    """A name too long, or that is not UTF-8, is a problem of that file, and the others are checked."""
    odd = tmp_path / os.fsdecode(b"caf\xe9.toml")
    result = CliRunner().invoke(app, ["check", "x" * 300, str(odd), str(builtin_folder())])
    assert result.exit_code == 1
    assert [line.rsplit(":", 3)[0][-6:] for line in result.stdout.splitlines()] == [
        "xxxxxx",
        "\N{REPLACEMENT CHARACTER}.toml",
    ]


def test_check_good_packs() -> None:
    """Good packs print nothing to standard output and exit with 0."""
    result = CliRunner().invoke(app, ["check", str(builtin_folder())])
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("command", ["list", "show", "check"])
def test_help(command: str) -> None:
    """Every command explains itself."""
    assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0
