"""Hearing a moment of an answer, as often as wished, and judging it with a key."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
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


@dataclass(frozen=True, slots=True)
class Ear:
    """An answer that can be heard, keys to judge it with, and the journal that keeps what is said."""

    journal: Journal
    keys: Keys
    played: Replay

    def judge(self, start_s: float | None, end_s: float | None) -> Choice:
        """Play a moment (None: it is not known when that was), again as often as wished; what is said of it."""
        keys, played = self.keys, self.played
        choice: Choice | Literal["again"] | None = "again"
        while choice in ("again", None) and not keys.interrupted:
            if choice == "again" and start_s is not None:
                played.play(start_s - _AROUND_S)
            choice = _CHOICES.get(keys.read(_TICK_S) or "")
            if played.playing and (played.over or (end_s is not None and played.position_s >= end_s + _AROUND_S)):
                played.pause()
        played.pause()
        return "leave" if keys.interrupted or choice is None or choice == "again" else choice


@contextmanager
def by_ear(answer: Answer, keys: Keys, speaker: str | None, *, unheard: str) -> Iterator[Ear | None]:
    """Open what it takes to judge `answer` by ear; None, after a word on what is `unheard`, when it cannot be played.

    Raises:
        KeyboardInterrupt: At the end, when the listener pressed Ctrl-C meanwhile.
        JournalError: The journal cannot be written.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import RehearsalError

    try:
        heard_on = wiring.speaker(speaker)
        played = wiring.replay_of(answer, heard_on)
    except RehearsalError as error:
        talk().print(error.going_on(unheard), style="yellow", markup=False)
        yield None
        return
    with closing(heard_on), wiring.open_journal() as journal, keys.listening():
        yield Ear(journal, keys, played)
    if keys.interrupted:
        raise KeyboardInterrupt
