"""Tracks of a voice made to measure, as an engine and the levels would give them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voicerehearsal.measures.levels import BandPowers
from voicerehearsal.values import Span, VoiceTracks


def voice_of(f0_hz: Sequence[float], strength: float = 0.95) -> VoiceTracks:
    """That F0 every 10 ms, 0 where unvoiced."""
    f0 = np.asarray(f0_hz, np.float32)
    return VoiceTracks(f0, np.where(f0 > 0, np.float32(strength), 0))


def even_bands(frames: int, level_db: float = -25.0) -> BandPowers:
    """The same level in every frame."""
    return np.full((frames, 13), 10 ** (level_db / 10) / 13, np.float32)


def syllables(seconds: float, *, f0_hz: float = 120.0, spread_st: float = 2.5, seed: int = 0) -> VoiceTracks:
    """Four syllables a second, 150 ms with a pitch and 100 without; their pitch spreads by that much."""
    steps = np.random.default_rng(seed).standard_normal(round(4 * seconds))
    steps = spread_st * (steps - steps.mean()) / steps.std()
    return voice_of(np.concatenate([[f0_hz * 2 ** (st / 12)] * 15 + [0.0] * 10 for st in steps]))


def nuclei(seconds: float) -> tuple[float, ...]:
    """The middles of those syllables."""
    return tuple(np.arange(round(4 * seconds)) * 0.25 + 0.075)


def swings(nuclei_db: Sequence[float], floor_db: float = -80.0) -> BandPowers:
    """Syllables of 150 ms at these levels, 100 ms of background between."""
    level_db = np.concatenate([[db] * 15 + [floor_db] * 10 for db in nuclei_db])
    return np.repeat((10 ** (level_db / 10) / 13).astype(np.float32)[:, None], 13, axis=1)


def whole(frames: int) -> tuple[Span, ...]:
    """One stretch of speech all along."""
    return (Span(0.0, frames / 100),)
