"""Sounds with known answers: a made voice of pulses, and spoken phrases spliced at known times."""

from __future__ import annotations

from functools import cache

import numpy as np

from tests.accuracy.measuring import hear_samples
from tests.accuracy.synthesis import Answer, Condition, Wave, join, phrases, record
from voicerehearsal.measures.sound import Sounds
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples

QUIET_ROOM = Condition("quiet room")


def pulses(seconds: float, hz: float = 120.0) -> Wave:
    """Vocal-fold pulses through two resonances (700 and 1200 Hz): a toneless "ah" of RMS 0.1."""
    count = round(seconds * ANALYSIS_RATE_HZ)
    excitation = np.zeros(count)
    excitation[:: round(ANALYSIS_RATE_HZ / hz)] = 1
    time_s = np.arange(400) / ANALYSIS_RATE_HZ
    mouth = np.exp(-250 * time_s) * (np.sin(2 * np.pi * 700 * time_s) + 0.6 * np.sin(2 * np.pi * 1200 * time_s))
    wave = np.convolve(excitation, mouth)[:count]
    return (0.1 * wave / np.sqrt(np.mean(wave**2))).astype(np.float32)


def white_noise(seconds: float, rms: float, seed: int = 0) -> Wave:
    """Noise of a given RMS."""
    return (rms * np.random.default_rng(seed).standard_normal(round(seconds * ANALYSIS_RATE_HZ))).astype(np.float32)


def int16(wave: Wave) -> Samples:
    """Float −1…1 as int16."""
    return np.clip(np.round(wave * 32768), -32768, 32767).astype(np.int16)


@cache
def spoken(gaps_s: tuple[float, ...] = (0.4, 1.8, 0.1, 3.4), condition: Condition = QUIET_ROOM) -> Answer:
    """Five phrases of the natural voice with these gaps, half a second of room before and after."""
    said = phrases("hibari", by_telephone=condition.telephone)[: len(gaps_s) + 1]
    wave, truth = join(said, gaps_s, lead_s=0.5, tail_s=0.5)
    samples = record(wave, condition, np.random.default_rng(7))
    return Answer("spoken", samples, truth.silences, truth.span, truth.words)


@cache
def heard(condition: Condition = QUIET_ROOM) -> Sounds:
    """What is heard in `spoken`."""
    return hear_samples(spoken(condition=condition).samples)
