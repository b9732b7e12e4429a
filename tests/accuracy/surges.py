"""Are surges found? In real speech a stretch is made faster and louder; ordinary speech is left alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import soxr

from tests.accuracy.corpora import Clip, clips
from tests.accuracy.measuring import read_samples
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import Wave
from voicerehearsal.engines.time_stretch import stretched
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.measures.surges import find_surges
from voicerehearsal.measures.syllables import syllable_nuclei
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Samples, Sound, Span, Surge

READ = (
    "asterisk_8k",
    "emodb_de",
    "ieee_harvard",
    "interview_monologue",
    "mfa_fillers",
    "nemo_pl",
    "osr_8k",
    "pocketsphinx",
    "speechocean762",
    "sppas_cmn",
    "sppas_en_aligned",
    "vosk_examples",
)
LEAST_S = 22.0
"""Of a speaker's recordings, to be of use here."""

SURGES = {
    "15 %, 4 dB": (1.15, 4.0, "stretched"),
    "15 %, 4 dB, resampled": (1.15, 4.0, "resampled"),
    "20 %, 5 dB": (1.20, 5.0, "stretched"),
    "30 %, 8 dB": (1.30, 8.0, "stretched"),
}
NATURAL = ("as it was read", "head turned away", "a word said loudly", "faster, as loud")
HARD = ("as fast, louder by 4 dB", "nearer from here on, 5 dB", "files of different level")
"""Louder without being faster: shown, not counted, for ordinary speech itself is 15 % faster now and then."""


@dataclass(frozen=True)
class Made:
    """A made recording and, if there is one, its surge."""

    kind: str
    samples: Samples
    surge: Span | None


def check(root: Path) -> list[Check]:
    """Hits and false ones, by kind and by corpus."""
    heading("Surges (a stretch of real speech made faster and louder)")
    hits: dict[str, list[bool]] = defaultdict(list)
    by_corpus: dict[str, list[bool]] = defaultdict(list)
    edges: list[float] = []
    false: dict[str, int] = defaultdict(int)
    minutes: dict[str, float] = defaultdict(float)
    for speaker, said in sorted(_speakers(root).items()):
        for made in _recordings(speaker, said):
            found = _found(made.samples)
            minutes[made.kind] += len(made.samples) / ANALYSIS_RATE_HZ / 60
            at = [surge for surge in found if made.surge is not None and _shared_s(surge, made.surge) > 0]
            false[made.kind] += len(found) - len(at)
            if made.surge is not None:
                good = [s for s in at if _shared_s(s, made.surge) > 0.3 * made.surge.duration_s]
                hits[made.kind].append(bool(good))
                by_corpus[said[0].corpus].append(bool(good))
                for surge in good[:1]:
                    edges += [abs(surge.start_s - made.surge.start_s), abs(surge.end_s - made.surge.end_s)]
    for kind, own in hits.items():
        print(f"{kind:<28} found {np.mean(own):6.1%} of {len(own)}")
    print("by corpus: " + ", ".join(f"{corpus} {np.mean(own):.0%}" for corpus, own in sorted(by_corpus.items())))
    print(f"edges: median error {np.median(edges):.2f} s, 90th percentile {np.percentile(edges, 90):.2f} s")
    for kind in (*NATURAL, *HARD):
        print(f"{kind:<28} {10 * false[kind] / minutes[kind]:5.1f} false in ten minutes ({minutes[kind]:.0f} min)")
    every = [hit for own in hits.values() for hit in own]
    natural = 10 * sum(false[kind] for kind in NATURAL) / sum(minutes[kind] for kind in NATURAL)
    return [
        Check("surges found, share of made ones", float(np.mean(every)), at_least=0.95),
        Check("surges in natural controls, in ten minutes", natural, at_most=1.0),
    ]


def _speakers(root: Path) -> dict[str, list[Clip]]:
    """Who has enough ordinary speech, acted feelings left out."""
    said: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips(root):
        if clip.corpus in READ and clip.path.parent.name not in ("happy", "angry"):
            said[f"{clip.corpus}/{clip.speaker}"].append(clip)
    lengths_s = {name: sum(len(_wave(clip)) for clip in own) / ANALYSIS_RATE_HZ for name, own in said.items()}
    return {name: own for name, own in said.items() if lengths_s[name] >= LEAST_S}


def _wave(clip: Clip) -> Wave:
    wave: Wave = (read_samples(clip.path) / 32768).astype(np.float32)
    wave -= wave.mean()
    return wave


