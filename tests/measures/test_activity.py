"""Where the speaker sounds: exact on spliced speech, nothing where nobody speaks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.measuring import hear_samples
from tests.accuracy.synthesis import Condition, noise
from tests.measures.made_sound import heard, int16, pulses, spoken, white_noise
from voicerehearsal.measures.pauses import measure_pauses
from voicerehearsal.values import ANALYSIS_RATE_HZ

CONDITIONS = (
    Condition("digital silence", snr_db=200),
    Condition("quiet room"),
    Condition("offset", offset=0.05),
    Condition("hum and rumble", "rumble", 8),
    Condition("pink 20 dB", "pink", 20),
    Condition("telephone", "pink", 30, telephone=True),
)


def _edges(sounding):
    return np.array([(span.start_s, span.end_s) for span in sounding])


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda c: c.name)
def test_pauses_of_spliced_speech_are_found_within_50_ms(condition):
    """Every pause, no other, both edges within 50 ms; a joint of 0.1 s is none."""
    truth = spoken(condition=condition)
    found = measure_pauses(sounding=heard(condition).sounding)
    assert [s.kind for s in found.silences] == ["short", "long", "dead_air"]
    assert _edges(found.silences) == pytest.approx(_edges(truth.silences), abs=0.05)
    assert (found.first_sound_s, found.last_sound_s) == pytest.approx((truth.span.start_s, truth.span.end_s), abs=0.05)


@settings(deadline=None, max_examples=8)
@given(gain_db=st.floats(-12, 6))
def test_gain_changes_nothing(gain_db):
    """Louder or softer, the same pauses to one 10-ms frame."""
    samples = spoken().samples * 10 ** (gain_db / 20)
    found = hear_samples(np.round(samples).astype(np.int16))
    assert _edges(found.sounding) == pytest.approx(_edges(heard().sounding), abs=0.0101)


@settings(deadline=None, max_examples=8)
@given(before=st.integers(0, 150), after=st.integers(0, 150))
def test_silence_at_the_ends_only_shifts(before, after):
    """Digital silence before and after, in whole gate frames: all edges later by the same, within two frames."""
    samples = np.pad(spoken().samples, (before * 320, after * 320))
    found = hear_samples(samples)
    assert _edges(found.sounding) - before * 0.02 == pytest.approx(_edges(heard().sounding), abs=0.0201)


def test_joined_answers_keep_their_pauses():
    """Twice the same answer has the pauses of both, and the one between."""
    once = spoken()
    found = hear_samples(np.concatenate([once.samples, once.samples]))
    first = _edges(heard().sounding)
    both = np.concatenate([first, first + len(once.samples) / ANALYSIS_RATE_HZ])
    assert _edges(found.sounding) == pytest.approx(both, abs=0.0301)


def _clicks(seconds, every_s):
    wave = white_noise(seconds, 0.0005)
    click = white_noise(0.02, 0.5, seed=3) * np.exp(-np.arange(320) / 60).astype(np.float32)
    for at in np.arange(0.5, seconds - 0.5, every_s):
        start = round(at * ANALYSIS_RATE_HZ)
        wave[start : start + 320] += click
    return wave


@pytest.mark.parametrize(
    "wave",
    [
        np.zeros(0, np.float32),
        np.zeros(100, np.float32),
        np.zeros(48_000, np.float32),
        np.full(48_000, 0.1, np.float32),
        white_noise(5, 0.2),
        white_noise(5, 0.001),
        0.05 * noise("pink", 80_000, np.random.default_rng(1)),
        0.1 * noise("rumble", 80_000, np.random.default_rng(1)),
        _clicks(6, 0.2),
        _clicks(3, 9),
        np.concatenate([np.zeros(16_000, np.float32), [0.9], np.zeros(16_000, np.float32)]).astype(np.float32),
    ],
    ids=["empty", "6 ms", "zeros", "offset", "loud", "soft", "pink", "rumble", "typing", "one click", "one sample"],
)
def test_nothing_where_nobody_speaks(wave):
    """Silence, noises and clicks hold no speech and no syllables."""
    found = hear_samples(int16(wave))
    assert found.sounding == ()
    assert found.nuclei_s == ()


def test_one_short_vowel_is_heard():
    """An answer of 0.2 s counts, to 30 ms."""
    wave = white_noise(2, 0.0005)
    wave[16_000:19_200] += pulses(0.2)
    assert _edges(hear_samples(int16(wave)).sounding) == pytest.approx(np.array([(1.0, 1.2)]), abs=0.03)
