"""The sound devices that PortAudio (sounddevice) knows: listing them, choosing one, and saying why one will not do."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import sys
import threading
import weakref
from dataclasses import dataclass
from typing import Any, Literal

from voicerehearsal.errors import DeviceError, UsageError

GONE_AFTER_S = 1.5
"""No callback for this long: the device has gone (PortAudio itself says nothing)."""
WAKING_S = 5.0
"""An idle virtual device may take two seconds to wake up."""

turn = threading.RLock()
"""PortAudio opens, closes and looks for devices for one thread at a time."""
open_streams: weakref.WeakSet[object] = weakref.WeakSet()
"""Microphones and speakers that are open; changed only in one's `turn`."""


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device; `chosen` when the system would take it by itself."""

    name: str
    inputs: int
    outputs: int
    sample_rate_hz: int
    chosen: bool


def list_devices() -> list[Device]:
    """Every sound device; raises DeviceError when PortAudio is missing."""
    sounddevice = _sounddevice()
    with turn:
        chosen, found = set(sounddevice.default.device), list(sounddevice.query_devices())
    return [
        Device(
            name=device["name"],
            inputs=device["max_input_channels"],
            outputs=device["max_output_channels"],
            sample_rate_hz=int(device["default_samplerate"]),
            chosen=device["index"] in chosen,
        )
        for device in found
    ]


def look_again() -> None:
    """See what was plugged in, pulled out, or chosen in the system since; not while a device is open.

    PortAudio looks only once by itself, and a program that runs all day would never see a headset come.

    Raises:
        DeviceError: PortAudio is missing.
    """
    sounddevice = _sounddevice()
    with turn:
        if not open_streams:
            sounddevice._terminate()
            sounddevice._initialize()


def choose_device(kind: Literal["input", "output"], name: str | None) -> Any:  # noqa: ANN401 - a device as the library describes it
    """The device called `name`, or by a part of its name, or the system's own choice.

    Raises:
        UsageError: None, or several, of that name; the message lists what there is.
        DeviceError: There is none at all, or no PortAudio.
    """
    sounddevice = _sounddevice()
    word = "microphone" if kind == "input" else "speaker"
    with turn:
        devices = [d for d in sounddevice.query_devices() if d[f"max_{kind}_channels"] > 0]
    if name is None:
        try:
            with turn:
                return sounddevice.query_devices(kind=kind)
        except (sounddevice.PortAudioError, ValueError) as error:
            raise DeviceError(f"There is no {word}", "Plug one in, then look with: voicerehearsal devices") from error
    exact = [d for d in devices if d["name"] == name]
    found = exact or [d for d in devices if name.casefold() in d["name"].casefold()]
    if len({d["name"] for d in found}) == 1:
        return found[0]
    known = "; ".join(sorted({d["name"] for d in devices})) or "none at all"
    problem = f"More than one {word} is called like {name!r}" if found else f"There is no {word} called {name!r}"
    raise UsageError(problem, f"There are: {known}.")


def place_of(kind: Literal["input", "output"], name: str, index: int) -> int:
    """Where the device called `name`, once at `index`, is in the list now; raises DeviceError when it has gone."""
    devices = _sounddevice().query_devices()
    if index < len(devices) and devices[index]["name"] == name:
        return index
    try:
        return int(choose_device(kind, name)["index"])
    except UsageError as error:
        word = "microphone" if kind == "input" else "speaker"
        raise DeviceError(f"The {word} {name!r} went away", "Plug it in again, or choose another.") from error


def _sounddevice() -> Any:  # noqa: ANN401 - the library has no types
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            "PortAudio is not installed",
            "Run: sudo apt-get install libportaudio2 (on macOS and Windows it comes along).",
        ) from error
    _hush_alsa()
    return sounddevice


@functools.cache
def _hush_alsa() -> None:
    """Keep ALSA's own chatter ("underrun occurred") off the terminal; real errors reach us through PortAudio."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing)


_AlsaComplaint = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_say_nothing = _AlsaComplaint(lambda *_: None)


def refused(word: str, name: str, error: Exception) -> DeviceError:
    """What to tell someone whose microphone or speaker (`word`) does not open."""
    reason = str(error).split("[")[0].strip().rstrip(":")
    return DeviceError(
        f"The {word} {name!r} is busy or refused ({reason})",
        f"Close the program that uses it, or choose another with --{word} (voicerehearsal devices lists them).",
    )
