"""Syllables counted in sounds with a known number of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.measuring import hear_samples
from tests.measures.made_sound import heard, int16, pulses, spoken, white_noise
from voicerehearsal.values import ANALYSIS_RATE_HZ


def _train(count, rate_hz, depth_db=15.0):
    """A voice that rises and falls `count` times, `rate_hz` times a second, in a quiet room."""
    time_s = np.arange(round(count / rate_hz * ANALYSIS_RATE_HZ)) / ANALYSIS_RATE_HZ
    swing_db = -depth_db / 2 * (1 + np.cos(2 * np.pi * rate_hz * time_s))
    voice = pulses(len(time_s) / ANALYSIS_RATE_HZ) * (10 ** (swing_db / 20)).astype(np.float32)
    return np.pad(voice, 16_000) + white_noise(len(voice) / ANALYSIS_RATE_HZ + 2, 0.0003)


@settings(deadline=None, max_examples=15)
@given(count=st.integers(3, 25), rate_hz=st.floats(2.0, 6.5))
def test_each_rise_of_a_voice_is_a_syllable(count, rate_hz):
    """From slow to fast speech the count is exact, and each nucleus lies within 50 ms of its rise's top."""
    nuclei = hear_samples(int16(_train(count, rate_hz))).nuclei_s
    assert np.array(nuclei) == pytest.approx(1 + (np.arange(count) + 0.5) / rate_hz, abs=0.05)


def test_a_dip_of_less_than_2_db_parts_nothing():
    """A vowel that wavers by 1 dB is one syllable or, at its ends, two; not eight."""
    assert len(hear_samples(int16(_train(8, 4.0, depth_db=1.0))).nuclei_s) <= 2


def test_spoken_phrases_have_about_their_syllables():
    """Within 15 % over five phrases of a natural voice: 35 syllables."""
    assert len(heard().nuclei_s) == pytest.approx(35, rel=0.15)


@settings(deadline=None, max_examples=6)
@given(gain_db=st.floats(-12, 6))
def test_gain_changes_no_syllable(gain_db):
    """Louder or softer, at most one borderline peak differs."""
    samples = np.round(spoken().samples * 10 ** (gain_db / 20)).astype(np.int16)
    assert abs(len(hear_samples(samples).nuclei_s) - len(heard().nuclei_s)) <= 1


def test_nuclei_lie_where_the_speaker_sounds():
    """In order, and none in a pause."""
    found = heard()
    assert list(found.nuclei_s) == sorted(found.nuclei_s)
    assert all(any(s.start_s <= at <= s.end_s for s in found.sounding) for at in found.nuclei_s)


@pytest.mark.parametrize("length_s", [0.08, 0.1, 0.14, 0.2, 0.3])
def test_a_recording_shorter_than_the_smoothing(length_s):
    """A file that holds a piece of a vowel and nothing else: at most one syllable, inside the file."""
    nuclei = hear_samples(int16(np.pad(pulses(length_s), 320))).nuclei_s
    assert len(nuclei) <= 1
    assert all(0 < at < length_s + 0.04 for at in nuclei)
