"""A speaker beside the voice they followed: pace, pauses and length, and what differs most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicerehearsal.values import Report

Number = Callable[[Report], float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something in which a speaker may differ from the voice.

    Attributes:
        name: What it is called.
        unit: Its unit.
        decimals: How many are worth showing.
        of: Reads it off a report.
        alike: What is heard as the same, as a share of the voice's number; our own choice.
        more: What to say of a speaker who has more of it.
        less: What to say of one who has less.
    """

    name: str
    unit: str
    decimals: int
    of: Number
    alike: float
    more: str
    less: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One measure of the voice and of the speaker; None where it cannot be known."""

    measure: Measure
    voice: float | None
    own: float | None

    @property
    def apart(self) -> float:
        """How far apart they are, 1 being the edge of what is heard as the same; 0 when one is not known."""
        if self.voice is None or self.own is None:
            return 0.0
        least = 10.0**-self.measure.decimals
        return abs(self.own - self.voice) / max(self.measure.alike * self.voice, least)


def beside(voice: Report, own: Report) -> list[Beside]:
    """Every measure of the two, in the order in which they are shown.

    Pace is compared in words or characters where both have them, else in syllables.
    """
    rated = [pace for pace in _PACES if pace.of(voice) is not None and pace.of(own) is not None] or _PACES[-1:]
    return [Beside(measure, measure.of(voice), measure.of(own)) for measure in (rated[0], *_OTHERS)]


def _of_pace(name: str) -> Number:
    return lambda report: None if report.pace is None else getattr(report.pace, name)


def _of_pauses(name: str) -> Number:
    return lambda report: None if report.pauses is None else getattr(report.pauses, name)


def _speaking_s(report: Report) -> float | None:
    return None if report.length is None else report.length.speaking_s


_PACES = [
    Measure("pace", unit, decimals, _of_pace(of), 0.1, "you spoke faster than the voice", "you spoke slower than it")
    for unit, decimals, of in (
        ("words/min", 0, "words_per_minute"),
        ("characters/min", 0, "characters_per_minute"),
        ("syllables/s", 1, "syllables_per_second"),
    )
]
_OTHERS = (
    Measure(
        "without the pauses",
        "syllables/s",
        1,
        _of_pace("articulation_syllables_per_second"),
        0.1,
        "between the pauses you hurried",
        "between the pauses you drew the words out",
    ),
    Measure(
        "pauses",
        "/min",
        0,
        _of_pauses("per_minute"),
        0.25,
        "you paused more often than the voice",
        "you ran over pauses that the voice makes",
    ),
    Measure("mean pause", "s", 1, _of_pauses("mean_s"), 0.3, "your pauses were longer", "your pauses were shorter"),
    Measure("length", "s", 0, _speaking_s, 0.1, "you took longer than the voice", "you were done sooner"),
)


def differs_most(rows: Sequence[Beside]) -> str:
    """One sentence on what differs most; praise when nothing can be heard to differ."""
    worst = max(rows, key=lambda row: row.apart)
    if worst.voice is None or worst.own is None:
        return "Nothing can be compared."
    if worst.apart <= 1.0:
        return "You kept the pace and the pauses of the voice."
    measure = worst.measure
    words = measure.more if worst.own > worst.voice else measure.less
    own, voice = f"{worst.own:.{measure.decimals}f}", f"{worst.voice:.{measure.decimals}f}"
    return f"What differs most: {words} ({own} to its {voice} {measure.unit})."
