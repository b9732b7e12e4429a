"""Is the microphone alive? A dead one is told apart from a silent room."""

from __future__ import annotations

import math

import numpy as np

from voicerehearsal.values import Samples

_FAINT_PEAK = 3
"""A real microphone in a silent room moves by more than this many of 32768 steps."""
FAINT_DBFS = 20.0 * math.log10(_FAINT_PEAK / 32768.0)
"""What is louder than this on average comes from a microphone that lives."""
_OVERLOADED_SHARE = 0.001


def microphone_trouble(samples: Samples, *, name: str) -> str | None:
    """What is wrong with a microphone that delivered `samples` (int16 mono, shape (n,)); None when nothing is."""
    if len(samples) == 0 or not samples.any():
        return (
            f"Your microphone {name!r} sends only zeros: it is muted, or this program is not allowed to use it. "
            "Unmute it (a switch on the headset or the sound settings), or allow the microphone in the privacy settings"
        )
    if is_silent(samples):
        return f"Your microphone {name!r} is as good as silent: turn its level up in the sound settings"
    if float(np.mean(np.abs(samples.astype(np.int32)) >= 32767)) > _OVERLOADED_SHARE:
        return f"Your microphone {name!r} is overloaded: turn its level down in the sound settings"
    return None


def is_silent(samples: Samples) -> bool:
    """Whether `samples` (int16 mono, shape (n,)) are less than any silent room gives."""
    return len(samples) == 0 or int(np.abs(samples.astype(np.int32)).max()) <= _FAINT_PEAK
