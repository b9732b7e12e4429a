"""A rehearsal at a real terminal (a pseudo-terminal): keys, the meter, and what is left behind."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import sqlite3
import struct
import subprocess
import termios
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.conftest import Say
from tests.program import PROGRAM, run
from tests.virtual_card import VirtualCard

WIDTH = 80
ONE = ("practice", "--pack", "complaint-calls", "--question", "a1-f2")


class Terminal:
    """A program at a terminal of 80 columns."""

    def __init__(self, *arguments: str | Path, environment: dict[str, str]) -> None:
        self.shown = ""
        self._screen, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 30, WIDTH, 0, 0))
        self._process = subprocess.Popen(
            [PROGRAM, *map(str, arguments)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        os.close(inner)

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._screen, key.encode())

    def wait_for(self, text: str, timeout_s: float = 30.0) -> None:
        """Wait until `text` is on the screen, colours and line breaks aside; what was before it is forgotten."""
        deadline = time.monotonic() + timeout_s
        while text not in (plain := " ".join(self.plain().split())):
            assert time.monotonic() < deadline, f"never showed {text!r}: {plain[-2000:]}"
            self._read(0.2)
        self.shown = ""

    def plain(self) -> str:
        """What was shown since, without colours and cursor moves."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]", "", self.shown)

    def finish(self, timeout_s: float = 30.0) -> int:
        """Wait for its end; returns the exit code."""
        deadline = time.monotonic() + timeout_s
        while self._process.poll() is None:
            if time.monotonic() > deadline:
                self._process.kill()
            self._read(0.1)
        return self._process.wait()

    def close(self) -> None:
        """Close the window, and wait until the program has ended."""
        os.close(self._screen)
        self._process.wait(30)

    def watch(self, seconds: float) -> None:
        """Look on for a while."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._read(0.1)

    def _read(self, timeout_s: float) -> None:
        if select.select([self._screen], [], [], timeout_s)[0]:
            try:
                self.shown += os.read(self._screen, 65536).decode(errors="replace")
            except OSError:  # the other end was closed
                time.sleep(timeout_s)


@pytest.fixture
def answers(say: Say, tmp_path: Path) -> Path:
    """Two attempts at an answer."""
    folder = tmp_path / "answers"
    folder.mkdir()
    for name in ("1.wav", "2.wav"):
        sound = say("First I apologise. Then I listen to the customer and take notes.")
        soundfile.write(folder / name, sound.samples, sound.sample_rate_hz)
    return folder


def test_again_and_leave_by_key(answers: Path, home: Path) -> None:
    """After a report `a` asks again and compares, `t` tells the targets, and `q` leaves with exit code 0."""
    home.mkdir()
    (home / "targets.toml").write_text("[targets]\nwords_per_minute = { low = 50, high = 60 }\n")
    terminal = Terminal(
        "practice", "--question", "a1", "--pack", "complaint-calls", "--answers", answers, environment={}
    )
    terminal.wait_for("a again")
    terminal.press("a")
    terminal.wait_for("Attempt 2")
    same = "Against attempt 1: no measure differs. The same points were made."
    terminal.wait_for(f"{same} a again · t targets")
    terminal.press("t")
    terminal.wait_for("your own")
    terminal.press("q")
    assert terminal.finish() == 0


def test_again_without_another_file_is_one_sentence(answers: Path, home: Path) -> None:
    """A third attempt from two files is refused in words."""
    terminal = Terminal(
        "practice", "--question", "a1", "--pack", "complaint-calls", "--answers", answers, environment={}
    )
    for _ in range(2):
        terminal.wait_for("a again")
        terminal.press("a")
    terminal.wait_for("All answers of the folder have been used")
    assert terminal.finish() == 1


def test_while_speaking_there_is_a_meter_and_keys_work(card: VirtualCard, say: Say, tmp_path: Path) -> None:
    """On the sound card: level and clock, `m` mutes and is timed, Enter ends, `r` plays it again with its words."""
    answer = tmp_path / "answer.wav"
    sound = say("I would smile before I pick up, because callers can hear it. Then I apologise, and I take notes.")
    soundfile.write(answer, np.tile(sound.samples, 3), sound.sample_rate_hz)
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(tmp_path / "home")}
    terminal = Terminal(*ONE, environment=environment)
    terminal.wait_for("What did you change?")
    terminal.press("\r")  # the question has been heard often enough
    terminal.wait_for("0:01")
    player = card.speak(answer)
    terminal.watch(2.0)
    assert "█" in terminal.plain()
    terminal.press("m")
    terminal.wait_for("muted")
    terminal.watch(1.5)
    terminal.press("m")
    terminal.watch(4.0)
    terminal.press("\r")
    terminal.wait_for("words a minute")
    player.terminate()
    terminal.wait_for("a again")
    terminal.press("r")
    terminal.wait_for("0:02")
    assert "paused" not in terminal.plain()
    terminal.press(" ")
    terminal.wait_for("paused")
    terminal.press("+")
    terminal.wait_for("1.1×")
    terminal.press("q")
    terminal.watch(0.5)
    terminal.press("q")
    assert terminal.finish() == 0
    with sqlite3.connect(tmp_path / "home" / "journal.db") as db:
        report = json.loads(db.execute("SELECT report FROM answers").fetchone()[0])
    (mute,) = report["mutes"]
    assert 1.0 < mute["end_s"] - mute["start_s"] < 3.0
    assert not any(
        silence["start_s"] < mute["end_s"] and silence["end_s"] > mute["start_s"]
        for silence in report["pauses"]["silences"]
    )


def test_a_closed_window_keeps_the_answer(card: VirtualCard, say: Say, tmp_path: Path) -> None:
    """The terminal goes away in the middle of an answer: what was said is measured and in the journal."""
    answer = tmp_path / "answer.wav"
    sound = say("I would smile before I pick up, because callers can hear it. Then I apologise, and I take notes.")
    soundfile.write(answer, np.tile(sound.samples, 2), sound.sample_rate_hz)
    home = {"VOICEREHEARSAL_HOME": str(tmp_path / "home")}
    terminal = Terminal(*ONE, environment={**card.environment, **home})
    terminal.wait_for("What did you change?")
    terminal.press("\r")
    terminal.wait_for("0:01")
    player = card.speak(answer)
    terminal.watch(5.0)
    terminal.close()
    player.terminate()
    (kept,) = json.loads(run("history", "--json", environment=home).stdout)["answers"]
    assert kept["measured"]
    assert kept["recording"].endswith(".flac")


def test_a_window_closed_at_the_prompt_ends_the_program(answers: Path, home: Path) -> None:
    """Whoever closes the window after a report leaves no process behind."""
    terminal = Terminal(
        "practice", "--question", "a1", "--pack", "complaint-calls", "--answers", answers, environment={}
    )
    terminal.wait_for("a again")
    terminal.close()


def test_no_line_is_wider_than_the_terminal(answers: Path, home: Path) -> None:
    """At 80 columns nothing runs over the edge."""
    terminal = Terminal(
        "practice", "--question", "a1", "--pack", "complaint-calls", "--answers", answers, environment={}
    )
    terminal.watch(3)
    while "a again" not in terminal.shown:
        terminal.watch(0.5)
    assert max(len(line) for line in re.split(r"[\r\n]", terminal.plain())) <= WIDTH
    terminal.press("q")
    terminal.finish()


def test_without_colour_there_is_none(answers: Path, home: Path) -> None:
    """NO_COLOR is obeyed at a terminal."""
    terminal = Terminal(
        "practice", "--question", "a1", "--pack", "complaint-calls", "--answers", answers, environment={"NO_COLOR": "1"}
    )
    while "a again" not in terminal.shown:
        terminal.watch(0.5)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", terminal.shown)
    terminal.press("q")
    terminal.finish()
