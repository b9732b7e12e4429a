"""What cannot be trusted: made voices of every bad kind, and a natural one that must never be doubted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.bad_input import chords, doubt, whispered
from tests.accuracy.synthesis import CONDITIONS, Condition, Wave
from tests.measures.made_sound import int16, pulses, spoken, white_noise
from voicerehearsal.measures.trust import VoiceDoubt
from voicerehearsal.values import ANALYSIS_RATE_HZ

NOTHING = VoiceDoubt()
CLEAN = [c for c in CONDITIONS if c.counted and c.gain_db <= 0]
"""All but what clips."""


def voice() -> Wave:
    """The natural voice in a quiet room."""
    return (spoken((0.4, 0.8, 0.5, 0.4)).samples / 32768).astype(np.float32)


@pytest.mark.parametrize("condition", CLEAN, ids=[c.name for c in CLEAN])
def test_ordinary_speech_is_never_doubted(condition: Condition) -> None:
    """A natural voice down to 20 dB, at any gain, by telephone: nothing is doubted."""
    assert doubt(spoken(condition=condition).samples) == NOTHING


def test_a_whisper_has_no_pitch() -> None:
    """The same words with noise for a source have neither pitch nor formants to trust."""
    found = doubt(int16(whispered(voice())))
    assert found.pitch is not None
    assert found.formants is not None
    assert found.fillers is not None


def test_music_is_no_voice() -> None:
    """Notes stand still; in none of it is a measure of a voice to be trusted."""
    for kind in ("chords", "notes"):
        found = doubt(int16(chords(12.0, kind, seed=1)))
        assert None not in (found.pitch, found.formants, found.fillers, found.level)


@pytest.mark.parametrize("hz", [50.0, 120.0, 220.0, 440.0])
def test_a_hum_is_no_voice(hz: float) -> None:
    """A steady tone with its harmonics."""
    found = doubt(int16(pulses(8.0, hz) + white_noise(8.0, 1e-4)))
    assert None not in (found.pitch, found.formants, found.fillers, found.level)


def test_silence_is_no_voice() -> None:
    """Zeros, and hardly more."""
    assert doubt(np.zeros(5 * ANALYSIS_RATE_HZ, np.int16)).pitch == "there is no speech in it"
    assert doubt(int16(white_noise(5.0, 1e-4))).pitch == "there is no speech in it"
    assert doubt(np.zeros(0, np.int16)).pitch == "there is no speech in it"


def test_clipping_spoils_level_then_formants_and_not_pitch() -> None:
    """Cut off at a twelfth of its peak, loudness and formants are lost, pitch is not."""
    wave = voice()
    found = doubt(int16(np.clip(12 * wave / np.abs(wave).max(), -1, 1)))
    assert found.pitch is None
    assert "clipped" in (found.level or "")
    assert "clipped" in (found.formants or "")


def test_noise_spoils_formants_before_pitch() -> None:
    """At 10 dB the formants, at 3 dB everything."""
    wave = voice()
    loudness = float(np.sqrt(np.mean(wave[np.abs(wave) > 0.01] ** 2)))
    noise = white_noise(len(wave) / ANALYSIS_RATE_HZ, loudness)
    some = doubt(int16(np.float32(0.3) * (wave + np.float32(10 ** (-10 / 20)) * noise)))
    assert some.pitch is None
    assert "above the background" in (some.formants or "")
    much = doubt(int16(np.float32(0.3) * (wave + np.float32(10 ** (-3 / 20)) * noise)))
    assert None not in (much.pitch, much.formants, much.fillers, much.level)


@settings(max_examples=5, deadline=None)
@given(gain_db=st.floats(-20, 6), pad_s=st.floats(0, 3))
def test_gain_and_silence_around_change_nothing(gain_db: float, pad_s: float) -> None:
    """As loud as it may be recorded, with however much room before."""
    pad = white_noise(pad_s, 1e-4, seed=9)
    wave = np.concatenate([pad, voice()]) * np.float32(10 ** (gain_db / 20))
    assert doubt(int16(0.5 * wave)) == NOTHING
