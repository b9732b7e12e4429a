"""Sound at another speed or pitch and not both, through pedalboard (Rubber Band inside)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.values import Sound

SLOWEST, FASTEST = 0.5, 2.0


def stretched(sound: Sound, speed: float) -> Sound:
    """The sound `speed` times as fast, at its own pitch and rate; what was at t comes at t / `speed`, within 25 ms.

    Works at some 25 to 120 times real time, so a long recording is best given from where it is being heard.

    Args:
        sound: int16 mono, shape (n,), any rate.
        speed: `SLOWEST`–`FASTEST`; at 1 the very same sound comes back.

    Returns:
        int16 mono, shape (round(n / speed),), same rate.

    Raises:
        ValueError: `speed` is out of range.
    """
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"speed {speed:g} is outside {SLOWEST:g}–{FASTEST:g}")
    if speed == 1.0 or not len(sound.samples):
        return sound
    from pedalboard import time_stretch

    wanted = round(len(sound.samples) / speed)
    return _as_sound(time_stretch(_floats(sound), float(sound.sample_rate_hz), stretch_factor=speed), wanted, sound)


def lowered(sound: Sound, by_st: float) -> Sound:
    """The same words at the same pace by a deeper voice: pitch and formants `by_st` semitones down, as many samples."""
    if not len(sound.samples):
        return sound
    from pedalboard import time_stretch

    rate_hz = float(sound.sample_rate_hz)
    other = time_stretch(_floats(sound), rate_hz, pitch_shift_in_semitones=-by_st, preserve_formants=False)
    return _as_sound(other, len(sound.samples), sound)


def _floats(sound: Sound) -> NDArray[np.float32]:
    return (sound.samples / 32768).astype(np.float32)


def _as_sound(channels: NDArray[np.float32], wanted: int, like: Sound) -> Sound:
    """int16 at the rate of `like`, `wanted` samples: a few may be missing at the end, all if there were only a few."""
    samples = np.zeros(wanted, np.int16)
    shared = min(wanted, channels.shape[1])
    samples[:shared] = np.clip(np.rint(channels[0, :shared] * 32768), -32768, 32767)
    return Sound(samples, like.sample_rate_hz)
