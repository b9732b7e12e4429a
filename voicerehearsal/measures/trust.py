"""Whether measures of the voice can be trusted on a recording, and if not, why: one clause for each kind of measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S, BandPowers, Contour
from voicerehearsal.values import Audio, Span, VoiceTracks

LEAST_SPEECH_S = 1.0
"""Less tells nothing about a voice's kind."""

PITCH_SNR_DB = 8.5
"""Under it F0 is off by more than 1 st in a tenth of frames and more (street, café, train, talkers; by mixing)."""

FORMANTS_SNR_DB = 13.0
"""Under it the formants' means move by 5–20 %, as much as a smile moves them."""

LEVEL_CLIPPED_RATIO = 0.001
FORMANTS_CLIPPED_RATIO = 0.05
"""Formants' means move by 3 % where a tenth of the samples is clipped, by 6–10 % where a third is. F0 stays."""

_SNR_BANDS = 12  # 125–6300 Hz
_EDGE_FRAMES = 5  # around speech, neither voice nor background
_LEAST_BACKGROUND = 30  # frames

_NOTE_REACH = 6  # frames to either side: 130 ms
_NOTE_ST = 0.1
_NOTE_SHARE = 0.2  # of voiced stretches; speech 0.00–0.07, music and tones over 0.4
_LEAST_STRETCHES = 30  # frames

_PERIODIC = 0.6  # from which a frame's periodicity counts (as in `activity`)
_LEAST_PERIODIC_SHARE = 0.3  # of the speech; ordinary 0.40–0.98, whispered 0.13–0.18, creaky 0.10–0.21
_LEAST_VOICED_SHARE = 0.35  # by the pitch tracker: below it a whisper, above it pulses without a period

_LOUD_PERCENTILE = 60
_WEAK = 0.8  # strength; a single voice's loud moments lie above it
_WEAK_SHARE = 0.4
_LEAP_ST = 2.0
_LEAPS = 0.015  # of voiced frames
_WIDE_ST = 5.0  # standard deviation of F0
_TWO_VOICED_SHARE = 0.6
_TWO_SPEECH_S = 2.0


@dataclass(frozen=True, slots=True)
class VoiceDoubt:
    """Why a kind of measure cannot be trusted on this recording, None where it can.

    Attributes:
        pitch: F0 and all that is made of it.
        formants: The colour of the voice, thus the smile.
        fillers: Filled pauses heard in the sound.
        level: Loudness and its changes, thus surges.
    """

    pitch: str | None = None
    formants: str | None = None
    fillers: str | None = None
    level: str | None = None


NO_DOUBT = VoiceDoubt()


def voice_doubt(
    *, bands: BandPowers, voicing: Contour, voice: VoiceTracks, sounding: Sequence[Span], audio: Audio
) -> VoiceDoubt:
    """What cannot be trusted, and why.

    Args:
        bands: From `levels.band_powers`, shape (n, 13), one row every 10 ms.
        voicing: From `voicing.voicing`, one value every 20 ms.
        voice: From a `Phonetics`, one row every 10 ms.
        sounding: Stretches of speech, in order.
        audio: From `quality.measure_quality`.

    Returns:
        Reasons as clauses in plain words. Ordinary speech gives none.
    """
    frames = min(len(bands), len(voice.f0_hz), 2 * len(voicing))
    speech = np.zeros(frames, np.bool_)
    for span in sounding:
        speech[round(span.start_s / HOP_S) : round(span.end_s / HOP_S)] = True
    if not speech.any():
        return _all("there is no speech in it")
    pitch_st = _pitch_st(voice, speech)
    if _notes(pitch_st):
        return _all("the pitch stands as still as in music or a hum")
    voiceless = _voiceless(np.repeat(voicing, 2)[:frames], pitch_st, speech)
    power = bands[:frames, :_SNR_BANDS].sum(axis=1)
    snr_db = _snr_db(power, speech)
    several = _several_voices(power, voice.strength[:frames], pitch_st, speech)
    noisy = _noisy(snr_db, PITCH_SNR_DB)
    return VoiceDoubt(
        pitch=voiceless or noisy or several,
        formants=voiceless
        or _noisy(snr_db, FORMANTS_SNR_DB)
        or several
        or _clipped(audio.clipped_ratio, FORMANTS_CLIPPED_RATIO),
        fillers=voiceless or noisy or several,
        level=noisy or _clipped(audio.clipped_ratio, LEVEL_CLIPPED_RATIO),
    )


