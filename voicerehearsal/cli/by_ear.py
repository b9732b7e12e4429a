"""Hearing a moment of an answer, as often as wished, and judging it with a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.rehearsal.replay import Replay

Choice = Literal["yes", "no", "next", "leave"]

_AROUND_S = 0.7
"""Heard before and after a moment: a word on each side, enough to tell "um" from the end of "album"."""

_TICK_S = 0.05
_CHOICES: dict[str, Choice | Literal["again"]] = {
    "y": "yes",
    "n": "no",
    "r": "again",
    "\r": "next",
    "\n": "next",
    "q": "leave",
    "\x1b": "leave",
}


def judge_by_ear(keys: Keys, played: Replay, start_s: float | None, end_s: float | None) -> Choice:
    """Play a moment (None: it is not known when that was), again as often as wished; what is said of it."""
    choice: Choice | Literal["again"] | None = "again"
    while choice in ("again", None) and not keys.interrupted:
        if choice == "again" and start_s is not None:
            played.play(start_s - _AROUND_S)
        choice = _CHOICES.get(keys.read(_TICK_S) or "")
        if played.playing and (played.over or (end_s is not None and played.position_s >= end_s + _AROUND_S)):
            played.pause()
    played.pause()
    return "leave" if keys.interrupted or choice is None or choice == "again" else choice
