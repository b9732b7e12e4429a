"""Filled pauses made to measure, and speech with filled pauses inserted at known places.

Made ones come from four families of voices: a source and filter of our own (any pitch, length and vowel), eSpeak NG,
Hibari, and, where they are installed, Flite's. A made filler is trimmed to its own sound, brought near the loudness of
the speech around it, and put in at a pause or between two words, with or without silence beside it.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from tests.accuracy.synthesis import Wave, espeak, hibari
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Span, Word

FLITE_VOICES = ("kal16", "rms", "slt", "awb")
FESTIVAL_VOICES = ("kal_diphone", "cmu_us_slt_arctic_hts")
ESPEAK_VOICES = ("en-us", "en-us+m3", "en-gb+m7", "en-us+f2", "en-gb+f4", "en-gb-scotland+m1")
ESPEAK_ZH_VOICES = ("cmn", "cmn+m3", "cmn+f2")
ZH_TEXTS = ("恩", "婀")
"""The syllables of 嗯 and 呃 on the level tone: eSpeak would read those two with a falling one, as nobody hesitates."""

_DRAWN_OUT = {
    **dict.fromkeys(("a", "or", "are", "an", "am", "of", "on", "in"), 0.0),
    **dict.fromkeys(("the", "her", "were"), 0.45),
    **dict.fromkeys(("some", "them", "him", "from", "come"), 0.4),
}
"""Words whose vowel is drawn out, and from which share of the word on."""

_EDGE_DB = 25.0
_FRAME = ANALYSIS_RATE_HZ // 200
_RESPONSE = 1024
_FADE = ANALYSIS_RATE_HZ // 100
_RUMBLE_HZ = 70


@dataclass(frozen=True)
class MadeFiller:
    """One filled pause on its own: which voice, whether it closes with a nasal, float at the analysis rate."""

    voice: str
    nasal: bool
    wave: Wave


@dataclass(frozen=True)
class Spoken:
    """Speech with filled pauses at known places."""

    samples: Samples
    spans: tuple[Span, ...]
    fillers: tuple[MadeFiller, ...]


# ---- making them -----------------------------------------------------------------------------------------------------


def sung_filler(rng: np.random.Generator) -> MadeFiller:
    """A schwa of random pitch, length, quality and vocal tract, half of them "um"."""
    mouth = float(rng.uniform(0.88, 1.2))
    low_hz, high_hz = (62, 130) if mouth < 1.02 else (140, 260)
    vowel_hz = mouth * np.array([rng.uniform(430, 700), rng.uniform(1050, 1500), rng.uniform(2300, 2700), 3500])
    return filler_of(
        length_s=float(rng.uniform(0.2, 0.8)),
        pitch_hz=float(np.exp(rng.uniform(np.log(low_hz), np.log(high_hz)))),
        fall_st=float(rng.uniform(-0.5, 3)),
        vowel_hz=tuple(vowel_hz),
        nasal=bool(rng.random() < 0.5),
        breath_db=-float(rng.uniform(20, 40)),
        roughness=float(rng.choice((0.008, 0.015, 0.04))),
        rng=rng,
    )


def filler_of(
    *,
    length_s: float,
    pitch_hz: float,
    fall_st: float,
    vowel_hz: tuple[float, ...],
    nasal: bool,
    breath_db: float = -35.0,
    roughness: float = 0.008,
    rng: np.random.Generator | None = None,
) -> MadeFiller:
    """Pulses through four resonances, with the roughness of a real voice.

    Args:
        length_s: Its length.
        pitch_hz: F0 at its beginning.
        fall_st: How far F0 falls to its end.
        vowel_hz: F1–F4 of the vowel.
        nasal: Whether the mouth closes on the way, 30–70 % into it.
        breath_db: Noise over the voice.
        roughness: How much a period differs from the next, as a share; creak has several per cent.
        rng: Chance; None for the same one every time.
    """
    rng = np.random.default_rng(0) if rng is None else rng
    vowel = np.array(vowel_hz)
    hum = np.array([250.0, rng.uniform(900, 1200), 2200.0, 3300.0]) * vowel[3] / 3500
    sway = rng.uniform(-0.15, 0.15, 4)
    closes_s = float(rng.uniform(0.3, 0.7)) * length_s if nasal else 2 * length_s
    count = round(length_s * ANALYSIS_RATE_HZ)
    wave = np.zeros(count + _RESPONSE)
    at_s = 0.0
    while at_s < length_s:
        shut = float(np.clip((at_s - closes_s) / 0.05 + 0.5, 0, 1))
        strength = 10 ** (-9 * shut / 20) * (1 + 6 * roughness * rng.standard_normal())
        at = round(at_s * ANALYSIS_RATE_HZ)
        formants_hz = ((1 - shut) * vowel + shut * hum) * (1 + sway * (at_s / length_s - 0.5))
        wave[at : at + _RESPONSE] += strength * _pulse(formants_hz, breadth=1 + 1.5 * shut)
        f0_hz = pitch_hz * 2 ** (-fall_st * at_s / length_s / 12) * (1 + roughness * rng.standard_normal())
        at_s += 1 / f0_hz
    wave = wave[:count]
    rise, fall = (
        round(float(rng.uniform(low, high)) * ANALYSIS_RATE_HZ) for low, high in ((0.015, 0.06), (0.04, 0.12))
    )
    wave[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise))
    wave[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall))
    breath = rng.standard_normal(count) * np.sqrt(np.mean(wave**2)) * 10 ** (breath_db / 20)
    return MadeFiller("source-filter", nasal, _levelled(wave + breath))


def _pulse(formants_hz: NDArray[np.float64], *, breadth: float) -> NDArray[np.float64]:
    """One glottal pulse (−12 dB an octave, +6 for the lips) through a cascade of resonances (Klatt 1980)."""
    hz = np.fft.rfftfreq(_RESPONSE, 1 / ANALYSIS_RATE_HZ)
    s = 2j * np.pi * hz
    spectrum = s / (s + 2 * np.pi * 120) / (s + 2 * np.pi * 900)
    for centre_hz, bandwidth_hz in zip(formants_hz, (70, 100, 150, 220), strict=True):
        pole = np.pi * bandwidth_hz * breadth - 2j * np.pi * centre_hz
        spectrum = spectrum * abs(pole) ** 2 / ((s + pole) * (s + np.conj(pole)))
    return np.fft.irfft(spectrum, _RESPONSE)


@cache
def espeak_fillers(voices: Sequence[str] = ESPEAK_VOICES) -> tuple[MadeFiller, ...]:
    """eSpeak's "um" and "uh", two speeds a voice, from its own vowels."""
    sounds = (("[[V::m:]]", True), ("[[@:::]]", False), ("[[V::]]", False), ("[[@::m:]]", True))
    return tuple(
        MadeFiller(f"espeak {voice}", nasal, _levelled(_stretched(espeak(sound, voice), factor)))
        for voice in voices
        for sound, nasal in sounds
        for factor in (0.8, 1.2)
    )


