"""Are the rates right? Words per minute against words given and transcripts, syllables against transcripts."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.accuracy.corpora import Clip, clips
from tests.accuracy.measuring import hear_samples, measure_file, read_samples
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import CONDITIONS, answers
from voicerehearsal.coaching.targets import RATE_BANDS
from voicerehearsal.measures.pace import measure_pace
from voicerehearsal.measures.pauses import measure_pauses

LEARNERS = "speechocean762"
WHITE_SNRS_DB = (30, 20, 10, 5)


def with_words_given() -> Iterator[Check]:
    """The true words of made answers with the span measured from their sound: what the recogniser cannot spoil."""
    errors = []
    for condition in CONDITIONS:
        for answer in answers(condition) if condition.counted else ():
            heard = hear_samples(answer.samples)
            pauses = measure_pauses(sounding=heard.sounding)
            true = 60 * len(answer.words) / answer.span.duration_s
            if pauses is None:
                errors.append(1.0)
                continue
            pace = measure_pace(
                words=answer.words, nuclei_s=heard.nuclei_s, pauses=pauses, language="en", band=RATE_BANDS["en"]
            )
            errors.append(abs((pace.words_per_minute or 0) / true - 1))
    heading("Words per minute, words given (made answers)")
    print(f"{len(errors)} answers: median error {statistics.median(errors):.2%}, worst {max(errors):.2%}")
    yield Check("words per minute with the words given, worst error", max(errors), at_most=0.01)


def with_recogniser(root: Path) -> Iterator[Check]:
    """Every English recording with a transcript; what differs is the words, the span being the same sound's."""
    heading("Words per minute against transcripts (real recogniser)")
    errors: dict[str, list[float]] = defaultdict(list)
    for clip in clips(root):
        if clip.language == "en" and clip.words:
            errors[clip.corpus].append(_word_error(clip))
    pooled = _table(errors)
    others = [error for corpus, own in errors.items() if corpus != LEARNERS for error in own]
    if others:
        print(f"without the learners of {LEARNERS}, whom the recogniser mishears: {statistics.median(others):.3f}")
    yield Check("words per minute against transcripts, median error", statistics.median(pooled), at_most=0.06)


def _word_error(clip: Clip) -> float:
    report = measure_file(clip.path, "en")
    if report.pace is None or report.pauses is None or report.pace.words_per_minute is None:
        return 1.0
    span_s = report.pauses.last_sound_s - report.pauses.first_sound_s
    return abs(report.pace.words_per_minute * span_s / 60 / clip.words - 1)


def syllables(root: Path) -> Iterator[Check]:
    """Every verbatim transcript in any language; the truth is the vowels eSpeak would speak, or the characters."""
    heading("Syllables per second against transcripts (sound alone)")
    said = [clip for clip in clips(root) if clip.verbatim and clip.syllables]
    errors: dict[str, list[float]] = defaultdict(list)
    for clip in said:
        errors[clip.corpus].append(_syllable_error(len(hear_samples(read_samples(clip.path)).nuclei_s), clip))
    pooled = _table(errors)
    print("in white noise, every fifth file: ", end="")
    for snr_db in WHITE_SNRS_DB:
        noisy = [_syllable_error(len(hear_samples(_in_noise(clip.path, snr_db)).nuclei_s), clip) for clip in said[::5]]
        print(f"  {snr_db} dB {statistics.median(noisy):.3f}", end="")
    print()
    yield Check("syllable rate against transcripts, median error a file", statistics.median(pooled), at_most=0.12)


def _syllable_error(found: int, clip: Clip) -> float:
    return abs(found / clip.syllables - 1)


def _in_noise(path: Path, snr_db: float) -> np.ndarray:
    samples = read_samples(path).astype(np.float32)
    samples -= samples.mean()
    noise = np.random.default_rng(0).standard_normal(len(samples)).astype(np.float32)
    mixed = 0.5 * (samples + noise * np.sqrt(np.mean(samples**2)) * 10 ** (-snr_db / 20))
    return np.clip(np.round(mixed), -32768, 32767).astype(np.int16)


def _table(errors: dict[str, list[float]]) -> list[float]:
    """Print the median error of each corpus; all errors pooled."""
    print(f"{'corpus':<24}{'files':>6}{'median error':>14}{'90th percentile':>17}")
    for corpus, own in sorted(errors.items()):
        print(f"{corpus:<24}{len(own):>6}{statistics.median(own):>14.3f}{np.percentile(own, 90):>17.3f}")
    pooled = [error for own in errors.values() for error in own]
    by_corpus = statistics.mean(statistics.median(own) for own in errors.values())
    print(f"{'all':<24}{len(pooled):>6}{statistics.median(pooled):>14.3f}{np.percentile(pooled, 90):>17.3f}")
    print(f"mean of the corpora's medians: {by_corpus:.3f}")
    return pooled
