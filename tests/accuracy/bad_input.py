"""Is bad input recognised, every kind made from real speech or by synthesis, and ordinary speech not doubted?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np

from tests.accuracy.corpora import Clip, clips
from tests.accuracy.measuring import hear_samples, read_samples
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import Wave
from voicerehearsal.measures.quality import Tally, measure_quality
from voicerehearsal.measures.trust import VoiceDoubt, voice_doubt
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples

NOT_ORDINARY = ("whisper", "creaky", "cold_corpus", "TEST_MEETING")
"""Whispered, creaky and ill on purpose, and a meeting from across the room."""

MEASURES = ("pitch", "formants", "fillers", "level")
SPOILT = {
    "whispered": ("pitch", "formants", "fillers"),
    "creaky": ("pitch", "formants", "fillers"),
    "white noise, 3 dB": ("pitch", "formants", "fillers", "level"),
    "talkers behind, 3 dB": ("pitch", "formants", "fillers", "level"),
    "clipped": ("formants", "level"),
    "music: chords": MEASURES,
    "music: notes": MEASURES,
    "hum": MEASURES,
    "silence": MEASURES,
    "two voices": ("pitch", "formants", "fillers"),
}
"""What each kind spoils; recognised is recognised for all of these."""

_SHOWN = ("two voices",)
"""Shown, not counted: one pitch track betrays a third of them."""

_A_SPEAKER = 4
_SPEAKERS = 20
_ORDER = 18
_FRAME = 400


def check(root: Path) -> list[Check]:
    """The share of each bad kind recognised, and of ordinary recordings doubted."""
    heading("Bad input: what cannot be trusted is recognised, ordinary speech is not doubted")
    chosen = _chosen(root)
    doubted: dict[str, list[VoiceDoubt]] = defaultdict(list)
    for clip in chosen:
        doubted[clip.corpus].append(doubt(read_samples(clip.path)))
    for corpus, own in sorted(doubted.items()):
        print(f"{corpus:<22}{len(own):>4} ordinary  " + _shares(own))
    ordinary = [one for own in doubted.values() for one in own]
    in_noise = [doubt(_int16(_in_noise(_wave(clip), 20))) for clip in chosen[::5]]
    print(f"{'in white noise, 20 dB':<22}{len(in_noise):>4} ordinary  " + _shares(in_noise))
    shares: dict[str, float] = {}
    for kind, waves in _bad(root, chosen).items():
        own = [doubt(_int16(wave)) for wave in waves]
        hits = [all(getattr(one, measure) for measure in SPOILT[kind]) for one in own]
        shares[kind] = float(np.mean(hits))
        print(f"{kind:<22}{len(own):>4} bad       recognised {shares[kind]:4.0%}   " + _shares(own))
    worst = min(share for kind, share in shares.items() if kind not in _SHOWN)
    wrong = float(np.mean([any(astuple(one)) for one in [*ordinary, *in_noise]]))
    return [
        Check("bad input recognised, share in the worst kind", worst, at_least=0.9),
        Check("ordinary recordings doubted in any measure, share", wrong, at_most=0.01),
    ]


def doubt(samples: Samples) -> VoiceDoubt:
    """What the product doubts about a sound, int16 mono at the analysis rate."""
    heard = hear_samples(samples)
    audio = measure_quality(
        samples=samples,
        sounding=heard.sounding,
        tally=Tally().plus(samples),
        sample_rate_hz=ANALYSIS_RATE_HZ,
        channels=1,
        duration_s=len(samples) / ANALYSIS_RATE_HZ,
    )
    tracks = heard.tracks
    return voice_doubt(
        bands=tracks.bands, voicing=tracks.voicing, voice=tracks.voice, sounding=heard.sounding, audio=audio
    )


def whispered(wave: Wave) -> Wave:
    """The same words with noise for a source, through the resonances of each moment."""
    return _resounded(wave, np.random.default_rng(1).standard_normal(len(wave) + _FRAME))


def creaking(wave: Wave) -> Wave:
    """The same words on irregular pulses, 32–60 a second."""
    rng = np.random.default_rng(2)
    source = np.zeros(len(wave) + _FRAME)
    at = np.cumsum(ANALYSIS_RATE_HZ / rng.uniform(32, 60, 1 + 60 * len(wave) // ANALYSIS_RATE_HZ)).astype(int)
    source[at[at < len(wave)]] = 20
    return _resounded(wave, source)


def several(one: Wave, other: Wave) -> Wave:
    """Two talkers at once, equally loud, as long as the shorter."""
    count = min(len(one), len(other))
    mixed: Wave = sum((w[:count] * np.float32(0.05 / np.std(w[:count])) for w in (one, other)), np.zeros(1, np.float32))
    return mixed


def chords(seconds: float, kind: str, *, seed: int) -> Wave:
    """Triads or single notes of eight harmonics, each dying away like a plucked string's."""
    rng = np.random.default_rng(seed)
    music = np.zeros(round(seconds * ANALYSIS_RATE_HZ))
    at = 0
    while at < len(music):
        count = min(round(float(rng.choice([0.25, 0.5, 1.0])) * ANALYSIS_RATE_HZ), len(music) - at)
        time_s = np.arange(count) / ANALYSIS_RATE_HZ
        root_hz = float(rng.choice([110.0, 130.8, 164.8, 196.0, 220.0]))
        steps = (0, 4, 7) if kind == "chords" else (int(rng.choice([0, 2, 4, 5, 7, 9])),)
        envelope = np.minimum(time_s / 0.02, 1) * np.exp(-2 * time_s)
        for step in steps:
            for harmonic in range(1, 9):
                hz = harmonic * root_hz * 2 ** (step / 12)
                music[at : at + count] += envelope * np.sin(2 * np.pi * hz * time_s) / harmonic**1.2
        at += count
    wave: Wave = (0.4 * music / np.abs(music).max()).astype(np.float32)
    return wave


