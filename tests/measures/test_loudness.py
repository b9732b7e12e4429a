"""Loudness of made syllables with known variation and drift."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.made_tracks import nuclei, swings, whole
from voicerehearsal.measures.loudness import measure_loudness
from voicerehearsal.values import Span


def _levels(count, spread_db=4.0, seed=0):
    return -25 + spread_db * np.random.default_rng(seed).standard_normal(count)


def _loudness(levels_db, mutes=()):
    seconds = len(levels_db) / 4
    return measure_loudness(
        bands=swings(levels_db), sounding=whole(round(100 * seconds)), nuclei_s=nuclei(seconds), mutes=mutes
    )


@pytest.mark.parametrize("spread_db", [1.0, 4.0, 8.0])
def test_variation_is_that_of_the_syllables(spread_db):
    """Two minutes of syllables that spread by a known amount; within a tenth."""
    assert _loudness(_levels(480, spread_db)).sd_db == pytest.approx(spread_db, rel=0.1)


@given(gain_db=st.floats(-12, 12))
@settings(deadline=None, max_examples=25)
def test_gain_changes_nothing(gain_db):
    """The recording's level is not the voice's; within 0.01."""
    plain, moved = _loudness(_levels(200)), _loudness(_levels(200) + gain_db)
    assert moved.sd_db == pytest.approx(plain.sd_db, abs=0.01)
    assert moved.drift_db_per_minute == pytest.approx(plain.drift_db_per_minute, abs=0.01)


@given(ramp=st.floats(-10, 10))
@settings(deadline=None, max_examples=25)
def test_a_ramp_adds_itself_to_the_drift_and_little_to_the_variation(ramp):
    """Any ramp in dB a minute; the drift within 0.1, the variation within 0.2 dB."""
    levels = _levels(240)
    plain, ramped = _loudness(levels), _loudness(levels + ramp * np.arange(240) / 240)
    assert ramped.drift_db_per_minute - plain.drift_db_per_minute == pytest.approx(ramp, abs=0.1)
    assert ramped.sd_db == pytest.approx(plain.sd_db, abs=0.2)


def test_moving_from_the_microphone_is_no_variation():
    """Ten decibels less from one moment on add less than 1 dB to a variation of 4."""
    step = np.where(np.arange(240) < 100, 0, -10)
    assert _loudness(_levels(240) + step).sd_db == pytest.approx(_loudness(_levels(240)).sd_db, abs=1.0)


def test_too_little_is_said_to_be_too_little():
    """Few syllables: nothing; 20 s: a variation, no drift; each with its reason."""
    few, short = _loudness(_levels(19)), _loudness(_levels(80))
    assert (few.sd_db, few.drift_db_per_minute, few.missing.keys()) == (None, None, {"sd_db", "drift_db_per_minute"})
    assert short.sd_db is not None
    assert short.missing.keys() == {"drift_db_per_minute"}


def test_syllables_in_a_mute_do_not_count():
    """A shout with the line muted leaves everything as it was but for the syllables that are missing."""
    levels = _levels(240, 0.0)
    levels[100:120] += 20
    assert _loudness(levels, mutes=(Span(25, 30),)).sd_db == pytest.approx(0, abs=0.01)
