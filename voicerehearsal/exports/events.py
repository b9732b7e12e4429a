"""The moments of an answer, each a stretch of time with a label, as other programs show them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from voicerehearsal.values import Report, Silence, Word

_PAUSES = {"short": "pause", "long": "long pause", "dead_air": "dead air"}


@dataclass(frozen=True, slots=True)
class Event:
    """What happens from `start_s` to `end_s`."""

    start_s: float
    end_s: float
    label: str


def words(report: Report) -> list[Event]:
    """The recognised words."""
    return [Event(word.start_s, word.end_s, word.text) for word in _words(report)]


def silences(report: Report) -> list[Event]:
    """The silent pauses, by their kind."""
    return [Event(one.start_s, one.end_s, _PAUSES[one.kind]) for one in _silences(report)]


def fillers(report: Report) -> list[Event]:
    """Filled pauses and filler phrases, as they were said."""
    found = report.fillers.events if report.fillers else ()
    return [Event(one.start_s, one.end_s, one.text) for one in found]


def points(report: Report) -> list[Event]:
    """Where talking points were made."""
    made = report.keywords.points if report.keywords else ()
    return [
        Event(said.start_s, said.end_s, point.label)
        for point in made
        if point.covered
        for said in point.evidence
        if said.start_s is not None and said.end_s is not None
    ]


def surges(report: Report) -> list[Event]:
    """Stretches both faster and louder than before."""
    found = report.tone.surges if report.tone else ()
    return [
        Event(one.start_s, one.end_s, f"surge: {one.rate_ratio:.2f} x faster, {one.level_rise_db:+.1f} dB")
        for one in found
    ]


def phrases(report: Report) -> list[Event]:
    """What was said between one silent pause and the next: the words whose middle lies there."""
    if report.pauses is None:
        return []
    edges = [report.pauses.first_sound_s]
    for silence in sorted(_silences(report), key=lambda one: one.start_s):
        edges += [silence.start_s, silence.end_s]
    edges.append(report.pauses.last_sound_s)
    stretches = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
    return [
        Event(
            start,
            end,
            join(word.text for word in _words(report) if start <= (word.start_s + word.end_s) / 2 < end) or "(sound)",
        )
        for start, end in stretches
    ]


TIERS: dict[str, Callable[[Report], list[Event]]] = {
    "words": words,
    "phrases": phrases,
    "silences": silences,
    "fillers": fillers,
    "points": points,
    "surges": surges,
}
"""Every kind of event, by the name of its tier."""


def join(texts: Iterable[str]) -> str:
    """Words as they are written: Chinese ones without a space between them."""
    line = ""
    for text in texts:
        line += text if not line or not text or (_is_han(line[-1]) and _is_han(text[0])) else f" {text}"
    return line


def plain(text: str) -> str:
    """`text` on one line, without characters that steer a screen or a file."""
    return " ".join("".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text).split())


def has_words(report: Report) -> bool:
    """Whether any word of the answer has a time."""
    return bool(_words(report))


def _words(report: Report) -> tuple[Word, ...]:
    return report.transcript.words if report.transcript else ()


def _silences(report: Report) -> tuple[Silence, ...]:
    return report.pauses.silences if report.pauses else ()


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"
