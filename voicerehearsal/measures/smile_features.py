"""What a voiced moment sounds like inside the telephone band: the colour of the voice that a smile changes.

Everything lies within 300–3400 Hz, so that a telephone line takes next to nothing away, and nothing depends on level.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import BandPowers, decibels, frames_of
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, VoiceTracks

Timbre = NDArray[np.float32]
"""One row every 10 ms, columns as the slices below name them, NaN where unknown, shape (n, 17)."""

VERSION = 1
"""Of the columns and how they are computed: a calibration of another version cannot be compared."""

FRAME_S = 0.010
CEPSTRA = 12
"""Enough to draw the formants, too few to draw the harmonics."""

SPECTRUM = slice(0, CEPSTRA)  # cepstra 1–12, in dB: the level itself, order 0, is left out
PITCH = CEPSTRA  # semitones over 100 Hz
HARMONICITY = CEPSTRA + 1  # dB
COMPARED = slice(0, CEPSTRA + 2)  # what a smile is told by
FORMANTS = slice(CEPSTRA + 2, CEPSTRA + 5)  # 100 · ln(Hz) of F1–F3: a difference of 1 is one per cent
_COLUMNS = CEPSTRA + 5

_BAND_HZ = (300.0, 3400.0)
_HOP = 160
_WINDOW = 400  # 25 ms, as recognisers take
_FFT = 1024  # room for the autocorrelation
_HZ = np.arange(_FFT // 2 + 1) * ANALYSIS_RATE_HZ / _FFT
_FILTERS = 24
_TILT_HZ = 1000.0  # energy below and above it: Banse & Scherer (1996)
_POLES = 7  # three formants fit into the band, and one pole for its slope
_WIDEST_HZ = 1500.0  # a resonance wider than that is no formant
_FORMANTS_EVERY = 2  # frames: they are the dearest, change slowly, and serve as evidence alone
_LEAST_STRENGTH = 0.45  # Praat's own voicing threshold (Boersma 1993)
_LAG_ERRORS = np.linspace(-0.04, 0.04, 5)  # how far a period may lie from 1/F0, two thirds of a semitone
_LONGEST_LAG = 300.0  # samples; beyond it too little of the window overlaps: voices under 53 Hz
_HARMONICITY = (0.05, 0.995)  # of the autocorrelation: −13 to 23 dB
_FRAMES_AT_ONCE = 500
_LEVEL_BANDS = slice(3, 10)  # of `levels.band_powers`: 600–3200 Hz
_LOUD_PERCENTILE = 95
_LEAST_VOICED_SHARE = 0.2  # of loud frames: speech 0.29–1.0, a whisper 0.12; below, the few are chance
_OCTAVE_FROM_ST = 8.5  # from the median: livelier speech than that is rare, octave errors are not
_RANGE_DB = 30.0  # voiced frames further below the loud ones are transitions


def timbre(*, samples: Samples, voice: VoiceTracks, first_frame: int = 0, end_frame: int | None = None) -> Timbre:
    """The colour of each voiced frame.

    Mel cepstra (Davis & Mermelstein 1980) and the poles of a selective linear prediction (Makhoul 1975), both of the
    telephone band alone, and the harmonics-to-noise ratio at the known period (Boersma 1993) in the same band.

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        voice: Pitch of the same sound; rows before `end_frame` must be known.
        first_frame: Where to begin.
        end_frame: Where to end (exclusive), None for the end of the sound.

    Returns:
        Rows of the asked frames; all NaN where the frame is unvoiced, formants also where there is none and in every
        other row.
    """
    end = min(len(samples) // _HOP, len(voice.f0_hz)) if end_frame is None else end_frame
    colours = np.full((max(end - first_frame, 0), _COLUMNS), np.nan, np.float32)
    for first in range(first_frame, end, _FRAMES_AT_ONCE):
        last = min(first + _FRAMES_AT_ONCE, end)
        f0_hz = voice.f0_hz[first:last]
        voiced = np.flatnonzero((f0_hz > 0) & (voice.strength[first:last] > _LEAST_STRENGTH))
        if len(voiced):
            frames = frames_of(samples=samples, first=first, last=last, hop=_HOP, length=_WINDOW)[voiced]
            rows = _colours(frames, f0_hz[voiced].astype(np.float64), sought=(first + voiced) % _FORMANTS_EVERY == 0)
            colours[first - first_frame + voiced] = rows
    return colours


def clear_frames(*, timbre: Timbre, bands: BandPowers) -> NDArray[np.bool_]:
    """Which frames are vowel-like enough to compare: voiced, and near the loud ones in level; none of a whisper.

    Args:
        timbre: From `timbre`, shape (n, 17).
        bands: From `levels.band_powers` of the same sound, shape (n, 13).

    Returns:
        shape (n,).
    """
    frames = min(len(timbre), len(bands))
    clear = np.zeros(len(timbre), np.bool_)
    if frames:
        level_db = decibels(bands[:frames, _LEVEL_BANDS].sum(axis=1))
        loud = level_db > np.percentile(level_db, _LOUD_PERCENTILE) - _RANGE_DB
        voiced = loud & np.isfinite(timbre[:frames, PITCH])
        if np.count_nonzero(voiced) >= _LEAST_VOICED_SHARE * np.count_nonzero(loud):
            clear[:frames] = voiced
    return clear


def comparable_rows(*, timbre: Timbre, clear: NDArray[np.bool_]) -> Timbre:
    """The rows of clear frames, pitch folded into the octaves about its median, shape (clear frames, 17).

    A telephone takes the fundamental away, and a pitch tracker then jumps by an octave more often, mostly up.
    """
    rows = timbre[clear]
    if len(rows):
        away_st = rows[:, PITCH] - np.median(rows[:, PITCH])
        rows[:, PITCH] -= np.where(np.abs(away_st) > _OCTAVE_FROM_ST, 12 * np.sign(away_st), 0)
    return rows


def band_step_db(*, edge_hz: float, below_db: float) -> NDArray[np.float64]:
    """What the cepstra move by when everything below `edge_hz` becomes louder by `below_db`, shape (12,)."""
    moved: NDArray[np.float64] = _cosines() @ (below_db * (_centres_hz() < edge_hz))
    return moved


def tilt_db(cepstra: NDArray[np.float64]) -> float:
    """How much louder the band above 1000 Hz became against the band below, for a move of the cepstra, shape (12,)."""
    level_db = cepstra @ _cosines() * _FILTERS  # the transform's inverse, its columns being orthogonal
    above = _centres_hz() > _TILT_HZ
    return float(level_db[above].mean() - level_db[~above].mean())


def _colours(
    frames: NDArray[np.float32], f0_hz: NDArray[np.float64], *, sought: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Rows of a `Timbre` for voiced frames, shape (n, window); formants where they are sought."""
    window = np.hanning(_WINDOW)
    spectrum = np.fft.rfft((frames - frames.mean(axis=1, keepdims=True)) * window, _FFT, axis=1)
    power = spectrum.real**2 + spectrum.imag**2 + 1e-3
    formants = np.full((len(power), 3), np.nan)
    formants[sought] = 100 * np.log(_formants_hz(power[sought]))
    return np.column_stack(
        (
            10 * np.log10(power @ _filters().T) @ _cosines().T,
            12 * np.log2(f0_hz / 100),
            _harmonicity_db(power, f0_hz),
            formants,
        )
    )


