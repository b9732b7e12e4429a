"""The readings of a smile calibration, in words: why one is read again, and how well the smile can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voicerehearsal.languages import _, in_words

if TYPE_CHECKING:
    from voicerehearsal.measures.calibration import Calibration
    from voicerehearsal.rehearsal.listen import Heard

LONGEST_READING_S = 60.0
END_SILENCE_S = 3.0
_LEAST_VOICED_S = 3.0
"""A guided reading with less is read again; the sentences have about ten."""


class Verdict(NamedTuple):
    """How well a voice's smile can be told.

    Attributes:
        told: How often it is, in a sentence.
        mind: Why it cannot be told, or what cannot be excluded; "" for nothing.
    """

    told: str
    mind: str


def why_again(heard: Heard | None) -> str:
    """Why a reading has to be read once more, "" where it will do; None is one without a sound."""
    from voicerehearsal.rehearsal.calibrating import voiced_s, why_useless

    if heard is None or voiced_s(heard) < _LEAST_VOICED_S:
        return _("I heard too little of your voice")
    doubt = why_useless(heard)
    return _("This reading cannot be used: {doubt}").format(doubt=in_words(doubt)) if doubt else ""


def verdict_of(found: Calibration) -> Verdict:
    """How well this voice's smile can be told, in words."""
    neutral, irritated = 100 * found.auc_neutral, found.auc_irritated
    if irritated is None:
        told = _(
            "A smiling moment is told from a straight-faced one {neutral:.0f} times in 100 "
            "(by chance: 50; each moment left out of what it is held against)."
        ).format(neutral=neutral)
    else:
        told = _(
            "A smiling moment is told from a straight-faced one {neutral:.0f} times in 100, from an irritated one "
            "{irritated:.0f} times (by chance: 50; each moment left out of what it is held against)."
        ).format(neutral=neutral, irritated=100 * irritated)
    if not found.tellable:
        return Verdict(told, _("Your smile cannot be told: {reason}.").format(reason=found.reason))
    return Verdict(told, _("Mind that {reason}.").format(reason=found.reason) if found.reason else "")
