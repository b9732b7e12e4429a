"""`fillers`: listed and corrected by number, and heard one after another at a terminal."""

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
from tests.reports import FILLERS, report
from tests.virtual_card import VirtualCard
from voicerehearsal.journal.store import Journal

RATE_HZ = 16_000


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A home with one answer, whose fillers are um, uh, you know, um."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()])
    return tmp_path


def _listed(home: Path, *arguments: str) -> dict[str, Any]:
    done = run(home, "fillers", *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def test_the_list_has_everything_a_correction_needs(answered: Path) -> None:
    """A line a filler with its number, time, kind and how sure it is, then how many they are; in eighty columns."""
    done = run(answered, "fillers")
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines[1:3]] == [
        ["1", "0:12.0", "um", "filled", "pause", "90", "%"],
        ["2", "0:20.0", "uh", "filled", "pause", "60", "%"],
    ]
    assert lines[3].split()[2:] == ["you", "know", "phrase", "80", "%"]
    assert lines[-1] == "4 fillers, 3.5 a minute, 2 % of the time."
    assert max(map(len, lines)) <= 80
    assert (done.returncode, done.stderr) == (0, "")


def test_corrections_by_number(answered: Path) -> None:
    """What is struck stays in the list, marked, and out of the count; numbers stay; taking back restores all."""
    before = _listed(answered)
    assert before["schema"] == "voicerehearsal.fillers/1"
    assert (before["answer"], before["count"], before["missing"]) == (1, 4, None)
    after = _listed(answered, "1", "--strike", "1", "--strike", "4", "--confirm", "2")
    assert [(one["number"], one["verdict"], one["confidence"]) for one in after["fillers"]] == [
        (1, "struck", 0.9),
        (2, "confirmed", 1.0),
        (3, None, 0.8),
        (4, "struck", 0.7),
    ]
    assert (after["count"], after["per_minute"]) == (2, pytest.approx(60 * 2 / 68.9, abs=1e-3))
    assert _listed(answered) == after
    assert _listed(answered, "--confirm", "1", "--undo", "2", "--undo", "4")["count"] == 4
    assert _listed(answered, "--undo", "1") == before
    assert "struck" in run(answered, "fillers", "--strike", "3").stdout


def test_trends_follow_a_correction(answered: Path) -> None:
    """The rate that a trend shows is that of the corrected list."""
    rate = _listed(answered, "--strike", "1")["per_minute"]
    (trend,) = json.loads(run(answered, "trends", "--metric", "fillers_per_minute", "--json").stdout)["trends"]
    assert trend["latest"]["value"] == rate


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--strike", "5"), "Answer 1 has no filler 5; they go from 1 to 4"),
        (("--strike", "1", "--undo", "0"), "Answer 1 has no filler 0"),
        (("--strike", "1", "--confirm", "1"), "Two things are said of filler 1"),
        (("7",), "There is no answer 7"),
    ],
)
def test_wrong_usage_changes_nothing(answered: Path, arguments: tuple[str, ...], said: str) -> None:
    """A number that is not there, or meant twice, is one sentence; not even the other corrections are made."""
    done = run(answered, "fillers", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {one["verdict"] for one in _listed(answered)["fillers"]} == {None}


def test_fillers_that_are_not_known_are_said_so(tmp_path: Path) -> None:
    """The reason is given, and where measuring again would help, how."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [replace(report(), fillers=None, missing={"fillers": "not built yet"})])
        fill(journal, [replace(report(), fillers=None, missing={"fillers": "there is sound, but no speech in it"})])
    old, mute = run(tmp_path, "fillers", "1"), run(tmp_path, "fillers", "2")
    assert (old.returncode, old.stdout, mute.returncode, mute.stdout) == (0, "", 0, "")
    assert "analyze --again" in old.stderr
    assert "no speech in it" in mute.stderr
    assert "--again" not in mute.stderr
    content = _listed(tmp_path, "2")
    assert (content["fillers"], content["count"]) == ([], None)
    assert content["missing"] == "there is sound, but no speech in it"


def test_an_answer_without_fillers(tmp_path: Path) -> None:
    """None is a number, not something missing."""
    made = report()
    assert made.fillers is not None
    none = replace(made.fillers, events=(), count=0, per_minute=0.0, share=0.0, clusters=())
    with Journal.open(tmp_path) as journal:
        fill(journal, [replace(made, fillers=none)])
    assert run(tmp_path, "fillers").stdout == "0 fillers, 0.0 a minute, 0 % of the time.\n"


def test_each_is_heard_and_judged_at_a_terminal(card: VirtualCard, tmp_path: Path) -> None:
    """The first is played, again on r, with 0.7 s around it; n strikes, y confirms, Enter goes on, q leaves."""
    home = tmp_path / "home"
    recording = home / "recordings" / "a.flac"
    recording.parent.mkdir(parents=True)
    t = np.arange(30 * RATE_HZ) / RATE_HZ
    sound = np.zeros(len(t))
    for at, filler in enumerate(FILLERS):  # a tone each, and another sound just outside of what is to be heard
        sound += 0.5 * np.sin(2 * np.pi * 500 * (at + 1) * t) * ((t >= filler.start_s) & (t < filler.end_s))
    first = FILLERS[0]
    sound += 0.5 * np.sin(2 * np.pi * 6000 * t) * ((t < first.start_s - 0.75) | ((t > first.end_s + 1.0) & (t < 19)))
    soundfile.write(recording, sound, RATE_HZ)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "en", started_at=START)
        journal.keep(session, report(), recording, START, attempt=1)
    with heard(card, tmp_path / "heard.wav") as line:
        terminal = Terminal("fillers", environment={**card.environment, "VOICEREHEARSAL_HOME": str(home)})
        terminal.wait_for("1 of 4: um at 0:12.0")
        terminal.watch(4.0)
        terminal.press("r")
        terminal.watch(4.0)
        terminal.press("n")
        terminal.wait_for("2 of 4: uh at 0:20.0")
        terminal.press("\r")
        terminal.wait_for("3 of 4: you know at 0:20.8")
        terminal.press("y")
        terminal.wait_for("4 of 4: um at 0:21.6")
        terminal.press("q")
        terminal.wait_for("3 fillers, 2.6 a minute")
        assert terminal.finish() == 0
    content = _listed(home)
    assert [one["verdict"] for one in content["fillers"]] == ["struck", None, "confirmed", None]
    samples, _ = soundfile.read(line)
    tone_s, other_s = _tone_s(samples, 500.0), _tone_s(samples, 6000.0)
    assert tone_s == pytest.approx(2 * 0.5, abs=0.2)
    assert other_s < 0.1


def _tone_s(samples: np.ndarray[Any, Any], hz: float) -> float:
    """For how long a tone sounds."""
    frame = RATE_HZ // 50
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    at = np.exp(2j * np.pi * hz * np.arange(frame) / RATE_HZ)
    return float((np.abs(frames @ at) * 2 / frame > 0.1).sum()) * frame / RATE_HZ


def test_without_a_speaker_a_terminal_still_gets_the_list(answered: Path) -> None:
    """What cannot be played is said in a line, with the way to correct without hearing."""
    terminal = Terminal(
        "fillers", environment={"VOICEREHEARSAL_HOME": str(answered), "PULSE_SERVER": "unix:/nowhere", "HOME": "/"}
    )
    terminal.wait_for("--strike N correct by number")
    assert terminal.finish() == 0
