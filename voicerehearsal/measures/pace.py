"""How fast: words or characters per minute, syllables per second, and whether the pace drifts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from voicerehearsal.measures.pauses import span_duration_s
from voicerehearsal.measures.timeline import duration_s, inside, without
from voicerehearsal.values import Language, Pace, Pauses, RateBand, RateWindow, Span, Word

FILLED_PAUSES = frozenset(["um", "umm", "uhm", "uh", "er", "erm", "hm", "hmm", "mm", "mhm", "嗯", "呃", "额"])
"""What is not counted as a word (Clark & Fox Tree 2002 for um and uh)."""

WINDOW_S = 10.0
LEAST_WINDOW_S = 5.0
LEAST_WINDOWS_FOR_DRIFT = 3

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def measure_pace(
    *,
    words: Sequence[Word] | None,
    nuclei_s: Sequence[float],
    pauses: Pauses,
    mutes: Sequence[Span] = (),
    language: Language,
    band: RateBand,
) -> Pace:
    """The pace of an answer by the contract's definitions.

    A word belongs where its midpoint falls; filled pauses and what is said during a mute are not counted. English has
    words per minute, Chinese has Han characters per minute; the other is None.

    Args:
        words: What was recognised, times from the start of the recording; None without a recogniser.
        nuclei_s: Moment of each syllable's nucleus, from the sound.
        pauses: The pauses of the same answer.
        mutes: When the speaker had muted the line.
        language: Of the answer.
        band: The target; its unit says whether windows count words or characters.

    Returns:
        The contract's `pace`; without words only the syllable rates.
    """
    span = Span(pauses.first_sound_s, pauses.last_sound_s)
    minutes = span_duration_s(span=span, mutes=mutes) / 60
    phonation_minutes = pauses.phonation_s / 60
    syllables = sum(inside(time_s=at, span=span, cut=mutes) for at in nuclei_s)
    counted = None if words is None else counted_words(words=words, span=span, mutes=mutes, language=language)
    words_said, characters = (counted, None) if language == "en" else (None, counted)
    said = words_said if band.unit == "wpm" else characters
    windows = () if said is None else _windows(said, span, mutes)
    rate = None if said is None else _total(said) / minutes
    return Pace(
        words_per_minute=None if words_said is None else _total(words_said) / minutes,
        articulation_words_per_minute=(
            None if words_said is None or phonation_minutes <= 0 else _total(words_said) / phonation_minutes
        ),
        characters_per_minute=None if characters is None else _total(characters) / minutes,
        syllables_per_second=syllables / (60 * minutes),
        articulation_syllables_per_second=None if phonation_minutes <= 0 else syllables / (60 * phonation_minutes),
        unit=band.unit,
        verdict=None if rate is None else pace_verdict(rate=rate, band=band),
        windows=windows,
        drift_per_minute=_drift(windows),
    )


def han_characters(text: str) -> int:
    """How many Chinese characters a text holds; Latin letters, digits and punctuation are none."""
    return len(_HAN.findall(text))


def pace_verdict(*, rate: float, band: RateBand) -> Literal["slow", "good", "fast"] | None:
    """Slow or fast outside the amber band, good inside the target, None between; the limits themselves are inside."""
    if rate < band.amber[0]:
        return "slow"
    if rate > band.amber[1]:
        return "fast"
    return "good" if band.target[0] <= rate <= band.target[1] else None


def counted_words(
    *, words: Sequence[Word], span: Span, mutes: Sequence[Span], language: Language
) -> list[tuple[float, int]]:
    """Midpoint in seconds and size of each word that counts: an English one is 1, a Chinese one its characters."""
    middles = ((word, (word.start_s + word.end_s) / 2) for word in words if word.text.lower() not in FILLED_PAUSES)
    inner = ((word, middle) for word, middle in middles if inside(time_s=middle, span=span, cut=mutes))
    return [(middle, han_characters(word.text) if language == "zh" else 1) for word, middle in inner]


def _total(said: Sequence[tuple[float, int]]) -> int:
    return sum(size for _, size in said)


def _windows(said: Sequence[tuple[float, int]], span: Span, mutes: Sequence[Span]) -> tuple[RateWindow, ...]:
    """Consecutive windows; muted time does not count, and a window with too little time left is not kept."""
    windows = []
    for number in range(int(span.duration_s // WINDOW_S) + 1):
        start_s = span.start_s + number * WINDOW_S
        window = Span(start_s, min(start_s + WINDOW_S, span.end_s))
        open_s = duration_s(spans=without(spans=(window,), cut=mutes))
        if open_s >= LEAST_WINDOW_S:
            last = window.end_s == span.end_s
            size = sum(n for at, n in said if start_s <= at < window.end_s or (last and at == span.end_s))
            windows.append(RateWindow(window.start_s, window.end_s, 60 * size / open_s))
    return tuple(windows)


def _drift(windows: Sequence[RateWindow]) -> float | None:
    """Least-squares slope of the rate over the windows' middles, per minute."""
    if len(windows) < LEAST_WINDOWS_FOR_DRIFT:
        return None
    minutes = np.array([(window.start_s + window.end_s) / 120 for window in windows])
    rates = np.array([window.rate for window in windows])
    away = minutes - minutes.mean()
    return float(away @ (rates - rates.mean()) / (away @ away))
