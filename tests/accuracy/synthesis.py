"""Answers made to measure: real synthetic speech, spliced so that every pause is known to the sample.

Synthetic voices pause on their own, so each phrase is checked to hold no silence of its own, its edges are cut where
its sound begins and ends, and phrases are joined by gaps of known length. Noise, gain and telephone band come
afterwards.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Span, Word

Wave = NDArray[np.float32]

FRAME = ANALYSIS_RATE_HZ // 200
EDGE_DB = 30.0
"""A phrase begins and ends with its first and last 5 ms within this of its loudest 5 ms (cut off there)."""
LONGEST_INNER_SILENCE_S = 0.15
MIN_SILENCE_S = 0.25

ENGLISH = (
    "the caller was really angry",
    "she wanted her money back",
    "first I apologised to her",
    "she thanked me afterwards",
    "I listened and took notes",
    "this is something I enjoy",
    "my manager agreed with us",
    "a new system was installed",
    "everyone followed the rules",
    "our sales went up again",
    "for seven months I studied",
    "half of them left early",
    "every single morning",
    "never raise your voice",
    "only one of us knew",
    "he asked for a refund",
)
MANDARIN = (
    "我马上帮您查一下",
    "非常抱歉给您添麻烦",
    "这个问题我来负责",
    "请您稍等一会儿",
    "我们会尽快处理",
    "谢谢您的理解",
)


@dataclass(frozen=True)
class Phrase:
    """A few words without a pause, float in −1…1 at the analysis rate, and the words it holds."""

    text: str
    wave: Wave


@dataclass(frozen=True)
class Answer:
    """A made answer and the truth about it."""

    name: str
    samples: Samples
    silences: tuple[Span, ...]
    span: Span
    words: tuple[Word, ...]


@cache
def _hibari() -> Callable[..., Wave]:
    from hibari import Hibari

    return Hibari()


def hibari(text: str) -> Wave:
    """Say it with the product's natural voice; float32 at the analysis rate."""
    return soxr.resample(np.asarray(_hibari()(text, seed=0), dtype=np.float32), 24_000, ANALYSIS_RATE_HZ)


def espeak(text: str, voice: str) -> Wave:
    """Say it with eSpeak NG; float32 at the analysis rate."""
    wav = subprocess.run(["espeak-ng", "-v", voice, "--stdout", text], check=True, capture_output=True).stdout
    wave, rate_hz = soundfile.read(io.BytesIO(wav), dtype="float32")
    return soxr.resample(wave, rate_hz, ANALYSIS_RATE_HZ)


VOICES: dict[str, tuple[tuple[str, ...], Callable[[str], Wave]]] = {
    "hibari": (ENGLISH, hibari),
    "espeak m3": (ENGLISH, lambda text: espeak(text, "en-us+m3")),
    "espeak f2": (ENGLISH, lambda text: espeak(text, "en-gb+f2")),
    "espeak cmn": (MANDARIN, lambda text: espeak(text, "cmn")),
}


@cache
def phrases(voice: str, *, by_telephone: bool = False) -> tuple[Phrase, ...]:
    """The phrases of a voice that hold no silence of their own, edges cut, all equally loud (RMS 0.08).

    By telephone the edges are those of what a telephone lets through: an "f" begins where it can be heard.
    """
    texts, say = VOICES[voice]
    kept = []
    for text in texts:
        wave = telephone(say(text)) if by_telephone else say(text)
        loud = np.flatnonzero(_frame_db(wave) > _frame_db(wave).max() - EDGE_DB)
        if np.diff(loud).max() * FRAME / ANALYSIS_RATE_HZ > LONGEST_INNER_SILENCE_S:
            continue
        wave = wave[loud[0] * FRAME : (loud[-1] + 1) * FRAME].copy()
        fade = np.linspace(0, 1, 32, dtype=np.float32)
        wave[:32] *= fade
        wave[-32:] *= fade[::-1]
        kept.append(Phrase(text, wave * np.float32(0.08 / np.sqrt(np.mean(wave**2)))))
    return tuple(kept)


def _frame_db(wave: Wave) -> NDArray[np.float64]:
    whole = wave[: len(wave) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64)
    return 10 * np.log10(np.mean(whole**2, axis=1) + 1e-12)


def join(said: Sequence[Phrase], gaps_s: Sequence[float], *, lead_s: float, tail_s: float) -> tuple[Wave, Answer]:
    """Phrases with gaps between them: the clean sound, and the truth with empty samples.

    Words are spread evenly over their phrase: right for counting, not for timing a word.
    """
    pieces = [np.zeros(round(lead_s * ANALYSIS_RATE_HZ), np.float32)]
    silences: list[Span] = []
    words: list[Word] = []
    at = len(pieces[0])
    for index, phrase in enumerate(said):
        start_s = at / ANALYSIS_RATE_HZ
        pieces.append(phrase.wave)
        at += len(phrase.wave)
        end_s = at / ANALYSIS_RATE_HZ
        edges = np.linspace(start_s, end_s, len(phrase.text.split()) + 1)
        words += [
            Word(text, float(a), float(b), 1.0)
            for text, a, b in zip(phrase.text.split(), edges, edges[1:], strict=False)
        ]
        if index < len(gaps_s):
            pieces.append(np.zeros(round(gaps_s[index] * ANALYSIS_RATE_HZ), np.float32))
            at += len(pieces[-1])
            if gaps_s[index] >= MIN_SILENCE_S:
                silences.append(Span(end_s, at / ANALYSIS_RATE_HZ))
    pieces.append(np.zeros(round(tail_s * ANALYSIS_RATE_HZ), np.float32))
    span = Span(lead_s, end_s)
    return np.concatenate(pieces), Answer("", np.empty(0, np.int16), tuple(silences), span, tuple(words))


