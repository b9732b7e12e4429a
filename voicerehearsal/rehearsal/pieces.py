"""Pieces of a recording that are heard as one: cut where it is quiet, each blended into the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from voicerehearsal.values import Samples, Sound

_QUIET_STEP_S = 0.02
_QUIET_WITHIN_STEPS = 5  # a seam is not heard in 100 ms of quiet


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as it is to be heard, and a blink of what comes after it, into which the next one is blended."""

    samples: Samples
    tail: Samples
    sample_rate_hz: int

    @property
    def duration_s(self) -> float:
        """How long it sounds."""
        return len(self.samples) / self.sample_rate_hz

    def after(self, tail: Samples) -> Sound:
        """The piece blended into what would have come before it."""
        length = min(len(tail), len(self.samples))
        if not length:
            return Sound(self.samples, self.sample_rate_hz)
        share = np.arange(1, length + 1) / (length + 1)
        blended = self.samples.copy()
        blended[:length] = np.rint(tail[:length] * (1 - share) + self.samples[:length] * share)
        return Sound(blended, self.sample_rate_hz)

    def without(self, share: float) -> Piece:
        """Without its first `share`, 0–1."""
        return replace(self, samples=self.samples[round(share * len(self.samples)) :])


def cut(sound: Sound, start_s: float, end_s: float) -> Sound:
    """The part of a sound between two positions."""
    rate_hz = sound.sample_rate_hz
    return Sound(sound.samples[round(start_s * rate_hz) : round(end_s * rate_hz)], rate_hz)


def quietest_s(sound: Sound) -> float:
    """The middle of the quietest 100 ms, in seconds: a seam is not heard there."""
    step = max(1, round(_QUIET_STEP_S * sound.sample_rate_hz))
    steps = len(sound.samples) // step
    power = np.square(sound.samples[: steps * step].astype(np.float32)).reshape(steps, step).sum(axis=1)
    around = np.convolve(power, np.ones(_QUIET_WITHIN_STEPS), "valid")
    return (int(around.argmin()) + _QUIET_WITHIN_STEPS / 2) * step / sound.sample_rate_hz
