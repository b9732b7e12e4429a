"""A rehearsal without a microphone: a second synthetic voice answers, through the very same path."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence

import numpy as np

from voicerehearsal.errors import DeviceError
from voicerehearsal.ports import Playback, Speaker
from voicerehearsal.values import Block, Language, Question, Sound

_BLOCK_S = 0.02
_FIRST_WORD_AFTER_S = 0.9
_PAUSE_S = 1.8

_OF_SENTENCES: Mapping[Language, tuple[str, str]] = {"en": (". ", "Um, "), "zh": ("。", "嗯，")}
"""What ends one, and what is said where one is hard to begin."""


def answer_in_pieces(question: Question, language: Language) -> tuple[str, ...]:
    """What the demonstration answers: the model answer with a pause after its first sentence, and an "um"."""
    end, hesitation = _OF_SENTENCES[language]
    opening, stop, rest = re.sub(r"\s+", " ", question.model_answer).strip().partition(end)
    if not rest:
        return (f"{hesitation}{question.model_answer}",)
    return (f"{opening}{stop.strip()}", f"{hesitation}{rest.strip()}")


def joined(pieces: Sequence[Sound]) -> Sound:
    """The spoken pieces as one answer: silence before the first and between them; all of one rate."""
    rate_hz = pieces[0].sample_rate_hz
    parts = [np.zeros(round(_FIRST_WORD_AFTER_S * rate_hz), np.int16)]
    for piece in pieces:
        parts += [piece.samples, np.zeros(round(_PAUSE_S * rate_hz), np.int16)]
    return Sound(np.concatenate(parts), rate_hz)


class SpokenAnswer:
    """A sound that stands for a microphone; heard on the speaker, in its own time, where there is one."""

    lost_blocks = 0
    live = False

    def __init__(self, sound: Sound, speaker: Speaker | None) -> None:
        self.name = "demonstration"
        self.sample_rate_hz = sound.sample_rate_hz
        self._sound = sound
        self._speaker = speaker
        self._playback: Playback | None = None
        self._at = 0

    def start(self) -> None:
        """Nothing to wait for; the answer begins with the first `read`."""

    def read(self, timeout_s: float) -> Block | None:
        """The next 20 ms; raises EOFError at the end."""
        if self._at >= len(self._sound.samples):
            raise EOFError
        if self._speaker is not None and self._playback is None:
            try:
                self._playback = self._speaker.play(self._sound)
            except DeviceError:  # it goes on unheard
                self._speaker = None
        end = self._at + round(_BLOCK_S * self.sample_rate_hz)
        waited_until_s = time.monotonic() + timeout_s
        while self._playback is not None and not self._playback.done:
            if self._playback.position_s * self.sample_rate_hz >= end:
                break
            if time.monotonic() >= waited_until_s:
                return None
            time.sleep(_BLOCK_S / 4)
        block = self._sound.samples[self._at : end]
        self._at = end
        return Block(samples=block, time_s=None)

    def stop(self) -> None:
        """Fall silent."""
        if self._playback is not None:
            self._playback.stop()
