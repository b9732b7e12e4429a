"""The one rehearsal of this computer: held as in the terminal, and the same whatever pages do."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile

from tests.conftest import Say
from tests.program import run
from tests.studio.serving import Served, served
from tests.studio.watching import Watcher
from tests.virtual_card import VirtualCard
from voicerehearsal.journal.settings import Settings, write_settings
from voicerehearsal.presenting.sitting import Wishes
from voicerehearsal.studio.hub import Hub
from voicerehearsal.studio.messages import Snapshot
from voicerehearsal.studio.stage import OutOfPlaceError, Stage

ANSWER = "I would smile before I pick up."
PACK, QUESTION = "classic-questions", "c7-f1"
"""The shortest question there is."""

Reports = list[dict[str, Any]]


def kept(home: Path) -> Reports:
    """The reports in the journal, oldest first."""
    with sqlite3.connect(home / "journal.db") as db:
        return [json.loads(row[0]) for row in db.execute("SELECT report FROM answers ORDER BY id")]


def heard(report: dict[str, Any]) -> str:
    """What was said, in words."""
    return str(report["transcript"]["text"])


# ---- on the sound card ----------------------------------------------------------------------------------------------


@pytest.fixture
def spoken(say: Say, tmp_path: Path) -> Path:
    """A short answer to be spoken into the microphone."""
    path = tmp_path / "answer.wav"
    sound = say(ANSWER)
    soundfile.write(path, sound.samples, sound.sample_rate_hz)
    return path


@pytest.fixture
def studio(card: VirtualCard, furnished: Path) -> Iterator[Served]:
    """A studio with the virtual card."""
    with served(furnished, card.environment) as started:
        yield started


def listening(page: Watcher) -> None:
    """Cut the question short and wait until the microphone listens."""
    page.wait_for("asking")
    assert page.act("end")[0] == 204
    page.wait_for("listening")


def test_a_rehearsal_is_held_from_a_page(card: VirtualCard, studio: Served, spoken: Path, furnished: Path) -> None:
    """It rings until it is picked up, mutes, is ended, gives a report, and another attempt is set beside it."""
    page = Watcher(studio)
    assert page.act("start", pack=PACK, questions=[QUESTION])[0] == 204
    page.wait_for("ringing")
    assert page.act("start")[0] == 409
    assert page.act("end") == (409, {"message": "Nobody is speaking", "cure": ""})
    page.act("pick-up")
    listening(page)
    page.act("mute")
    assert page.wait_until(lambda now: now["mutes_from_s"] is not None)["mutes_from_s"] < 1
    page.wait_until(lambda _: bool(page.levels) and page.levels[-1]["muted"])
    page.act("mute")
    told = page.wait_until(lambda now: now["mutes_from_s"] is None)["warnings"]
    assert ["only zeros" in text for text in told] == [True]
    card.speak(spoken).wait(10)
    assert page.now["warnings"] == []
    page.act("end")
    first = page.wait_for("report")
    assert first["answers"] == [first["answer"]]
    assert {level["muted"] for level in page.levels} == {True, False}
    page.wait_for("report", onward="finish")
    page.act("again")
    listening(page)
    card.speak(spoken).wait(10)
    page.act("end")
    second = page.wait_for("report", onward="finish")
    assert second["question"]["attempt"] == 2
    assert second["against"] == first["answer"]
    assert second["compared"][0].startswith("Against attempt 1: ")
    page.act("next")
    over = page.wait_for("over")
    assert over["answers"] == [first["answer"], second["answer"]]
    assert over["answers_to"] == [first["question"]["text"], second["question"]["text"]]
    rows = over["look_back"]["rows"]
    assert [(row["now"], row["asked"]["text"]) for row in rows] == [(True, first["question"]["text"])] * 2
    assert ["smile before i pick up" in heard(report) for report in kept(furnished)] == [True, True]
    page.close()


def test_what_is_said_while_no_page_looks_or_the_studio_ends_is_kept(
    card: VirtualCard, studio: Served, spoken: Path, furnished: Path
) -> None:
    """A page that is closed ends nothing, another one sees the same, and a studio told to end keeps the answer."""
    page = Watcher(studio)
    page.act("start", pack=PACK, questions=[QUESTION], end_silence_s=1)
    page.wait_for("ringing")
    page.act("pick-up")
    listening(page)
    page.close()
    card.speak(spoken).wait(10)
    other = Watcher(studio)
    report = other.wait_for("report", onward="finish")
    assert report["ended_by"] == "silence"
    other.act("again")
    listening(other)
    card.speak(spoken).wait(10)
    studio.process.terminate()
    studio.process.wait(20)
    first, second = kept(furnished)
    assert "smile before i pick up" in heard(first)
    assert "smile before i pick up" in heard(second)
    assert {path.suffix for path in (furnished / "recordings").iterdir()} == {".flac"}


def test_the_sound_check_says_what_it_heard(card: VirtualCard, studio: Served, spoken: Path) -> None:
    """A level while it is on, the words and how loud they were, and that nothing but zeros comes from a dead one."""
    page = Watcher(studio)
    page.act("sound-check")
    page.wait_until(lambda now: "only zeros" in ((now["sound_check"] or {}).get("trouble") or ""))
    card.speak(spoken).wait(10)
    said = page.wait_until(lambda now: now["sound_check"]["verdict"])["sound_check"]
    assert "smile before i pick up" in said["heard"]
    assert said["good"]
    assert -40 < said["level_dbfs"] < -10
    assert max(level["peak_dbfs"] for level in page.levels) > -20
    page.act("sound-check", on=False)
    assert page.wait_until(lambda now: now["sound_check"] is None)["phase"] == "idle"
    page.close()


# ---- from files -----------------------------------------------------------------------------------------------------


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage that no page watches."""
    made = Stage(Hub())
    yield made
    made.close()


