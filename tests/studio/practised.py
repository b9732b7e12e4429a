"""A home in which somebody has practised for nine weeks: made-up numbers, and two answers that can really be heard."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import soundfile

from tests.conftest import Say
from tests.program import run
from tests.reports import report
from voicerehearsal.journal.store import Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.values import QuestionRef

PACK = "classic-questions"
QUESTION = "c1"
OWN_PACK = """
[pack]
id = "door"
title = "Door"
language = "en"

[[question]]
id = "why"
text = "Why this job?"

[[question.point]]
id = "help"
label = "You help people"
phrases = ["helping people"]
"""
HEARD = 2
"""Answers with a recording; they are the latest ones."""

_ANSWERS = 36
_FIRST = (
    "Good evening. I worked in a call centre for three years, and I liked it.",
    "Basically, you know, I always told them what happens next and when.",
)
_SECOND = (
    _FIRST[0],
    "When a caller was angry I apologised, and told them what happens next.",
)


def practised_home(home: Path, say: Say) -> Path:
    """Fill `home` and return it; it takes some seconds, because two answers are really measured."""
    _weeks(home)
    answers = home.parent / "said"
    answers.mkdir()
    for number, sentences in enumerate((_FIRST, _SECOND), 1):
        _write(answers / f"{number}.wav", say, sentences)
    ids = ["--question", QUESTION, "--question", QUESTION]
    done = run("practice", "--pack", PACK, *ids, "--answers", answers, environment={"VOICEREHEARSAL_HOME": str(home)})
    assert done.returncode == 0, done.stderr
    return home


def _weeks(home: Path) -> None:
    """Answers to every question of a pack, again and again, the pace settling."""
    chance = random.Random(9)
    questions = find_pack(PACK, [builtin_folder()]).questions[:6]
    start = datetime.now(UTC) - timedelta(weeks=9)
    with Journal.open(home) as journal:
        session = 0
        for number in range(_ANSWERS):
            if number % 3 == 0:
                session = journal.start_session("practice", PACK, "en")
            made = report(
                rate=182.0 - number + chance.gauss(0, 14.0 - number / 4),
                question=QuestionRef(PACK, questions[number % len(questions)].id),
                pauses_per_minute=chance.gauss(9.0, 2.0),
                coverage=min(1.0, 0.4 + number / 60),
            )
            when = start + timedelta(days=63 * number / _ANSWERS)
            journal.keep(session, made, None, when, attempt=1 + number // len(questions))


def _write(path: Path, say: Say, sentences: tuple[str, ...]) -> None:
    """The sentences in one voice, a silence of 0.8 s after each."""
    sounds = [say(sentence) for sentence in sentences]
    rate_hz = sounds[0].sample_rate_hz
    gap = np.zeros(round(0.8 * rate_hz), np.int16)
    soundfile.write(path, np.concatenate([part for sound in sounds for part in (sound.samples, gap)]), rate_hz)
