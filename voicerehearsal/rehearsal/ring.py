"""The sounds of a telephone: ringing, and the line going dead. Made here."""

from __future__ import annotations

import numpy as np

from voicerehearsal.values import Sound

_RATE_HZ = 16_000
_TONES_HZ = (440.0, 480.0)
"""Audible ringing tone of North American networks (ITU-T E.180 supplement 2)."""
_BUSY_TONES_HZ = (480.0, 620.0)
"""Busy tone of the same networks, half a second on and half a second off."""
_PEAK = 0.12


def ring_tone(*, tone_s: float = 1.0, silence_s: float = 0.8) -> Sound:
    """One ring and the silence after it, int16 mono at 16 kHz."""
    return _tones(_TONES_HZ, tone_s, silence_s)


def hang_up_tone(*, times: int = 3) -> Sound:
    """What is heard when the other side has hung up, int16 mono at 16 kHz."""
    once = _tones(_BUSY_TONES_HZ, 0.5, 0.5)
    return Sound(np.tile(once.samples, times), once.sample_rate_hz)


def _tones(hertz: tuple[float, ...], tone_s: float, silence_s: float) -> Sound:
    at_s = np.arange(int(tone_s * _RATE_HZ)) / _RATE_HZ
    tone = sum(np.sin(2 * np.pi * hz * at_s) for hz in hertz) / len(hertz)
    fade = np.clip(np.minimum(at_s, tone_s - at_s) / 0.02, 0, 1)
    silence = np.zeros(int(silence_s * _RATE_HZ))
    samples = np.concatenate((_PEAK * tone * fade, silence))
    return Sound(samples=np.asarray(samples * 32767).astype(np.int16), sample_rate_hz=_RATE_HZ)
