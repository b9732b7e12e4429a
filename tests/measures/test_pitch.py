"""The speaker's pitch from tracks with known faults."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.made_tracks import even_bands, syllables, voice_of, whole
from voicerehearsal.measures.pitch import track_pitch
from voicerehearsal.values import Span


def _track(voice, *, bands=None, sounding=None, mutes=()):
    frames = len(voice.f0_hz)
    bands = even_bands(frames) if bands is None else bands
    return track_pitch(voice=voice, bands=bands, sounding=whole(frames) if sounding is None else sounding, mutes=mutes)


@given(f0_hz=st.floats(60, 400), spread_st=st.floats(0.5, 4))
@settings(deadline=None)
def test_semitones_do_not_depend_on_the_speaker(f0_hz, spread_st):
    """The same melody on any voice has the same semitones, and its median is the voice's own (0.01 st)."""
    low, other = (
        _track(syllables(10, f0_hz=80, spread_st=spread_st)),
        _track(syllables(10, f0_hz=f0_hz, spread_st=spread_st)),
    )
    np.testing.assert_allclose(low.semitones, other.semitones, atol=0.01)
    assert 12 * np.log2(other.median_hz / low.median_hz) == pytest.approx(12 * np.log2(f0_hz / 80), abs=0.01)


@pytest.mark.parametrize("wrong", [0.5, 2.0])
def test_octave_errors_are_repaired(wrong):
    """A voice that slides into the octave below or above for 80 ms in a syllable is put back; within 0.3 st."""
    voice = voice_of(([120.0] * 25 + [0.0] * 10) * 20)
    voice.f0_hz[8:16] *= wrong
    track = _track(voice)
    assert track.median_hz == pytest.approx(120, rel=0.001)
    assert np.abs(track.semitones[:25]).max() < 0.3


def test_creak_and_whistling_consonants_are_dropped():
    """A creaking end at a third of the pitch and a weak pitch of two octaves more are no pitch of this speaker."""
    voice = voice_of(([120.0] * 20 + [0.0] * 5 + [40.0] * 8 + [0.0] * 5 + [480.0] * 8 + [0.0] * 4) * 10)
    voice.strength[voice.f0_hz == 480] = 0.6
    track = _track(voice)
    assert track.voiced_s == pytest.approx(2.0)
    assert track.followed == pytest.approx(20 / 36, abs=0.01)


def test_a_clear_high_note_stays():
    """Lively speech reaches an octave up now and then: a clear one is believed."""
    track = _track(voice_of(([120.0] * 30 + [0.0] * 10) * 9 + [240.0] * 30))
    assert np.nanmax(track.semitones) == pytest.approx(12, abs=0.01)


def test_only_loud_frames_inside_speech_and_outside_mutes_count():
    """Hum in a pause, a neighbour during a mute and an echo's tail 40 dB down have no pitch of the speaker's."""
    voice = voice_of([120.0] * 100 + [50.0] * 100 + [300.0] * 100 + [90.0] * 100)
    bands = even_bands(400)
    bands[300:] *= 1e-4
    track = _track(voice, bands=bands, sounding=(Span(0, 1), Span(2, 4)), mutes=(Span(2, 3),))
    assert track.voiced_s == pytest.approx(1.0)
    assert track.median_hz == pytest.approx(120)


def test_nothing_to_follow():
    """Silence, a whisper and flickers of 20 ms are no pitch: None."""
    assert _track(voice_of([0.0] * 300)) is None
    assert _track(voice_of([120.0] * 300), sounding=()) is None
    assert _track(voice_of([120.0, 120.0, 0.0, 0.0] * 75)) is None


@given(gain_db=st.floats(-12, 12))
@settings(deadline=None)
def test_gain_changes_nothing(gain_db):
    """Louder or quieter by 12 dB: the same frames, the same pitch."""
    voice = syllables(5)
    bands = even_bands(500)
    bands[::7] *= 1e-4
    plain, moved = _track(voice, bands=bands), _track(voice, bands=bands * np.float32(10 ** (gain_db / 10)))
    np.testing.assert_array_equal(plain.semitones, moved.semitones)
