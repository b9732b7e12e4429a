"""The smile that is added: resonances go up; pitch, timing, level and everything unvoiced stay."""

from __future__ import annotations

import numpy as np
import parselmouth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.values import Sound

RATES_HZ = (8_000, 16_000, 22_050, 44_100, 48_000)
FORMANTS_HZ = (650.0, 1450.0, 2500.0, 4400.0)


def voice(*, f0_hz: float = 120.0, rate_hz: int = 16_000, duration_s: float = 1.5, peak: float = 12_000) -> Sound:
    """A vowel whose pitch glides up by a fifth: even harmonics through four resonances."""
    t = np.arange(round(duration_s * rate_hz)) / rate_hz
    pitch_hz = f0_hz * 1.5 ** (t / duration_s)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / rate_hz
    sound = np.zeros(len(t))
    highest_hz = min(0.48 * rate_hz, 6_000)
    for n in range(1, int(highest_hz / f0_hz) + 1):
        audible = n * pitch_hz < highest_hz
        sound += audible * _tract(n * pitch_hz) * np.sin(n * phase)
    return Sound(np.rint(sound / np.abs(sound).max() * peak).astype(np.int16), rate_hz)


def _tract(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """The resonances of a mouth, each with a bandwidth of 160 Hz, the higher the fainter."""
    response: NDArray[np.float64] = np.sum([(500 / f) / (1 + ((hz - f) / 80) ** 2) for f in FORMANTS_HZ], axis=0)
    return response


def pitch_st(sound: Sound) -> NDArray[np.float64]:
    """Praat's pitch every 10 ms in semitones, NaN where there is none."""
    heard = parselmouth.Sound(sound.samples / 32768, sound.sample_rate_hz)
    f0_hz = heard.to_pitch_ac(time_step=0.01, pitch_floor=65, pitch_ceiling=500).selected_array["frequency"]
    semitones: NDArray[np.float64] = 12 * np.log2(np.where(f0_hz > 0, f0_hz, np.nan))
    return semitones


def formants_hz(sound: Sound) -> NDArray[np.float64]:
    """Praat's F1 to F4, the median over the sound."""
    heard = parselmouth.Sound(sound.samples / 32768, sound.sample_rate_hz)
    found = heard.to_formant_burg(time_step=0.01, max_number_of_formants=4, maximum_formant=5000)
    times_s = np.arange(0.1, sound.duration_s - 0.1, 0.01)
    medians: NDArray[np.float64] = np.nanmedian(
        [[found.get_value_at_time(n, t) for n in (1, 2, 3, 4)] for t in times_s], axis=0
    )
    return medians


def level_db(sound: Sound) -> float:
    """RMS level."""
    return float(20 * np.log10(sound.samples.astype(float).std()))


@pytest.mark.parametrize("f0_hz", [90.0, 130.0, 200.0])
def test_second_and_third_formant_go_up(f0_hz: float) -> None:
    """F2 and F3 rise by 12 ± 4 %, F1 by less and F4 by half at most, as Praat measures them."""
    sound = voice(f0_hz=f0_hz)
    first, second, third, fourth = formants_hz(with_smile(sound)) / formants_hz(sound) - 1
    assert second == pytest.approx(0.12, abs=0.04)
    assert third == pytest.approx(0.12, abs=0.04)
    assert 0 < first < 0.085
    assert abs(fourth) < 0.06


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("f0_hz", [90.0, 250.0])
def test_pitch_and_level_stay(f0_hz: float, rate_hz: int) -> None:
    """At any rate every moment keeps its pitch within 0.1 semitone and the whole its level within 0.5 dB."""
    sound = voice(f0_hz=f0_hz, rate_hz=rate_hz)
    smiling = with_smile(sound)
    assert np.nanmax(np.abs(pitch_st(smiling) - pitch_st(sound))) < 0.1
    assert level_db(smiling) == pytest.approx(level_db(sound), abs=0.5)
    assert smiling.sample_rate_hz == rate_hz


def test_more_of_the_sound_is_bright() -> None:
    """The share of 2–4 kHz in the power grows by 2 dB at least."""
    shares = []
    for sound in (voice(), with_smile(voice())):
        power = np.abs(np.fft.rfft(sound.samples)) ** 2
        hz = np.fft.rfftfreq(len(sound.samples), 1 / sound.sample_rate_hz)
        shares.append(power[(hz > 2000) & (hz < 4000)].sum() / power.sum())
    assert 10 * np.log10(shares[1] / shares[0]) > 2


@settings(deadline=None, max_examples=40)
@given(length=st.integers(0, 3_000), rate_hz=st.sampled_from((400, 11_025, *RATES_HZ, 96_000)), level=st.integers(0, 4))
def test_it_lasts_as_long_as_before(length: int, rate_hz: int, level: int) -> None:
    """Any number of samples at any rate and level comes out as that number, and the same every time."""
    samples = np.random.default_rng(length).integers(-(8**level), 8**level, length, np.int16, endpoint=True)
    smiling = with_smile(Sound(samples, rate_hz))
    assert smiling.samples.dtype == np.int16
    assert len(smiling.samples) == length
    assert (with_smile(Sound(samples, rate_hz)).samples == smiling.samples).all()


def test_what_has_no_pitch_stays_as_it_is() -> None:
    """Silence is silence; of white noise, as of an s, 95 % of the samples are the very same, and the level is."""
    silence = Sound(np.zeros(16_000, np.int16), 16_000)
    assert not with_smile(silence).samples.any()
    noise = Sound(np.random.default_rng(1).normal(0, 2_000, 5 * 16_000).astype(np.int16), 16_000)
    assert np.mean(with_smile(noise).samples == noise.samples) > 0.95
    assert level_db(with_smile(noise)) == pytest.approx(level_db(noise), abs=0.05)


def test_consonants_between_vowels_stay_as_they_are() -> None:
    """Noise between two vowels is the very same from 40 ms after the one to 40 ms before the other."""
    noise = np.random.default_rng(2).normal(0, 1_000, 16_000 // 5).astype(np.int16)
    vowel = voice(duration_s=0.3).samples
    sound = Sound(np.concatenate((vowel, noise, vowel)), 16_000)
    inside = slice(len(vowel) + 640, len(vowel) + len(noise) - 640)
    assert (with_smile(sound).samples[inside] == sound.samples[inside]).all()


def test_a_loud_voice_is_not_clipped() -> None:
    """At full scale the smile's peaks are turned down, not cut: never two samples in a row at the very top."""
    loud = with_smile(voice(peak=32_767, duration_s=3.0))
    at_top = np.abs(loud.samples.astype(int)) >= 32_760
    assert not (at_top[1:] & at_top[:-1]).any()
    assert level_db(loud) == pytest.approx(level_db(voice(peak=32_767, duration_s=3.0)), abs=1.5)


def test_pieces_sound_as_the_whole() -> None:
    """Done in two pieces it is the same sound but for 40 ms about the seam, so that replay may do so."""
    sound, seam, reach = voice(duration_s=2.0), 15_000, 640
    whole = with_smile(sound).samples.astype(int)
    pieces = [with_smile(Sound(part, 16_000)).samples for part in np.split(sound.samples, [seam])]
    off = np.abs(np.concatenate(pieces) - whole)
    off[seam - reach : seam + reach] = 0
    # The frames of the second piece lie otherwise, and each sees a little less or more of the gliding pitch.
    assert off[:seam].max() <= 1
    assert np.sqrt(np.mean(off[seam:] ** 2.0)) < 0.02 * whole.std()


@settings(deadline=None, max_examples=10)
@given(gain=st.floats(0.1, 1.8))
def test_it_does_not_depend_on_the_recordings_level(gain: float) -> None:
    """A recording made louder or softer gets the same smile, within the rounding of its samples."""
    samples = voice(duration_s=0.5).samples
    expected = gain * with_smile(Sound(samples, 16_000)).samples
    louder = with_smile(Sound(np.rint(gain * samples).astype(np.int16), 16_000)).samples
    assert np.sqrt(np.mean((louder - expected) ** 2)) < 0.01 * expected.std() + 1
