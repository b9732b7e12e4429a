"""The interviewer's voice, with the real Hibari and the real eSpeak NG, heard back by the real recogniser."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from tests.engines.hearing import QUESTIONS, word_error_rate
from voicerehearsal.engines.installed_voices import Driver, available_voices
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.voice_process import WorkerFailed, speak_to_files
from voicerehearsal.engines.voice_worker import Job
from voicerehearsal.errors import VoiceError
from voicerehearsal.values import Language

QUESTION = QUESTIONS[0]
ENGINES: tuple[Driver, ...] = ("hibari", "espeak")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the tests which only look share."""
    return tmp_path_factory.mktemp("voice")


def samples_of(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def duration_s(path: Path) -> float:
    with wave.open(str(path)) as file:
        return float(file.getnframes() / file.getframerate())


def workers() -> list[psutil.Process]:
    """Voice workers that this process started and that still run."""
    found = []
    for child in psutil.Process().children():
        try:
            if any("voice_worker" in part for part in child.cmdline()) and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
        except psutil.NoSuchProcess:
            pass
    return found


class Saboteur(threading.Thread):
    """Does something to the next worker as soon as it is there."""

    def __init__(self, deed: Callable[[psutil.Process], None]) -> None:
        super().__init__(daemon=True)
        self.deed = deed
        self.done = False
        self.start()

    def run(self) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for worker in workers():
                self.deed(worker)
                self.done = True
                return
            time.sleep(0.002)


# ---- what is heard --------------------------------------------------------------------------------------------------


def test_hibari_is_understood(kept: Path) -> None:
    """The recogniser mishears at most 5 % of Hibari's words; about 1 % is usual."""
    said = QUESTIONS[:3]
    files = InterviewerVoice(language="en", cache=kept, engine="hibari").render(said)
    assert word_error_rate(said, files) <= 0.05


def test_espeak_is_understood_somehow(kept: Path) -> None:
    """The recogniser mishears at most 40 % of eSpeak's words; about 20 % is usual, which is why Hibari comes first."""
    said = QUESTIONS[:3]
    files = InterviewerVoice(language="en", cache=kept, engine="espeak").render(said)
    assert word_error_rate(said, files) <= 0.40


@pytest.mark.parametrize("engine", ENGINES)
def test_each_text_gets_its_own_file_in_order(engine: Driver, kept: Path) -> None:
    """One batch, three lengths: pyttsx3 itself would have made only the last one."""
    texts = ["Hello.", QUESTION, "Thank you for your call, good bye."]
    files = InterviewerVoice(language="en", cache=kept, engine=engine).render(texts)
    lengths = [duration_s(file) for file in files]
    assert lengths[0] < lengths[2] < lengths[1]
    assert len(set(files)) == 3


@pytest.mark.parametrize("engine", ENGINES)
def test_the_rate_is_kept(engine: Driver, kept: Path) -> None:
    """165 words per minute come within 15 %, 130 and 200 differ from them; pyttsx3 itself loses settings at random."""
    texts = QUESTIONS[:3]
    words = sum(len(text.split()) for text in texts)
    rates = {}
    for rate_wpm in (130, 165, 200):
        files = InterviewerVoice(language="en", cache=kept, engine=engine, rate_wpm=rate_wpm).render(texts)
        rates[rate_wpm] = 60 * words / sum(duration_s(file) for file in files)
    assert rates[165] == pytest.approx(165, rel=0.15)
    assert rates[130] < 0.9 * rates[165]
    assert rates[200] > 1.1 * rates[165]


def test_nothing_is_lost_between_threads(tmp_path: Path) -> None:
    """Twelve processes give the same bytes; pyttsx3's own driver lost the rate in most, and some utterances whole."""
    texts = ["Hello.", QUESTION, "Good bye."]
    renderings = set()
    for number in range(12):
        voice = InterviewerVoice(language="en", cache=tmp_path / str(number), engine="espeak", rate_wpm=210)
        renderings.add(tuple(file.read_bytes() for file in voice.render(texts)))
    assert len(renderings) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_is_the_speech_and_nothing_else(engine: Driver, kept: Path) -> None:
    """At most 0.15 s of quiet at either end, RMS at −22 dBFS within 1 dB, and no clipping."""
    voice = InterviewerVoice(language="en", cache=kept, engine=engine)
    with wave.open(str(voice.render([QUESTION])[0])) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        rate_hz = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(float) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.02) / rate_hz
    assert loud[0] < 0.15
    assert len(samples) / rate_hz - loud[-1] < 0.15
    assert 20 * np.log10(np.sqrt(np.mean(samples**2))) == pytest.approx(-22, abs=1)
    assert np.abs(samples).max() < 0.97


