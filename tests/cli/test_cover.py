"""`voicerehearsal cover`: which points a written answer makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicerehearsal.cli import app
from voicerehearsal.errors import UsageError

A1 = ("cover", "--pack", "complaint-calls", "--question", "a1")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))


def test_a_written_answer_has_points_and_no_times() -> None:
    """The section `keywords` of the report: words and own words count, a denied point does not, no time is known."""
    text = "First of all I say sorry. While she talks I jot every detail down. I never thank anybody."
    found = json.loads(CliRunner().invoke(app, [*A1, "--json", text]).stdout)
    points = {point["id"]: point for point in found["points"]}
    assert {name for name, point in points.items() if point["covered"]} == {"apologise", "listen-and-note"}
    assert points["apologise"]["evidence"][0]["how"] == "words"
    assert points["listen-and-note"]["evidence"][0]["start_s"] is None
    assert found["coverage"] == pytest.approx(2 / 8, abs=1e-3)
    assert set(found) == {"points", "coverage", "order", "cautions"}


def test_standard_input_and_a_hurting_phrase() -> None:
    """An answer comes through a pipe in any language, and what hurts it is named with the reason."""
    asked = ["cover", "--pack", "classic-questions-zh", "--question", "c2", "-"]
    result = CliRunner().invoke(app, asked, input="我觉得我最大的缺点就是有点完美主义。")
    assert result.exit_code == 0
    assert "of 3 points" in result.stdout
    assert "完美主义" in result.stdout.splitlines()[-1]


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_written_is_wrong_usage(text: str) -> None:
    """Without an answer there is nothing to look at, and it is said so."""
    result = CliRunner().invoke(app, [*A1, text])
    assert isinstance(result.exception, UsageError)
