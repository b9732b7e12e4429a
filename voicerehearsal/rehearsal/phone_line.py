"""A telephone line: 300–3400 Hz at 8 kHz, in the 8-bit codes of ITU-T G.711 (1988), μ-law."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.values import Samples, Sound

PHONE_RATE_HZ = 8_000

_BAND_HZ = (200.0, 350.0, 3300.0, 3600.0)
"""Silence up to the first, full level from second to third, silence from the fourth: −2.5 dB at 300 and 3400."""

_MARGIN_S = 0.05
"""Silence kept around the sound while it is filtered; the filter rings for some 10 ms."""


def through_phone_line(sound: Sound) -> Sound:
    """The sound as it comes out of a telephone, whatever rate went in: at 8 kHz, as long as before.

    The pass band keeps its level; what lies outside is lost, as it is on a telephone. The filter delays nothing.

    Args:
        sound: int16 mono, shape (n,), any rate.

    Returns:
        int16 mono at `PHONE_RATE_HZ`, shape (round(n · 8000 / rate),).
    """
    narrow = _telephone_band(sound.samples.astype(np.float64), sound.sample_rate_hz)
    return Sound(decode_mu_law(encode_mu_law(narrow)), PHONE_RATE_HZ)


def encode_mu_law(samples: NDArray[np.float64] | Samples) -> NDArray[np.uint8]:
    """μ-law codes by the decision values of ITU-T G.711 (1988), table 2a/2b.

    Args:
        samples: Sound in int16 units, shape (n,); full scale ±32768, the law itself ends at ±32636.

    Returns:
        8-bit codes, shape (n,): 0x80 the most positive, 0xFF zero, 0x00 the most negative. 0x7F, a negative zero, is
        never given.
    """
    exact = samples.astype(np.float64)
    codes = 0xFF - np.searchsorted(_DECISIONS, np.abs(exact), side="right")
    return np.where(exact < 0, codes & 0x7F, codes).astype(np.uint8)


def decode_mu_law(codes: NDArray[np.uint8]) -> Samples:
    """Sound from μ-law codes, ITU-T G.711 (1988), table 2a/2b: int16, shape (n,), within ±32124."""
    magnitudes = _OUTPUTS[0x7F - (codes & 0x7F)]
    signed: Samples = np.where(codes & 0x80, magnitudes, -magnitudes).astype(np.int16)
    return signed


def _law() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Decision values x₂…x₁₂₈ and output values y₀…y₁₂₇ of the positive half, in int16 units.

    The standard counts in steps of which 8159 make full scale, here multiplied by 4: eight segments of sixteen
    intervals, each segment's twice as wide as the last one's, the very first interval half as wide.
    """
    widths = np.repeat(2 ** np.arange(1, 9), 16)
    widths[0] = 1
    edges = np.concatenate(([0], np.cumsum(widths)))
    outputs = (edges[:-1] + edges[1:]) // 2
    outputs[0] = 0
    return 4.0 * edges[1:-1], 4 * outputs


_DECISIONS, _OUTPUTS = _law()


def _telephone_band(samples: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Filter and resample in one step in the frequency domain; linear phase, raised-cosine edges.

    The block is padded to a length that is a whole number of samples at both rates.
    """
    wanted = round(len(samples) * PHONE_RATE_HZ / rate_hz)
    unit = rate_hz // math.gcd(rate_hz, PHONE_RATE_HZ)
    length = unit * math.ceil((len(samples) + 2 * _MARGIN_S * rate_hz) / unit)
    length_out = length * PHONE_RATE_HZ // rate_hz
    spectrum = np.fft.rfft(samples, length)
    narrow = np.zeros(length_out // 2 + 1, np.complex128)
    shared = min(len(spectrum), len(narrow))
    narrow[:shared] = spectrum[:shared]
    narrow *= _gain(np.arange(len(narrow)) * PHONE_RATE_HZ / length_out)
    return np.fft.irfft(narrow, length_out)[:wanted] * (PHONE_RATE_HZ / rate_hz)


def _gain(frequency_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amplitude gain 0–1 of the line."""
    silent_below, full_from, full_to, silent_above = _BAND_HZ
    rise = np.clip((frequency_hz - silent_below) / (full_from - silent_below), 0.0, 1.0)
    fall = np.clip((silent_above - frequency_hz) / (silent_above - full_to), 0.0, 1.0)
    gain: NDArray[np.float64] = np.sin(np.pi / 2 * rise) ** 2 * np.sin(np.pi / 2 * fall) ** 2
    return gain
