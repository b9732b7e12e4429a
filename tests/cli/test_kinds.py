"""Kinds of practice as a person starts them, their answers taken from files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile

from tests.conftest import Say
from tests.program import one_sentence, run, run_apart
from voicerehearsal.journal.store import Journal
from voicerehearsal.presenting.kinds import pack_for

Hold = Callable[..., str]

PACK = """
[pack]
id = "small"
title = "A small pack"
language = "en"

[[question]]
id = "late"
text = "My parcel is late!"
model_answer = "I am sorry to hear that. I will call you back by five o'clock."
[[question.point]]
id = "sorry"
label = "Apologise"
phrases = ["I am sorry"]
[[question.point]]
id = "time"
label = "State a time"
phrases = ["call you back by five o'clock"]
[[question.caution]]
phrases = ["not our fault"]
why = "It sends the trouble back."
[question.caller]
upset = 3
softer = ["Well."]
harder = ["Are you listening?"]
content = "Thank you. Goodbye."
fed_up = "Forget it!"
"""
GOOD = "I am sorry. I will call you back by five o'clock."


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with everything that the kinds need."""
    path = tmp_path / "small.toml"
    path.write_text(PACK, "utf-8")
    return path


@pytest.fixture
def hold(say: Say, pack: Path, home: Path, tmp_path: Path) -> Hold:
    """Practise a kind with these answers; what was printed on both outputs, wrapped lines joined."""

    def practise(kind: str, *texts: str) -> str:
        folder = tmp_path / "answers"
        folder.mkdir()
        for number, text in enumerate(texts):
            sound = say(text)
            soundfile.write(folder / f"{number}.wav", sound.samples, sound.sample_rate_hz)
        done = run("practice", "--kind", kind, "--pack", pack, "--answers", folder)
        assert done.returncode == 0, done.stderr
        return " ".join(f"{done.stdout} {done.stderr}".split())

    return practise


def test_a_call_ends_well_and_every_reply_is_kept(hold: Hold) -> None:
    """Provoked once, then helped: the caller's mood after each reply, how the call went, and why."""
    printed = hold("role-play", "Well, that is not our fault.", GOOD, "Thank you for calling. Goodbye.")
    assert 'The caller is furious, angrier than before: "not our fault".' in printed
    assert "The call ended well after 2 replies. The caller was angry at first" in printed
    assert '"not our fault": It sends the trouble back.' in printed
    assert len(json.loads(run("history", "--json").stdout)["answers"]) == 3


def test_shadowing_shows_the_voice_and_the_speaker_side_by_side(hold: Hold) -> None:
    """Whoever says it as the voice does has kept its pace."""
    printed = hold("shadowing", "I am sorry to hear that. I will call you back by five o'clock.")
    assert "You kept the pace and the pauses of the voice." in printed
    assert "the voice you pace" in printed


def test_without_notes_they_are_begun_and_it_is_said_where(pack: Path, home: Path) -> None:
    """The talking points lie there as a start, and nothing is practised yet."""
    done = run("practice", "--kind", "notes", "--pack", pack)
    assert done.returncode == 0
    file = home / "notes" / "small" / "late.md"
    assert str(file) in one_sentence(done.stderr)
    assert file.read_text("utf-8").splitlines()[-2:] == ["- Apologise", "- State a time"]
    assert not (home / "recordings").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "singing"], "There are: drill, interview, role-play"),
        (["--kind", "drill", "--interruptions"], "In drill nobody cuts in"),
        (["--notes", "mine.md"], "--notes goes with --kind notes"),
        (["--kind", "notes", "--notes", "/nonexistent/mine.md"], "no file /nonexistent/mine.md"),
        (["--kind", "role-play", "--pack", "crm"], "has a caller, which role-play needs"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(home: Path, arguments: list[str], said: str) -> None:
    """Exit 2, one sentence, and what there is instead."""
    done = run("practice", *arguments)
    assert done.returncode == 2
    assert said in one_sentence(done.stderr)


def test_a_role_play_without_a_recogniser_is_refused_before_it_begins(home: Path) -> None:
    """Nothing is recorded that could not be answered."""
    done = run("practice", "--kind", "role-play", "--language", "zh")
    assert done.returncode in (1, 2)
    assert "needs the recogniser" in one_sentence(done.stderr) or "No built-in pack" in done.stderr


def test_shadowing_a_voice_that_cannot_be_heard_is_refused(home: Path) -> None:
    """Without a loudspeaker there is nothing to follow."""
    done = run_apart("practice", "--kind", "shadowing", environment={"PULSE_SERVER": "unix:/nonexistent"})
    assert done.returncode == 1
    assert "Shadowing needs a speaker" in one_sentence(done.stderr)


def test_a_question_named_without_its_pack_is_found_in_the_builtin_one_that_has_it(tmp_path: Path) -> None:
    """Whoever knows the name of a question need not know where it stands."""
    with Journal.open(tmp_path) as journal:
        assert pack_for(None, None, None, journal, ids=["c7-f1"]).id == "classic-questions"