def until(stage: Stage, *phases: str) -> Snapshot:
    """Wait for one of the phases, and for what can be done then."""
    deadline = time.monotonic() + 60
    while stage.snapshot.phase not in phases or (stage.snapshot.phase == "report" and not stage.snapshot.can.next):
        assert time.monotonic() < deadline, stage.snapshot
        time.sleep(0.01)
    return stage.snapshot


def test_page_and_terminal_give_the_same_report(stage: Stage, say: Say, home: Path, tmp_path: Path) -> None:
    """The same answers through both: all that is kept of them but the name of the recording is the same."""
    answers = tmp_path / "answers"
    answers.mkdir()
    sound = say(ANSWER)
    soundfile.write(answers / "1.wav", sound.samples, sound.sample_rate_hz)
    stage.start(Wishes(pack=PACK, questions=(QUESTION,), answers=answers))
    until(stage, "ringing")
    stage.act("pick_up")
    until(stage, "report")
    stage.act("next")
    by_page = until(stage, "over")
    terminal = tmp_path / "terminal"
    done = run(
        *("practice", "--pack", PACK, "--question", QUESTION, "--answers", answers),
        environment={"VOICEREHEARSAL_HOME": str(terminal)},
    )
    assert done.returncode == 0, done.stderr
    (ours,), (theirs,) = kept(home), kept(terminal)
    assert ours.pop("source")
    assert theirs.pop("source")
    assert ours == theirs
    assert by_page.look_back is not None
    printed = " ".join(done.stdout.split())
    assert all(line in printed for line in by_page.look_back.told)
    assert by_page.look_back.onward is not None
    assert by_page.look_back.onward.asked is not None
    assert f"Next, because it does not sit yet: {PACK} {by_page.look_back.onward.asked.id}" in printed


def test_what_does_not_fit_is_said_and_a_wrong_wish_is_told(stage: Stage, home: Path) -> None:
    """An act out of place is refused, a settled device that is gone is told of, what cannot be held has its cure."""
    write_settings(home, Settings(speaker="The one at the office"))
    with pytest.raises(OutOfPlaceError, match="no answer to give again"):
        stage.act("again")
    stage.start(Wishes(pack="no-such-pack"))
    failed = until(stage, "failed")
    assert failed.error is not None
    assert "no-such-pack" in failed.error.message
    assert failed.warnings == ("Your speaker “The one at the office” is not here now; the one of the system is used.",)
    stage.act("hang_up")
    assert stage.snapshot.phase == "idle"


def test_a_call_can_be_declined(stage: Stage, say: Say, home: Path, tmp_path: Path) -> None:
    """Who hangs up while it rings has given no answer, and nothing is kept."""
    sound = say(ANSWER)
    soundfile.write(tmp_path / "1.wav", sound.samples, sound.sample_rate_hz)
    stage.start(Wishes(pack=PACK, answers=tmp_path))
    until(stage, "ringing")
    stage.act("hang_up")
    assert until(stage, "over").answers == ()
    assert not (home / "recordings").exists()


@pytest.fixture
def two_answers(say: Say, tmp_path: Path) -> Path:
    """A folder with two answers."""
    folder = tmp_path / "two"
    folder.mkdir()
    for name in ("1.wav", "2.wav"):
        sound = say(ANSWER)
        soundfile.write(folder / name, sound.samples, sound.sample_rate_hz)
    return folder


def test_a_follow_up_is_asked_besides(stage: Stage, home: Path, two_answers: Path) -> None:
    """After a main question one of its follow-ups on what was left out; then the rehearsal goes on as planned."""
    stage.start(Wishes(pack="complaint-calls", questions=("a1", "a1-f2"), answers=two_answers))
    until(stage, "ringing")
    stage.act("pick_up")
    assert until(stage, "report").onward == "next"
    stage.act("follow_up")
    until(stage, "asking", "listening", "measuring")
    asked = until(stage, "report")
    assert asked.question is not None
    assert asked.question.id.startswith("a1-f")
    assert asked.question.why.startswith("A follow-up, because this was left out: ")


def test_nobody_is_left_ringing(home: Path, two_answers: Path) -> None:
    """Half a minute after the last page was closed the call ends by itself."""
    hub = Hub()
    stage = Stage(hub)
    stage.start(Wishes(pack=PACK, answers=two_answers))
    until(stage, "ringing")
    hub.alone_since_s = time.monotonic() - 29
    time.sleep(0.3)
    assert stage.snapshot.phase == "ringing"
    hub.alone_since_s -= 2
    assert until(stage, "over").answers == ()