def test_a_text_always_sounds_the_same(tmp_path: Path) -> None:
    """Two caches, two processes, the same bytes: Hibari's noise has a fixed seed."""
    files = [InterviewerVoice(language="en", cache=tmp_path / name).render(["Good morning."])[0] for name in "ab"]
    assert files[0] != files[1]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_chinese_is_spoken_at_a_chinese_pace(kept: Path) -> None:
    """eSpeak NG reads 20 characters, at 180–250 a minute; Hibari is not asked."""
    voice = InterviewerVoice(language="zh", cache=kept)
    file = voice.render(["你好，请介绍一下你自己，你为什么想做客服工作？"])[0]
    assert voice.name == "eSpeak NG (Chinese)"
    assert 180 < 60 * 20 / duration_s(file) < 250


SHORTEST_AND_LONGEST_S = {
    "We use C.R.M. and S.A.P., don't we?": (1.5, 6),
    "First line\nof one sentence.\n\nAnd another paragraph": (1.5, 7),
    'He said: "hello" — and ‘goodbye’…': (1, 5),
    "Well done 🙂👍🏽!": (0.4, 2.5),
    "My name is 王小明 and I work in 上海.": (0.8, 4),
    "<b>Tell</b> me & us: is 100% > 50%?\0\x1b": (1.5, 12),
    "a": (0.05, 1.5),
    "1234567890": (2, 15),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_odd_texts(engine: Driver, kept: Path) -> None:
    """Abbreviations, line breaks, quotes, emoji, Chinese inside English, markup, one letter, digits: all are said."""
    files = InterviewerVoice(language="en", cache=kept, engine=engine).render(list(SHORTEST_AND_LONGEST_S))
    for file, (text, (shortest, longest)) in zip(files, SHORTEST_AND_LONGEST_S.items(), strict=True):
        assert shortest < duration_s(file) < longest, text


@pytest.mark.parametrize("engine", ENGINES)
def test_a_very_long_text(engine: Driver, kept: Path) -> None:
    """2,000 characters without one full stop are said to the end: 1.5–3 minutes."""
    text = ("and then we listen to the customer with great patience " * 37)[:2_000]
    assert 90 < duration_s(InterviewerVoice(language="en", cache=kept, engine=engine).render([text])[0]) < 180


@pytest.mark.parametrize("text", ["", "  \n ", "🙂", "…!?", "你好"])
def test_a_text_with_nothing_to_say(text: str, kept: Path) -> None:
    """It is named in the error, and the rest of the batch has been made all the same."""
    voice = InterviewerVoice(language="en", cache=kept, engine="espeak")
    with pytest.raises(VoiceError, match=r"nothing to say in the text “.*”\. Write it in words"):
        voice.render([text, f"A companion of {len(text)} letters."])
    made = time.monotonic()
    voice.render([f"A companion of {len(text)} letters."])
    assert time.monotonic() - made < 0.05  # no process starts that quickly


# ---- the process ----------------------------------------------------------------------------------------------------


def test_the_parent_loads_no_engine_and_keeps_no_process(tmp_path: Path) -> None:
    """After rendering with both engines neither they nor onnxruntime are in the parent, and it has no children."""
    code = f"""
import sys, psutil
from pathlib import Path
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice, available_voices
for engine in ("hibari", "espeak"):
    InterviewerVoice(language="en", cache=Path({str(tmp_path)!r}), engine=engine).render(["Hello."])
assert not psutil.Process().children(recursive=True)
print([name for name in ("pyttsx3", "hibari", "onnxruntime", "soundfile") if name in sys.modules])
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"  # and pyttsx3's own printing stayed in the worker


def test_the_worker_stays_small(tmp_path: Path) -> None:
    """Peak memory below 320 MB even on 2,000 characters without a stop, which in one go would take 800 MB."""
    text = ("and then we listen to the customer with great patience " * 37)[:2_000]
    # Measured from a small process: a child's peak counts what its parent held when it was started.
    code = f"""
import resource
from voicerehearsal.engines.voice_process import speak_to_files
from voicerehearsal.engines.voice_worker import Job
job = Job("hibari", "heart", "en", 165, (({text!r}, {str(tmp_path / "a.wav")!r}),))
assert list(speak_to_files(job, time_limit_s=60)) == [None]
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 100 * 1024 < int(result.stdout) < 320 * 1024


def test_a_killed_worker_is_replaced_by_the_next_voice(tmp_path: Path) -> None:
    """Hibari's process is killed at its start: eSpeak reads the batch, and is the voice from then on."""
    voice = InterviewerVoice(language="en", cache=tmp_path)
    assert voice.name == "Hibari (US English)"
    saboteur = Saboteur(lambda worker: worker.kill())
    files = voice.render(QUESTIONS[:2])
    assert saboteur.done
    assert voice.name == "eSpeak NG (English)"
    assert files == InterviewerVoice(language="en", cache=tmp_path, engine="espeak").render(QUESTIONS[:2])


def test_what_was_made_before_the_worker_died_is_kept(tmp_path: Path) -> None:
    """Killed in the middle of a batch, a voice without a stand-in says so; what it had finished is not made again."""
    voice = InterviewerVoice(language="en", cache=tmp_path, engine="hibari")
    texts = [f"{question} Number {number}." for number in range(40) for question in QUESTIONS]

    def kill_after_the_first(worker: psutil.Process) -> None:
        while not list(tmp_path.glob("*.wav")):
            time.sleep(0.001)
        worker.kill()

    saboteur = Saboteur(kill_after_the_first)
    with pytest.raises(VoiceError, match=r"could not be said: Hibari .*: its process was stopped by signal 9"):
        voice.render(texts)
    assert saboteur.done
    assert 1 <= len(list(tmp_path.glob("*.wav"))) < len(texts)
    assert not list(tmp_path.glob("making-*"))
    before = {file: file.stat().st_ino for file in tmp_path.glob("*.wav")}
    voice.render(texts[:1])
    assert {file: file.stat().st_ino for file in before} == before


def test_a_stopped_worker_runs_into_the_time_limit(tmp_path: Path) -> None:
    """A worker that does nothing at all is given up after the limit and is gone afterwards."""
    voice = InterviewerVoice(language="en", cache=tmp_path, engine="espeak", time_limit_s=1.0)
    saboteur = Saboteur(lambda worker: worker.suspend())
    started = time.monotonic()
    with pytest.raises(VoiceError, match="longer than 1 s over one sentence"):
        # More than fits a pipe that nobody reads from.
        voice.render([f"{QUESTION} {number}" for number in range(2_000)])
    assert saboteur.done
    assert time.monotonic() - started < 4
    assert not workers()


def test_pyttsx3_hanging_for_ever_is_cut_off(tmp_path: Path) -> None:
    """On a path that cannot be written pyttsx3 waits for ever; the limit ends it."""
    (tmp_path / "file").touch()
    job = Job("espeak", "gmw/en-us", "en", 165, (("Hello.", str(tmp_path / "file" / "a.wav")),) * 2)
    with pytest.raises(WorkerFailed, match=r"longer than 1\.5 s"):
        list(speak_to_files(job, time_limit_s=1.5))
    assert not workers()


def test_a_worker_does_not_outlive_its_parent(tmp_path: Path) -> None:
    """Hung over a path that cannot be written, it leaves when its standard input closes."""
    (tmp_path / "file").touch()
    job = Job("espeak", "gmw/en-us", "en", 165, (("Hello.", str(tmp_path / "file" / "a.wav")),) * 2)
    worker = subprocess.Popen(
        [sys.executable, "-m", "voicerehearsal.engines.voice_worker"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert worker.stdin is not None
    worker.stdin.write(job.to_line())
    worker.stdin.flush()
    time.sleep(1.0)
    assert worker.poll() is None
    worker.stdin.close()
    assert worker.wait(5) == 1


def test_a_voice_that_does_not_exist_is_an_error_and_not_another_voice(tmp_path: Path) -> None:
    """eSpeak would quietly go on with its default voice."""
    job = Job("espeak", "no/such", "en", 165, (("Hello.", str(tmp_path / "a.wav")),))
    with pytest.raises(WorkerFailed, match="no/such"):
        list(speak_to_files(job, time_limit_s=10))


# ---- the cache ------------------------------------------------------------------------------------------------------


def test_a_question_asked_again_is_not_made_again(tmp_path: Path) -> None:
    """The same files come back, without a process; another rate is another file."""
    voice = InterviewerVoice(language="en", cache=tmp_path, engine="espeak")
    files = voice.render([QUESTION, "Hello.", QUESTION])
    assert files[0] == files[2]
    before = [file.stat().st_ino for file in files]
    assert voice.render([QUESTION, "Hello.", QUESTION]) == files
    assert [file.stat().st_ino for file in files] == before
    assert (
        InterviewerVoice(language="en", cache=tmp_path, engine="espeak", rate_wpm=140).render([QUESTION]) != files[:1]
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"This is a text.",
        lambda whole: whole[:30],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:44] + bytes(len(whole) - 44),
    ],
    ids=["empty", "a text", "header cut off", "sound cut off", "silence"],
)
def test_a_damaged_file_is_made_again(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """However it was damaged, the file is as it was after the next request."""
    voice = InterviewerVoice(language="en", cache=tmp_path, engine="espeak")
    file = voice.render([QUESTION])[0]
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert voice.render([QUESTION]) == [file]
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    """The folder and the reason are named."""
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "voice"
    with pytest.raises(VoiceError, match=rf"cannot be written to {folder} \(Not a directory\)"):
        InterviewerVoice(language="en", cache=folder).render(["Hello."])


def test_two_programs_may_use_one_cache(tmp_path: Path) -> None:
    """Both render the same questions at the same time; both get whole files, and nothing else is left behind."""
    code = f"""
from pathlib import Path
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
voice = InterviewerVoice(language="en", cache=Path({str(tmp_path)!r}) / "näme with spaces", engine="espeak")
for number in range(5):
    for file in voice.render([f"This is number {{number}} of five.", "Hello."]):
        print(file)
"""
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [program.communicate()[0] for program in both]
    assert [program.returncode for program in both] == [0, 0]
    assert outputs[0] == outputs[1]
    files = {Path(line) for line in outputs[0].splitlines()}
    assert set((tmp_path / "näme with spaces").iterdir()) == files
    assert len(files) == 6
    assert all(np.abs(samples_of(file)).max() > 1_000 for file in files)


# ---- which voices there are -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Hibari (US English)", "eSpeak NG (English)"]), ("zh", ["eSpeak NG (Chinese)"])],
)
def test_the_voices_of_this_computer(language: Language, names: list[str]) -> None:
    """The natural one first, with versions; Hibari speaks English only."""
    voices = available_voices(language)
    assert [voice.name for voice in voices] == names
    assert all(voice.version[0].isdigit() for voice in voices)


def test_no_voice_at_all(tmp_path: Path) -> None:
    """Without Hibari, and with an eSpeak library that cannot be loaded, the error names the package to install."""
    (tmp_path / "libespeak-ng.so.1").touch()
    code = """
import sys
from pathlib import Path
sys.modules["hibari"] = None
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice, available_voices
from voicerehearsal.errors import VoiceError
assert available_voices("en") == available_voices("zh") == []
for language, engine in (("en", None), ("zh", None), ("en", "espeak"), ("en", "hibari")):
    try:
        InterviewerVoice(language=language, cache=Path("/nowhere"), engine=engine)
    except VoiceError as error:
        print(error)
"""
    environment = os.environ | {"LD_LIBRARY_PATH": str(tmp_path)}
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    english, chinese, espeak, hibari = result.stdout.splitlines()
    assert english.startswith("No voice on this computer speaks English. Install eSpeak NG")
    assert chinese.startswith("No voice on this computer speaks Chinese. Install eSpeak NG")
    assert all("libespeak-ng1" in line for line in (english, chinese, espeak))
    assert "hibari-tts" in hibari