def _chosen(root: Path) -> list[Clip]:
    """A few ordinary recordings of 2–40 s from every speaker."""
    by_speaker: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips(root):
        if not any(name in clip.path.name for name in NOT_ORDINARY):
            by_speaker[f"{clip.corpus}/{clip.speaker}"].append(clip)
    return [clip for own in by_speaker.values() for clip in own[:: max(1, len(own) // _A_SPEAKER)][:_A_SPEAKER]]


def _bad(root: Path, chosen: Sequence[Clip]) -> dict[str, list[Wave]]:
    """Every bad kind."""
    said = [
        wave for wave in map(_wave, chosen[:: max(1, len(chosen) // _SPEAKERS)]) if len(wave) > 2 * ANALYSIS_RATE_HZ
    ]
    said = [wave[: 8 * ANALYSIS_RATE_HZ] for wave in said]
    talkers = _level(read_samples(root / "noise" / "babble" / "babble10_12s.flac") / 32768)
    return {
        "whispered": [whispered(wave) for wave in said],
        "creaky": [creaking(wave) for wave in said],
        "white noise, 3 dB": [_in_noise(wave, 3) for wave in said],
        "talkers behind, 3 dB": [_in_noise(wave, 3, talkers) for wave in said],
        "clipped": [np.clip(12 * wave / np.abs(wave).max(), -1, 1) for wave in said],
        "music: chords": [chords(10.0, "chords", seed=seed) for seed in range(8)],
        "music: notes": [chords(10.0, "notes", seed=seed) for seed in range(8)],
        "hum": list(_hums()),
        "silence": [np.zeros(5 * ANALYSIS_RATE_HZ, np.float32), _noise(5 * ANALYSIS_RATE_HZ) * np.float32(1e-4)],
        "two voices": [several(a, b) for a, b in zip(said, [*said[7:], *said[:7]], strict=True)],
    }


def _hums() -> Iterator[Wave]:
    time_s = np.arange(8 * ANALYSIS_RATE_HZ) / ANALYSIS_RATE_HZ
    for hz in (50, 100, 120, 220, 440, 1000):
        for harmonics in (1, 5):
            hum = np.sum([np.sin(2 * np.pi * hz * n * time_s) / n for n in range(1, harmonics + 1)], axis=0)
            yield (0.1 * hum).astype(np.float32) + _noise(len(time_s)) * np.float32(1e-3)


def _wave(clip: Clip) -> Wave:
    return _level(read_samples(clip.path) / 32768)


def _level(samples: np.ndarray) -> Wave:
    """Its louder parts at RMS 0.05."""
    wave: Wave = (samples - samples.mean()).astype(np.float32)
    loud = np.abs(wave) > 0.02 * np.abs(wave).max()
    return wave * np.float32(0.05 / np.sqrt(np.mean(wave[loud] ** 2)))


def _noise(count: int) -> Wave:
    return np.random.default_rng(3).standard_normal(count).astype(np.float32)


def _in_noise(wave: Wave, snr_db: float, noise: Wave | None = None) -> Wave:
    """With a background, white unless given, that far under the speech."""
    behind = _noise(len(wave)) * np.float32(0.05) if noise is None else np.resize(noise, len(wave))
    return wave + behind * np.float32(10 ** (-snr_db / 20))


def _resounded(wave: Wave, source: np.ndarray) -> Wave:
    """Another source through the all-pole resonances of 25-ms frames (Makhoul 1975), overlapping by half."""
    out = np.zeros(len(wave) + _FRAME)
    window = np.hanning(_FRAME)
    for at in range(0, len(wave) - _FRAME, _FRAME // 2):
        frame = wave[at : at + _FRAME] * window
        likeness = np.correlate(frame, frame, "full")[_FRAME - 1 : _FRAME + _ORDER]
        if likeness[0] > 1e-6:
            poles, error = _predictor(likeness)
            response = np.fft.rfft(np.concatenate([[1.0], poles]), 2 * _FRAME)
            made = np.fft.irfft(np.fft.rfft(source[at : at + _FRAME] * np.sqrt(error / _FRAME), 2 * _FRAME) / response)
            out[at : at + _FRAME] += made[:_FRAME] * window
    kept: Wave = (0.4 * out[: len(wave)] / max(np.abs(out).max(), 1e-9)).astype(np.float32)
    return kept


def _predictor(likeness: np.ndarray) -> tuple[np.ndarray, float]:
    """Coefficients of the linear predictor and what it leaves over."""
    lags = np.abs(np.subtract.outer(np.arange(_ORDER), np.arange(_ORDER)))
    poles = -np.linalg.solve(likeness[lags] + 1e-4 * likeness[0] * np.eye(_ORDER), likeness[1:])
    return poles, max(float(likeness[0] + poles @ likeness[1:]), 0.0)


def _shares(own: Sequence[VoiceDoubt]) -> str:
    """How often each measure is doubted."""

    def share(measure: str) -> float:
        return float(np.mean([getattr(one, measure) is not None for one in own]))

    return "  ".join(f"{measure} {share(measure):4.0%}" for measure in MEASURES)


def _int16(wave: Wave) -> Samples:
    return np.clip(np.round(wave * 32768), -32768, 32767).astype(np.int16)
