"""Two transcripts side by side, word by word: what was said alike, what otherwise, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from voicerehearsal.values import Language, Word

Kind = Literal["same", "replaced", "only_a", "only_b"]

_ISLAND = 2
"""One or two words alike amid longer changes were said alike by chance ("and I"): they only make reading harder."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both transcripts.

    Attributes:
        kind: Whether both have it, each has its own, or only one of them has any.
        a: The words of the first, with their times; empty for "only_b".
        b: The words of the second; empty for "only_a".
    """

    kind: Kind
    a: tuple[Word, ...]
    b: tuple[Word, ...]


def align(a: Sequence[Word], b: Sequence[Word], language: Language) -> list[Piece]:
    """The words of two answers, aligned by their longest common stretches (Ratcliff & Metzener 1988).

    Upper and lower case are alike. Where the recogniser cut the same Chinese text into other words, it is compared
    character by character, a word's time being shared out evenly among its characters.

    Returns:
        Pieces in order, no two neighbours of the same kind: the words of `a` in all of them are `a` (in Chinese, its
        text), and so for `b`.
    """
    pieces = _aligned(a, b)
    if language == "zh":
        pieces = [finer for piece in pieces for finer in (_by_character(piece) if piece.a and piece.b else [piece])]
    return _joined(pieces)


def _aligned(a: Sequence[Word], b: Sequence[Word]) -> list[Piece]:
    spelled = [word.text.casefold() for word in a], [word.text.casefold() for word in b]
    blocks = SequenceMatcher(None, *spelled, autojunk=False).get_matching_blocks()
    pieces: list[Piece] = []
    at_a = at_b = 0
    for start_a, start_b, size in blocks:
        pieces += _changed(a[at_a:start_a], b[at_b:start_b])
        at_a, at_b = start_a + size, start_b + size
        if size:
            pieces.append(Piece("same", tuple(a[start_a:at_a]), tuple(b[start_b:at_b])))
    return _joined(_without_islands(pieces))


def _changed(a: Sequence[Word], b: Sequence[Word]) -> list[Piece]:
    if not a and not b:
        return []
    kind: Kind = "replaced" if a and b else ("only_a" if a else "only_b")
    return [Piece(kind, tuple(a), tuple(b))]


def _without_islands(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn chance likeness into change: at most `_ISLAND` words between two changes that are both longer."""
    cleaned = list(pieces)
    for at in range(1, len(pieces) - 1):
        before, piece, after = pieces[at - 1 : at + 2]
        if piece.kind == "same" and len(piece.a) <= _ISLAND and len(piece.a) < min(_size(before), _size(after)):
            cleaned[at] = Piece("replaced", piece.a, piece.b)
    return cleaned


def _size(piece: Piece) -> int:
    return 0 if piece.kind == "same" else max(len(piece.a), len(piece.b))


def _by_character(piece: Piece) -> list[Piece]:
    """A change looked at character by character; as it was when not one is alike."""
    if piece.kind == "same":
        return [piece]
    finer = _aligned(_characters(piece.a), _characters(piece.b))
    return finer if any(one.kind == "same" for one in finer) else [piece]


def _characters(words: Sequence[Word]) -> list[Word]:
    found = []
    for word in words:
        step_s = (word.end_s - word.start_s) / max(1, len(word.text))
        found += [
            Word(character, word.start_s + at * step_s, word.start_s + (at + 1) * step_s, word.confidence)
            for at, character in enumerate(word.text)
        ]
    return found


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, and neighbouring changes of any kinds as one change."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and (last.kind == "same") == (piece.kind == "same"):
            a, b = last.a + piece.a, last.b + piece.b
            joined[-1] = Piece("same", a, b) if piece.kind == "same" else _changed(a, b)[0]
        else:
            joined.append(piece)
    return joined
