"""Phrase ends of made voices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.made_tracks import even_bands, voice_of, whole
from voicerehearsal.measures.endings import measure_endings
from voicerehearsal.measures.pitch import track_pitch
from voicerehearsal.values import Span

BODY = [130.0] * 20 + [0.0] * 8 + [120.0] * 20 + [0.0] * 8


def _glide(semitones, frames=30):
    return list(120 * 2 ** (semitones * np.arange(frames) / frames / 12))


def _ending(f0_hz, phrases=None):
    voice = voice_of(f0_hz)
    everything = whole(len(f0_hz)) if phrases is None else phrases
    pitch = track_pitch(voice=voice, bands=even_bands(len(f0_hz)), sounding=everything)
    found = measure_endings(pitch=pitch, voice=voice, phrases=everything)
    return found.falling, found.rising, found.level


@pytest.mark.parametrize(
    ("semitones", "expected"), [(-5, (1, 0, 0)), (-2, (1, 0, 0)), (0.3, (0, 0, 1)), (2, (0, 1, 0)), (5, (0, 1, 0))]
)
def test_the_last_movement_decides(semitones, expected):
    """Two semitones in 0.3 s are heard, a third of one is not."""
    assert _ending(BODY + _glide(semitones)) == expected


def test_a_low_end_falls_and_a_high_one_rises():
    """A level last syllable three semitones from what was before has moved all the same."""
    assert _ending([140.0] * 60 + [0.0] * 8 + [118.0] * 20) == (1, 0, 0)
    assert _ending([118.0] * 60 + [0.0] * 8 + [140.0] * 20) == (0, 1, 0)


def test_ends_without_a_pitch_are_not_counted_unless_they_creak():
    """Half a second without a pitch tells nothing; with creak in it, the end is low."""
    assert _ending(BODY + [120.0] * 20 + [0.0] * 50) == (0, 0, 0)
    assert _ending(BODY + [120.0] * 20 + [0.0] * 5 + [45.0] * 10 + [0.0] * 20) == (1, 0, 0)


def test_each_phrase_counts_once_and_a_word_by_itself_not_at_all():
    """A falling phrase, a rising one and a word of 0.3 s; the rising one says when it ends."""
    fall, rise = BODY + _glide(-5), BODY + _glide(5)
    voice = voice_of(fall + [0.0] * 50 + rise + [0.0] * 50 + _glide(0))
    phrases = (Span(0, 0.86), Span(1.36, 2.22), Span(2.72, 3.02))
    pitch = track_pitch(voice=voice, bands=even_bands(len(voice.f0_hz)), sounding=phrases)
    found = measure_endings(pitch=pitch, voice=voice, phrases=phrases)
    assert (found.falling, found.rising, found.level) == (1, 1, 0)
    assert found.rising_at_s == (2.22,)


@given(semitones=st.floats(-8, 8), octave=st.floats(-1, 1.5))
@settings(deadline=None)
def test_the_voice_does_not_matter(semitones, octave):
    """The same ending on a lower or higher voice is the same."""
    f0_hz = np.array(BODY + _glide(semitones))
    assert _ending(f0_hz) == _ending(f0_hz * 2**octave)
