"""Steady tone: pitch, loudness, how phrases end, and one number and one word for how steady all of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from voicerehearsal.measures.endings import measure_endings
from voicerehearsal.measures.levels import HOP_S, BandPowers
from voicerehearsal.measures.loudness import Loudness, measure_loudness
from voicerehearsal.measures.pitch import PitchTrack, frames_within, track_pitch
from voicerehearsal.measures.timeline import duration_s, without
from voicerehearsal.measures.trust import NO_DOUBT, VoiceDoubt
from voicerehearsal.values import NOTHING_USUAL, Endings, Language, Span, Surge, Tone, Usual, VoiceTracks

MONOTONE = 0.12
LIVELY = 0.24
"""Liveliness below and above: twenty student talks lay between 0.11 and 0.235 (Hincks 2004, 2005)."""
FLAT = 0.06
"""One semitone: flat, whatever the speaker is used to."""

LEAST_MEDIAN_S = 1.0
"""Voiced speech that a median of pitch takes."""
LEAST_VOICED_S = 3.0
"""Less is a sentence; its words decide the pitch, not the speaker."""
HABITS = ("pitch_sd_st", "loudness_sd_db")
LEAST_ANSWERS = 5
"""Earlier answers that make a habit."""

_LEAST_VOICED_SHARE = 0.15  # of the speech; ordinary speech has 0.4–0.7, a whisper none
_LEAST_FOLLOWED = 0.5  # of what the tracker called voiced; real voices keep 0.56–0.98
_WINDOW_S = 10.0
_SHORTEST_WINDOW_S = 5.0
_LEAST_IN_WINDOW = 100  # frames: 1 s
_HARMONICITY_SNR_DB = 20.0  # background as strong as −20 dB takes less than 1 dB off a voice of 13 dB
_EDGE = 2  # frames that an edge may fall in are neither speech nor background
_LEAST_BACKGROUND = 20  # frames
_STRONGEST = 0.9999  # strength; 40 dB

_EVEN_DB = 6.0  # loudness_sd_db that fluent readers stay below; 0.5 is taken off at twice as much
_CALM_ST = 4.5  # pitch_sd_st of lively speech (`LIVELY`); the same
_HALF = 0.5
_TONES = "in Chinese the words have tones of their own"
_SURGE_COST = 0.25
_UNSTEADY = 0.6
_FAR = 2.0  # spreads from the usual
_LEAST_CHANGE = 0.15  # of the usual; less is hardly heard


@dataclass(frozen=True, slots=True)
class ToneResult:
    """The contract's `tone`, None when nothing of it can be told, and why for each number that cannot.

    `missing` goes into the report's as it is: keys "tone" or "tone.number".
    """

    tone: Tone | None
    missing: dict[str, str]


def measure_tone(
    *,
    voice: VoiceTracks,
    bands: BandPowers,
    sounding: Sequence[Span],
    nuclei_s: Sequence[float],
    language: Language = "en",
    mutes: Sequence[Span] = (),
    surges: tuple[Surge, ...] = (),
    usual: Mapping[str, Usual] = NOTHING_USUAL,
    doubt: VoiceDoubt = NO_DOUBT,
) -> ToneResult:
    """Steady tone of one answer.

    `steadiness` is 1, less a quarter for each surge, less up to a half for loudness that varies more than 6 dB about
    its neighbourhood, less up to a half for pitch that varies more than 4.5 st (in both the half is reached at twice
    that; what is usual for the speaker is never held against them). The verdict is "unsteady" below 0.6; else
    "monotone" or "lively" as pitch varies clearly less or more than is usual for the speaker or, before there is a
    habit, as liveliness lies outside that of the talks that Hincks measured; else "steady".

    Args:
        voice: From a `Phonetics`, one row every 10 ms.
        bands: From `levels.band_powers`, one row every 10 ms.
        sounding: Stretches of speech, in order.
        nuclei_s: When each syllable is at its loudest, in order.
        language: Of the answer. In Chinese the words' own tones decide how phrases end and how much the pitch moves, so
            endings are not counted, and monotone or lively is only said against the speaker's own habit.
        mutes: When the speaker had muted the line.
        surges: Found elsewhere.
        usual: What is usual for the speaker, by name of measure: `HABITS` count, from `LEAST_ANSWERS` answers on.
        doubt: What cannot be trusted on this recording.
    """
    habits = _habits(usual)
    heard = without(spans=sounding, cut=mutes)
    track = track_pitch(voice=voice, bands=bands, sounding=sounding, mutes=mutes)
    loudness = measure_loudness(bands=bands, sounding=sounding, nuclei_s=nuclei_s, mutes=mutes)
    if doubt.level:
        loudness = Loudness(None, None, dict.fromkeys(("sd_db", "drift_db_per_minute"), doubt.level))
    no_pitch = doubt.pitch or _no_pitch(track, heard)
    if no_pitch and loudness.sd_db is None:
        return ToneResult(None, {"tone": no_pitch})
    pitch = _Pitch() if no_pitch or track is None else _measure_pitch(track, voice, bands, heard, mutes)
    if language == "zh":
        pitch = replace(pitch, endings=None, tones=_TONES)
    steadiness = _steadiness(pitch.sd_st, loudness.sd_db, surges, habits)
    tone = Tone(
        pitch_median_hz=pitch.median_hz,
        pitch_range_st=pitch.range_st,
        pitch_sd_st=pitch.sd_st,
        liveliness=pitch.liveliness,
        loudness_sd_db=loudness.sd_db,
        loudness_drift_db_per_minute=loudness.drift_db_per_minute,
        harmonicity_db=pitch.harmonicity_db,
        endings=pitch.endings,
        surges=surges,
        steadiness=steadiness,
        verdict=_verdict(pitch, steadiness, habits.get("pitch_sd_st")),
    )
    missing = _reasons(tone, no_pitch, loudness.missing, pitch)
    return ToneResult(tone, missing | ({"tone.surges": doubt.level} if doubt.level else {}))


@dataclass(frozen=True, slots=True)
class _Pitch:
    """What is read from the pitch; the texts say why something cannot be.

    `short`: why there is the median alone; `noisy`: why there is no harmonicity; `tones`: why the melody is the words'.
    """

    median_hz: float | None = None
    range_st: float | None = None
    sd_st: float | None = None
    liveliness: float | None = None
    harmonicity_db: float | None = None
    endings: Endings | None = None
    short: str = ""
    noisy: str = ""
    tones: str = ""


def _no_pitch(track: PitchTrack | None, heard: Sequence[Span]) -> str:
    """Why the pitch cannot be judged, "" when it can."""
    if track is None or track.voiced_s < LEAST_MEDIAN_S:
        return f"less than {LEAST_MEDIAN_S:.0f} s of voiced speech"
    if track.voiced_s < _LEAST_VOICED_SHARE * duration_s(spans=heard):
        return "hardly any of the speech is voiced, as in a whisper"
    if track.followed < _LEAST_FOLLOWED:
        return "the pitch jumps about, as in a creaking voice or several at once"
    return ""


def _measure_pitch(
    track: PitchTrack, voice: VoiceTracks, bands: BandPowers, heard: Sequence[Span], mutes: Sequence[Span]
) -> _Pitch:
    if track.voiced_s < LEAST_VOICED_S:
        return _Pitch(track.median_hz, short=f"less than {LEAST_VOICED_S:.0f} s of voiced speech")
    semitones = track.semitones[track.trusted]
    low, high = np.percentile(semitones, (10, 90))
    endings = measure_endings(pitch=track, voice=voice, phrases=heard)
    noisy = _noisy(bands, heard, mutes)
    return _Pitch(
        median_hz=track.median_hz,
        range_st=float(high - low),
        sd_st=float(np.std(semitones)),
        liveliness=_liveliness(track, heard),
        harmonicity_db=None if noisy else _harmonicity_db(track, voice),
        endings=None if endings.falling_share is None else endings,
        noisy=noisy,
    )


def _liveliness(track: PitchTrack, heard: Sequence[Span]) -> float | None:
    """Median over 10-s windows of SD(F0) / mean(F0) (Hincks 2005); the last counts from 5 s on."""
    f0_hz = track.f0_hz
    ratios = []
    start_s, end_s = heard[0].start_s, heard[-1].end_s
    while end_s - start_s >= _SHORTEST_WINDOW_S:
        stop_s = min(start_s + _WINDOW_S, end_s)
        window = f0_hz[round(start_s / HOP_S) : round(stop_s / HOP_S)]
        window = window[~np.isnan(window)]
        if len(window) >= _LEAST_IN_WINDOW:
            ratios.append(float(np.std(window) / np.mean(window)))
        start_s += _WINDOW_S
    return float(np.median(ratios)) if ratios else None


def _noisy(bands: BandPowers, heard: Sequence[Span], mutes: Sequence[Span]) -> str:
    """Why harmonicity cannot be told from background noise, "" when it can."""
    speech = frames_within(spans=heard, frames=len(bands))
    near = np.convolve(speech, np.ones(2 * _EDGE + 1), "same") > 0
    quiet = ~near & ~frames_within(spans=mutes, frames=len(bands))
    if np.count_nonzero(quiet) < _LEAST_BACKGROUND:
        return "there is no background to compare the voice with"
    power = bands.sum(axis=1, dtype=np.float64)
    snr_db = 10 * np.log10(np.mean(power[speech]) / max(float(np.mean(power[quiet])), 1e-12))
    return f"the voice is only {snr_db:.0f} dB above the background" if snr_db < _HARMONICITY_SNR_DB else ""


def _harmonicity_db(track: PitchTrack, voice: VoiceTracks) -> float:
    """Harmonics over noise from the periodicity r, r / (1 − r) (Boersma 1993): median over the frames with a pitch."""
    strength = np.minimum(voice.strength[: len(track.semitones)][track.trusted].astype(np.float64), _STRONGEST)
    return float(np.median(10 * np.log10(strength / (1 - strength))))


def _steadiness(
    sd_st: float | None, sd_db: float | None, surges: Sequence[Surge], habits: Mapping[str, Usual]
) -> float | None:
    if sd_st is None or sd_db is None:
        return None
    calm_st = _allowed(_CALM_ST, habits.get("pitch_sd_st"))
    even_db = _allowed(_EVEN_DB, habits.get("loudness_sd_db"))
    pitch_cost = float(np.clip((sd_st - calm_st) / calm_st, 0, 1)) * _HALF
    loudness_cost = float(np.clip((sd_db - even_db) / even_db, 0, 1)) * _HALF
    return max(0.0, 1 - pitch_cost - loudness_cost - _SURGE_COST * len(surges))


def _allowed(limit: float, habit: Usual | None) -> float:
    """A limit, or what is usual for the speaker where that is more."""
    return limit if habit is None else max(limit, habit.median + habit.spread)


def _habits(usual: Mapping[str, Usual]) -> Mapping[str, Usual]:
    """What is known well enough to be a habit."""
    return {name: usual[name] for name in HABITS if name in usual and usual[name].answers >= LEAST_ANSWERS}


def _verdict(
    pitch: _Pitch, steadiness: float | None, habit: Usual | None
) -> Literal["monotone", "steady", "lively", "unsteady"] | None:
    sd_st, liveliness = pitch.sd_st, pitch.liveliness
    if sd_st is None or liveliness is None or steadiness is None:
        return None
    if steadiness < _UNSTEADY:
        return "unsteady"
    if habit is None and pitch.tones:
        return None
    if habit is None:
        flat, lively = liveliness < MONOTONE, liveliness > LIVELY
    else:
        far_st = max(_FAR * habit.spread, _LEAST_CHANGE * habit.median)
        flat, lively = sd_st < habit.median - far_st or liveliness < FLAT, sd_st > habit.median + far_st
    return "monotone" if flat else "lively" if lively else "steady"


def _reasons(tone: Tone, no_pitch: str, loudness: dict[str, str], pitch: _Pitch) -> dict[str, str]:
    """Why each number that is None cannot be given, under "tone.number"."""
    variation = no_pitch or pitch.short
    too_few = loudness.get("sd_db", "")
    brief = f"less than {_SHORTEST_WINDOW_S:.0f} s of speech"
    why = {
        "pitch_median_hz": no_pitch,
        "pitch_range_st": variation,
        "pitch_sd_st": variation,
        "liveliness": variation or brief,
        "loudness_sd_db": too_few,
        "loudness_drift_db_per_minute": loudness.get("drift_db_per_minute", ""),
        "harmonicity_db": variation or pitch.noisy,
        "endings": variation or pitch.tones or "no phrase ends in a pitch that can be followed",
        "steadiness": variation or too_few,
        "verdict": variation or too_few or pitch.tones or brief,
    }
    return {f"tone.{number}": reason for number, reason in why.items() if getattr(tone, number) is None}
