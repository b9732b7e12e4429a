"""Hibari, a small natural English voice, as a pyttsx3 driver.

pyttsx3 looks a driver up as the module `pyttsx3.drivers.NAME` and calls its `buildDriver`; `register` puts this module
there. It renders to files and does not play.
"""

from __future__ import annotations

import re
import sys
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

NAME = "hibari"

NATURAL_RATE_WPM = 226
"""How fast Hibari left to itself reads the questions of the packs, from first to last sound."""

_SPEEDS = (0.5, 2.0)
"""What Hibari can do, as a factor on its natural rate."""

_SEED = 0
"""Fixes the noise inside consonants, so that a text always sounds the same."""

_LONGEST_PIECE = 150
"""Characters said in one go. Memory grows with them: 300 MB at most with this, 800 MB for 120 s in one go."""

_CLAUSE = re.compile(r"(?<=[,;:—])\s+")
_WORD = re.compile(rf"\S{{1,{_LONGEST_PIECE}}}")


class Proxy(Protocol):
    """What pyttsx3 gives a driver to answer to."""

    def setBusy(self, busy: bool) -> None:  # noqa: N802 - pyttsx3's name
        """Say whether the next command may come; at False pyttsx3 runs those waiting."""


def register() -> None:
    """Make `pyttsx3.init("hibari")` find this driver."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]


def buildDriver(proxy: Proxy) -> HibariDriver:  # noqa: N802 - pyttsx3 asks for this name
    """Load the voice and answer to `proxy`."""
    return HibariDriver(proxy)


class HibariDriver:
    """Everything happens at once, inside the call: there is no loop to wait for."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._voice = _load()
        self._rate_wpm = NATURAL_RATE_WPM
        self._volume = 1.0

    def getProperty(self, name: str) -> object:  # noqa: N802 - pyttsx3's name
        """`voices`, `voice`, `rate` in words per minute, `volume` 0–1."""
        if name == "voices":
            from pyttsx3.voice import Voice

            return [Voice(id=self._voice.voice, name="Hibari (US English)", languages=["en-US"], gender="Female")]
        return {"voice": self._voice.voice, "rate": self._rate_wpm, "volume": self._volume}[name]

    def setProperty(self, name: str, value: Any) -> None:  # noqa: ANN401, N802 - pyttsx3's name and freedom
        """`rate` in words per minute and `volume` 0–1; the one bundled voice is the only `voice`."""
        if name == "rate":
            self._rate_wpm = int(value)
        elif name == "volume":
            self._volume = min(max(float(value), 0.0), 1.0)
        elif name != "voice" or value != self._voice.voice:
            raise KeyError(f"Hibari has no {name} {value!r}")

    def save_to_file(self, text: str, filename: str) -> None:
        """Say `text` into a WAV file, 16-bit mono at Hibari's own 24 kHz."""
        slowest, fastest = _SPEEDS
        speed = min(max(self._rate_wpm / NATURAL_RATE_WPM, slowest), fastest)
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._voice.sample_rate)
            for piece in _pieces(self._voice.split_sentences(text)):
                file.writeframes(_pcm(self._voice(piece, speed=speed, seed=_SEED) * self._volume))

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Run what is waiting."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Nothing is left running."""

    def stop(self) -> None:
        """Nothing is left running."""

    def destroy(self) -> None:
        """Nothing is left open."""


def _load() -> Any:  # noqa: ANN401 - the library has no types
    """The bundled voice and no other; its pronouncing dictionary is read aside: 0.2 s of 0.8 saved."""
    import onnxruntime
    from hibari import Hibari
    from hibari.g2p import G2P
    from hibari.voices import DEFAULT, voice_path

    onnxruntime.disable_telemetry_events()
    bundled = voice_path(DEFAULT, download_missing=False)
    aside = ThreadPoolExecutor(1)
    dictionary = aside.submit(G2P)
    aside.shutdown(wait=False)
    return Hibari(voice=DEFAULT, model=bundled, g2p=lambda sentence: dictionary.result()(sentence))


def _pieces(sentences: list[str]) -> Iterator[str]:
    """Sentences; a long one in clauses, a long clause in runs of words: none above `_LONGEST_PIECE`."""
    for sentence in sentences:
        if len(sentence) <= _LONGEST_PIECE:
            yield sentence
            continue
        for clause in _packed(_CLAUSE.split(sentence)):
            yield from _packed(_WORD.findall(clause))


def _packed(parts: list[str]) -> Iterator[str]:
    """Neighbouring parts joined as long as they fit in one piece."""
    piece = ""
    for part in parts:
        if piece and len(piece) + 1 + len(part) > _LONGEST_PIECE:
            yield piece
            piece = part
        else:
            piece = f"{piece} {part}" if piece else part
    if piece:
        yield piece


def _pcm(sound: NDArray[np.float32]) -> bytes:
    return (np.clip(sound, -1.0, 1.0) * 32767).astype("<i2").tobytes()
