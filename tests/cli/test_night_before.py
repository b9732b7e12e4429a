"""`voicerehearsal night-before`: the best attempt at each question."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner

from tests.cli.test_replay import answered as answered
from tests.cli.test_terminal import Terminal
from tests.reports import report
from voicerehearsal.cli import app
from voicerehearsal.journal.store import Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.values import QuestionRef

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_set_has_the_best_of_each_question_and_names_the_others(home: Path) -> None:
    """The most points win, demonstrations, exercises and what was not recorded do not count, what lacks is named."""
    with Journal.open(home) as journal:
        practice, demo = (journal.start_session(kind, "crm", "en") for kind in ("practice", "demonstration"))
        for n, (session, question, coverage, recorded) in enumerate(
            (
                (practice, "a2", 0.5, True),
                (practice, "a2", 0.8, True),
                (practice, "a2", 0.6, True),
                (demo, "a2", 1.0, True),
                (practice, "a2", 0.9, False),
                (practice, "a2-f1", 0.2, True),
            )
        ):
            said = report(question=QuestionRef("crm", question), coverage=coverage)
            journal.keep(
                session, said, home / f"{n}.flac" if recorded else None, MONDAY + timedelta(hours=n), attempt=1
            )
        exercise = journal.start_session("practice", "hotline-service", "en", kind_of_practice="questioning")
        for n, asked in enumerate((QuestionRef("hotline-service", "b3"), QuestionRef("crm", "a2-f2"))):
            journal.keep(exercise, report(question=asked), home / f"x{n}.flac", MONDAY + timedelta(days=1), attempt=1)
    found = json.loads(CliRunner().invoke(app, ["night-before", "--json"]).stdout)
    assert (found["schema"], found["pack"], found["language"]) == ("voicerehearsal.night-before/1", "crm", "en")
    assert [(one["id"], one["answer"]) for one in found["questions"]] == [("a2", 2), ("a2-f1", 6)]
    assert found["questions"][0]["to_mend"] == ["the phrase “perfectionist”"]
    every = {question.id for question in find_pack("crm", [builtin_folder()]).questions}
    assert set(found["unanswered"]) == every - {"a2", "a2-f1"}
    listed = CliRunner().invoke(app, ["night-before"])
    assert "a2, 02 Mar 2026, answer 2: 1 of 1 points" in listed.stdout
    assert "where there are keys" in listed.stderr
    assert "Not answered yet: " in listed.stderr
    assert max(map(len, listed.stdout.splitlines())) <= 80
    assert all(line == line.rstrip() for line in listed.stdout.splitlines())


def test_without_answers_it_says_how_to_begin(home: Path) -> None:
    """An empty journal is no failure to be puzzled by: the first command to type is named."""
    assert "Start with `voicerehearsal practice`" in str(CliRunner().invoke(app, ["night-before"]).exception)
    named = CliRunner().invoke(app, ["night-before", "--pack", "crm"])
    assert named.exit_code == 0
    assert "practice --pack crm --question a2" in named.stderr


def test_it_goes_from_question_to_answer_and_on_with_enter(answered: dict[str, str]) -> None:
    """The question is read, Enter goes to the answer with its words, Enter to the next question, q leaves."""
    with Journal.open(Path(answered["VOICEREHEARSAL_HOME"])) as journal:
        first = journal.answer(1)
        said = journal.report(1)
        assert said is not None
        asked = [replace(said, question=QuestionRef("classic-questions", id_)) for id_ in ("c1", "c2")]
        assert first.recording is not None
        copy = first.recording.with_name("b.flac")
        copy.write_bytes(first.recording.read_bytes())
        for one, recording in zip(asked, (first.recording, copy), strict=True):
            journal.keep(first.session_id, one, recording, MONDAY, attempt=1)
    terminal = Terminal("night-before", "--pack", "classic-questions", environment=answered)
    terminal.wait_for("1 of 2")
    terminal.press("\r")
    terminal.wait_for("zero one two")
    terminal.press("\r")
    terminal.wait_for("2 of 2")
    terminal.press("q")
    terminal.wait_for("Not answered yet")
    assert terminal.finish() == 0
