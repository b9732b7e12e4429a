"""What was said and what was heard of it, as pieces of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicerehearsal.presenting.point_rows import hint
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from voicerehearsal.values import Evidence, Filler, Report, Word


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a transcript, or a filler in it."""

    text: str
    filler: bool


def nothing_heard(report: Report) -> str:
    """The sentence for an answer without speech."""
    reason = report.missing.get("pauses", "")
    return f"I heard nothing: {reason}." if reason else "I heard nothing."


def pieces(report: Report) -> list[Piece]:
    """The words in order of time, every filler marked: a filled pause between them, a phrase in its own place."""
    words = () if report.transcript is None else report.transcript.words
    fillers = () if report.transcript is None or report.fillers is None else report.fillers.events
    phrases = [filler for filler in fillers if filler.kind == "phrase"]
    timed = [(_middle_s(filler), Piece(filler.text, filler=True)) for filler in fillers]
    timed += [
        (_middle_s(word), Piece(word.text, filler=False))
        for word in words
        if not any(phrase.start_s <= _middle_s(word) <= phrase.end_s for phrase in phrases)
    ]
    return [piece for _, piece in sorted(timed, key=lambda pair: pair[0])]


def evidence_in_words(evidence: Evidence) -> str:
    """When it was said, how that was recognised if not by its very words, and the words: as far as each is known."""
    when = "" if evidence.start_s is None else clock(evidence.start_s)
    said = f'"{evidence.text}"' if evidence.text else ""
    return " ".join(filter(None, (when, ": ".join(filter(None, (hint(evidence), said))))))


def _middle_s(piece: Word | Filler) -> float:
    return (piece.start_s + piece.end_s) / 2
