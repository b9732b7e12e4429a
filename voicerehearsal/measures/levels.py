"""How loud, moment by moment and band by band: what edges, syllables and quality are read from."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples

Contour = NDArray[np.float32]
"""One value every `HOP_S`, shape (n,)."""

BandPowers = NDArray[np.float32]
"""Power in each band every `HOP_S`, shape (n, bands); 1 is a full-scale square wave."""

HOP_S = 0.010
HOP = round(HOP_S * ANALYSIS_RATE_HZ)

BAND_EDGES_HZ = (125, 250, 400, 600, 800, 1100, 1500, 2000, 2500, 3200, 4000, 5000, 6300, 8000)
"""About two bands an octave. Below 125 Hz lie offset, hum and rumble, which say nothing about speech."""

FLOOR_DB = -110.0
"""What digital silence counts as; the rounding noise of 16-bit sound, spread over the bands, lies about here."""

_WINDOW = 256  # 16 ms: short enough for an edge, long enough to part the bands
_FRAMES_AT_ONCE = 1000  # bounds the memory, and stays within the cache


def band_powers(*, samples: Samples, first_frame: int = 0, end_frame: int | None = None) -> BandPowers:
    """Power of each band around every whole `HOP_S` of the sound.

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        first_frame: Where to begin.
        end_frame: Where to end (exclusive), None for the end of the sound.

    Returns:
        Power, 0–1, shape (n // 160, 13) for the whole sound; frame i is centred on its own 10 ms.
    """
    end = len(samples) // HOP if end_frame is None else end_frame
    window = np.hanning(_WINDOW).astype(np.float32)
    edges = np.round(np.array(BAND_EDGES_HZ) * _WINDOW / ANALYSIS_RATE_HZ).astype(int)
    edges[-1] += 1
    powers = np.empty((end - first_frame, len(edges) - 1), np.float32)
    for first in range(first_frame, end, _FRAMES_AT_ONCE):
        last = min(first + _FRAMES_AT_ONCE, end)
        frames = frames_of(samples=samples, first=first, last=last, hop=HOP, length=_WINDOW)
        spectrum = np.fft.rfft(frames * window, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2)[:, : edges[-1]]
        powers[first - first_frame : last - first_frame] = np.add.reduceat(power, edges[:-1], axis=1)
    return powers * np.float32(2 / (_WINDOW * np.sum(window**2) * 32768.0**2))


def frames_of(
    *, samples: NDArray[np.int16] | NDArray[np.int32], first: int, last: int, hop: int, length: int
) -> NDArray[np.float32]:
    """Frames `first` to `last` (exclusive), each `length` samples around its own hop, zeros beyond the ends.

    Args:
        samples: Mono, shape (n,).
        first: Number of the first frame.
        last: Number after the last frame.
        hop: Samples from frame to frame.
        length: Samples in a frame.

    Returns:
        A read-only view, shape (last − first, length).
    """
    start = first * hop - (length - hop) // 2
    stop = start + (last - first - 1) * hop + length
    piece = np.zeros(stop - start, np.float32)
    inside = samples[max(start, 0) : min(stop, len(samples))]
    piece[max(0, -start) : max(0, -start) + len(inside)] = inside
    return sliding_window_view(piece, length)[::hop]


def frame_powers(*, samples: Samples) -> Contour:
    """Power of the whole sound in each `HOP_S`, without its constant offset.

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).

    Returns:
        Power, 1 for a full-scale square wave, shape (n // 160,).
    """
    count = len(samples) // HOP
    frames = samples[: count * HOP].reshape(count, HOP)
    offset = np.float32(samples.mean()) if len(samples) else np.float32(0)
    powers = np.empty(count, np.float32)
    for first in range(0, count, _FRAMES_AT_ONCE):
        block = frames[first : first + _FRAMES_AT_ONCE].astype(np.float32) - offset
        powers[first : first + _FRAMES_AT_ONCE] = np.einsum("ij,ij->i", block, block)
    return powers / np.float32(HOP * 32768.0**2)


def smoothed(*, powers: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
    """Running mean along the first axis over `frames` frames, shorter at the ends; same shape."""
    count = len(powers)
    total = np.zeros((count + 1, *powers.shape[1:]))
    np.cumsum(powers, axis=0, dtype=np.float64, out=total[1:])
    middle = np.arange(count)
    low, high = np.maximum(middle - frames // 2, 0), np.minimum(middle + (frames + 1) // 2, count)
    width = (high - low).reshape(-1, *[1] * (powers.ndim - 1))
    mean: NDArray[np.float32] = np.maximum((total[high] - total[low]) / width, 0).astype(np.float32)
    return mean


def decibels(powers: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power (1 = full-scale square wave) in dB, never under `FLOOR_DB`."""
    level: NDArray[np.float32] = 10 * np.log10(np.maximum(powers, np.float32(10 ** (FLOOR_DB / 10))))
    return level
