"""Surges: faster and louder together, in pulses of sound with known rate and level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.synthesis import Wave
from tests.measures.made_sound import int16, white_noise
from voicerehearsal.measures.levels import BandPowers, band_powers
from voicerehearsal.measures.surges import find_surges
from voicerehearsal.values import ANALYSIS_RATE_HZ, Span, Word

PHRASE_S = 2.4
GAP_S = 0.4


def talk(
    *,
    total_s: float = 45.0,
    surge: Span | None = None,
    faster: float = 1.0,
    louder_db: float = 0.0,
    again_s: float = 999.0,
    seed: int = 3,
) -> tuple[BandPowers, tuple[Span, ...], tuple[float, ...]]:
    """Syllables of gliding tones, about five a second, in phrases; a stretch of them altered, again every `again_s`."""
    rng = np.random.default_rng(seed)
    wave = white_noise(total_s, 1e-4, seed)
    nuclei_s, sounding, at_s = [], [], 0.5
    while at_s < total_s - PHRASE_S:
        first_s = at_s
        while at_s < first_s + PHRASE_S:
            altered = surge is not None and (at_s - surge.start_s) % again_s < surge.duration_s
            length_s = float(rng.uniform(0.17, 0.23)) / (faster if altered else 1.0)
            gain_db = rng.normal(0, 2.0) + (louder_db if altered else 0.0)
            wave_part = _syllable(round(length_s * ANALYSIS_RATE_HZ), rng) * np.float32(0.05 * 10 ** (gain_db / 20))
            start = round(at_s * ANALYSIS_RATE_HZ)
            wave[start : start + len(wave_part)] += wave_part
            nuclei_s.append(at_s + length_s / 2)
            at_s += length_s
        sounding.append(Span(first_s, at_s))
        at_s += GAP_S
    return band_powers(samples=int16(wave)), tuple(sounding), tuple(nuclei_s)


def _syllable(count: int, rng: np.random.Generator) -> Wave:
    """Two gliding tones under a bell, so that the spectrum moves as fast as the syllable passes."""
    time = np.linspace(0, 1, count)
    low, high = rng.uniform(300, 800, 2), rng.uniform(1000, 2500, 2)
    phases = [2 * np.pi * np.cumsum(np.interp(time, [0, 1], hz)) / ANALYSIS_RATE_HZ for hz in (low, high)]
    wave: Wave = ((np.sin(phases[0]) + np.sin(phases[1])) * np.sin(np.pi * time) ** 2).astype(np.float32)
    return wave


@pytest.mark.parametrize(("faster", "louder_db"), [(1.2, 5.0), (1.3, 8.0)])
def test_a_faster_and_louder_stretch_is_found_where_it_is(faster: float, louder_db: float) -> None:
    """Six seconds a fifth faster and 5 dB louder are one surge, its edges within 1 s, its rise within 1.5 dB."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 26), faster=faster, louder_db=louder_db)
    (surge,) = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s)
    assert surge.start_s == pytest.approx(20, abs=1.0)
    assert surge.end_s == pytest.approx(26, abs=1.0)
    # Pure glides change fully with the speed, real speech by half: the weighing is for real speech.
    assert faster < surge.rate_ratio < faster**2.1
    assert surge.level_rise_db == pytest.approx(louder_db, abs=1.5)


def test_a_surge_at_the_very_end_is_found() -> None:
    """A surge that the answer ends with is one, too."""
    bands, sounding, nuclei_s = talk(total_s=36, surge=Span(29, 36), faster=1.25, louder_db=6)
    (surge,) = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s)
    assert surge.start_s == pytest.approx(29, abs=1.0)


@pytest.mark.parametrize(("faster", "louder_db"), [(1.0, 0.0), (1.3, 0.0), (1.0, -6.0), (1.3, -4.0), (0.8, 6.0)])
def test_one_alone_is_no_surge(faster: float, louder_db: float) -> None:
    """Even speech, only faster, turned away, faster and softer, or slow emphasis: no surge."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 27), faster=faster, louder_db=louder_db)
    assert find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s) == ()


def test_one_word_said_loudly_is_no_surge() -> None:
    """Half a second 9 dB up is emphasis."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 20.5), louder_db=9)
    assert find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s) == ()


