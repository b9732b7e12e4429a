"""Which voices this computer has, found out without loading any of them, and how to get one."""

from __future__ import annotations

import ctypes
import importlib.metadata
import importlib.util
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voicerehearsal.values import Language

Driver = Literal["hibari", "espeak", "nsss", "sapi5"]
"""pyttsx3's names: Hibari through our own driver, eSpeak NG, and the system's voice on macOS and on Windows."""

LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese"}
_ESPEAK_LIBRARY = "libespeak-ng.so.1"
_ESPEAK_VOICES: dict[Language, str] = {"en": "gmw/en-us", "zh": "sit/cmn"}
_ESPEAK_RATE_FACTORS: dict[Language, float] = {"en": 0.78, "zh": 1.36}
"""Set to 160, eSpeak reads the English questions of the packs at 205 words per minute from first to last sound, and
Chinese at 145 characters per minute, where 205 correspond to 165 English words."""

_SYSTEM_DRIVERS: dict[str, tuple[Driver, str]] = {"darwin": ("nsss", "macOS"), "win32": ("sapi5", "Windows")}


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice that could be used.

    Attributes:
        driver: pyttsx3's name of its engine.
        name: What to call it, such as "eSpeak NG (English)".
        version: Version of the engine: another one may sound different.
        voice: The engine's own name of the voice; None leaves the choice by language to the worker.
        rate_factor: The engine's rate setting over the words per minute it gives.
        speaks_once: Whether a process can be trusted with one utterance only.
    """

    driver: Driver
    name: str
    version: str
    voice: str | None
    rate_factor: float = 1.0
    speaks_once: bool = False


def available_voices(language: Language) -> list[InstalledVoice]:
    """Voices that speak `language`, the most natural first. Takes a few milliseconds; nothing is rendered."""
    found = (_hibari(language), _system_voice(language), _espeak(language))
    return [voice for voice in found if voice is not None]


def how_to_get_a_voice(language: Language, *, system: str = sys.platform) -> str:
    """One sentence for someone without a voice, for their operating system (`sys.platform`)."""
    name = LANGUAGE_NAMES[language]
    if system == "darwin":
        return f"Add a voice for {name} in System Settings, Accessibility, Spoken Content, System Voice."
    if system == "win32":
        return f"Add a voice for {name} in Settings, Time & language, Speech."
    if Path("/etc/debian_version").exists():
        return "Install eSpeak NG: sudo apt-get install libespeak-ng1"
    return f"Install eSpeak NG ({_ESPEAK_LIBRARY}; libespeak-ng1 on Debian) with the system's package manager."


def _hibari(language: Language) -> InstalledVoice | None:
    if language != "en" or not all(importlib.util.find_spec(name) for name in ("hibari", "onnxruntime")):
        return None
    return InstalledVoice("hibari", "Hibari (US English)", importlib.metadata.version("hibari-tts"), "heart")


def _espeak(language: Language) -> InstalledVoice | None:
    """Asks the loader for the library itself, as pyttsx3 will: 5 ms, and right where a search by name is not."""
    if sys.platform in _SYSTEM_DRIVERS:
        return None
    try:
        library = ctypes.CDLL(_ESPEAK_LIBRARY)
    except OSError:
        return None
    library.espeak_Info.restype = ctypes.c_char_p
    version = library.espeak_Info(None).decode("ascii", "replace")
    name = f"eSpeak NG ({LANGUAGE_NAMES[language]})"
    return InstalledVoice("espeak", name, version, _ESPEAK_VOICES[language], _ESPEAK_RATE_FACTORS[language])


def _system_voice(language: Language) -> InstalledVoice | None:
    """The voice of macOS or Windows. pyttsx3 there falls silent after the first utterance of a process (#440, #126)."""
    if sys.platform not in _SYSTEM_DRIVERS:
        return None
    driver, system = _SYSTEM_DRIVERS[sys.platform]
    name = f"the voice of {system} ({LANGUAGE_NAMES[language]})"
    return InstalledVoice(driver, name, platform.release(), None, speaks_once=True)