@cache
def espeak_zh_fillers() -> tuple[MadeFiller, ...]:
    """eSpeak's 嗯 and 呃."""
    return tuple(
        MadeFiller(f"espeak {voice}", text == "恩", _levelled(_stretched(espeak(text, voice), factor)))
        for voice in ESPEAK_ZH_VOICES
        for text in ZH_TEXTS
        for factor in (1.0, 1.5)
    )


@cache
def hibari_fillers() -> tuple[MadeFiller, ...]:
    """Hibari's, as it says them and with pitch and vocal tract moved together."""
    texts = (("Um,", True), ("Uh,", False), ("Umm…", True), ("Er,", False), ("Uh…", False), ("Erm,", True))
    return tuple(
        MadeFiller(f"hibari {shift:g}", nasal, _levelled(_moved(_stretched(hibari(text), 1.3), shift)))
        for shift in (0.7, 0.85, 1.0, 1.1)
        for text, nasal in texts
    )


@cache
def flite_fillers() -> tuple[MadeFiller, ...]:
    """Flite's, where it is installed."""
    if shutil.which("flite") is None:
        return ()
    return tuple(
        MadeFiller(f"flite {voice}", nasal, _levelled(_flite(text, voice, stretch)))
        for voice in FLITE_VOICES
        for text, nasal in (("um", True), ("uh", False))
        for stretch in (1.0, 1.5, 2.0)
    )


