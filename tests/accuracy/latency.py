"""Is the response latency right? Whole rehearsals on the virtual sound card, against the line that was recorded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.accuracy.scoring import Check, heading
from tests.on_card import rehearse, true_latency_s
from tests.virtual_card import VirtualCard, available
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.packs import builtin_folder, find_pack

ANSWER = "I would stay calm, and listen to the caller until I know what happened."
QUESTIONS = ("a1-f2", "a1-f4", "a1-f5")


def on_the_virtual_card() -> Iterator[Check]:
    """Three rehearsals; what differs is the clock of question, microphone and speaker."""
    heading("Response latency (virtual sound card)")
    if not available():
        print("PulseAudio is not installed; `make test` installs it.")
        yield Check("response latency, worst error in seconds", float("nan"), at_most=0.05)
        return
    by_id = {question.id: question for question in find_pack("complaint-calls", [builtin_folder()]).questions}
    card, errors = VirtualCard(), []
    try:
        for wanted in QUESTIONS:
            with tempfile.TemporaryDirectory() as name:
                error = _error_s(card, Path(name), wanted, by_id[wanted].text)
                print(f"{wanted}: {error:+.3f} s")
                errors.append(abs(error))
    finally:
        card.close()
    yield Check("response latency, worst error in seconds", max(errors), at_most=0.05)


def _error_s(card: VirtualCard, folder: Path, question_id: str, text: str) -> float:
    voice = InterviewerVoice(language="en", cache=folder / "voice")
    asked, answer = (read_sound(path) for path in voice.render([text, ANSWER]))
    arguments = ("--pack", "complaint-calls", "--question", question_id, "--end-silence", "2")
    done = rehearse(card, folder, *arguments, question=asked, words=" ".join(text.split()[:4]), answer=answer)
    (found,) = done.kept()
    reported: float = found["pauses"]["response_latency_s"]
    return reported - true_latency_s(done.line, asked, answer)