def test_a_few_words_said_fast_and_loudly_are_no_surge() -> None:
    """Most of a second, 6 dB up and faster, does not make the seconds around it a surge."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 20.8), faster=1.2, louder_db=6)
    assert find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s) == ()


@pytest.mark.parametrize(("again_s", "surges"), [(999.0, 1), (8.0, 0)])
def test_what_the_speaker_does_all_the_time_is_no_surge(again_s: float, surges: int) -> None:
    """Four seconds a tenth faster and 4 dB louder are a surge once, and a lively manner every eight seconds."""
    bands, sounding, nuclei_s = talk(total_s=66, surge=Span(20, 24), faster=1.1, louder_db=4, again_s=again_s)
    assert len(find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s)) == surges


def test_long_words_in_the_same_time_are_faster() -> None:
    """Twice the sounds in the same time raise the rate; words that the recogniser was unsure of change nothing."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 26), faster=1.2, louder_db=5)

    def said(confidence: float) -> list[Word]:
        """A word a syllable, longer ones in the surge."""
        texts = ["banana" if 20 <= at < 26 else "tea" for at in nuclei_s]
        return [Word(text, at - 0.08, at + 0.08, confidence) for text, at in zip(texts, nuclei_s, strict=True)]

    (plain,) = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s)
    (unsure,) = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s, words=said(0.5))
    (sure,) = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s, words=said(0.9))
    assert unsure == plain
    assert sure.rate_ratio > 1.1 * plain.rate_ratio


def test_moving_nearer_is_no_surge() -> None:
    """From one moment on 6 dB louder and as fast as before."""
    bands, sounding, nuclei_s = talk(total_s=60, surge=Span(25, 60), louder_db=6)
    assert find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s) == ()


def test_without_speech_before_there_is_none() -> None:
    """What was never calm cannot surge, and silence has none."""
    bands, sounding, nuclei_s = talk(total_s=20, surge=Span(0, 6), faster=1.3, louder_db=8)
    assert find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s) == ()
    assert find_surges(bands=bands, sounding=(), nuclei_s=()) == ()
    assert find_surges(bands=np.zeros((0, 13), np.float32), sounding=(), nuclei_s=()) == ()


def test_a_surge_under_a_mute_is_not_heard() -> None:
    """Who muted before shouting did what the advice says."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 26), faster=1.3, louder_db=8)
    assert find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s, mutes=(Span(19.5, 26.5),)) == ()


@settings(max_examples=10, deadline=None)
@given(gain_db=st.floats(-12, 12), pad_s=st.floats(0, 5))
def test_gain_and_silence_before_change_nothing(gain_db: float, pad_s: float) -> None:
    """The recording's gain does not matter, nor (beyond the grid of 0.25 s) how much silence comes before."""
    bands, sounding, nuclei_s = talk(surge=Span(20, 26), faster=1.25, louder_db=6)
    pad = round(pad_s * 4) * 25
    moved = np.vstack([np.full((pad, 13), 1e-9, np.float32), bands]) * np.float32(10 ** (gain_db / 10))
    (before,) = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s)
    (after,) = find_surges(
        bands=moved,
        sounding=[Span(s.start_s + pad / 100, s.end_s + pad / 100) for s in sounding],
        nuclei_s=[at + pad / 100 for at in nuclei_s],
    )
    assert after.start_s - pad / 100 == pytest.approx(before.start_s, abs=0.01)
    assert after.end_s - pad / 100 == pytest.approx(before.end_s, abs=0.01)
    assert after.level_rise_db == pytest.approx(before.level_rise_db, abs=0.1)
    assert after.rate_ratio == pytest.approx(before.rate_ratio, rel=0.02)
