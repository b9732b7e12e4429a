"""A text read aloud on this computer's speaker, one at a time."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any

from voicerehearsal.errors import RehearsalError, VoiceError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.settings import read_settings
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicerehearsal.ports import Speaker
    from voicerehearsal.values import Language, Sound

_LOOK_S = 0.05


class Aloud:
    """Plays what is asked for until it ends, is stopped, or something else is asked for.

    Every change is told as `{"kind": "aloud", "name": …, "state": "preparing" | "playing" | "silent", "error": …}`.
    """

    def __init__(self, publish: Callable[[str, dict[str, Any]], None]) -> None:
        """Say what happens to `publish`, from any thread."""
        self._publish = publish
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def say(self, name: str, text: str, language: Language) -> None:
        """Read `text` aloud and return at once; what goes wrong is told under `name`."""
        self.play(name, lambda: _spoken(text, language))

    def play(self, name: str, make: Callable[[], Sound], *, speaker: str | None = None) -> None:
        """Play what `make` makes on `speaker`, the one of the settings for None; returns at once."""
        with self._turn:
            self._silence()
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._run, args=(name, make, speaker, self._stop), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Be silent."""
        with self._turn:
            self._silence()

    def _silence(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _run(self, name: str, make: Callable[[], Sound], speaker: str | None, stop: threading.Event) -> None:
        from voicerehearsal import wiring

        error: dict[str, str] | None = None
        try:
            self._tell(name, "preparing")
            # A rehearsal that is going on would hear it.
            with wiring.the_only_rehearsal(needed=True):
                sound = make()
                with contextlib.closing(wiring.speaker(speaker or read_settings(data_home()).speaker)) as heard_on:
                    self._tell(name, "playing")
                    _play(heard_on, sound, stop)
        except RehearsalError as failed:
            error = {"message": failed.what, "cure": failed.cure}
        finally:
            self._tell(name, "silent", error)

    def _tell(self, name: str, state: str, error: dict[str, str] | None = None) -> None:
        self._publish("aloud", {"name": name, "state": state, "error": error})


def _spoken(text: str, language: Language) -> Sound:
    from voicerehearsal import wiring

    voice = wiring.interviewer_or_none(language)
    if voice is None:
        raise VoiceError(_("There is no voice here to read it"), wiring.how_to_get_a_voice(language))
    return wiring.read_aloud(voice, " ".join(text.split()))


def _play(speaker: Speaker, sound: Sound, stop: threading.Event) -> None:
    playback = speaker.play(sound)
    while not playback.done and not stop.wait(_LOOK_S):
        pass
    playback.stop()
