"""Hearing back what a voice said, with the real recogniser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import soundfile
import soxr

from voicerehearsal.engines.vosk_recogniser import VoskModel
from voicerehearsal.values import ANALYSIS_RATE_HZ

MODEL = Path(__file__).parents[2] / "audio_models" / "vosk-model-small-en-us-0.15"

QUESTIONS = (
    "Tell me about yourself, and why you would like to work in customer service.",
    "How would you handle an angry customer who calls to complain about a late delivery?",
    "What would you do if you did not know the answer to a question?",
    "Can you describe a time when you had to deal with a difficult situation at work?",
    "How do you stay calm when somebody shouts at you on the phone?",
    "Where do you see yourself in five years?",
    "Why should we choose you and not somebody else?",
    "Please wait a moment, I will put you through to the manager.",
)
"""101 words without numbers or names, which may be written in more than one way."""


@cache
def _model() -> VoskModel:
    return VoskModel(MODEL)


def heard(path: Path) -> list[str]:
    """The words that the recogniser hears in a sound file."""
    samples, rate_hz = soundfile.read(path, dtype="int16")
    recogniser = _model().recogniser(warm=False)
    recogniser.accept(soxr.resample(samples, rate_hz, ANALYSIS_RATE_HZ))
    return [word.text for word in recogniser.finish()]


def word_error_rate(said: Sequence[str], paths: Sequence[Path]) -> float:
    """Substitutions, deletions and insertions over the words said, all texts together (Levenshtein 1966)."""
    errors = words = 0
    for text, path in zip(said, paths, strict=True):
        truth = re.findall(r"[a-z']+", text.lower())
        errors += _distance(truth, heard(path))
        words += len(truth)
    return errors / words


def _distance(truth: Sequence[str], found: Sequence[str]) -> int:
    row = list(range(len(found) + 1))
    for i, word in enumerate(truth, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]
