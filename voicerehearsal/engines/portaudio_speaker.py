"""A speaker through PortAudio (sounddevice).

It shares PortAudio's clock with the microphone, so the time from the last sample of a question to the first sound of
its answer can be told.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Any

import numpy as np

from voicerehearsal.engines.portaudio_devices import (
    WAKING_S,
    choose_device,
    open_streams,
    place_of,
    refused,
    turn,
)
from voicerehearsal.values import Samples, Sound

_GONE_AFTER_S = 3.0
"""A busy machine may let a speaker wait for a second and more; a microphone that does has lost something."""
_FADE_S = 0.005
"""A sound that is cut short ends in a ramp: a step would be heard as a click."""


class PortAudioSpeaker:
    """An output device at its own rate; its stream stays open between sounds, because waking a device takes seconds."""

    def __init__(self, name: str | None = None) -> None:
        """Choose the device called `name`, or the system's own choice; raises as `PortAudioMicrophone`."""
        device = choose_device("output", name)
        self.name: str = device["name"]
        self._index: int = device["index"]
        self._sample_rate_hz = int(device["default_samplerate"])
        self._channels = min(2, device["max_output_channels"])
        self._stream: Any = None
        self._playback: PortAudioPlayback | None = None
        self._cut_short: PortAudioPlayback | None = None
        self._frames_given = 0
        self._settled_after = 0
        self._last_callback_s = 0.0

    def play(self, sound: Sound, *, more: bool = False) -> PortAudioPlayback:
        """Start playing instead of what sounds now, and return at once; `more` says that another piece will follow.

        Raises:
            DeviceError: The device is busy or refused.
        """
        self.wake()
        playback = PortAudioPlayback(sound.sample_rate_hz, self._sample_rate_hz, self)
        playback.follow(sound, more=more)
        if self._playback is not None and not self._playback.done:
            self._playback.stop()
        self._cut_short, self._playback = self._playback, playback
        return playback

    def now_s(self) -> float:
        """The clock that all PortAudio streams of one host share."""
        return float(self._stream.time) if self._stream is not None else 0.0

    @property
    def gone(self) -> bool:
        """Whether the device stopped asking for sound."""
        limit_s = _GONE_AFTER_S if self._frames_given > self._settled_after else WAKING_S
        return self._stream is None or time.monotonic() - self._last_callback_s > limit_s

    def close(self) -> None:
        """Close the device."""
        if self._playback is not None and not self._playback.done:
            self._playback.stop()
        self._playback = self._cut_short = None
        stream, self._stream = self._stream, None
        if stream is not None:
            with turn:
                stream.close(ignore_errors=True)
                open_streams.discard(self)

    def wake(self) -> None:
        """Open the device unless it is open: a sound then comes out as fast as its latency allows.

        Raises:
            DeviceError: The device is busy or refused.
        """
        import sounddevice
        import soxr  # noqa: F401 - the first sound at another rate need not wait for it then

        if self._stream is not None and not self.gone:
            return
        self.close()
        self._frames_given = 0
        self._last_callback_s = time.monotonic()
        try:
            with turn:
                self._stream = sounddevice.OutputStream(
                    device=place_of("output", self.name, self._index),
                    samplerate=self._sample_rate_hz,
                    channels=self._channels,
                    dtype="int16",
                    latency=0.06,
                    callback=self._give,
                )
                self._settled_after = int(3 * self._stream.latency * self._sample_rate_hz)
                open_streams.add(self)
                self._stream.start()
        except sounddevice.PortAudioError as error:
            self.close()
            raise refused("speaker", self.name, error) from error

    def _give(self, outdata: Samples, frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        self._last_callback_s = time.monotonic()
        self._frames_given += frames
        outdata[:] = 0
        # A waking device first fills its buffer, then stalls: the times it gives are true only after that.
        if self._frames_given <= self._settled_after:
            return
        time_s = times.outputBufferDacTime or times.currentTime
        given = 0
        cut_short, self._cut_short = self._cut_short, None
        if cut_short is not None:
            given = cut_short.fill(outdata, time_s)
        if self._playback is not None:
            self._playback.fill(outdata[given:], time_s + given / self._sample_rate_hz)


class PortAudioPlayback:
    """A sound being played, and what was put behind it."""

    def __init__(self, from_hz: int, to_hz: int, speaker: PortAudioSpeaker) -> None:
        self._sample_rate_hz = to_hz
        self._speaker = speaker
        self._resampled = _Resampled(from_hz, to_hz)
        self._waiting: deque[Samples] = deque()
        self._put = 0
        self._given = 0
        self._more = True
        self._start_time_s: float | None = None
        self._stopped_at_s: float | None = None
        self._faded = False

    def follow(self, sound: Sound, *, more: bool = False) -> None:
        """Play `sound`, of the same rate, right behind what was put before; `more` says that it is not the last."""
        samples = self._resampled.of(sound.samples, last=not more)
        self._waiting.append(samples)
        self._put += len(samples)
        self._more = more
        if not self._put and not more:
            self.stop()

    @property
    def position_s(self) -> float:
        """Seconds of the sound already heard."""
        if self._start_time_s is None:
            return 0.0
        return min(max(0.0, self._speaker.now_s() - self._start_time_s), self.given_s)

    @property
    def given_s(self) -> float:
        """Seconds of the sound that will be heard even if it is stopped now."""
        return self._given / self._sample_rate_hz

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
        if self._start_time_s is None or self._more or self._given < self._put:
            return None
        return self._start_time_s + self._put / self._sample_rate_hz

    def stop(self) -> None:
        """Cut it short."""
        self._stopped_at_s = self._speaker.now_s()

    def fill(self, outdata: Samples, time_s: float) -> int:
        """Put the next samples into a block, shape (frames, channels), whose first sample is heard at `time_s`.

        Returns:
            How many frames were put: all that there are room and sound for, or the ramp of a sound cut short.
        """
        if self._stopped_at_s is not None:
            return self._fade(outdata)
        if not self._waiting:
            return 0
        self._start_time_s = time_s - self._given / self._sample_rate_hz
        return self._take(outdata)

    def _fade(self, outdata: Samples) -> int:
        if self._faded or not self._given:
            return 0
        self._faded = True
        frames = self._take(outdata[: int(_FADE_S * self._sample_rate_hz)])
        outdata[:frames] = outdata[:frames] * np.linspace(1.0, 0.0, frames, endpoint=False)[:, None]
        return frames

    def _take(self, outdata: Samples) -> int:
        frames = 0
        while frames < len(outdata) and self._waiting:
            piece = self._waiting[0][: len(outdata) - frames]
            outdata[frames : frames + len(piece)] = piece[:, None]
            frames += len(piece)
            if len(piece) < len(self._waiting[0]):
                self._waiting[0] = self._waiting[0][len(piece) :]
            else:
                self._waiting.popleft()
        self._given += frames
        return frames


class _Resampled:
    """Pieces of one sound at the device's rate, without a seam."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._stream: Any = None
        if from_hz != to_hz:
            import soxr

            self._stream = soxr.ResampleStream(from_hz, to_hz, 1, dtype="int16")

    def of(self, samples: Samples, *, last: bool) -> Samples:
        if self._stream is None:
            return samples
        resampled: Samples = self._stream.resample_chunk(samples, last=last)
        return resampled
