"""Whole rehearsals: on the virtual sound card, from files, without a microphone, and interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.conftest import Say
from tests.engines.hearing import heard
from tests.on_card import RATE_HZ, Running, rehearse, true_latency_s
from tests.program import one_sentence, report, run, run_apart, start
from tests.virtual_card import VirtualCard
from voicerehearsal.journal.store import Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.values import Question

ANSWER = "I would smile before I pick up, because callers can hear it. Then I apologise, and I take notes."
BEGUN = "I would smile before I pick up."
ONE = ("--pack", "complaint-calls", "--question", "a1-f2", "--end-silence", "2")
SHORT = ("--pack", "classic-questions", "--question", "c7-f1", "--end-silence", "2")
"""The shortest question there is, with the shortest model answer."""


def _question(pack: str, name: str) -> Question:
    return next(question for question in find_pack(pack, [builtin_folder()]).questions if question.id == name)


@pytest.fixture(scope="module")
def short() -> Question:
    """The question of `SHORT`."""
    return _question(SHORT[1], SHORT[3])


@pytest.fixture
def answers(say: Say, tmp_path: Path) -> Path:
    """A folder with two recorded answers."""
    folder = tmp_path / "answers"
    folder.mkdir()
    for name, text in (("1.wav", ANSWER), ("2.flac", "First I listen to the customer, and I say that I am sorry.")):
        sound = say(text)
        soundfile.write(folder / name, sound.samples, sound.sample_rate_hz)
    return folder


def test_a_whole_rehearsal_on_the_sound_card(card: VirtualCard, say: Say, furnished: Path, tmp_path: Path) -> None:
    """The question comes out of the speaker, the answer goes into the microphone, and the report is right."""
    question = _question(ONE[1], ONE[3])
    opening = " ".join(question.text.split()[:4])
    asked, answer = say(question.text), say(ANSWER)
    done = rehearse(card, tmp_path, *ONE, question=asked, words=opening, answer=answer)
    assert done.code == 0, done.said
    assert "words a minute" in done.printed
    (found,) = done.kept()
    assert "smile before i pick up" in found["transcript"]["text"]
    assert opening.split()[0].lower() not in found["transcript"]["text"].split()[:1]
    assert found["question"] == {"pack": "complaint-calls", "id": "a1-f2"}
    truth_s = true_latency_s(done.line, asked, answer)
    assert found["pauses"]["response_latency_s"] == pytest.approx(truth_s, abs=0.05)
    asked_part = tmp_path / "asked.wav"
    end = int((len(done.line) / RATE_HZ - answer.duration_s) * RATE_HZ)
    soundfile.write(asked_part, done.line[:end], RATE_HZ)
    words = [word.strip(",.?") for word in question.text.lower().split()]
    assert sum(word in heard(asked_part) for word in words) / len(words) > 0.7
    recording = next((done.home / "recordings").glob("*.flac"))
    assert report(recording, environment={"VOICEREHEARSAL_HOME": str(done.home)}) == found


@pytest.fixture
def speaking(card: VirtualCard, say: Say, short: Question, furnished: Path, tmp_path: Path) -> Iterator[Running]:
    """A rehearsal in the middle of an answer, two seconds after its sentence was said for the first time."""
    answer = tmp_path / "answer.wav"
    sound = say(BEGUN)
    soundfile.write(answer, np.tile(sound.samples, 6), sound.sample_rate_hz)
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(furnished)}
    asked = say(short.text)
    running = Running(start("practice", *SHORT, environment=environment))
    running.wait_for(short.text)
    time.sleep(asked.duration_s + 1.0)
    player = card.speak(answer)
    time.sleep(sound.duration_s + 2.0)
    yield running
    running.process.kill()
    player.terminate()


def _is_kept(printed: str, home: Path) -> bool:
    """Whether the report shows the first sentence, and there is one finished recording."""
    recordings = [path.suffix for path in (home / "recordings").iterdir()]
    return "smile before i pick up" in " ".join(printed.split()) and recordings == [".flac"]


def test_a_microphone_that_vanishes_costs_nothing_said_so_far(
    card: VirtualCard, speaking: Running, furnished: Path
) -> None:
    """Unplugged in the middle of an answer: noticed, measured as far as it went, kept, one sentence, exit 1."""
    card.unplug()
    try:
        printed = speaking.finish(30)
    finally:
        card.plug_in()
    assert speaking.process.returncode == 1
    assert "went away" in speaking.said
    assert _is_kept(printed, furnished)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_speaking_keeps_the_answer_so_far(
    speaking: Running, furnished: Path, number: signal.Signals
) -> None:
    """Ctrl-C, or being told to end, in the middle of an answer: measured, kept, exit 130."""
    speaking.process.send_signal(number)
    printed = speaking.finish(30)
    assert speaking.process.returncode == 130
    assert "Traceback" not in speaking.said
    assert _is_kept(printed, furnished)


def test_killed_while_speaking_is_recovered(speaking: Running, furnished: Path) -> None:
    """kill -9 in the middle of an answer costs at most the last half second: `recover` makes a recording of it."""
    home = {"VOICEREHEARSAL_HOME": str(furnished)}
    speaking.process.kill()
    speaking.finish(5)
    (tape,) = (furnished / "recordings").glob("*.au")
    os.utime(tape, (time.time() - 60, time.time() - 60))  # a minute later
    assert run("recover", environment=home).returncode == 0
    (recording,) = (furnished / "recordings").iterdir()
    found = report(recording, environment=home)
    assert "smile before i pick up" in found["transcript"]["text"]
    assert found["question"] == {"pack": "classic-questions", "id": "c7-f1"}


def test_interrupted_during_the_question_ends_cleanly(card: VirtualCard, short: Question, furnished: Path) -> None:
    """Ctrl-C before there is an answer: nothing kept, no complaint, exit 130."""
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(furnished)}
    running = Running(start("practice", *SHORT, environment=environment))
    running.wait_for(short.text)
    running.process.send_signal(signal.SIGINT)
    running.finish(15)
    assert running.process.returncode == 130
    assert "Traceback" not in running.said
    assert not list(furnished.glob("recordings/*"))


def test_a_second_rehearsal_on_the_same_microphone_is_refused(
    card: VirtualCard, short: Question, furnished: Path
) -> None:
    """Two at once would hear each other: the second one says so, and the first goes on."""
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(furnished)}
    first = Running(start("practice", *SHORT, environment=environment))
    first.wait_for("Ring")
    second = run_apart("practice", *SHORT, environment=environment)
    assert second.returncode == 1
    assert "Another rehearsal is going on" in one_sentence(second.stderr)
    first.wait_for(short.text)
    first.process.send_signal(signal.SIGINT)
    first.finish(15)


def test_a_dead_microphone_is_told_apart_from_silence(card: VirtualCard, furnished: Path) -> None:
    """Zeros from the microphone: said during the ring, and again as the reason why nothing was heard."""
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(furnished)}
    running = Running(start("practice", *SHORT, "--time-limit", "3", environment=environment))
    printed = running.finish(60)
    assert "sends only zeros" in " ".join(running.said.split())
    assert "I heard nothing: the microphone sent only zeros" in " ".join(printed.split())


def test_an_unknown_microphone_is_an_error_that_lists_the_known(card: VirtualCard, tmp_path: Path) -> None:
    """A microphone asked for by name and missing is no reason for a demonstration."""
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(tmp_path / "home")}
    done = run_apart("practice", "--microphone", "Studio 9000", environment=environment)
    assert done.returncode == 2
    assert "There are: default; pulse" in one_sentence(done.stderr)


def test_answers_from_files_take_the_same_path(answers: Path, home: Path) -> None:
    """--answers: one question a file, in name order; each kept and measured as analyze measures it again."""
    done = run("practice", "--pack", "complaint-calls", "--answers", answers)
    assert done.returncode == 0, done.stderr
    listed = json.loads(run("history", "--json").stdout)["answers"]
    assert [answer["question"]["id"] for answer in reversed(listed)] == ["a1", "a1-f1"]
    assert {answer["kind"] for answer in listed} == {"practice"}
    for answer in listed:
        found = report(answer["recording"])
        assert found["question"]["id"] == answer["question"]["id"]
        assert found["pace"]["words_per_minute"] == answer["rate"]
        assert found["pauses"]["response_latency_s"] is not None
    looked_back = [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("now")]
    assert looked_back == [["now", "a1"], ["now", "a1-f1"]]


def test_without_a_microphone_there_is_a_demonstration(home: Path) -> None:
    """No sound card at all: one line says so, a second voice answers, and it never enters trends."""
    environment = {"PULSE_SERVER": "unix:/nonexistent"}
    done = run_apart("practice", *SHORT, environment=environment)
    assert done.returncode == 0, done.stderr
    assert "There is no microphone. Here is a demonstration instead." in " ".join(done.stderr.split())
    assert "demonstration" in done.stderr
    assert "words a minute" in done.stdout
    assert json.loads(run("history", "--json", "--all").stdout)["answers"][0]["kind"] == "demonstration"
    assert json.loads(run("trends", "--json").stdout)["trends"] == []


def test_a_demonstration_shows_a_pause_and_covers_its_points(home: Path) -> None:
    """The second voice pauses once for a long time, and the recogniser understands it."""
    assert run("demo").returncode == 0
    with Journal.open(home, read_only=True) as journal:
        found = journal.report(journal.answers()[0].id)
    assert found is not None
    assert found.pauses is not None
    assert found.keywords is not None
    assert any(silence.kind == "long" for silence in found.pauses.silences)
    assert (found.keywords.coverage or 0) >= 0.75


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--pack", "complaint-call"], "complaint-calls"),
        (["--pack", "complaint-calls", "--question", "a9"], "no question 'a9'"),
        (["--language", "fr"], "'fr' is not a language"),
        (["--answers", "/nonexistent"], "no sound files"),
        (["--end-silence", "-1"], "greater than or equal to 0.5"),
    ],
)
def test_wrong_usage_says_what_there_is(home: Path, arguments: list[str], said: str) -> None:
    """Unknown packs, questions, languages and folders: exit 2 and what to do."""
    done = run("practice", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_in_the_middle_of_an_answer_keeps_what_it_took(say: Say, home: Path, tmp_path: Path) -> None:
    """A file size limit stands for the full disk: the answer so far is measured, and the message says where it lies."""
    folder = tmp_path / "answers"
    folder.mkdir()
    sound = say(ANSWER)
    soundfile.write(folder / "1.wav", np.tile(sound.samples, 2), sound.sample_rate_hz)
    Journal.open(home).close()  # it stays small, and so does the voice of a short question
    limit = int(sound.duration_s * 1.5 * sound.sample_rate_hz * 2)
    code = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from voicerehearsal.cli import main; sys.argv[0] = 'voicerehearsal'; main()"
    )
    command = [sys.executable, "-c", code, "practice", *SHORT, "--answers", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=dict(os.environ))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "safe in" in " ".join(done.stderr.split())
    assert "smile before i pick up" in " ".join(done.stdout.split())


def test_a_data_folder_that_cannot_be_written_is_one_sentence(answers: Path, tmp_path: Path) -> None:
    """The data folder lies below a file: exit 1, one sentence that names the variable to set."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = run("practice", "--answers", answers, environment={"VOICEREHEARSAL_HOME": str(blocked / "home")})
    assert done.returncode == 1
    assert "VOICEREHEARSAL_HOME" in one_sentence(done.stderr)


def test_who_stops_reading_loses_nothing(answers: Path, home: Path) -> None:
    """Standard output is closed before the report is printed, as by `| head`: the answer is in the journal."""
    process = start("practice", *SHORT, "--count", "1", "--answers", answers)
    assert process.stdout is not None
    process.stdout.close()
    process.wait(60)
    (kept,) = json.loads(run("history", "--json").stdout)["answers"]
    assert kept["measured"]
    assert kept["recording"].endswith(".flac")


def test_a_broken_answer_file_is_named(home: Path, tmp_path: Path) -> None:
    """A text called .wav among the answers stops the rehearsal with its name."""
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "1.wav").write_text("not sound\n" * 99)
    done = run("practice", "--pack", "complaint-calls", "--answers", folder)
    assert done.returncode == 1
    assert "1.wav" in done.stderr
    assert "Traceback" not in done.stderr
