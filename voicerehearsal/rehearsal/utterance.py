"""Several lines of the voice as one sound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voicerehearsal.values import Sound

_BREATH_S = 0.35


def one_after_another(sounds: Sequence[Sound]) -> Sound:
    """The sounds with a breath between them; at least one.

    When another voice had to stand in for one of them, at another rate, only what comes at the rate of the last is
    said: that is what the answer must follow.
    """
    rate_hz = sounds[-1].sample_rate_hz
    breath = np.zeros(round(_BREATH_S * rate_hz), np.int16)
    parts = [part for sound in sounds if sound.sample_rate_hz == rate_hz for part in (breath, sound.samples)]
    return Sound(np.concatenate(parts[1:]), rate_hz)
