"""Words from sound through Vosk, offline, the same words every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from voicerehearsal.errors import ModelError
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Word

_BLOCK = ANALYSIS_RATE_HZ // 4
"""Vosk looks for its own cuts once a block, so the block is fixed (250 ms) or the text would depend on the chunking."""

_WARM_UP_S = 1.0


class VoskModel:
    """A loaded model, shared by all recognisers; loading takes about half a second and 170 MB."""

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder`; its files must have been verified, Vosk itself accepts some damage in silence.

        Raises:
            ModelError: Vosk refuses it.
        """
        import vosk

        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:  # Vosk raises nothing more exact
            raise ModelError(f"The recogniser cannot load its model in {folder}", "Install the model again.") from error

    def recogniser(self, *, warm: bool) -> VoskRecogniser:
        """A recogniser for one answer; `warm` while there is time to spare, the words are the same."""
        return VoskRecogniser(self._model, warm=warm)


class VoskRecogniser:
    """One answer's recogniser.

    A new recogniser's first words are slow because its search graph is unfolded on demand; decoding a little made
    sound first does that while nobody waits, and leaves the words of the answer as they were. Vosk's clock goes on
    counting, so the made sound is subtracted from all times.
    """

    def __init__(self, model: Any, *, warm: bool) -> None:  # noqa: ANN401 - the library has no types
        import vosk

        self._vosk = vosk.KaldiRecognizer(model, ANALYSIS_RATE_HZ)
        self._vosk.SetWords(True)
        self._rest: Samples = np.empty(0, np.int16)
        self._words: list[Word] = []
        self._offset_s = 0.0
        if warm:
            self._vosk.AcceptWaveform(_made_sound().tobytes())
            self._vosk.FinalResult()
            self._offset_s = _WARM_UP_S

    def accept(self, samples: Samples) -> None:
        """Take the next sound: int16 mono at 16 kHz, any length."""
        joined = np.concatenate((self._rest, samples))
        whole = len(joined) - len(joined) % _BLOCK
        for at in range(0, whole, _BLOCK):
            if self._vosk.AcceptWaveform(joined[at : at + _BLOCK].tobytes()):
                self._keep(self._vosk.Result())
        self._rest = joined[whole:]

    def finish(self) -> tuple[Word, ...]:
        """All words from the first accepted sample on; the recogniser is spent."""
        if len(self._rest) and self._vosk.AcceptWaveform(self._rest.tobytes()):
            self._keep(self._vosk.Result())
        self._keep(self._vosk.FinalResult())
        return tuple(self._words)

    def _keep(self, result: str) -> None:
        self._words += words_in(result, offset_s=self._offset_s)


def words_in(result: str, *, offset_s: float = 0.0) -> tuple[Word, ...]:
    """The words of one of Vosk's results (JSON), `offset_s` taken off all times; an empty one has none."""
    return tuple(
        Word(
            text=word["word"],
            start_s=max(0.0, round(word["start"] - offset_s, 3)),
            end_s=max(0.0, round(word["end"] - offset_s, 3)),
            confidence=word["conf"],
        )
        for word in json.loads(result).get("result", ())
    )


def _made_sound() -> Samples:
    """One second that keeps the recogniser busy: noise under a syllable-like envelope, always the same."""
    n = int(_WARM_UP_S * ANALYSIS_RATE_HZ)
    envelope = 0.5 - 0.5 * np.cos(2 * np.pi * 4 * np.arange(n) / ANALYSIS_RATE_HZ)
    noise = np.random.default_rng(0).standard_normal(n)
    return np.asarray(noise * envelope * 2000).astype(np.int16)
