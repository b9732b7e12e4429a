"""A voice made to sound as if it smiled: resonances moved as a smile moves them, pitch and timing kept (numpy)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.values import Samples, Sound

_Rows = NDArray[np.floating[Any]]
"""A frame a row, float32 throughout."""

_TOP_HZ = 8000.0
"""Above this nothing is done, so that a high sample rate costs little more."""
_RAISE = 0.12
"""How far F2 and F3 go up. Praat finds some 9 % for F2 and 7 % for F3 on real voices, because the envelope is smooth.

Spreading the lips shortens the vocal tract's front: F2 (Tartter & Braun 1994) and F3 (Zacher & Niemitz 2003) rise, F1
less and not on every vowel (Fagel 2009), and nothing changes far above.
"""
_SHARE_OF_RAISE = ((0, 0.0), (250, 0.0), (600, 0.5), (1000, 1.0), (3300, 1.0), (5600, 0.0), (_TOP_HZ, 0.0))
"""(Hz, share of `_RAISE`): nothing at the lowest harmonics, half at F1, all from F2 to F3, nothing at the top."""
_BRIGHTER_DB, _BRIGHTER_AT_HZ, _BRIGHTER_WITHIN_OCTAVES = 4.0, 3000.0, 0.45
"""The boost about F3 that makes the transformation of Arias, Belin & Aucouturier (2018) sound bright."""
_LOWEST_RATE_HZ = 8000
"""Below this a recording has no F3 to move, and is left alone."""

_HOPS_PER_WINDOW = 4
_HOP_S = 0.010  # windows of 40 ms: two periods of the lowest voice
_PITCH_HZ = (65.0, 450.0)
_PITCH_BAND_HZ = (70.0, 1500.0)
_UNVOICED_BELOW, _VOICED_ABOVE = 0.5, 0.7  # periodicity; noise has some 0.3, vowels more than 0.8
_ENVELOPE_S = 0.0024
"""Finest detail of the envelope: under one period of any voice, else it would follow the harmonics and move pitch."""
_ENVELOPE_ROUNDS = 2  # more bring less than 0.1 % of a formant
_LARGEST_DB = 18.0
_FRAMES_AT_ONCE = 200  # a few megabytes, and never long in one call
_FULL_SCALE = 32767.0


def with_smile(sound: Sound) -> Sound:
    """The same words, pitch, timing and level, said with a smile.

    A short-time filter on voiced frames alone: their spectral envelope (true envelope, Röbel & Rodet 2005) is warped so
    that F2 and F3 lie higher, after Arias, Belin & Aucouturier (2018, "Auditory smiles trigger unconscious facial
    imitation"), whose listeners heard such a change as smiling. The filter has no phase: harmonics stay where they are,
    and frames without a pitch come out as they went in. A peak that would pass full scale is turned down smoothly.

    Works at some 50 times real time, so a long recording is best given in pieces.

    Args:
        sound: int16 mono, shape (n,), any rate; under 8 kHz it is returned as it is.

    Returns:
        int16 mono, shape (n,), same rate; sample t is what was heard at t.
    """
    rate_hz, wanted = sound.sample_rate_hz, len(sound.samples)
    if rate_hz < _LOWEST_RATE_HZ or not wanted:
        return sound
    hop = round(_HOP_S * rate_hz)
    lead = (_HOPS_PER_WINDOW - 1) * hop
    count = -(-wanted // hop) + _HOPS_PER_WINDOW - 1
    padded = np.zeros((count + _HOPS_PER_WINDOW - 1) * hop, np.int16)
    padded[lead : lead + wanted] = sound.samples
    windows = np.lib.stride_tricks.sliding_window_view(padded, _HOPS_PER_WINDOW * hop)[::hop]
    smile = _SmileFilter(rate_hz, hop)
    heard = np.zeros(len(padded), np.float32)
    for first in range(0, count, _FRAMES_AT_ONCE):
        frames = smile.filtered(windows[first : first + _FRAMES_AT_ONCE])
        for part in range(_HOPS_PER_WINDOW):
            begin = (first + part) * hop
            heard[begin : begin + len(frames) * hop] += frames[:, part * hop : (part + 1) * hop].reshape(-1)
    return Sound(_as_samples(heard, hop)[lead : lead + wanted], rate_hz)


class _SmileFilter:
    """What frames of one rate and length go through, and the tables for it."""

    def __init__(self, rate_hz: int, hop: int) -> None:
        length = _HOPS_PER_WINDOW * hop
        self._window = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)).astype(np.float32)
        self._size = 1 << (length - 1).bit_length()
        hz = np.fft.rfftfreq(self._size, 1 / rate_hz)
        self._pitch_band = ((hz > _PITCH_BAND_HZ[0]) & (hz < _PITCH_BAND_HZ[1])).astype(np.float32)
        self._lags = slice(int(rate_hz / _PITCH_HZ[1]) - 1, int(rate_hz / _PITCH_HZ[0]) + 2)
        own = np.fft.irfft(np.abs(np.fft.rfft(self._window, self._size)) ** 2, self._size)
        self._fading = (own[self._lags] / own[0]).astype(np.float32)
        self._top = int(np.searchsorted(hz, _TOP_HZ, side="right"))
        low = hz[: self._top]
        self._detail = round(2 * low[-1] * _ENVELOPE_S)
        before, shares = np.array(_SHARE_OF_RAISE).T
        source = np.interp(low, before * (1 + _RAISE * shares), before) / hz[1]
        self._source = np.minimum(source.astype(np.intp), self._top - 2)
        self._between = (source - self._source).astype(np.float32)
        octaves = np.log2(np.maximum(low, 1.0) / _BRIGHTER_AT_HZ) / _BRIGHTER_WITHIN_OCTAVES
        self._brighter = (_nepers(_BRIGHTER_DB) * np.exp(-(octaves**2) / 2)).astype(np.float32)

    def filtered(self, frames: Samples) -> _Rows:
        """Frames ready to be added up: int16, shape (m, length) to float32, shape (m, length)."""
        spectra = np.fft.rfft(frames * self._window, self._size, axis=1)
        power = spectra.real**2 + spectra.imag**2
        voiced = self._voiced(power)
        low = power[:, : self._top]
        gains = self._gains(low)
        rest = power[:, self._top :].sum(axis=1)
        level = np.log((low.sum(axis=1) + rest + 1) / ((low * np.exp(2 * gains)).sum(axis=1) + rest + 1)) / 2
        spectra[:, : self._top] *= np.exp(gains * voiced[:, None])
        spectra *= np.exp(level * voiced)[:, None]
        shaped: _Rows = np.fft.irfft(spectra, self._size, axis=1)[:, : len(self._window)] * self._window
        return shaped * np.float32(2 / _HOPS_PER_WINDOW)

    def _voiced(self, power: _Rows) -> _Rows:
        """0 for frames without a pitch, 1 with one, between where it is unsure; by autocorrelation (Boersma 1993)."""
        likeness = np.fft.irfft(power * self._pitch_band, self._size, axis=1)
        periodic = likeness[:, self._lags] / (likeness[:, :1] + 1) / self._fading
        inner = periodic[:, 1:-1]
        peaks = np.where((inner >= periodic[:, :-2]) & (inner >= periodic[:, 2:]), inner, 0).max(axis=1)
        share: _Rows = np.clip((peaks - _UNVOICED_BELOW) / (_VOICED_ABOVE - _UNVOICED_BELOW), 0, 1)
        return share

    def _gains(self, power: _Rows) -> _Rows:
        """How much louder each frequency gets, in nepers: the warped envelope over the envelope, and brighter."""
        loudness = np.log(power + 1) / 2
        envelope = self._smooth(loudness)
        for _ in range(_ENVELOPE_ROUNDS):
            envelope = self._smooth(np.maximum(loudness, envelope))
        lower, upper = envelope[:, self._source], envelope[:, self._source + 1]
        moved = lower + self._between * (upper - lower)
        largest = np.float32(_nepers(_LARGEST_DB))
        gains: _Rows = np.clip(moved - envelope, -largest, largest) + self._brighter
        return gains

    def _smooth(self, loudness: _Rows) -> _Rows:
        """Without detail finer than `_ENVELOPE_S` of cepstrum."""
        cepstrum = np.fft.irfft(loudness, 2 * (self._top - 1), axis=1)
        cepstrum[:, self._detail : 1 - self._detail] = 0
        smooth: _Rows = np.fft.rfft(cepstrum, axis=1).real
        return smooth


def _nepers(db: float) -> float:
    return db * float(np.log(10)) / 20


def _as_samples(heard: _Rows, hop: int) -> Samples:
    """int16; where a peak would pass full scale, its surroundings are turned down smoothly, shape (k · hop,)."""
    peaks = np.abs(heard).reshape(-1, hop).max(axis=1)
    if peaks.max() > _FULL_SCALE:
        needed = np.pad(np.minimum(1, _FULL_SCALE / np.maximum(peaks, 1)), 1, mode="edge")
        corners = np.minimum(needed[:-1], needed[1:])
        at = np.arange(len(heard)) / hop
        heard = heard * np.interp(at, np.arange(len(corners)), corners)
    return np.rint(heard).astype(np.int16)
