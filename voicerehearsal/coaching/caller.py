"""The mood of an upset caller, and how a reply moves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicerehearsal.values import CautionHit, PointResult, Report, Surge

FED_UP = 4
"""Above this the caller hangs up."""

PATIENCE_TURNS = 8
"""Who is not content after so many replies gives up; our own choice, some three minutes of a call."""

_WORDS = ("calm", "uneasy", "annoyed", "angry", "furious")

CallEnd = Literal["content", "fed up"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one reply did to the caller.

    Attributes:
        before: The mood before it, 0 (friendly) to 4 (about to hang up).
        after: The mood after it; above `FED_UP` they hang up.
        made: The points it made for the first time.
        cautions: What it should not have said.
        surges: Where the voice became faster and louder at once.
        silent: Whether nothing was said at all.
    """

    before: int
    after: int
    made: tuple[PointResult, ...]
    cautions: tuple[CautionHit, ...]
    surges: tuple[Surge, ...]
    silent: bool

    @property
    def helped(self) -> bool:
        """Whether the reply calmed, or gave something to one who was calm already."""
        return self.after < self.before or (self.after == 0 and bool(self.made))


def hear_reply(mood: int, known: frozenset[str], report: Report | None) -> Turn:
    """How a caller in `mood` takes a reply.

    Every point made for the first time calms by one. A phrase that hurts provokes by one, and so does a surge of tone,
    however often they happen in the reply; one without either provokes by one when it makes no point that was not made
    before. A mood is never below 0.

    Args:
        mood: 0 to `FED_UP`.
        known: Ids of the points that earlier replies made.
        report: On the reply; None when none came. Without words it can only provoke.
    """
    keywords = None if report is None else report.keywords
    covered = tuple(point for point in keywords.points if point.covered) if keywords is not None else ()
    made = tuple(point for point in covered if point.id not in known)
    cautions = keywords.cautions if keywords is not None else ()
    surges = report.tone.surges if report is not None and report.tone is not None else ()
    silent = report is None or report.pauses is None
    provoked = bool(cautions) + bool(surges)
    after = max(0, mood - len(made) + (provoked or not made))
    return Turn(mood, after, made, cautions, surges, silent)


def follow_call(upset: int, reports: Sequence[Report | None]) -> list[Turn]:
    """All turns of a call that began in the mood `upset`."""
    turns: list[Turn] = []
    mood, known = upset, frozenset[str]()
    for report in reports:
        turns.append(hear_reply(mood, known, report))
        mood = min(turns[-1].after, FED_UP)
        known |= {point.id for point in turns[-1].made}
    return turns


def call_end(turns: Sequence[Turn], *, points: int) -> CallEnd | None:
    """How the last of the turns ended the call, None when it goes on.

    Content: calm, and at least half of the `points` made, or all of them. Fed up: beyond anger, or out of patience.
    """
    if not turns:
        return None
    if turns[-1].after > FED_UP:
        return "fed up"
    made = sum(len(turn.made) for turn in turns)
    if points and (made == points or (turns[-1].after == 0 and 2 * made >= points)):
        return "content"
    return "fed up" if len(turns) >= PATIENCE_TURNS else None


def mood_in_words(mood: int) -> str:
    """One word for a mood."""
    return _WORDS[mood] if mood <= FED_UP else "beside themselves"


def turn_in_words(turn: Turn) -> str:
    """What a reply did and why, in one line."""
    if turn.after != turn.before:
        change = "calmer" if turn.helped else "angrier"
        mood = f"{mood_in_words(turn.after)}, {change} than before"
    else:
        mood = f"still {mood_in_words(turn.after)}"
    reasons = [*calming(turn), *provoking(turn)]
    return f"The caller is {mood}: {'; '.join(reasons)}."


def calming(turn: Turn) -> list[str]:
    """What helped, each with the words that did it."""
    return [
        _uncapitalised(point.label) + (f' ("{point.evidence[0].text}")' if point.evidence else "")
        for point in turn.made
    ]


def _uncapitalised(label: str) -> str:
    """A label as a part of a sentence; an abbreviation stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def provoking(turn: Turn) -> list[str]:
    """What did not help, each with the words that did it."""
    reasons = [f'"{hit.text}"' for hit in turn.cautions]
    if turn.surges:
        reasons.append("your voice grew faster and louder")
    if turn.silent:
        reasons.append("silence")
    elif not (turn.made or reasons):
        reasons.append("nothing new that would help")
    return reasons
