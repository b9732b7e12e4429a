"""A speaker through PortAudio (sounddevice).

It shares PortAudio's clock with the microphone, so the time from the last sample of a question to the first sound of
its answer can be told.
"""

from __future__ import annotations

import time
from typing import Any

from voicerehearsal.engines.portaudio_devices import WAKING_S, choose_device, refused
from voicerehearsal.values import Samples, Sound


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
        return self._stream is None or time.monotonic() - self._last_callback_s > WAKING_S

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
            raise refused("speaker", self.name, error) from error

    def _give(self, outdata: Samples, frames: int, times: Any, status: Any) -> None:  # noqa: ANN401
        self._last_callback_s = time.monotonic()
        self._frames_given += frames
        outdata[:] = 0
        playback = self._playback
        # A waking device first fills its buffer, then stalls: the times it gives are true only after that.
        if playback is not None and self._frames_given > self._settled_after:
            playback.fill(outdata, times.outputBufferDacTime or times.currentTime)


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


def _at_rate(sound: Sound, sample_rate_hz: int) -> Samples:
    if sound.sample_rate_hz == sample_rate_hz:
        return sound.samples
    import soxr

    resampled: Samples = soxr.resample(sound.samples, sound.sample_rate_hz, sample_rate_hz)
    return resampled
