"""`make bench`: prints each figure beside its target; exit code 1 when one is missed.

`… scale`: only the long history; `… studio`: only the pages.

Ratios are taken side by side, alternating, in one run, so that a busy or slow machine costs both sides alike.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
import soundfile
from rich.console import Console

from tests.bench import scale, studio
from tests.bench.processes import PROGRAM, TRANSCRIBER, Row, run
from voicerehearsal import wiring
from voicerehearsal.cli.keys import Keys
from voicerehearsal.cli.report_view import show_report
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.journal.store import Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.rehearsal.events import Ended, Measured
from voicerehearsal.rehearsal.interview import Interview, Manner
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Block, Sound

_EMPTY_PROGRAM = """
import typer
import rich.console
app = typer.Typer()
@app.command()
def hello() -> None:
    "Say hello."
@app.command()
def goodbye() -> None:
    "Say goodbye."
app()
"""
_BARE_VOSK = """
import sys, wave, vosk
vosk.SetLogLevel(-1)
recogniser = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000)
recogniser.SetWords(True)
with wave.open(sys.argv[2]) as sound:
    while block := sound.readframes(4000):
        if recogniser.AcceptWaveform(block):
            recogniser.Result()
recogniser.FinalResult()
"""


def main() -> int:
    """Print all rows; 1 when one is over its limit."""
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = {"scale": scale.rows, "studio": studio.rows}
        for what, value, limit in parts[sys.argv[1]](folder) if sys.argv[1:] else _rows(folder):
            good = value <= limit
            missed = missed or not good
            print(f"{what:<86} {value:7.3f}  limit {limit:5.2f}  {'ok' if good else 'MISSED'}", flush=True)
    return 1 if missed else 0


def _rows(folder: Path) -> Iterator[Row]:
    answer = _two_minutes(folder)
    yield _cpu_of_analyze(answer)
    yield _end_to_report_s(folder, answer)
    yield _help_time(folder)
    yield from _memory(folder, answer)
    yield from studio.rows(folder)
    yield from scale.rows(folder)


def _two_minutes(folder: Path) -> Path:
    """An answer of two minutes at 16 kHz: model answers in a synthetic voice, with pauses."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    voice = InterviewerVoice(language="en", cache=folder / "voice", time_limit_s=60)
    parts: list[np.ndarray] = []
    rate_hz = 0
    for path in voice.render([question.model_answer for question in pack.questions[:4]]):
        sound = read_sound(path)
        rate_hz = sound.sample_rate_hz
        parts += [sound.samples, np.zeros(round(1.2 * rate_hz), np.int16)]
    samples = np.resize(np.concatenate(parts), 120 * rate_hz)
    import soxr

    path = folder / "answer.wav"
    soundfile.write(path, soxr.resample(samples, rate_hz, 16_000), 16_000)
    return path


def _cpu_of_analyze(answer: Path) -> Row:
    """CPU time of `analyze` over that of vosk-transcriber on the same file; median of three."""
    model = str(wiring.verified_model("en"))
    ratios = []
    for _ in range(3):
        theirs = run([TRANSCRIBER, "--model", model, "--input", str(answer), "--output", "/dev/null"])
        ours = run([PROGRAM, "analyze", str(answer), "--json"])
        ratios.append(ours.cpu_s / theirs.cpu_s)
    return "CPU time, analyze / vosk-transcriber", median(ratios), 1.7


class _InRealTime:
    """A sound that arrives as a microphone would send it: 20 ms every 20 ms."""

    lost_blocks = 0
    live = False
    name = "real time"

    def __init__(self, sound: Sound) -> None:
        self.sample_rate_hz = sound.sample_rate_hz
        self._sound = sound
        self._at = 0
        self._began_s: float | None = None

    def start(self) -> None:
        return

    def read(self, timeout_s: float) -> Block | None:
        if self._at >= len(self._sound.samples):
            raise EOFError
        if self._began_s is None:
            self._began_s = time.perf_counter()
        end = self._at + self.sample_rate_hz // 50
        time.sleep(max(0.0, self._began_s + end / self.sample_rate_hz - time.perf_counter()))
        block = self._sound.samples[self._at : end]
        self._at = end
        return Block(block, None)

    def stop(self) -> None:
        return


def _end_to_report_s(folder: Path, answer: Path) -> Row:
    """Seconds from the last block of a two-minute answer, fed in real time, to its report printed."""
    pack = find_pack("complaint-calls", [builtin_folder()])
    microphone = _InRealTime(read_sound(answer))
    with Journal.open(folder / "home") as journal:
        interview = Interview(
            equipment=wiring.equipment(
                language="en", next_microphone=lambda: microphone, speaker=None, voice=None, profile="not calibrated"
            ),
            manner=Manner(pack=pack.id, end_silence_s=60.0),
            archive=wiring.JournalArchive(journal, "practice", pack.id, "en"),
            controls=Keys(),
        )
        ended_s = printed_s = 0.0
        for event in interview.ask(Step(pack.questions[0])):
            if isinstance(event, Ended):
                ended_s = time.perf_counter()
            elif isinstance(event, Measured):
                show_report(Console(file=io.StringIO(), width=80), event.report, title="a1")
                printed_s = time.perf_counter()
    return "seconds from the end of a two-minute answer to its report", printed_s - ended_s, 0.3


def _help_time(folder: Path) -> Row:
    """Wall time of --help over that of an empty program on the same libraries; median of 15."""
    empty = folder / "empty.py"
    empty.write_text(_EMPTY_PROGRAM)
    ratios = []
    for _ in range(15):
        theirs = run([sys.executable, str(empty), "--help"])
        ours = run([PROGRAM, "--help"])
        ratios.append(ours.wall_s / theirs.wall_s)
    return "wall time, --help / an empty Typer and Rich program", median(ratios), 1.3


def _memory(folder: Path, answer: Path) -> Iterator[Row]:
    """Peak memory, children included, over that of bare Vosk on the same file."""
    script = folder / "bare.py"
    script.write_text(_BARE_VOSK)
    bare = run([sys.executable, str(script), str(wiring.verified_model("en")), str(answer)], watch_memory=True)
    ours = run([PROGRAM, "analyze", str(answer), "--json"], watch_memory=True)
    yield "peak memory, analyze / bare Vosk", ours.peak_mb / bare.peak_mb, 1.4
    answers = folder / "answers"
    answers.mkdir()
    (answers / "1.wav").write_bytes(answer.read_bytes())
    home = {"VOICEREHEARSAL_HOME": str(folder / "fresh home")}
    ours = run([PROGRAM, "practice", "--answers", str(answers)], home, watch_memory=True)
    yield "peak memory, practice --answers (voice made, too) / bare Vosk", ours.peak_mb / bare.peak_mb, 1.4


if __name__ == "__main__":
    sys.exit(main())
