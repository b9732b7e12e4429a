"""pyttsx3's own eSpeak driver for rendering to files, without the cancelling that loses utterances and settings.

At the end of every loop pyttsx3 stops its driver, and pyttsx3's eSpeak driver then cancels whatever eSpeak's thread
still has before it: settings in 26 of 40 programs that made them before the first loop, and a whole utterance, left as
an empty file, in 1 of 100 that waited for eSpeak in between.
"""

from __future__ import annotations

import sys
from typing import Any

from pyttsx3.drivers import _espeak
from pyttsx3.drivers.espeak import EspeakDriver

NAME = "espeak_to_files"


def register() -> None:
    """Make `pyttsx3.init(NAME)` find this driver."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]


def buildDriver(proxy: Any) -> EspeakFileDriver:  # noqa: ANN401, N802 - pyttsx3 asks for this name
    """Load eSpeak and answer to `proxy`."""
    return EspeakFileDriver(proxy)


class EspeakFileDriver(EspeakDriver):  # type: ignore[misc] # the library has no types
    """pyttsx3's driver, never cancelled."""

    def stop(self) -> None:
        """Let eSpeak finish; nothing is being played that could be cut short."""


def wait_until_idle() -> None:
    """Wait until eSpeak's thread has left its last callback. Right only once it is known to have begun."""
    _espeak.Synchronize()
