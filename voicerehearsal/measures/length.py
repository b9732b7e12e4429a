"""How long the answer was, against the question's own target."""

from __future__ import annotations

from typing import Literal

from voicerehearsal.values import Length


def measure_length(*, speaking_s: float, target_s: tuple[float, float] | None, interrupted: bool = False) -> Length:
    """Short, good or long; the limits themselves are good. Who was interrupted was not short.

    Args:
        speaking_s: The answer's span in seconds, from `pauses.span_duration_s`.
        target_s: The wished length (min, max) in seconds; None when the question names none.
        interrupted: Whether somebody else ended the answer.

    Returns:
        The contract's `length`; without a target, or short of it by interruption, the verdict is None.
    """
    verdict: Literal["short", "good", "long"] | None = None
    if target_s is not None:
        verdict = "short" if speaking_s < target_s[0] else "long" if speaking_s > target_s[1] else "good"
    if interrupted and verdict == "short":
        verdict = None
    return Length(speaking_s, target_s, verdict)
