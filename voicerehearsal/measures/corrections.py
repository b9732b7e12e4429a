"""What the speaker knows better than the measure: fillers confirmed and struck, found again in any later measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voicerehearsal.measures.fillers import measure_fillers
from voicerehearsal.values import Filler, Report, Span

Verdict = Literal["confirmed", "struck"]

MIN_SHARED = 0.5
"""Two events are the same when they share this much of the shorter one: measures differ about where one ends."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the speaker said of one filler.

    Attributes:
        filler: As it was measured then, with the confidence 1: the speaker is sure.
        verdict: Whether it is one.
    """

    filler: Filler
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A filler and what the speaker said of it; None: nothing."""

    filler: Filler
    verdict: Verdict | None

    @property
    def struck(self) -> bool:
        """Whether it is none after all."""
        return self.verdict == "struck"


def same_filler(*, one: Filler, other: Filler) -> bool:
    """Whether two fillers are of one kind and lie at the same place, as far as measures agree about that."""
    shorter_s = min(one.end_s - one.start_s, other.end_s - other.start_s)
    return one.kind == other.kind and _shared_s(one, other) >= MIN_SHARED * shorter_s


def judged(*, events: Sequence[Filler], corrections: Sequence[Correction]) -> tuple[Judged, ...]:
    """Every filler that was measured or confirmed, in the order of time, with its verdict.

    Where several corrections fit one event, the one that shares most of it counts. A confirmed filler has the
    confidence 1, and is put back where it was when no event is left for it.

    Args:
        events: What was measured.
        corrections: What the speaker said of them, or of those of an earlier measuring.
    """
    found: list[Judged] = []
    used: set[Correction] = set()
    for event in events:
        correction = _fitting(event, corrections)
        if correction is None:
            found.append(Judged(event, None))
        else:
            used.add(correction)
            sure = correction.verdict == "confirmed"
            found.append(Judged(replace(event, confidence=1.0) if sure else event, correction.verdict))
    found += [
        Judged(correction.filler, correction.verdict)
        for correction in corrections
        if correction.verdict == "confirmed" and correction not in used
    ]
    return tuple(sorted(found, key=lambda one: (one.filler.start_s, one.filler.end_s, one.filler.kind)))


def corrected(*, report: Report, corrections: Sequence[Correction]) -> Report:
    """`report` without the fillers that were struck and with those that were confirmed; all else as it was measured.

    Words per minute too stay as they were measured: whether a stretch of sound was a word or a filled pause was decided
    there.
    """
    if not corrections or report.fillers is None or report.pauses is None:
        return report
    left = [one.filler for one in judged(events=report.fillers.events, corrections=corrections) if not one.struck]
    fillers = measure_fillers(
        filled_pauses=[filler for filler in left if filler.kind == "filled_pause"],
        phrases=[filler for filler in left if filler.kind == "phrase"],
        span=Span(report.pauses.first_sound_s, report.pauses.last_sound_s),
        mutes=report.mutes,
    )
    return replace(report, fillers=fillers)


def _fitting(event: Filler, corrections: Sequence[Correction]) -> Correction | None:
    fitting = [correction for correction in corrections if same_filler(one=event, other=correction.filler)]
    return max(fitting, key=lambda correction: _shared_s(event, correction.filler), default=None)


def _shared_s(one: Filler, other: Filler) -> float:
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
