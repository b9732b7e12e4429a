"""Pitch through Praat, on vowels whose F0 is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.made_vowels import VOWELS, glide, in_noise, sing
from voicerehearsal.engines.praat import PraatPhonetics

EDGE = 8
RATE = 16_000


def _error_st(f0_hz, samples):
    found = PraatPhonetics().tracks(samples).f0_hz
    truth = f0_hz[80::160][: len(found)]
    return np.abs(12 * np.log2(np.maximum(found, 1) / truth))[EDGE:-EDGE]


@pytest.mark.parametrize("vowel", VOWELS)
@pytest.mark.parametrize("f0_hz", [50, 120, 240, 500])
def test_steady_vowels(vowel, f0_hz):
    """Every frame within 0.05 st, from the lowest voice to the highest."""
    track = glide(f0_hz, 0, 0.5)
    assert _error_st(track, in_noise(sing(track, vowel), "white", np.inf)).max() < 0.05


@pytest.mark.parametrize("kind", ["white", "pink"])
@pytest.mark.parametrize(("start_hz", "semitones"), [(50, 12), (120, 12), (240, -12), (500, -12)])
def test_glides_in_noise(start_hz, semitones, kind):
    """An octave a second in noise of 10 dB: 95 of 100 frames within 0.3 st."""
    track = glide(start_hz, semitones, 1.0)
    assert np.percentile(_error_st(track, in_noise(sing(track), kind, 10)), 95) < 0.3


@pytest.mark.parametrize("level", [1, 100, 5000])
def test_noise_has_no_pitch(level):
    """A room without a voice, however loud, is voiced in fewer than one frame of a hundred."""
    noise = np.round(level * np.random.default_rng(1).standard_normal(5 * RATE)).astype(np.int16)
    assert np.mean(PraatPhonetics().tracks(noise).f0_hz > 0) < 0.01


@settings(max_examples=15, deadline=None)
@given(first=st.integers(60, 300), rows=st.integers(60, 250), gain_db=st.sampled_from([-12, 0]))
def test_a_piece_tells_what_the_whole_tells(first, rows, gain_db):
    """Any stretch of whole rows, even a quieter copy, has the whole's pitch from 0.25 s inside it."""
    f0_hz = np.concatenate([glide(100, 7, 2), glide(150, -5, 2), glide(300, -12, 2)])
    samples = in_noise(sing(f0_hz), "pink", 20)
    whole = PraatPhonetics().tracks(samples)
    piece = samples[first * 160 : (first + rows) * 160].astype(np.float64)
    part = PraatPhonetics().tracks(np.round(piece * 10 ** (gain_db / 20)).astype(np.int16))
    inner = slice(25, rows - 25)
    np.testing.assert_allclose(part.f0_hz[inner], whole.f0_hz[first : first + rows][inner], rtol=0.003)


@pytest.mark.parametrize("count", [0, 1, 159, 160, 2199, 2200, 2201, 4000])
def test_rows_whatever_the_length(count):
    """A row for each whole 10 ms, down to none; silence is unvoiced."""
    tracks = PraatPhonetics().tracks(np.zeros(count, np.int16))
    assert tracks.f0_hz.shape == tracks.strength.shape == (count // 160,)
    assert not tracks.f0_hz.any()
