"""How a recording is made to sound: slower or faster, with a smile added, as heard through a telephone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.values import Sound

SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a recording is made to sound.

    Attributes:
        speed: One of `SPEEDS`, at the same pitch.
        smile: Whether a smile is added.
        phone_line: Whether it is heard as the interviewer hears it.
    """

    speed: float = 1.0
    smile: bool = False
    phone_line: bool = False


PLAIN = Treatment()


def treated(
    piece: Sound,
    treatment: Treatment,
    *,
    add_smile: Callable[[Sound], Sound],
    stretch: Callable[[Sound, float], Sound],
) -> Sound:
    """A piece as it is to be heard, `treatment.speed` times as short: first the voice, then the line."""
    smiling = add_smile(piece) if treatment.smile else piece
    timed = stretch(smiling, treatment.speed)
    return through_phone_line(timed) if treatment.phone_line else timed
