"""The one process in which pyttsx3 speaks, into files: `python -m voicerehearsal.engines.voice_worker`.

It reads one job, a line of JSON, from standard input and answers on standard output with one line of JSON for each
utterance: `{"made": 0}` or `{"failed": 0, "why": "…"}`; `{"broken": "…"}` when the voice cannot be had at all. It takes
no time limits itself: whoever started it waits, and kills it. It leaves by itself when standard input closes, so that
it never outlives its parent.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voicerehearsal.values import Language  # brings numpy, which eSpeak does not need

_SETTLED_S = 0.3
"""A file that has not grown for so long is taken as finished, where the system's voice gives no better sign."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to say, how, and into which files.

    Attributes:
        driver: pyttsx3's name of the engine.
        voice: The engine's name of the voice; None takes the first that speaks `language`.
        language: What the texts are written in.
        rate: The engine's rate setting.
        utterances: Text and WAV file, in order.
    """

    driver: str
    voice: str | None
    language: Language
    rate: int
    utterances: tuple[tuple[str, str], ...]

    def to_line(self) -> bytes:
        """One line of ASCII JSON."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Job:
        """The job back."""
        fields = json.loads(line)
        return cls(**fields | {"utterances": tuple((text, path) for text, path in fields["utterances"])})


def main() -> None:
    """Do one job and leave without running the engines' own clean-up, some of which aborts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a short life, and reading Hibari's dictionary is a tenth faster
    answer = _answers_on_private_output()
    job = Job.from_line(sys.stdin.buffer.readline())
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        voice = _Pyttsx3(job)
    except Exception as error:  # engines raise what they like
        answer({"broken": _in_words(error)})
        os._exit(0)
    for index, (text, path) in enumerate(job.utterances):
        try:
            voice.save(text, path)
        except Exception as error:  # engines raise what they like
            answer({"failed": index, "why": _in_words(error)})
        else:
            answer({"made": index})
    os._exit(0)


class _Pyttsx3:
    """pyttsx3 with its defects worked round."""

    def __init__(self, job: Job) -> None:
        import pyttsx3

        self._wait: Callable[[str], None] = wait_until_settled
        name = job.driver
        if name == "hibari":
            from voicerehearsal.engines import hibari_driver

            hibari_driver.register()
            self._wait = _has_finished_already
        elif name == "espeak":
            from voicerehearsal.engines import espeak_driver

            espeak_driver.register()
            name = espeak_driver.NAME
            self._wait = self._wait_for_espeak
        self._engine = pyttsx3.init(name)
        # pyttsx3 swallows a driver's exceptions and tells only those who ask.
        self._errors: list[Exception] = []
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", lambda name, completed: self._finished.set())
        if job.driver in ("hibari", "espeak"):
            self._engine.runAndWait()  # commands wait for a first loop; after it settings are made, or refused, at once
        self._engine.setProperty("voice", job.voice or first_that_speaks(job.language, self._voices()))
        self._engine.setProperty("rate", job.rate)
        self._raise_errors()

    def save(self, text: str, path: str) -> None:
        """Say `text` into the WAV file `path`; returns once it is complete."""
        self._finished.clear()
        self._engine.save_to_file(text, path)
        self._engine.runAndWait()
        self._wait(path)
        self._raise_errors()
        rewrite_as_wav(Path(path))

    def _voices(self) -> list[Any]:
        voices: list[Any] = self._engine.getProperty("voices")
        return voices

    def _raise_errors(self) -> None:
        if self._errors:
            error = self._errors[0]
            self._errors.clear()
            raise error

    def _wait_for_espeak(self, _path: str) -> None:
        """Wait for eSpeak's own thread: `runAndWait` may return before that has begun."""
        from voicerehearsal.engines import espeak_driver

        self._finished.wait()
        espeak_driver.wait_until_idle()


def _has_finished_already(_path: str) -> None:
    """Hibari has written everything when its call returns."""


def wait_until_settled(path: str) -> None:
    """Wait until the file has stopped growing."""
    size, since = -1, time.monotonic()
    while size <= 0 or time.monotonic() - since < _SETTLED_S:
        time.sleep(_SETTLED_S / 10)
        with contextlib.suppress(FileNotFoundError):
            now = Path(path).stat().st_size
            if now != size:
                size, since = now, time.monotonic()


def first_that_speaks(language: Language, voices: list[Any]) -> str:
    """Id of the first voice of `language`, by its language tags ("en_US", "zh-CN")."""
    for voice in voices:
        if any(str(tag).lower().startswith(language) for tag in voice.languages or ()):
            return str(voice.id)
    raise LookupError(f"none of the system's {len(voices)} voices speaks this language")


def rewrite_as_wav(path: Path) -> None:
    """Rewrite what macOS saves, AIFF whatever the name says, as WAV."""
    with path.open("rb") as file:
        if file.read(4) == b"RIFF":
            return
    import soundfile

    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    soundfile.write(path, samples[:, 0], rate, subtype="PCM_16", format="WAV")


def _answers_on_private_output() -> Callable[[dict[str, object]], None]:
    """Keep standard output for answers: pyttsx3 prints there."""
    private = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def answer(message: dict[str, object]) -> None:
        private.write(json.dumps(message) + "\n")
        private.flush()

    return answer


def _leave_with_parent() -> None:
    """The parent holds standard input open for as long as it lives."""
    sys.stdin.buffer.read()
    os._exit(1)


def _in_words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


if __name__ == "__main__":
    main()
