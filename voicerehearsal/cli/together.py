"""Measuring many recordings: what a person says of all of them, and several at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.rehearsal.analyse_voice import Profile
    from voicerehearsal.values import Language, Question

One = TypeVar("One")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Given:
    """What was spoken, what was asked, and whose voice it is; None: what the recording itself knows.

    Attributes:
        language: What was spoken.
        asked: Id of the pack, and the question that was answered.
        profile: The speaker's smile calibration.
        targets: What the answers are held against.
    """

    language: Language | None = None
    asked: tuple[str, Question] | None = None
    profile: Profile | None = None
    targets: Targets | None = None


def in_order(measure: Callable[[One], Outcome], ones: Sequence[One], jobs: int) -> Iterator[Outcome]:
    """Outcomes in the order of `ones`, `jobs` at a time; the recogniser works outside Python's lock, so threads do."""
    from concurrent.futures import ThreadPoolExecutor

    if jobs == 1:
        yield from map(measure, ones)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(measure, ones)
