"""What every judge of an answer needs: a candidate for a remark, moments to point at, and what may be judged at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Literal

from voicerehearsal.coaching.targets import LEAST_HISTORY, SURE_WORDS
from voicerehearsal.values import Pauses, Report, Span, Usual

SHORTEST_S = 5.0
"""An answer shorter than this is not judged but for its length."""

ENOUGH_SPEECH_S = 20.0
"""Rates per minute, drifts and praise of a whole answer need as much."""

Habits = Mapping[str, Usual]
"""What is usual for the speaker, by name of measure."""

PERSONAL = (
    "words_per_minute",
    "characters_per_minute",
    "pause_longest_s",
    "fillers_per_minute",
    "pitch_sd_st",
    "loudness_sd_db",
    "loudness_drift_db_per_minute",
    "falling_endings",
    "surges",
    "steadiness",
    "smile_score",
)
"""The measures that are weighed by what is usual for the speaker; few, for they lie in every recording's header."""

Judge = Callable[[Report, Pauses], Iterator["Candidate"]]


@dataclass(frozen=True, slots=True)
class Number:
    """What a candidate says of one measure: its name, its value, and whether it speaks of a high or a low one."""

    name: str
    value: float
    side: Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be said; the heaviest is.

    Attributes:
        weight: How much it matters, about 0–1 (2 stops all else).
        measure: Section or number it rests on.
        text: The remark.
        moment: What to play.
        exercise: For a change: what to try.
        number: For weighing it by what is usual for the speaker.
    """

    weight: float
    measure: str
    text: str
    moment: Span
    exercise: str = ""
    number: Number | None = None


def weight_for(candidate: Candidate, usual: Habits) -> float:
    """The candidate's weight for this person: more where the number is unusual for them, less where it is better.

    A number one spread from the median weighs a quarter more or less, at most half more.
    """
    if candidate.number is None or candidate.number.name not in usual:
        return candidate.weight
    middle, spread, count = usual[candidate.number.name]
    if count < LEAST_HISTORY or spread <= 0:
        return candidate.weight
    side = 1 if candidate.number.side == "high" else -1
    away = side * (candidate.number.value - middle) / spread
    return candidate.weight * min(1.5, max(0.75, 1 + away / 4))


def words_are_sure(report: Report) -> bool:
    """Whether the recogniser was sure enough of this answer that its words may lower a judgement."""
    words = report.transcript.words if report.transcript is not None else ()
    return bool(words) and median(word.confidence for word in words) >= SURE_WORDS


def surely_said(report: Report, span: Span) -> bool:
    """Whether the recogniser was sure of every word in a stretch."""
    words = report.transcript.words if report.transcript is not None else ()
    return all(
        word.confidence >= SURE_WORDS for word in words if word.start_s < span.end_s and word.end_s > span.start_s
    )


def length_s(pauses: Pauses) -> float:
    """From the first sound to the last, in seconds."""
    return pauses.last_sound_s - pauses.first_sound_s


def opening(pauses: Pauses) -> Span:
    """The first five seconds."""
    return Span(pauses.first_sound_s, min(pauses.first_sound_s + 5.0, pauses.last_sound_s))


def closing(pauses: Pauses) -> Span:
    """The last five seconds."""
    return Span(max(pauses.first_sound_s, pauses.last_sound_s - 5.0), pauses.last_sound_s)


def around(span: Span, pauses: Pauses, *, margin_s: float = 1.0) -> Span:
    """A stretch with something before and after, inside the answer."""
    return Span(max(pauses.first_sound_s, span.start_s - margin_s), min(pauses.last_sound_s, span.end_s + margin_s))
