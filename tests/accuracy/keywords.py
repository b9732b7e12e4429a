"""How well talking points are found in speech: main questions' model answers, said by two voices, heard by Vosk.

    python -m tests.accuracy.keywords

The natural voice stands for a clear speaker; eSpeak, of which the recogniser loses a quarter of the words, for the
worst case, and has no target. False alarms are counted on the other main questions' answers.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from statistics import mean

import numpy as np
import soundfile
import soxr

from voicerehearsal.engines.model_store import find_model
from voicerehearsal.engines.vosk_recogniser import VoskModel
from voicerehearsal.measures.keywords import coverage
from voicerehearsal.packs import builtin_folder, list_packs
from voicerehearsal.values import ANALYSIS_RATE_HZ, Question, Samples, Word

Row = tuple[str, float, str, bool]


def questions() -> list[Question]:
    """All built-in questions in English."""
    packs = [listed.pack for listed in list_packs([builtin_folder()]).packs]
    return [q for pack in packs if pack.language == "en" for q in pack.questions]


def hibari(text: str) -> Samples:
    """A natural voice at 16 kHz, the same sound every time."""
    return _at_analysis_rate(np.asarray(_hibari()(text, seed=0), np.float64).ravel(), 24_000)


def espeak(text: str) -> Samples:
    """A robotic voice at 16 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), text], check=True)
        sound, rate = soundfile.read(path, dtype="float64")
    return _at_analysis_rate(sound, rate)


def hear(sound: Samples) -> tuple[Word, ...]:
    """What the real recogniser makes of a sound."""
    recogniser = _model().recogniser(warm=False)
    recogniser.accept(sound)
    return recogniser.finish()


@lru_cache(maxsize=200)
def said_and_heard(voice: Callable[[str], Samples], text: str) -> tuple[Word, ...]:
    """A text spoken by a voice and recognised."""
    return hear(voice(" ".join(text.split())))


def rows() -> list[Row]:
    """Name, value, target in words, whether it is met."""
    main = [q for q in questions() if q.follows is None]
    clear = [_share(q, q, hibari) for q in main]
    robot = [_share(q, q, espeak) for q in main]
    foreign = [_share(other, q, hibari) for q in main for other in main if other is not q]
    orders = [coverage(question=q, words=said_and_heard(hibari, q.model_answer)).order for q in main]
    cost_ms = max(_cost_ms(q) for q in main)
    return [
        ("own points found, natural voice, mean", mean(clear), ">= 0.95", mean(clear) >= 0.95),
        ("own points found, natural voice, worst answer", min(clear), ">= 0.9", min(clear) >= 0.9),
        ("own points found, eSpeak, mean", mean(robot), "no target", True),
        ("own points found, eSpeak, worst answer", min(robot), "no target", True),
        ("another question's points found, mean", mean(foreign), "<= 0.1", mean(foreign) <= 0.1),
        ("another question's points found, worst pair", max(foreign), "<= 0.34", max(foreign) <= 0.34),
        ("answers in order called out of order", float(orders.count(False)), "0", orders.count(False) == 0),
        ("milliseconds for one answer, slowest question", cost_ms, "<= 50", cost_ms <= 50),
    ]


def _share(asked: Question, answered: Question, voice: Callable[[str], Samples]) -> float:
    return coverage(question=asked, words=said_and_heard(voice, answered.model_answer)).coverage or 0.0


def _cost_ms(question: Question) -> float:
    """Milliseconds of processor time for the question's own answer, phrases known already."""
    words = said_and_heard(hibari, question.model_answer)
    coverage(question=question, words=words)
    start = time.process_time()
    for _ in range(5):
        coverage(question=question, words=words)
    return (time.process_time() - start) / 5 * 1000


def _at_analysis_rate(sound: np.ndarray[tuple[int, ...], np.dtype[np.float64]], rate: int) -> Samples:
    quiet = np.zeros(ANALYSIS_RATE_HZ // 2)
    resampled = np.concatenate([quiet, soxr.resample(sound, rate, ANALYSIS_RATE_HZ), quiet])
    return (np.clip(resampled, -1, 1) * 32_000).astype(np.int16)


@cache
def _hibari():  # type: ignore[no-untyped-def]
    from hibari import Hibari

    return Hibari()


@cache
def _model() -> VoskModel:
    return VoskModel(find_model("en"))


if __name__ == "__main__":
    for name, value, target, ok in rows():
        print(f"{'ok  ' if ok else 'FAIL'} {name:50} {value:8.3f}  {target}")
