"""The list of commands, and each of them behind it."""

from __future__ import annotations

from typer.testing import CliRunner

from voicerehearsal.cli import app
from voicerehearsal.cli.commands import PANELS


def test_every_command_is_listed_on_one_line_and_tells_of_itself() -> None:
    """What is listed can be run; nobody has to read two lines to choose."""
    listed = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "80"}).output.splitlines()
    for panel, entries in PANELS.items():
        assert any(panel in line for line in listed)
        for name, entry in entries.items():
            assert any(f" {name} " in line and f"{entry.purpose}." in line for line in listed), name
            told = CliRunner().invoke(app, [name, "--help"])
            assert told.exit_code == 0
            assert f" {name} " in told.output


def test_a_mistyped_command_is_wrong_usage_with_a_guess() -> None:
    """The likeliest command is named."""
    result = CliRunner().invoke(app, ["trneds"])
    assert result.exit_code == 2
    assert "trends" in result.output