def _all(reason: str) -> VoiceDoubt:
    return VoiceDoubt(reason, reason, reason, reason)


def _pitch_st(voice: VoiceTracks, speech: NDArray[np.bool_]) -> NDArray[np.float64]:
    """F0 in semitones about 1 Hz inside speech, NaN where unvoiced."""
    f0_hz = voice.f0_hz[: len(speech)].astype(np.float64)
    semitones: NDArray[np.float64] = np.where(speech & (f0_hz > 0), 12 * np.log2(np.maximum(f0_hz, 1)), np.nan)
    return semitones


def _notes(pitch_st: NDArray[np.float64]) -> bool:
    """Whether the pitch stays within a tenth of a semitone over 130 ms, as no voice does for long."""
    length = 2 * _NOTE_REACH + 1
    if len(pitch_st) < length:
        return False
    stretches = sliding_window_view(pitch_st, length)
    stretches = stretches[~np.isnan(stretches).any(axis=1)]
    if len(stretches) < _LEAST_STRETCHES:
        return False
    return bool(np.mean(np.ptp(stretches, axis=1) < _NOTE_ST) > _NOTE_SHARE)


def _voiceless(
    periodicity: NDArray[np.float32], pitch_st: NDArray[np.float64], speech: NDArray[np.bool_]
) -> str | None:
    if np.count_nonzero(speech) * HOP_S < LEAST_SPEECH_S:
        return None
    if np.mean(periodicity[speech] > _PERIODIC) >= _LEAST_PERIODIC_SHARE:
        return None
    if np.mean(~np.isnan(pitch_st[speech])) < _LEAST_VOICED_SHARE:
        return "hardly any of it is voiced, as in a whisper"
    return "the voice has no steady period, as when it creaks"


def _snr_db(power: NDArray[np.float32], speech: NDArray[np.bool_]) -> float | None:
    """Mean power of speech over the median of the background, in the bands of speech; None without a background."""
    near = np.convolve(speech, np.ones(2 * _EDGE_FRAMES + 1), "same") > 0.5
    background = power[~near]
    if len(background) < _LEAST_BACKGROUND:
        return None
    under = max(float(np.median(background)), 1e-11)
    return float(10 * np.log10(max(float(np.mean(power[speech])), 1e-11) / under))


def _noisy(snr_db: float | None, least_db: float) -> str | None:
    if snr_db is None or snr_db >= least_db:
        return None
    return f"the voice is only {snr_db:.0f} dB above the background"


def _clipped(ratio: float, most: float) -> str | None:
    return f"{100 * ratio:.1f} % of the samples are clipped" if ratio > most else None


def _several_voices(
    power: NDArray[np.float32], strength: NDArray[np.float32], pitch_st: NDArray[np.float64], speech: NDArray[np.bool_]
) -> str | None:
    """Two talkers at once: F0 leaps between them, and even the loud moments are not clearly periodic."""
    if np.count_nonzero(speech) * HOP_S < _TWO_SPEECH_S:
        return None
    voiced = ~np.isnan(pitch_st)
    if np.mean(voiced[speech]) < _TWO_VOICED_SHARE:
        return None
    loud = speech & (power > np.percentile(power[speech], _LOUD_PERCENTILE))
    leaps = np.count_nonzero(np.abs(np.diff(pitch_st)) > _LEAP_ST) / np.count_nonzero(voiced)
    weak = np.mean(strength[loud] < _WEAK)
    if leaps > _LEAPS and weak > _WEAK_SHARE and np.std(pitch_st[voiced]) > _WIDE_ST:
        return "there seem to be several voices at once"
    return None