def noise(kind: str, count: int, rng: np.random.Generator) -> Wave:
    """A background of RMS 1: white, pink (1/f), rumble (1/f² with 50-Hz hum), babble or keys."""
    if kind == "babble":
        talk = [_hall(voice, count, rng) for voice in ("hibari", "espeak m3", "espeak f2", "hibari", "espeak f2")]
        wave = np.sum(talk, axis=0)
    elif kind == "keys":
        wave = np.zeros(count, np.float32)
        for at in np.cumsum(rng.exponential(0.25, count // 2000) * ANALYSIS_RATE_HZ).astype(int):
            click = rng.standard_normal(400) * np.exp(-np.arange(400) / 60)
            wave[at : at + 400] += click[: max(0, count - at)].astype(np.float32)
    else:
        spectrum = np.fft.rfft(rng.standard_normal(count))
        hz = np.maximum(np.fft.rfftfreq(count, 1 / ANALYSIS_RATE_HZ), 20)
        wave = np.fft.irfft(spectrum / hz ** {"white": 0.0, "pink": 0.5, "rumble": 1.0}[kind], count)
        if kind == "rumble":
            wave += 1.5 * np.std(wave) * np.sin(2 * np.pi * 50 * np.arange(count) / ANALYSIS_RATE_HZ)
    return (wave / np.sqrt(np.mean(wave**2))).astype(np.float32)


def _hall(voice: str, count: int, rng: np.random.Generator) -> Wave:
    said = phrases(voice)
    order = rng.integers(len(said), size=count // ANALYSIS_RATE_HZ + 2)
    long = np.concatenate([said[i].wave for i in order])
    return np.resize(np.roll(long, int(rng.integers(len(long)))), count)


def telephone(wave: Wave) -> Wave:
    """The band and the rate of a telephone: 300–3400 Hz, by way of 8 kHz."""
    narrow = soxr.resample(wave, ANALYSIS_RATE_HZ, 8_000)
    spectrum = np.fft.rfft(narrow)
    hz = np.fft.rfftfreq(len(narrow), 1 / 8_000)
    spectrum[(hz < 300) | (hz > 3400)] = 0
    wide = soxr.resample(np.fft.irfft(spectrum, len(narrow)).astype(np.float32), 8_000, ANALYSIS_RATE_HZ)
    return np.pad(wide, (0, max(0, len(wave) - len(wide))))[: len(wave)]


@dataclass(frozen=True)
class Condition:
    """How an answer was recorded: background (speech RMS over noise RMS in dB), gain, telephone, constant offset."""

    name: str
    background: str = "white"
    snr_db: float = 50.0
    gain_db: float = 0.0
    telephone: bool = False
    offset: float = 0.0
    counted: bool = True
    """Whether the target is meant to hold here; otherwise it is shown how the measure degrades."""


CONDITIONS = (
    Condition("digital silence", snr_db=200),
    Condition("quiet room"),
    Condition("quiet room, −12 dB", gain_db=-12),
    Condition("quiet room, +12 dB", gain_db=12),
    Condition("offset 5 %", offset=0.05),
    Condition("white 30 dB", snr_db=30),
    Condition("white 20 dB", snr_db=20),
    Condition("pink 20 dB", "pink", 20),
    Condition("rumble 5 dB", "rumble", 5),
    Condition("keys 20 dB", "keys", 20),
    Condition("babble 20 dB", "babble", 20),
    Condition("telephone, pink 30 dB", "pink", 30, telephone=True),
    Condition("pink 10 dB", "pink", 10, counted=False),
    Condition("babble 10 dB", "babble", 10, counted=False),
)


def record(wave: Wave, condition: Condition, rng: np.random.Generator) -> Samples:
    """Put a clean sound through a condition, to int16."""
    loudness = np.sqrt(np.mean(wave[wave != 0] ** 2))
    mixed = wave + noise(condition.background, len(wave), rng) * np.float32(loudness * 10 ** (-condition.snr_db / 20))
    if condition.telephone:
        mixed = telephone(mixed)
    mixed = mixed * np.float32(10 ** (condition.gain_db / 20)) + np.float32(condition.offset)
    return np.clip(np.round(mixed * 32768), -32768, 32767).astype(np.int16)


def answers(condition: Condition, *, seed: int = 1) -> Iterator[Answer]:
    """One answer of each voice in a condition: pauses of 0.26–4 s, and joints too short to be pauses."""
    for offset, voice in enumerate(VOICES):
        rng = np.random.default_rng(1000 * seed + offset)
        said = phrases(voice, by_telephone=condition.telephone)
        order = [said[i] for i in rng.permutation(np.resize(np.arange(len(said)), 14))]
        gaps = np.concatenate([np.exp(rng.uniform(np.log(0.28), np.log(4.0), 9)), rng.uniform(0.0, 0.2, 4)])
        rng.shuffle(gaps)
        wave, truth = join(order, list(gaps), lead_s=float(rng.uniform(0.3, 3)), tail_s=float(rng.uniform(0.3, 3)))
        yield Answer(f"{voice}", record(wave, condition, rng), truth.silences, truth.span, truth.words)
