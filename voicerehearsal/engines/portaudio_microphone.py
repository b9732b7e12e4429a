"""A microphone through PortAudio (sounddevice). The callback only copies and queues."""

from __future__ import annotations

import queue
import time
from typing import Any

import numpy as np

from voicerehearsal.engines.portaudio_devices import (
    GONE_AFTER_S,
    WAKING_S,
    choose_device,
    open_streams,
    place_of,
    refused,
    turn,
)
from voicerehearsal.engines.pulse_source import SourceWatch
from voicerehearsal.errors import DeviceError
from voicerehearsal.values import Block, Samples

_BLOCK_S = 0.02
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
        device = choose_device("input", name)
        self.name: str = device["name"]
        self._index: int = device["index"]
        self.sample_rate_hz = int(device["default_samplerate"])
        self.lost_blocks = 0
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
            with turn:
                self._stream = sounddevice.InputStream(
                    device=place_of("input", self.name, self._index),
                    samplerate=self.sample_rate_hz,
                    channels=self._channels,
                    dtype="int16",
                    blocksize=int(self.sample_rate_hz * _BLOCK_S),
                    callback=self._take,
                    finished_callback=self._finished,
                )
                open_streams.add(self)
                self._stream.start()
        except sounddevice.PortAudioError as error:
            self._close()
            raise refused("microphone", self.name, error) from error
        self._settle()
        self._watch = SourceWatch()

    def read(self, timeout_s: float) -> Block | None:
        """The next 20 ms, or None; raises DeviceError once the device has gone."""
        if self._watch is not None and self._watch.moved:
            raise self._gone()
        try:
            return self._queue.get(timeout=timeout_s)
        except queue.Empty:
            if self._ended or time.monotonic() - self._last_callback_s > GONE_AFTER_S:
                raise self._gone() from None
            return None

    def stop(self) -> None:
        """Close the device and drop what was not read."""
        self._close()
        self._queue = queue.Queue(_QUEUE_BLOCKS)

    def _settle(self) -> None:
        """Drop what a waking device sends first: a burst of old blocks, all with one time."""
        deadline = time.monotonic() + WAKING_S
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
        # Some systems (Windows MME) do not say when a block was in the air; then it has just ended.
        at_s = times.inputBufferAdcTime or times.currentTime - frames / self.sample_rate_hz
        try:
            self._queue.put_nowait(Block(samples=mono, time_s=at_s))
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
            with turn:
                stream.close(ignore_errors=True)
                open_streams.discard(self)
