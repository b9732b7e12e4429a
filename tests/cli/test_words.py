"""`words`: listed and corrected by number, and the unsure ones heard at a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.cli.running import run
from tests.cli.test_replay import heard
from tests.cli.test_terminal import Terminal
from tests.journal.test_store import START, fill
from tests.reports import report
from tests.virtual_card import VirtualCard
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Report, Transcript, Word


def _said() -> Report:
    """An answer of four words, two of which the recogniser was unsure of."""
    words = (
        Word("i", 2.0, 2.2, 1.0),
        Word("am", 2.2, 2.5, 0.9),
        Word("sore", 5.8, 6.3, 0.4),
        Word("too", 9.0, 9.4, 0.5),
    )
    return replace(report(question=None), transcript=Transcript("i am sore too", words))


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A home with that answer."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [_said()])
    return tmp_path


def _listed(home: Path, *arguments: str) -> dict[str, Any]:
    done = run(home, "words", *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def test_the_list_has_everything_a_correction_needs(answered: Path) -> None:
    """A line a word with its number, time and how sure it is, the unsure ones marked; in eighty columns."""
    done = run(answered, "words")
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["2", "0:02.2", "am", "90", "%"],
        ["3", "0:05.8", "sore", "?", "40", "%"],
    ]
    assert lines[-1] == "2 unsure (?), 0 corrected by you."
    assert max(map(len, lines)) <= 80
    assert (done.returncode, done.stderr) == (0, "")


def test_words_are_corrected_by_number_and_trends_follow(answered: Path) -> None:
    """One for several, several for one, nothing at all; each is taken back by any of its numbers."""
    before = _listed(answered)
    assert (before["schema"], before["answer"], before["missing"]) == ("voicerehearsal.words/1", 1, None)
    after = _listed(answered, "1", "--replace", "3-4", "Sorry to hear that.")
    assert [(one["text"], one["heard"]) for one in after["words"][1:]] == [
        ("am", None),
        *((text, ["sore", "too"]) for text in ("sorry", "to", "hear", "that")),
    ]
    (trend,) = json.loads(run(answered, "trends", "--metric", "words_per_minute", "--json").stdout)["trends"]
    assert trend["latest"]["value"] == pytest.approx(60 * 6 / 68.9, abs=1e-3)
    struck = _listed(answered, "--replace", "2", "")
    assert [(one["text"], one["corrected"]) for one in struck["words"][:2]] == [("i", False), ("", True)]
    assert "(nothing)  yours  am" in run(answered, "words").stdout
    assert _listed(answered, "--undo", "2", "--undo", "5") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--replace", "5", "x"), "Answer 1 has no word 5; they go from 1 to 4"),
        (("--replace", "some", "x"), "is no number of a word"),
        (("--undo", "1"), "Word 1 is as it was heard"),
        (("7",), "There is no answer 7"),
    ],
)
def test_wrong_usage_changes_nothing(answered: Path, arguments: tuple[str, ...], said: str) -> None:
    """A number that is not there is one sentence."""
    done = run(answered, "words", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not any(one["corrected"] for one in _listed(answered)["words"])


def test_words_that_are_not_known_are_said_so(tmp_path: Path) -> None:
    """The reason is given, also when there is nothing to correct."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [replace(report(), transcript=None, missing={"transcript": "nobody wrote it down"})])
    assert "nobody wrote it down" in run(tmp_path, "words").stderr
    content = _listed(tmp_path)
    assert (content["words"], content["missing"]) == ([], "its words are not known: nobody wrote it down")


def test_the_unsure_ones_are_heard_at_a_terminal(card: VirtualCard, tmp_path: Path) -> None:
    """y keeps a word as said, n tells how to write what was said instead."""
    home = tmp_path / "home"
    recording = home / "recordings" / "a.flac"
    recording.parent.mkdir(parents=True)
    soundfile.write(recording, np.zeros(12 * 16_000), 16_000)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "en", started_at=START)
        journal.keep(session, _said(), recording, START, attempt=1)
    with heard(card, tmp_path / "heard.wav"):
        terminal = Terminal("words", environment={**card.environment, "VOICEREHEARSAL_HOME": str(home)})
        terminal.wait_for("1 of 2: 0:05.8 “sore”")
        terminal.press("y")
        terminal.wait_for("2 of 2: 0:09.0 “too”")
        terminal.press("n")
        terminal.wait_for("words 1 --replace 4")
        assert terminal.finish() == 0
    content = _listed(home)
    assert [(one["corrected"], one["confidence"]) for one in content["words"][2:]] == [(True, 1.0), (False, 0.5)]