def _recordings(speaker: str, said: Sequence[Clip]) -> Iterator[Made]:
    """All kinds from one arrangement of the speaker's sentences."""
    rng = np.random.default_rng(int(hashlib.sha256(speaker.encode()).hexdigest()[:8], 16))
    pieces = []
    for number in rng.permutation(len(said)):
        wave = _wave(said[number])
        # One answer is one recording: its sentences do not differ in level as separate files do.
        pieces += [
            wave * np.float32(0.06 / np.sqrt(np.mean(wave**2))),
            np.zeros(round(0.25 * ANALYSIS_RATE_HZ), np.float32),
        ]
        if sum(map(len, pieces)) > 60 * ANALYSIS_RATE_HZ:
            break
    joins = np.cumsum([0] + [len(piece) for piece in pieces])[::2]
    wave = np.concatenate(pieces)
    wave *= 0.25 / np.percentile(np.abs(wave), 99.9)
    count, second = len(wave), ANALYSIS_RATE_HZ
    length = round(float(rng.uniform(4, 10)) * second)
    latest = max(count - length - round(float(rng.choice([0, 8])) * second), 11 * second)
    start = _quiet_near(wave, min(round(float(rng.uniform(12, 25)) * second), latest))
    end = _quiet_near(wave, min(start + length, count))
    for kind, (speed, gain_db, how) in SURGES.items():
        fast = _faster(wave[start:end], speed, how) * np.float32(10 ** (gain_db / 20))
        whole = np.concatenate([wave[:start], fast, wave[end:]])
        yield Made(kind, _int16(whole), Span(start / second, (start + len(fast)) / second))
    yield Made("as it was read", _int16(wave), None)
    away = round(float(rng.uniform(8, max(9, count / second - 8))) * second)
    yield Made("head turned away", _int16(wave * _gain(count, [(away, away + 5 * second, -6)])), None)
    words = [(round(at), round(at + 0.5 * second), 7.0) for at in rng.uniform(0, count, 3)]
    yield Made("a word said loudly", _int16(wave * _gain(count, words)), None)
    fast = _faster(wave[start:end], 1.2, "stretched")
    yield Made("faster, as loud", _int16(np.concatenate([wave[:start], fast, wave[end:]])), None)
    yield Made("as fast, louder by 4 dB", _int16(wave * _gain(count, [(start, end, 4)])), None)
    yield Made("nearer from here on, 5 dB", _int16(wave * _gain(count, [(start, count, 5)])), None)
    levels = [(int(a), int(b), float(rng.normal(0, 3))) for a, b in pairwise(joins)]
    yield Made("files of different level", _int16(wave * _gain(count, levels)), None)


def _quiet_near(wave: Wave, at: int) -> int:
    """The quietest moment within 0.4 s, where a cut does not click."""
    first = max(at - round(0.4 * ANALYSIS_RATE_HZ), 0)
    near = wave[first : at + round(0.4 * ANALYSIS_RATE_HZ)] ** 2
    return first + int(np.argmin(np.convolve(near, np.ones(800), "same")))


def _faster(wave: Wave, speed: float, how: str) -> Wave:
    if how == "resampled":
        faster: Wave = soxr.resample(wave, speed * ANALYSIS_RATE_HZ, ANALYSIS_RATE_HZ)
    else:
        faster = (stretched(Sound(_int16(wave), ANALYSIS_RATE_HZ), speed).samples / 32768).astype(np.float32)
    return faster


def _gain(count: int, stretches: Sequence[tuple[int, int, float]]) -> Wave:
    """Gain over time, with ramps of 0.2 s."""
    gain_db = np.zeros(count)
    for start, end, by_db in stretches:
        gain_db[start:end] += by_db
    half = ANALYSIS_RATE_HZ // 10
    total = np.concatenate([[0], np.cumsum(np.pad(gain_db, half, "edge"))])
    smooth = (total[2 * half :] - total[: -2 * half])[:count] / (2 * half)
    gain: Wave = (10 ** (smooth / 20)).astype(np.float32)
    return gain


def _int16(wave: Wave) -> Samples:
    return np.clip(np.round(wave * 32768), -32768, 32767).astype(np.int16)


def _found(samples: Samples) -> tuple[Surge, ...]:
    """As in the product, without the pitch that surges do not need."""
    gate, length = WebrtcGate(), round(GATE_FRAME_S * ANALYSIS_RATE_HZ)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    gated = np.array([gate.speech(frame) for frame in frames], np.bool_)
    bands, periodicity = band_powers(samples=samples), voicing(samples=samples)
    activity = find_activity(bands=bands, voicing=periodicity, gate=gated)
    nuclei_s = syllable_nuclei(bands=bands, voicing=periodicity, activity=activity)
    return find_surges(bands=bands, sounding=activity.sounding, nuclei_s=nuclei_s)


def _shared_s(surge: Surge, true: Span) -> float:
    return min(surge.end_s, true.end_s) - max(surge.start_s, true.start_s)
