"""How well the interviewer's voices are understood: `python -m tests.accuracy.voice`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.engines.hearing import QUESTIONS, word_error_rate
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice, available_voices

_HIGHEST_WER = {"hibari": 0.05, "espeak": 0.40}


def rows() -> list[tuple[str, str, str, bool]]:
    """Name, value, target and whether it was met, for each English voice here; the recogniser is the judge."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for installed in available_voices("en"):
            voice = InterviewerVoice(language="en", cache=Path(folder), engine=installed.driver)
            rate = word_error_rate(QUESTIONS, voice.render(QUESTIONS))
            target = _HIGHEST_WER.get(installed.driver, 0.40)
            found.append((f"word error rate of {voice.name}", f"{rate:.1%}", f"≤ {target:.0%}", rate <= target))
    return found


if __name__ == "__main__":
    for name, value, target, met in rows():
        print(f"{name:40} {value:>7} {target:>7}  {'ok' if met else 'MISSED'}")
