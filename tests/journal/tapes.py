"""Tapes and their sound, for the tests of recordings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from voicerehearsal.engines.flac import encode_flac
from voicerehearsal.journal.recordings import Context, Kind, Tape
from voicerehearsal.values import Circumstances, QuestionRef, Samples, Span

RATE_HZ = 16_000
STARTED = datetime(2026, 3, 1, 9, 30, 15, tzinfo=UTC)
ASKED = Circumstances(language="en", question=QuestionRef("classic-questions", "a1"))
ANSWERED = Circumstances(
    language="en",
    question=QuestionRef("classic-questions", "a1"),
    question_end_s=-0.25,
    mutes=(Span(1.0, 2.5),),
    lost_blocks=2,
)


def sound(seconds: float, *, rate_hz: int = RATE_HZ, seed: int = 7) -> Samples:
    """Noise under a slow tone: int16 mono, shape (seconds · rate,)."""
    n = round(seconds * rate_hz)
    noise = np.random.default_rng(seed).integers(-900, 900, n)
    return (noise + 6000 * np.sin(np.arange(n) * 0.05)).astype(np.int16)


def tape(folder: Path, *, kind: Kind = "practice", rate_hz: int = RATE_HZ, started_at: datetime = STARTED) -> Tape:
    """A tape in `folder` that has just been opened."""
    context = Context(kind=kind, started_at=started_at, circumstances=ASKED)
    return Tape.open(folder, sample_rate_hz=rate_hz, context=context, encode=encode_flac)


def heard(path: Path) -> Samples:
    """The sound of a recording as libsndfile reads it."""
    samples: Samples = soundfile.read(path, dtype="int16")[0]
    return samples
