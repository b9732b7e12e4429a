"""Levels against signals whose power is known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.measures.made_sound import int16, white_noise
from voicerehearsal.measures.levels import BAND_EDGES_HZ, HOP, band_powers, decibels, frame_powers, smoothed
from voicerehearsal.values import ANALYSIS_RATE_HZ


def test_full_scale_square_wave_is_zero_db():
    """A square wave at full scale has power 1 in every frame."""
    square = np.tile(np.repeat(np.array([32767, -32768], np.int16), 40), 200)
    assert decibels(frame_powers(samples=square)) == pytest.approx(0, abs=0.01)


def test_a_constant_offset_has_no_power():
    """An offset alone is silence in the whole, and 50 dB down in the lowest band."""
    offset = np.full(16_000, 3000, np.int16)
    assert frame_powers(samples=offset).max() < 1e-9
    assert band_powers(samples=offset)[2:-2].max() < 1e-5 * (3000 / 32768) ** 2


@pytest.mark.parametrize("hz", [180, 500, 950, 1750, 3600, 7000])
def test_a_sine_lies_in_its_own_band(hz):
    """A sine of amplitude 0.5 has power 1/8 in its band and next to nothing two bands away (within 1 dB)."""
    time_s = np.arange(ANALYSIS_RATE_HZ) / ANALYSIS_RATE_HZ
    levels = decibels(band_powers(samples=int16(0.5 * np.sin(2 * np.pi * hz * time_s)))[5:-5].mean(axis=0))
    own = np.searchsorted(BAND_EDGES_HZ, hz) - 1
    near = levels[max(0, own - 1) : own + 2]
    assert 10 * np.log10(np.sum(10 ** (near / 10))) == pytest.approx(-9.03, abs=1)
    assert levels[np.abs(np.arange(len(levels)) - own) > 1].max() < -35


def test_frames_do_not_depend_on_what_follows():
    """The first half's frames are the same with and without the second half, but for the last window's reach."""
    samples = int16(white_noise(30, 0.1))
    half = band_powers(samples=samples[: len(samples) // 2])
    assert band_powers(samples=samples)[: len(half) - 1] == pytest.approx(half[:-1], rel=1e-5)


def test_smoothing_keeps_a_constant_and_spreads_a_spike():
    """A running mean of three."""
    assert smoothed(powers=np.ones(9, np.float32), frames=3) == pytest.approx(1)
    spike = np.zeros((9, 2), np.float32)
    spike[4] = 3
    assert smoothed(powers=spike, frames=3)[:, 0] == pytest.approx([0, 0, 0, 1, 1, 1, 0, 0, 0])


@pytest.mark.parametrize("count", [0, 1, HOP - 1, HOP, 3 * HOP + 5])
def test_only_whole_frames_are_measured(count):
    """Sounds of any length, an empty one too."""
    assert band_powers(samples=np.ones(count, np.int16)).shape == (count // HOP, len(BAND_EDGES_HZ) - 1)
    assert frame_powers(samples=np.ones(count, np.int16)).shape == (count // HOP,)