def drawn_out(samples: Samples, *, words: Sequence[Word], voice: str, rng: np.random.Generator) -> list[MadeFiller]:
    """A reader's own little vowels, with the nasal where there is one, drawn out to 0.25–0.6 s at their own pitch."""
    fillers = []
    for word in words:
        begins = _DRAWN_OUT.get(word.text)
        length_s = (1 - (begins or 0)) * (word.end_s - word.start_s)
        if begins is None or length_s < 0.06:
            continue
        first = round((word.end_s - length_s) * ANALYSIS_RATE_HZ)
        wave = samples[first : round(word.end_s * ANALYSIS_RATE_HZ)].astype(np.float32) / 32768
        factor = min(float(rng.uniform(0.25, 0.6)) / length_s, 4.0)
        drawn = _stretched(wave, factor)
        if len(drawn) > 0.15 * ANALYSIS_RATE_HZ and np.any(drawn):
            fillers.append(MadeFiller(voice, word.text[-1] in "mn", _levelled(drawn)))
    return fillers


@cache
def festival_fillers() -> tuple[MadeFiller, ...]:
    """Festival's, where it is installed: a diphone and a statistical voice."""
    if shutil.which("text2wave") is None:
        return ()
    return tuple(
        MadeFiller(f"festival {voice}", nasal, _levelled(_stretched(_festival(text, voice), factor)))
        for voice in FESTIVAL_VOICES
        for text, nasal in (("um", True), ("uh", False), ("erm", True))
        for factor in (1.5, 2.0)
    )


def _festival(text: str, voice: str) -> Wave:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(["text2wave", "-eval", f"(voice_{voice})", "-o", str(path)], input=text.encode(), check=True)
        wave, rate_hz = soundfile.read(io.BytesIO(path.read_bytes()), dtype="float32")
    return soxr.resample(wave, rate_hz, ANALYSIS_RATE_HZ)


def cut_filler(samples: Samples, *, voice: str, start_s: float, end_s: float, nasal: bool) -> MadeFiller:
    """One that somebody said, cut from a recording; rumble under the voice taken off."""
    wave = samples[round(start_s * ANALYSIS_RATE_HZ) : round(end_s * ANALYSIS_RATE_HZ)].astype(np.float32)
    spectrum = np.fft.rfft(wave)
    spectrum[np.fft.rfftfreq(len(wave), 1 / ANALYSIS_RATE_HZ) < _RUMBLE_HZ] = 0
    wave = np.fft.irfft(spectrum, len(wave)).astype(np.float32)
    return MadeFiller(voice, nasal, _faded(wave / np.float32(np.sqrt(np.mean(wave**2)))))


def _flite(text: str, voice: str, stretch: float) -> Wave:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(
            ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}", "-t", text, "-o", str(path)],
            check=True,
            capture_output=True,
        )
        wave, rate_hz = soundfile.read(io.BytesIO(path.read_bytes()), dtype="float32")
    return soxr.resample(wave, rate_hz, ANALYSIS_RATE_HZ)


def _moved(wave: Wave, factor: float) -> Wave:
    """Pitch and formants times `factor`, by playing faster or slower."""
    return wave if factor == 1 else soxr.resample(wave, ANALYSIS_RATE_HZ * factor, ANALYSIS_RATE_HZ)


def _stretched(wave: Wave, factor: float) -> Wave:
    """Longer by `factor` at the same pitch."""
    from pedalboard import time_stretch

    return time_stretch(wave, ANALYSIS_RATE_HZ, stretch_factor=1 / factor)[0] if factor != 1 else wave


