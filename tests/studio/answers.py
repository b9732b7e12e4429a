"""A data folder with three answers: 1 with a recording, 2 whose recording is gone, 3 that was not measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from tests.reports import A1, report
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Report, Transcript, Word

LENGTH_S = 75.0
"""Of the recording: a hum at 150 Hz."""


def three_answers(home: Path) -> Path:
    """Fill `home` and return it; the words of the first answer are word0, word1 … from 1.5 s on, one a second."""
    times = np.arange(round(LENGTH_S * 8000)) / 8000
    recording = home / "recordings" / "one.wav"
    recording.parent.mkdir()
    soundfile.write(recording, 0.3 * np.sin(2 * np.pi * 150 * times), 8000)
    saved = home / "recordings" / "saved.wav"
    soundfile.write(saved, 0.3 * np.sin(2 * np.pi * 150 * times[: 3 * 8000]), 8000)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", A1.pack, "en")
        when = datetime(2026, 5, 4, tzinfo=UTC)
        journal.keep(session, _said(report()), recording, when, attempt=1)
        journal.keep(session, report(), home / "recordings" / "gone.wav", when.replace(day=5), attempt=2)
        journal.keep_recovered(session, saved, when, question=A1, duration_s=3.0, sample_rate_hz=8000)
    return home


def _said(measured: Report) -> Report:
    words = tuple(Word(f"word{at}", 1.5 + at, 2.0 + at, 0.9) for at in range(60))
    return replace(measured, transcript=Transcript(" ".join(word.text for word in words), words))
