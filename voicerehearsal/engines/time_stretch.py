"""Sound slower or faster at the same pitch, through pedalboard (Rubber Band inside)."""

from __future__ import annotations

import numpy as np

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

    floats = (sound.samples / 32768).astype(np.float32)
    other = time_stretch(floats, float(sound.sample_rate_hz), stretch_factor=speed)[0]
    # A few samples may be missing at the end, all of them when there were only a few.
    samples = np.zeros(round(len(floats) / speed), np.int16)
    shared = min(len(samples), len(other))
    samples[:shared] = np.clip(np.rint(other[:shared] * 32768), -32768, 32767)
    return Sound(samples, sound.sample_rate_hz)


def lowered(sound: Sound, by_st: float) -> Sound:
    """The same words at the same pace by a lower voice: pitch and formants `by_st` semitones down."""
    from pedalboard import time_stretch

    floats = (sound.samples / 32768).astype(np.float32)
    rate_hz = float(sound.sample_rate_hz)
    other = time_stretch(floats, rate_hz, pitch_shift_in_semitones=-by_st, preserve_formants=False)[0]
    return Sound(np.clip(np.rint(other * 32768), -32768, 32767).astype(np.int16), sound.sample_rate_hz)