def _levelled(wave: NDArray[np.floating]) -> Wave:
    """Trimmed to its own sound, RMS 1."""
    whole = wave[: len(wave) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    level_db = 10 * np.log10(np.mean(whole**2, axis=1) + 1e-12)
    loud = np.flatnonzero(level_db > level_db.max() - _EDGE_DB)
    kept = wave[loud[0] * _FRAME : (loud[-1] + 1) * _FRAME].astype(np.float32)
    return _faded(kept / np.float32(np.sqrt(np.mean(kept**2))))


def _faded(wave: Wave) -> Wave:
    """Without a click at either end."""
    fade = np.linspace(0, 1, min(_FADE // 2, len(wave) // 2), dtype=np.float32)
    wave[: len(fade)] *= fade
    wave[-len(fade) :] *= fade[::-1]
    return wave


# ---- putting them in -------------------------------------------------------------------------------------------------


def insert(
    *,
    samples: Samples,
    words: Sequence[Word],
    background: Samples,
    fillers: Sequence[MadeFiller],
    rng: np.random.Generator,
    every_s: float = 5.0,
    silent_sides: Sequence[int] = (2, 1, 0),
) -> Spoken:
    """The speech with filled pauses put in between its words, about one every `every_s`.

    Args:
        samples: Speech, int16 mono at the analysis rate.
        words: Where its words are.
        background: A piece of its silence, to fill the gaps with.
        fillers: To choose from.
        rng: Chance.
        every_s: Mean distance.
        silent_sides: Choose on how many sides there is a silence of 0.08–0.6 s.
    """
    speech = samples.astype(np.float32)
    powers = speech[: len(speech) // _FRAME * _FRAME].reshape(-1, _FRAME)
    loudness = np.sqrt(np.percentile(np.mean(powers**2, axis=1), 85))
    pieces: list[Wave] = []
    spans: list[Span] = []
    used: list[MadeFiller] = []
    done = at = 0
    next_s = float(rng.uniform(0.3, 1.0)) * every_s
    for before, after in pairwise(words):
        if before.end_s < next_s:
            continue
        cut = _quietest(speech, before.end_s, max(after.start_s, before.end_s))
        next_s = before.end_s + float(rng.uniform(0.6, 1.4)) * every_s
        made = fillers[int(rng.integers(len(fillers)))]
        wave = made.wave * np.float32(loudness * 10 ** (float(rng.uniform(-8, 1)) / 20))
        left, right = _silences(int(rng.choice(silent_sides)), rng)
        for piece in (speech[done:cut], _room(background, left, rng), wave, _room(background, right, rng)):
            if piece is wave:
                wave = wave + _room(background, len(wave) / ANALYSIS_RATE_HZ, rng)
                spans.append(Span(at / ANALYSIS_RATE_HZ, (at + len(wave)) / ANALYSIS_RATE_HZ))
                used.append(made)
                piece = wave
            pieces.append(piece)
            at += len(piece)
        done = cut
    pieces.append(speech[done:])
    mixed = np.clip(np.round(np.concatenate(pieces)), -32768, 32767).astype(np.int16)
    return Spoken(mixed, tuple(spans), tuple(used))


def _silences(sides: int, rng: np.random.Generator) -> tuple[float, float]:
    """Silence before and after, in seconds."""
    gaps_s = rng.uniform(0.08, 0.6, 2)
    if sides < 2:
        gaps_s[rng.integers(2)] = 0
    if sides < 1:
        gaps_s[:] = 0
    return float(gaps_s[0]), float(gaps_s[1])


def _quietest(speech: Wave, start_s: float, end_s: float) -> int:
    """The sample in the quietest 10 ms between two words."""
    first, last = round((start_s - 0.04) * ANALYSIS_RATE_HZ), round((end_s + 0.04) * ANALYSIS_RATE_HZ)
    power = np.convolve(speech[first:last] ** 2, np.ones(_FADE), "same")
    return first + int(np.argmin(power))


def _room(background: Samples, length_s: float, rng: np.random.Generator) -> Wave:
    """So much of the recording's own silence."""
    count = round(length_s * ANALYSIS_RATE_HZ)
    if not len(background):
        return np.zeros(count, np.float32)
    return np.resize(np.roll(background, int(rng.integers(len(background)))), count).astype(np.float32)


def quiet_piece(samples: Samples) -> Samples:
    """The quietest fifth of a second of a recording."""
    length = ANALYSIS_RATE_HZ // 5
    total = np.concatenate(([0.0], np.cumsum(samples.astype(np.float64) ** 2)))
    starts = np.arange(0, len(samples) - length, ANALYSIS_RATE_HZ // 100)
    return samples[(first := int(starts[np.argmin(total[starts + length] - total[starts])])) : first + length]
