"""`voicerehearsal due`: what comes round again, and when."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.reports import report
from voicerehearsal.cli import app
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import QuestionRef


def test_what_was_practised_is_due_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing yet: so it says; an answer of a month ago is due, one of just now is not."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    assert "No question in English has been practised yet" in CliRunner().invoke(app, ["due"]).stderr
    now = datetime.now(UTC)
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", "crm", "en")
        for question, days in (("a2", 40), ("a2-f1", 0)):
            asked = report(question=QuestionRef("crm", question))
            journal.keep(session, asked, None, now - timedelta(days=days), attempt=1)
    found = json.loads(CliRunner().invoke(app, ["due", "--json"]).stdout)
    assert found["schema"] == "voicerehearsal.due/1"
    assert [(one["id"], one["is_due"]) for one in found["questions"]] == [("a2", True), ("a2-f1", False)]
    lines = CliRunner().invoke(app, ["due"]).stdout.splitlines()
    assert lines[1].split()[:3] == ["now", "a2", "crm"]
