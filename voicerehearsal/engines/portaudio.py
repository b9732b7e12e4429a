"""Microphone and speaker through PortAudio (sounddevice).

The callbacks only copy and queue. Microphone and speaker share PortAudio's clock, so the time from the last sample of
a question to the first sound of its answer can be told.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import queue
import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from voicerehearsal.engines.pulse_source import SourceWatch
from voicerehearsal.errors import DeviceError, UsageError
from voicerehearsal.values import Block, Samples, Sound

_BLOCK_S = 0.02
_FIRST_SOUND_TIMEOUT_S = 5.0
"""An idle virtual microphone may take two seconds to wake up."""
_GONE_AFTER_S = 1.5
"""No callback for this long: the device has gone (PortAudio itself says nothing)."""
_STEADY_BLOCKS = 4
_QUEUE_BLOCKS = int(60 / _BLOCK_S)


class PortAudioMicrophone:
    """An input device at its own rate, mixed to mono."""

    live = True

    def __init__(self, name: str | None = None) -> None:
        """Choose the device called `name`, or the system's own choice.

        Raises:
            UsageError: No microphone, or several, of that name; the message lists what there is.
            DeviceError: There is no microphone at all.
        """
        device = _choose("input", name)
        self.name: str = device["name"]
        self.sample_rate_hz = int(device["default_samplerate"])
        self.lost_blocks = 0
        self._index: int = device["index"]
        self._channels = min(2, device["max_input_channels"])
        self._queue: queue.Queue[Block] = queue.Queue(_QUEUE_BLOCKS)
        self._stream: Any = None
        self._ended = False
        self._last_callback_s = 0.0
        self._watch: SourceWatch | None = None

    def start(self) -> None:
        """Open the device and wait until its sound flows; raises DeviceError when it is busy, refused or silent."""
        import sounddevice

        if self._stream is not None:
            return
        self._ended = False
        try:
            self._stream = sounddevice.InputStream(
                device=self._index,
                samplerate=self.sample_rate_hz,
                channels=self._channels,
                dtype="int16",
                blocksize=int(self.sample_rate_hz * _BLOCK_S),
                callback=self._take,
                finished_callback=self._finished,
            )
            self._stream.start()
        except sounddevice.PortAudioError as error:
            self._close()
            raise _refused("microphone", self.name, error) from error
        self._settle()
        self._watch = SourceWatch()

    def read(self, timeout_s: float) -> Block | None:
        """The next 20 ms, or None; raises DeviceError once the device has gone."""
        if self._watch is not None and self._watch.moved:
            raise self._gone()
        try:
            return self._queue.get(timeout=timeout_s)
        except queue.Empty:
            if self._ended or time.monotonic() - self._last_callback_s > _GONE_AFTER_S:
                raise self._gone() from None
            return None

    def stop(self) -> None:
        """Close the device and drop what was not read."""
        self._close()
        self._queue = queue.Queue(_QUEUE_BLOCKS)

    def _settle(self) -> None:
        """Drop what a waking device sends first: a burst of old blocks, all with one time."""
        deadline = time.monotonic() + _FIRST_SOUND_TIMEOUT_S
        steady, last_s = 0, 0.0
        while steady < _STEADY_BLOCKS:
            try:
                at_s = self._queue.get(timeout=0.05).time_s or 0.0
            except queue.Empty:
                at_s = last_s
            steady = steady + 1 if _BLOCK_S / 2 < at_s - last_s < 2 * _BLOCK_S else 0
            last_s = at_s
            if time.monotonic() > deadline or self._ended:
                self._close()
                raise DeviceError(
                    f"The microphone {self.name!r} opens but sends no sound",
                    "Plug it in again, or choose another with --microphone (voicerehearsal devices lists them).",
                )

    def _take(self, indata: Samples, frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        if status.input_overflow:
            self.lost_blocks += 1
        mono = indata[:, 0].copy() if indata.shape[1] == 1 else indata.mean(axis=1).astype(np.int16)
        self._last_callback_s = time.monotonic()
        try:
            self._queue.put_nowait(Block(samples=mono, time_s=times.inputBufferAdcTime))
        except queue.Full:
            self.lost_blocks += 1

    def _finished(self) -> None:
        self._ended = True

    def _gone(self) -> DeviceError:
        return DeviceError(
            f"The microphone {self.name!r} went away", "Everything said so far is kept; plug it in and answer again."
        )

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()
        if stream is not None:
            stream.close(ignore_errors=True)


class PortAudioSpeaker:
    """An output device at its own rate; its stream stays open between sounds, because waking a device takes seconds."""

    def __init__(self, name: str | None = None) -> None:
        """Choose the device called `name`, or the system's own choice; raises as `PortAudioMicrophone`."""
        device = _choose("output", name)
        self.name: str = device["name"]
        self._index: int = device["index"]
        self._sample_rate_hz = int(device["default_samplerate"])
        self._channels = min(2, device["max_output_channels"])
        self._stream: Any = None
        self._playback: PortAudioPlayback | None = None
        self._frames_given = 0
        self._settled_after = 0
        self._last_callback_s = 0.0

    def play(self, sound: Sound) -> PortAudioPlayback:
        """Start playing and return at once; raises DeviceError when the device is busy or refused."""
        self._open()
        self._playback = PortAudioPlayback(_at_rate(sound, self._sample_rate_hz), self._sample_rate_hz, self)
        return self._playback

    def now_s(self) -> float:
        """The clock that all PortAudio streams of one host share."""
        return float(self._stream.time) if self._stream is not None else 0.0

    @property
    def gone(self) -> bool:
        """Whether the device stopped asking for sound."""
        return self._stream is None or time.monotonic() - self._last_callback_s > _FIRST_SOUND_TIMEOUT_S

    def close(self) -> None:
        """Close the device."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def _open(self) -> None:
        import sounddevice

        if self._stream is not None and not self.gone:
            return
        self.close()
        self._frames_given = 0
        self._last_callback_s = time.monotonic()
        try:
            self._stream = sounddevice.OutputStream(
                device=self._index,
                samplerate=self._sample_rate_hz,
                channels=self._channels,
                dtype="int16",
                latency=0.06,
                callback=self._give,
            )
            self._settled_after = int(3 * self._stream.latency * self._sample_rate_hz)
            self._stream.start()
        except sounddevice.PortAudioError as error:
            self.close()
            raise _refused("speaker", self.name, error) from error

    def _give(self, outdata: Samples, frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        self._last_callback_s = time.monotonic()
        self._frames_given += frames
        outdata[:] = 0
        playback = self._playback
        # A waking device first fills its buffer, then stalls: the times it gives are true only after that.
        if playback is not None and self._frames_given > self._settled_after:
            playback.fill(outdata, times.outputBufferDacTime)


class PortAudioPlayback:
    """A sound being played."""

    def __init__(self, samples: Samples, sample_rate_hz: int, speaker: PortAudioSpeaker) -> None:
        self._samples = samples
        self._sample_rate_hz = sample_rate_hz
        self._speaker = speaker
        self._at = 0
        self._start_time_s: float | None = None
        self._stopped_at_s = None if len(samples) else speaker.now_s()

    @property
    def position_s(self) -> float:
        """Seconds of the sound already heard."""
        if self._start_time_s is None:
            return 0.0
        return min(max(0.0, self._speaker.now_s() - self._start_time_s), self._at / self._sample_rate_hz)

    @property
    def done(self) -> bool:
        """Whether the last sample has been heard, the playback was stopped, or the device has gone."""
        if self._stopped_at_s is not None or self._speaker.gone:
            return True
        return self.end_time_s is not None and self._speaker.now_s() >= self.end_time_s

    @property
    def end_time_s(self) -> float | None:
        """When the last sample is in the air, or when it was cut short; None until known."""
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        if self._start_time_s is None or self._at < len(self._samples):
            return None
        return self._start_time_s + len(self._samples) / self._sample_rate_hz

    def stop(self) -> None:
        """Cut it short."""
        self._stopped_at_s = self._speaker.now_s()

    def fill(self, outdata: Samples, time_s: float) -> None:
        """Put the next samples into a block, shape (frames, channels), whose first sample is heard at `time_s`."""
        if self._stopped_at_s is not None or self._at >= len(self._samples):
            return
        piece = self._samples[self._at : self._at + len(outdata)]
        outdata[: len(piece)] = piece[:, None]
        self._start_time_s = time_s - self._at / self._sample_rate_hz
        self._at += len(piece)


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
    chosen = set(sounddevice.default.device)
    return [
        Device(
            name=device["name"],
            inputs=device["max_input_channels"],
            outputs=device["max_output_channels"],
            sample_rate_hz=int(device["default_samplerate"]),
            chosen=device["index"] in chosen,
        )
        for device in sounddevice.query_devices()
    ]


def _choose(kind: str, name: str | None) -> Any:  # noqa: ANN401 - a device as the library describes it
    sounddevice = _sounddevice()
    word = "microphone" if kind == "input" else "speaker"
    devices = [d for d in sounddevice.query_devices() if d[f"max_{kind}_channels"] > 0]
    if name is None:
        try:
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


def _refused(word: str, name: str, error: Exception) -> DeviceError:
    reason = str(error).split("[")[0].strip().rstrip(":")
    return DeviceError(
        f"The {word} {name!r} is busy or refused ({reason})",
        f"Close the program that uses it, or choose another with --{word} (voicerehearsal devices lists them).",
    )


def _at_rate(sound: Sound, sample_rate_hz: int) -> Samples:
    if sound.sample_rate_hz == sample_rate_hz:
        return sound.samples
    import soxr

    resampled: Samples = soxr.resample(sound.samples, sound.sample_rate_hz, sample_rate_hz)
    return resampled
