"""Voicing against pulses and noise."""

from __future__ import annotations

import numpy as np
import pytest

from tests.measures.made_sound import int16, pulses, white_noise
from voicerehearsal.measures.voicing import voicing


@pytest.mark.parametrize("hz", [85, 120, 200, 330])
@pytest.mark.parametrize("gain", [0.01, 1.0])
def test_pulses_are_voiced_at_any_level(hz, gain):
    """A voice of any pitch between man and child is periodic, loud or soft."""
    assert np.median(voicing(samples=int16(gain * pulses(1, hz)))) > 0.8


def test_noise_and_silence_are_not_voiced():
    """White noise rarely, digital silence never."""
    assert np.percentile(voicing(samples=int16(white_noise(5, 0.1))), 95) < 0.6
    assert voicing(samples=np.zeros(16_000, np.int16)).max() == 0


@pytest.mark.parametrize("count", [0, 319, 320, 1000])
def test_one_value_a_gate_frame(count):
    """Shape (n // 320,), an empty sound too."""
    assert voicing(samples=np.ones(count, np.int16)).shape == (count // 320,)
