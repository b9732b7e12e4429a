"""Recording quality of sounds with known level, noise and clipping."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.made_sound import int16, white_noise
from voicerehearsal.measures.quality import Tally, measure_quality
from voicerehearsal.values import Span

MIDDLE = (Span(1, 2),)


def _audio(samples, sounding=MIDDLE, mutes=()):
    return measure_quality(
        samples=samples,
        sounding=sounding,
        mutes=mutes,
        tally=Tally().plus(samples),
        sample_rate_hz=16_000,
        channels=1,
        duration_s=len(samples) / 16_000,
    )


def _voice_in_noise(level_db, snr_db):
    """A sine from 1 to 2 s of 3, in white noise all along."""
    rms = 10 ** (level_db / 20)
    wave = white_noise(3, rms * 10 ** (-snr_db / 20))
    wave[16_000:32_000] += np.float32(rms * np.sqrt(2)) * np.sin(np.arange(16_000) * 0.3).astype(np.float32)
    return int16(wave)


@pytest.mark.parametrize("level_db", [-20, -40])
@pytest.mark.parametrize("snr_db", [10, 20, 30])
def test_level_and_snr_are_those_of_the_signal(level_db, snr_db):
    """Speech power holds the noise in it, too; within 0.3 dB."""
    audio = _audio(_voice_in_noise(level_db, snr_db))
    both_db = 10 * np.log10(1 + 10 ** (-snr_db / 10))
    assert audio.level_dbfs == pytest.approx(level_db + both_db, abs=0.3)
    assert audio.snr_db == pytest.approx(snr_db + both_db, abs=0.3)


def test_full_scale_square_wave_is_0_dbfs():
    """The contract's reference."""
    square = np.tile(np.repeat(np.array([32767, -32768], np.int16), 20), 1200)
    assert _audio(square, [Span(0, 3)]).level_dbfs == pytest.approx(0, abs=0.01)


def test_unknown_is_none():
    """Nobody spoke: no level; no silence to compare with: no SNR; digital silence beside speech: a finite SNR."""
    samples = _voice_in_noise(-20, 30)
    assert _audio(samples, ()).level_dbfs is None
    assert _audio(samples, [Span(0, 3)]).snr_db is None
    samples[:16_000] = samples[32_000:] = 0
    assert 60 < _audio(samples).snr_db < 120


def test_a_mute_is_neither_voice_nor_background():
    """Noise during a mute does not lower the SNR."""
    samples = _voice_in_noise(-20, 30)
    clean = _audio(samples).snr_db
    samples[40_000:] = int16(white_noise(0.5, 0.5))
    assert _audio(samples, mutes=[Span(2.5, 3)]).snr_db == pytest.approx(clean, abs=0.5)
    assert _audio(samples).snr_db < clean - 10


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from([-32768, -32767, -5, 0, 7, 32766, 32767]), max_size=50), st.integers(0, 50))
def test_the_tally_does_not_depend_on_blocks(values, cut):
    """However the sound is cut, the counts are the same; samples at full scale are clipped ones."""
    samples = np.array(values, np.int16)
    tally = Tally().plus(samples)
    assert Tally().plus(samples[:cut]).plus(samples[cut:]) == tally
    assert tally.at_full_scale == sum(abs(v) >= 32767 for v in values)
    assert 0 <= tally.clipped_ratio <= 1


@pytest.mark.parametrize(
    ("samples", "says"),
    [
        (np.zeros(48_000, np.int16), "zeros"),
        (_voice_in_noise(-50, 30), "quiet"),
        (_voice_in_noise(-20, 8), "Noisy"),
        (_voice_in_noise(6, 40), "Clipped"),
    ],
    ids=["zeros", "quiet", "noisy", "clipped"],
)
def test_a_warning_says_what_is_wrong(samples, says):
    """One warning, in plain words."""
    warnings = _audio(samples).warnings
    assert len(warnings) == 1
    assert says.lower() in warnings[0].lower()


def test_a_good_recording_needs_no_warning():
    """Nor does a telephone's."""
    assert _audio(_voice_in_noise(-20, 30)).warnings == ()
