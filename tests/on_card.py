"""A whole `practice` on the virtual sound card, with someone who answers after the question."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from tests.program import start
from tests.virtual_card import VirtualCard
from voicerehearsal.values import Samples, Sound

RATE_HZ = 16_000


class Running:
    """A program whose standard error is read as it comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def said(self) -> str:
        """Standard error so far."""
        return "".join(self._said)

    def wait_for(self, text: str, timeout_s: float = 40.0) -> None:
        """Wait until it has said `text`."""
        deadline = time.monotonic() + timeout_s
        while text not in self.said:
            assert time.monotonic() < deadline, f"never said {text!r}: {self.said}"
            assert self.process.poll() is None or text in self.said, f"ended: {self.said}"
            time.sleep(0.02)

    def finish(self, timeout_s: float = 60.0) -> str:
        """Wait for its end; returns standard output."""
        assert self.process.stdout is not None
        try:
            self.process.wait(timeout_s)
        finally:
            self.process.kill()
        self._reader.join(5)
        return self.process.stdout.read()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._said.append(line)


@dataclass(frozen=True)
class Rehearsed:
    """How a rehearsal went.

    Attributes:
        code: The exit code.
        printed: Standard output.
        said: Standard error.
        line: What went over the line, question and answer, int16 mono at `RATE_HZ`.
        home: The data folder.
    """

    code: int
    printed: str
    said: str
    line: Samples
    home: Path

    def kept(self) -> list[dict[str, Any]]:
        """The reports in the journal, oldest first."""
        import sqlite3

        with sqlite3.connect(self.home / "journal.db") as db:
            return [json.loads(row[0]) for row in db.execute("SELECT report FROM answers ORDER BY id")]


def rehearse(card: VirtualCard, folder: Path, *arguments: str, question: Sound, words: str, answer: Sound) -> Rehearsed:
    """Run `practice` and answer one second after the question, which begins with `words`.

    Microphone and recorder both listen to the speaker's monitor, into which the answer is played as well: what is
    recorded has question and answer on one clock, so the true response latency can be read off it.
    """
    home, line, spoken = folder / "home", folder / "line.wav", folder / "answer.wav"
    soundfile.write(spoken, answer.samples, answer.sample_rate_hz)
    recorder = card.hear(line)
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(home), "PULSE_SOURCE": "vspeaker.monitor"}
    running = Running(start("practice", *arguments, environment=environment))
    try:
        running.wait_for(words)
        time.sleep(question.duration_s + 1.0)
        player = subprocess.Popen(["paplay", "--device=vspeaker", str(spoken)], env=card.environment)
        printed = running.finish()
        player.wait(10)
    finally:
        running.process.kill()
        recorder.terminate()
        recorder.wait(5)
    samples, rate_hz = soundfile.read(line, dtype="int16")
    assert rate_hz == RATE_HZ
    return Rehearsed(running.process.returncode, printed, running.said, samples, home)


def true_latency_s(line: Samples, question: Sound, answer: Sound) -> float:
    """From the last sample of the question to the first sound of the answer, on the clock of the recorded line.

    Both are found in the line by correlation; the answer's own beginning is where its level first passes -40 dB of its
    peak.
    """
    import soxr

    loud = np.flatnonzero(np.abs(answer.samples.astype(int)) > np.abs(answer.samples.astype(int)).max() / 100)
    lead_s = float(loud[0]) / answer.sample_rate_hz

    ends = []
    for sound in (question, answer):
        known = soxr.resample(sound.samples / 32768, sound.sample_rate_hz, RATE_HZ)
        size = 1 << (len(line) + len(known)).bit_length()
        match = np.fft.irfft(np.fft.rfft(line / 32768, size) * np.conj(np.fft.rfft(known, size)), size)
        ends.append((int(match[: len(line)].argmax()), len(known)))
    (question_at, question_length), (answer_at, _) = ends
    return (answer_at - question_at - question_length) / RATE_HZ + lead_s
