"""Are surges found? In real speech a stretch is made faster and louder; ordinary speech is left alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import soxr

from tests.accuracy.corpora import Clip, clips
from tests.accuracy.measuring import read_samples
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import Wave
from voicerehearsal import wiring
from voicerehearsal.engines.time_stretch import stretched
from voicerehearsal.engines.vosk_recogniser import VoskModel
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.measures.surges import find_surges
from voicerehearsal.measures.syllables import syllable_nuclei
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Samples, Sound, Span, Surge, Word

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
DRAMATIC = ("vosk_examples/glorious",)
"""Who reads a drama with all its outbursts; counted like everybody, and shown apart."""

HARD = ("as fast, louder by 4 dB", "nearer from here on, 5 dB", "files of different level")
"""Louder without being faster: shown, not counted, for ordinary speech itself is 15 % faster now and then."""


@dataclass(frozen=True)
class Made:
    """A made recording and, if there is one, its surge; `speed` is that of its altered stretch."""

    kind: str
    samples: Samples
    surge: Span | None
    speed: float = 1.0


@dataclass
class Score:
    """Hits and false ones, with the words known as far as they can be, or without."""

    hits: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    by_corpus: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    to_the_end: list[bool] = field(default_factory=list)
    edges: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    false: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    minutes: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    by_speaker: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    dramatic_minutes: float = 0.0

    def add(self, speaker: str, made: Made, found: Sequence[Surge]) -> None:
        """Count what was found in one recording."""
        length_s = len(made.samples) / ANALYSIS_RATE_HZ
        at = [surge for surge in found if made.surge is not None and _shared_s(surge, made.surge) > 0]
        self.minutes[made.kind] += length_s / 60
        self.false[made.kind] += len(found) - len(at)
        if made.kind in NATURAL:
            self.by_speaker[speaker] += len(found)
            self.dramatic_minutes += length_s / 60 * (speaker in DRAMATIC)
        if made.surge is None:
            return
        good = [surge for surge in at if _shared_s(surge, made.surge) > 0.3 * made.surge.duration_s]
        self.hits[made.kind].append(bool(good))
        self.by_corpus[speaker.split("/")[0]].append(bool(good))
        if length_s - made.surge.end_s < 1:
            self.to_the_end.append(bool(good))
        for surge in good[:1]:
            self.edges += [abs(surge.start_s - made.surge.start_s), abs(surge.end_s - made.surge.end_s)]
            self.ratios.append(surge.rate_ratio / made.speed)

    def false_in_ten_minutes(self, kinds: Sequence[str]) -> float:
        """Over all recordings of these kinds."""
        return 10 * sum(self.false[kind] for kind in kinds) / sum(self.minutes[kind] for kind in kinds)


def check(root: Path) -> list[Check]:
    """Hits and false ones, by kind, corpus and speaker; English with its words, as in the product, then all without."""
    with_words, without = Score(), Score()
    for speaker, said in sorted(_speakers(root).items()):
        words: dict[float, tuple[Word, ...] | None] = {}
        for made in _recordings(speaker, said):
            if made.speed not in words:
                words[made.speed] = _words(made.samples) if said[0].language == "en" else None
            heard = _heard(made.samples)
            with_words.add(speaker, made, heard(words[made.speed]))
            without.add(speaker, made, heard(None))
    heading("Surges (a stretch of real speech made faster and louder)")
    _show(with_words)
    heading("Surges, the words not known")
    _show(without)
    every = [hit for own in with_words.hits.values() for hit in own]
    return [
        Check("surges found, share of made ones", float(np.mean(every)), at_least=0.95),
        Check("surges in natural controls, in ten minutes", with_words.false_in_ten_minutes(NATURAL), at_most=1.0),
    ]


def _show(score: Score) -> None:
    for kind, own in score.hits.items():
        print(f"{kind:<28} found {np.mean(own):6.1%} of {len(own)}")
    print(f"{'up to the end of the answer':<28} found {np.mean(score.to_the_end):6.1%} of {len(score.to_the_end)}")
    print("by corpus: " + ", ".join(f"{corpus} {np.mean(own):.0%}" for corpus, own in sorted(score.by_corpus.items())))
    print(f"edges: median error {np.median(score.edges):.2f} s, 90th percentile {np.percentile(score.edges, 90):.2f} s")
    low, middle, high = np.percentile(score.ratios, [10, 50, 90])
    print(f"rate_ratio over the true speed: median {middle:.2f}, 10th to 90th percentile {low:.2f} to {high:.2f}")
    for kind in (*NATURAL, *HARD):
        print(
            f"{kind:<28} {score.false_in_ten_minutes([kind]):5.1f} false in ten minutes ({score.minutes[kind]:.0f} min)"
        )
    minutes = sum(score.minutes[kind] for kind in NATURAL)
    dramatic = sum(score.by_speaker[speaker] for speaker in DRAMATIC)
    others = sum(score.by_speaker.values()) - dramatic
    print(f"{'natural, dramatic readers':<28} {dramatic:5d} false ({score.dramatic_minutes:.0f} min)")
    print(f"{'natural, all others':<28} {others:5d} false ({minutes - score.dramatic_minutes:.0f} min)")
    print(", ".join(f"{speaker} {count}" for speaker, count in sorted(score.by_speaker.items()) if count))


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
        yield Made(kind, _int16(whole), Span(start / second, (start + len(fast)) / second), speed)
    yield Made("as it was read", _int16(wave), None)
    away = round(float(rng.uniform(8, max(9, count / second - 8))) * second)
    yield Made("head turned away", _int16(wave * _gain(count, [(away, away + 5 * second, -6)])), None)
    words = [(round(at), round(at + 0.5 * second), 7.0) for at in rng.uniform(0, count, 3)]
    yield Made("a word said loudly", _int16(wave * _gain(count, words)), None)
    fast = _faster(wave[start:end], 1.2, "stretched")
    yield Made("faster, as loud", _int16(np.concatenate([wave[:start], fast, wave[end:]])), None, 1.2)
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


def _heard(samples: Samples) -> Callable[[Sequence[Word] | None], tuple[Surge, ...]]:
    """Listen as the product does, without the pitch that surges do not need, and find surges with or without words."""
    gate, length = WebrtcGate(), round(GATE_FRAME_S * ANALYSIS_RATE_HZ)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    gated = np.array([gate.speech(frame) for frame in frames], np.bool_)
    bands, periodicity = band_powers(samples=samples), voicing(samples=samples)
    activity = find_activity(bands=bands, voicing=periodicity, gate=gated)
    nuclei_s = syllable_nuclei(bands=bands, voicing=periodicity, activity=activity)
    return lambda words: find_surges(bands=bands, sounding=activity.sounding, nuclei_s=nuclei_s, words=words)


def _words(samples: Samples) -> tuple[Word, ...]:
    """As the product hears them; recordings of one timing share them, for gain does not change the words."""
    recogniser = _model().recogniser(warm=False)
    recogniser.accept(samples)
    return recogniser.finish()


@cache
def _model() -> VoskModel:
    return VoskModel(wiring.verified_model("en"))


def _shared_s(surge: Surge, true: Span) -> float:
    return min(surge.end_s, true.end_s) - max(surge.start_s, true.start_s)
