"""How exact pitch and loudness are: `python -m tests.accuracy.tone`."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import parselmouth
from numpy.typing import NDArray

from tests.accuracy import corpora
from tests.accuracy.made_vowels import VOWELS, glide, in_noise, sing
from tests.accuracy.measuring import hear_samples, read_samples
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import VOICES, join, phrases
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.measures.levels import HOP_S, BandPowers, band_powers
from voicerehearsal.measures.loudness import measure_loudness
from voicerehearsal.measures.pitch import PitchTrack, frames_within, track_pitch
from voicerehearsal.measures.tracks import Tracks
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Span, VoiceTracks

STARTS_HZ = (50, 62, 75, 90, 110, 140, 180, 230, 300, 380, 500)
CONDITIONS = (("white", np.inf), ("white", 20.0), ("white", 10.0), ("pink", 20.0), ("pink", 10.0))
RAMPS_DB_PER_MINUTE = (-6.0, 6.0)
GROSS_ST = 2.0
FAR_ST = 3.0
EDGE = 8  # frames at either end, where the window reaches beyond the vowel

_VOICE_S = 20.0  # of a speaker: pitch
_LONG_S = 60.0  # of a speaker: loudness
_SPEAKERS = 6  # of a corpus: pitch


def check(root: Path | None) -> list[Check]:
    """Every number about pitch and loudness; `root` is the folder of corpora, None when there is none."""
    checks = [*f0_of_vowels(), *drift_of_ramps(root)]
    if root is not None:
        checks += pitch_of_voices(root)
    return checks


def f0_of_vowels() -> list[Check]:
    """F0 of steady and gliding vowels, 50–500 Hz, as the engine tells it and as the measures take it."""
    heading("F0 of vowels: |error| in semitones")
    checks, within = [], []
    for kind, snr_db in CONDITIONS:
        raw, taken = _Errors(), _Errors()
        for seed, (f0_hz, wave) in enumerate(_vowels()):
            samples = in_noise(wave, kind, snr_db, seed)
            voice = PraatPhonetics().tracks(samples)
            truth = f0_hz[ANALYSIS_RATE_HZ // 200 :: ANALYSIS_RATE_HZ // 100][: len(voice.f0_hz)]
            raw.add(voice.f0_hz, truth)
            whole = (Span(0, len(truth) * HOP_S),)
            pitch = track_pitch(voice=voice, bands=band_powers(samples=samples), sounding=whole)
            taken.add(np.nan_to_num(pitch.f0_hz) if pitch else np.zeros(len(truth)), truth)
        name = "clean" if np.isinf(snr_db) else f"{kind} {snr_db:.0f} dB"
        for source, errors in (("engine", raw), ("measure", taken)):
            print(f"{name:14} {source:8} {errors.line()}")
        within.append(taken.within)
        checks.append(Check(f"F0 error on vowels, {name}: 95th percentile, st", taken.percentile(95), at_most=0.3))
        checks.append(Check(f"F0 error on vowels, {name}: share of gross errors", taken.gross, at_most=0.001))
    checks.append(Check("F0 on vowels, worst condition: share of frames within 0.3 st", min(within), at_least=0.99))
    return checks


class _Errors:
    """Errors over frames, in semitones."""

    def __init__(self) -> None:
        self._errors: list[NDArray[np.float64]] = []
        self._missed = 0

    def add(self, f0_hz: NDArray[np.floating], truth_hz: NDArray[np.float64]) -> None:
        """One vowel; 0 Hz is unvoiced."""
        f0_hz, truth_hz = f0_hz[EDGE:-EDGE], truth_hz[EDGE:-EDGE]
        voiced = f0_hz > 0
        self._errors.append(np.abs(12 * np.log2(f0_hz[voiced] / truth_hz[voiced])))
        self._missed += int(np.count_nonzero(~voiced))

    def percentile(self, share: float) -> float:
        """Of the errors of voiced frames."""
        return float(np.percentile(np.concatenate(self._errors), share))

    @property
    def gross(self) -> float:
        """Share of voiced frames off by more than `GROSS_ST`."""
        return float(np.mean(np.concatenate(self._errors) > GROSS_ST))

    @property
    def within(self) -> float:
        """Share of all frames that have a pitch within 0.3 st."""
        errors = np.concatenate(self._errors)
        return float(np.count_nonzero(errors <= 0.3) / (len(errors) + self._missed))

    def line(self) -> str:
        """One line of the table."""
        count = sum(map(len, self._errors)) + self._missed
        return (
            f"P95 {self.percentile(95):.3f}  P99.9 {self.percentile(99.9):.3f}  worst {self.percentile(100):.3f}  "
            f"gross {self.gross:.4%}  unvoiced {self._missed / count:.3%}  within 0.3: {self.within:.3%}"
        )


@cache
def _vowels() -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]:
    """F0 and wave of each vowel at each start, steady and gliding by an octave in a second within 50–500 Hz."""
    tracks = [
        glide(start_hz, semitones, 1.0)
        for start_hz in STARTS_HZ
        for semitones in (0.0, 12.0, -12.0)
        if 49.9 <= start_hz * 2 ** (semitones / 12) <= 500.1
    ]
    return tuple((f0_hz, sing(f0_hz, vowel)) for vowel in VOWELS for f0_hz in tracks)


def drift_of_ramps(root: Path | None) -> list[Check]:
    """Loudness drift of speech with a known ramp on it, against the same speech without."""
    heading("Loudness drift: dB a minute")
    errors = []
    for name, samples in (*_made_talks(), *(() if root is None else _real_talks(root))):
        plain = _drift(samples)
        found = [_drift(_ramped(samples, ramp)) for ramp in RAMPS_DB_PER_MINUTE]
        errors += [abs(drift - plain - ramp) for drift, ramp in zip(found, RAMPS_DB_PER_MINUTE, strict=True)]
        seconds = len(samples) / ANALYSIS_RATE_HZ
        print(f"{name:34} {seconds:4.0f} s  as it is {plain:+6.2f}  worst error {max(errors[-2:]):.2f}")
    worst = float(np.percentile(errors, 95))
    print(f"{len(errors)} ramps: median {np.median(errors):.2f}, P95 {worst:.2f}, worst {max(errors):.2f}")
    return [Check("loudness drift error on made ramps: 95th percentile, dB/min", worst, at_most=0.5)]


def _drift(samples: Samples) -> float:
    heard = hear_samples(samples)
    drift = measure_loudness(
        bands=band_powers(samples=samples), sounding=heard.sounding, nuclei_s=heard.nuclei_s
    ).drift_db_per_minute
    return float("nan") if drift is None else drift


def _ramped(samples: Samples, db_per_minute: float) -> Samples:
    gain_db = db_per_minute * np.arange(len(samples)) / ANALYSIS_RATE_HZ / 60
    gain_db -= gain_db.max()
    return np.round(samples * 10 ** (gain_db / 20)).astype(np.int16)


def _made_talks() -> Iterator[tuple[str, Samples]]:
    for voice in VOICES:
        said = [phrases(voice)[i % len(phrases(voice))] for i in range(30)]
        wave, _ = join(said, [0.4] * 29, lead_s=0.5, tail_s=0.5)
        background = 1e-4 * np.random.default_rng(3).standard_normal(len(wave))
        yield voice, np.round((wave + background) * 32767).astype(np.int16)


def _real_talks(root: Path) -> Iterator[tuple[str, Samples]]:
    """A minute of one speaker of each corpus, clips joined."""
    for corpus, speakers in _by_speaker(root).items():
        for speaker, clips in speakers.items():
            samples = np.concatenate([np.zeros(0, np.int16), *_until(clips, _LONG_S)])
            if len(samples) >= _LONG_S * ANALYSIS_RATE_HZ:
                yield f"{corpus} {speaker}", samples[: round(_LONG_S * ANALYSIS_RATE_HZ)]
                break


def _until(clips: Sequence[corpora.Clip], seconds: float) -> Iterator[Samples]:
    have = 0
    for clip in clips:
        if have < seconds * ANALYSIS_RATE_HZ:
            samples = read_samples(clip.path)
            have += len(samples)
            yield samples


def _by_speaker(root: Path) -> dict[str, dict[str, list[corpora.Clip]]]:
    found: dict[str, dict[str, list[corpora.Clip]]] = defaultdict(lambda: defaultdict(list))
    for clip in corpora.clips(root):
        found[clip.corpus][clip.speaker].append(clip)
    return found


@dataclass
class _Voices:
    """Sums over the speakers of a corpus."""

    medians_st: list[float]
    both: int = 0
    far: int = 0
    frames: int = 0
    torn: int = 0


def pitch_of_voices(root: Path) -> list[Check]:
    """Pitch of real speakers, clips joined, against a careful analysis in two passes.

    The two passes (after Hirst 2011): quartiles from 60–600 Hz, then 0.75 times the lower to twice the upper one.
    """
    heading("Pitch of real voices against two passes; blocks of 2 s against the whole sound")
    everything = _Voices([])
    for corpus, speakers in _by_speaker(root).items():
        sums = _Voices([])
        for clips in list(speakers.values())[:_SPEAKERS]:
            _add_speaker(sums, list(_until(clips, _VOICE_S)))
        if sums.both:
            print(
                f"{corpus:20} {len(sums.medians_st):3} speakers  median off by {np.median(sums.medians_st):.2f} st, "
                f"at most {max(sums.medians_st):.2f}  frames {FAR_ST:.0f} st off {sums.far / sums.both:.3%}  "
                f"torn by blocks {sums.torn / sums.frames:.3%}"
            )
        everything.medians_st += sums.medians_st
        for name in ("both", "far", "frames", "torn"):
            setattr(everything, name, getattr(everything, name) + getattr(sums, name))
    return [
        Check("speaker's median pitch: share within 1 st of two passes", _share_within(everything.medians_st, 1), 0.95),
        Check("frames 3 st or more off those of two passes", everything.far / everything.both, at_most=0.02),
        Check("frames in which blocks and the whole sound differ", everything.torn / everything.frames, at_most=0.02),
    ]


def _share_within(values: Sequence[float], limit: float) -> float:
    return float(np.mean(np.array(values) <= limit))


def _add_speaker(sums: _Voices, sounds: Sequence[Samples]) -> None:
    samples = np.concatenate(sounds)
    heard, joined = hear_samples(samples), _in_blocks(samples)
    pitch = _pitch(joined, band_powers(samples=samples), heard.sounding)
    reference = _two_passes(samples)
    if pitch is None or pitch.voiced_s < 3:
        return
    f0_hz = np.nan_to_num(pitch.f0_hz)
    spoken = frames_within(spans=heard.sounding, frames=len(f0_hz))
    whole = PraatPhonetics().tracks(samples).f0_hz[: len(f0_hz)]
    torn = spoken & (np.abs(np.log2(np.maximum(joined.f0_hz[: len(f0_hz)], 1) / np.maximum(whole, 1))) > 0.3 / 12)
    both = spoken & (f0_hz > 0) & (reference[: len(f0_hz)] > 0)
    off_st = np.abs(12 * np.log2(f0_hz[both] / reference[: len(f0_hz)][both]))
    known = reference[: len(f0_hz)][spoken & (reference[: len(f0_hz)] > 0)]
    sums.medians_st.append(abs(12 * float(np.log2(pitch.median_hz / np.median(known)))))
    sums.both += len(off_st)
    sums.far += int(np.count_nonzero(off_st > FAR_ST))
    sums.frames += int(np.count_nonzero(spoken))
    sums.torn += int(np.count_nonzero(torn))


def _in_blocks(samples: Samples) -> VoiceTracks:
    voice = Tracks(PraatPhonetics()).finish(samples=samples).voice
    assert voice is not None
    return voice


def _pitch(voice: VoiceTracks, bands: BandPowers, sounding: Sequence[Span]) -> PitchTrack | None:
    return track_pitch(voice=voice, bands=bands, sounding=sounding)


def _two_passes(samples: Samples) -> NDArray[np.float64]:
    rows = len(samples) // 160
    if rows < 20:
        return np.zeros(rows)
    sound = parselmouth.Sound(samples / 32768.0, ANALYSIS_RATE_HZ)
    floor_hz, ceiling_hz = 60.0, 600.0
    for _ in range(2):
        pitch = sound.to_pitch_ac(time_step=HOP_S, pitch_floor=floor_hz, pitch_ceiling=ceiling_hz)
        f0_hz = pitch.selected_array["frequency"]
        if np.count_nonzero(f0_hz) < 20:
            break
        low, high = np.percentile(f0_hz[f0_hz > 0], (25, 75))
        floor_hz, ceiling_hz = max(45.0, 0.75 * low), min(700.0, 2 * high)
    at = np.rint((np.arange(rows) + 0.5) - pitch.x1 / HOP_S).astype(int)
    return np.where((at >= 0) & (at < len(f0_hz)), f0_hz[np.clip(at, 0, len(f0_hz) - 1)], 0)


if __name__ == "__main__":
    results = check(corpora.folder())
    heading("Targets")
    for result in results:
        print(result.line())
    sys.exit(0 if all(result.passed for result in results) else 1)
