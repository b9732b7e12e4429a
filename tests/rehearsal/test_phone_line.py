"""The telephone line: band edges, and the codes of ITU-T G.711."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.rehearsal.phone_line import PHONE_RATE_HZ, decode_mu_law, encode_mu_law, through_phone_line
from voicerehearsal.values import Sound

RATES_HZ = (8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000)


def tone(frequency_hz: float, rate_hz: int, *, level: float = 10_000, duration_s: float = 1.0) -> Sound:
    t = np.arange(round(duration_s * rate_hz)) / rate_hz
    return Sound(np.rint(level * np.sin(2 * np.pi * frequency_hz * t)).astype(np.int16), rate_hz)


def gain_db(frequency_hz: float, rate_hz: int) -> float:
    """Level out over level in, away from the edges, where the tone begins and ends at once."""
    sound = tone(frequency_hz, rate_hz)
    heard = through_phone_line(sound).samples[1_000:-1_000].astype(float)
    return 20 * np.log10(heard.std() / sound.samples.astype(float).std() + 1e-6)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_the_pass_band_keeps_its_level(rate_hz: int) -> None:
    """400–3200 Hz come through within 0.3 dB, the band's edges at 300 and 3400 Hz within 3 dB, at any rate."""
    for frequency_hz in (400, 1_000, 2_000, 3_200):
        assert abs(gain_db(frequency_hz, rate_hz)) < 0.3, frequency_hz
    for frequency_hz in (300, 3_400):
        assert -3.0 < gain_db(frequency_hz, rate_hz) < 0.3, frequency_hz


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_what_a_telephone_does_not_carry_is_gone(rate_hz: int) -> None:
    """100 Hz and 3.9 kHz are at least 40 dB down, and nothing above folds back into the band."""
    above = [f for f in (3_900, 5_000, 7_000, 11_500) if f < rate_hz / 2]
    for frequency_hz in (50, 100, *above):
        assert gain_db(frequency_hz, rate_hz) < -40, frequency_hz


def test_the_line_delays_nothing() -> None:
    """A burst comes out when it went in, within 1 ms, so that times measured on the question stay true."""
    silence, burst = np.zeros(24_000, np.int16), tone(1_000, 48_000, duration_s=0.1).samples
    heard = through_phone_line(Sound(np.concatenate((silence, burst, silence)), 48_000))
    loud = np.flatnonzero(np.abs(heard.samples.astype(int)) > 5_000) / PHONE_RATE_HZ
    assert loud[0] == pytest.approx(0.5, abs=0.001)
    assert loud[-1] == pytest.approx(0.6, abs=0.001)


@settings(deadline=None, max_examples=40)
@given(length=st.integers(0, 5_000), rate_hz=st.sampled_from(RATES_HZ))
def test_it_lasts_as_long_as_before(length: int, rate_hz: int) -> None:
    """Any number of samples comes out as that number at 8 kHz, rounded; nothing and one sample too."""
    heard = through_phone_line(Sound(np.full(length, 100, np.int16), rate_hz))
    assert heard.sample_rate_hz == PHONE_RATE_HZ
    assert len(heard.samples) == round(length * PHONE_RATE_HZ / rate_hz)
    assert heard.samples.dtype == np.int16


def test_the_loudest_sound_is_limited_and_not_wrapped_round() -> None:
    """A full-scale square wave, which the filter makes overshoot, stays inside the law's ±32124 with its signs."""
    square = np.where(np.arange(16_000) // 16 % 2, 32_767, -32_768).astype(np.int16)
    heard = through_phone_line(Sound(square, 16_000)).samples.astype(int)
    middles = heard[4:-8:16], heard[12:-8:16]
    assert np.abs(heard).max() == 32_124
    assert all(middle < -10_000 for middle in middles[0])
    assert all(middle > 10_000 for middle in middles[1])


def test_known_code_points() -> None:
    """Codes of ITU-T G.711 (1988), table 2: the ends, zero, and the ends of segments, counted in steps of 1/8159."""
    steps = {0xFF: 0, 0xFE: 2, 0xF0: 30, 0xEF: 33, 0xE0: 93, 0xDF: 99, 0xCF: 231, 0xBF: 495, 0xAF: 1023, 0x9F: 2079}
    steps |= {0x8F: 4191, 0x80: 8031, 0x00: -8031, 0x0F: -4191, 0x7E: -2}
    codes = np.array(list(steps), np.uint8)
    values = 4 * np.array(list(steps.values()))
    assert decode_mu_law(codes).tolist() == values.tolist()
    assert encode_mu_law(values.astype(np.int16)).tolist() == codes.tolist()


def test_the_standards_reference_tone() -> None:
    """The periodic sequence of G.711, table 6, is 1 kHz at 0 dBm0, 3.17 dB under the law's overload point."""
    codes = np.array([0x1E, 0x0B, 0x0B, 0x1E, 0x9E, 0x8B, 0x8B, 0x9E] * 100, np.uint8)
    sound = decode_mu_law(codes).astype(float)
    spectrum = np.abs(np.fft.rfft(sound))
    amplitude = 2 * spectrum[100] / len(sound)
    assert spectrum.argmax() == 100  # of 800 samples at 8 kHz: 1 kHz
    assert 20 * np.log10(amplitude / (8_159 * 4)) == pytest.approx(-3.17, abs=0.02)


def test_encoding_what_was_decoded_gives_the_code_back() -> None:
    """True of all codes but 0x7F, the negative zero, which comes back as zero."""
    codes = np.arange(256, dtype=np.uint8)
    again = encode_mu_law(decode_mu_law(codes))
    assert np.flatnonzero(again != codes).tolist() == [0x7F]
    assert again[0x7F] == 0xFF


@settings(deadline=None, max_examples=60)
@given(samples=st.lists(st.integers(-32_635, 32_635), min_size=1, max_size=200))
def test_the_nearest_step_is_chosen(samples: list[int]) -> None:
    """No code would have come nearer to a sample than the one it got, and its sign is kept."""
    exact = np.array(samples, np.int16)
    all_values = decode_mu_law(np.arange(256, dtype=np.uint8)).astype(int)
    got = decode_mu_law(encode_mu_law(exact)).astype(int)
    nearest = np.abs(all_values[None, :] - exact[:, None].astype(int)).min(axis=1)
    # Intervals of different widths meet where the middle between two values is not the decision value.
    assert (np.abs(got - exact) <= np.maximum(nearest, np.abs(exact.astype(int)) // 16 + 4)).all()
    assert (got * exact.astype(int) >= 0).all()


@pytest.mark.parametrize("level_db", [0, -5, -10, -15, -20, -25, -30])
def test_quantisation_noise_is_a_telephones(level_db: float) -> None:
    """Over 30 dB of level a tone stays 35–40 dB above its noise, as the law promises, rippling with the segments."""
    sound = tone(1_013, PHONE_RATE_HZ, level=32_124 * 10 ** (level_db / 20)).samples
    noise = decode_mu_law(encode_mu_law(sound)).astype(float) - sound
    assert 35 < 20 * np.log10(sound.astype(float).std() / noise.std()) < 40