def _formants_hz(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Three resonances of the band, NaN where there are fewer, shape (n, 3)."""
    inside = np.flatnonzero((_BAND_HZ[0] <= _HZ) & (_BAND_HZ[1] >= _HZ))
    low_hz, high_hz = _HZ[inside[0]], _HZ[inside[-1]]
    likeness = np.fft.irfft(power[:, inside], axis=1)[:, : _POLES + 1]
    predictor = _levinson(likeness / likeness[:, :1])
    companion = np.zeros((len(power), _POLES, _POLES))
    companion[:, 0] = -predictor[:, 1:]
    companion[:, np.arange(1, _POLES), np.arange(_POLES - 1)] = 1
    poles = np.linalg.eigvals(companion)
    width_hz = -np.log(np.maximum(np.abs(poles), 1e-6)) * 2 * (high_hz - low_hz) / np.pi
    hz = low_hz + np.angle(poles) / np.pi * (high_hz - low_hz)
    found = (poles.imag > 1e-6) & (width_hz < _WIDEST_HZ)
    ordered: NDArray[np.float64] = np.sort(np.where(found, hz, np.nan), axis=1)[:, :3]
    return ordered


def _levinson(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Prediction polynomials (1, a₁ … aₚ) of autocorrelations (1, r₁ … rₚ), shape (n, p + 1)."""
    count, order = likeness.shape[0], likeness.shape[1] - 1
    poly = np.zeros((count, order + 1))
    poly[:, 0] = 1
    error = likeness[:, 0].copy()
    for step in range(1, order + 1):
        reflection = -np.einsum("ij,ij->i", poly[:, :step], likeness[:, step:0:-1]) / error
        poly[:, 1 : step + 1] += reflection[:, None] * poly[:, step - 1 :: -1][:, :step]
        error *= 1 - reflection**2
    return poly


def _harmonicity_db(power: NDArray[np.float64], f0_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Harmonics over noise inside the band, shape (n,)."""
    inside = (_BAND_HZ[0] <= _HZ) & (_BAND_HZ[1] >= _HZ)
    likeness = np.fft.irfft(power * inside, axis=1)
    lags = ANALYSIS_RATE_HZ / f0_hz[:, None] * (1 + _LAG_ERRORS)
    lags = np.minimum(lags, _LONGEST_LAG)
    whole = lags.astype(np.intp)
    part = lags - whole
    rows = np.arange(len(power))[:, None]
    at_lag = likeness[rows, whole] * (1 - part) + likeness[rows, whole + 1] * part
    fading = _window_likeness()
    peak = (at_lag / likeness[:, :1] / (fading[whole] * (1 - part) + fading[whole + 1] * part)).max(axis=1)
    peak = np.clip(peak, *_HARMONICITY)
    ratio_db: NDArray[np.float64] = 10 * np.log10(peak / (1 - peak))
    return ratio_db


@cache
def _filters() -> NDArray[np.float64]:
    """Triangles evenly spaced in mel over the band, shape (24, bins)."""
    edges = _edges_hz()[:, None]
    rise = (_HZ - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - _HZ) / (edges[2:] - edges[1:-1])
    return np.maximum(np.minimum(rise, fall), 0)


@cache
def _edges_hz() -> NDArray[np.float64]:
    """Edges and centres of the filters, shape (26,)."""
    mel = np.linspace(1127 * np.log1p(_BAND_HZ[0] / 700), 1127 * np.log1p(_BAND_HZ[1] / 700), _FILTERS + 2)
    hz: NDArray[np.float64] = 700 * np.expm1(mel / 1127)
    return hz


def _centres_hz() -> NDArray[np.float64]:
    return _edges_hz()[1:-1]


@cache
def _cosines() -> NDArray[np.float64]:
    """Orders 1–12 of the cosine transform, the mean of the bands left out, shape (12, 24)."""
    order = np.arange(1, CEPSTRA + 1)[:, None]
    transform: NDArray[np.float64] = np.cos(np.pi * order * (np.arange(_FILTERS) + 0.5) / _FILTERS)
    transform *= np.sqrt(2) / _FILTERS
    return transform


@cache
def _window_likeness() -> NDArray[np.float64]:
    """Normalised autocorrelation of the window, shape (1024,)."""
    spectrum = np.fft.rfft(np.hanning(_WINDOW), _FFT)
    own: NDArray[np.float64] = np.fft.irfft(np.abs(spectrum) ** 2)
    own /= own[0]
    return own
