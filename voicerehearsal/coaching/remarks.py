"""At most three remarks on an answer: one thing that worked, the one thing to change next, one exercise for it.

Feedback helps when it is personal and names few points (Chollet 2022), so everything that could be said is weighed and
only the heaviest is. Each remark points at a moment that can be played.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from voicerehearsal.coaching import judges_content, judges_targets, judges_timing, judges_voice
from voicerehearsal.coaching.judgement import SHORTEST_S, Candidate, Habits, Judge, length_s, opening, weight_for
from voicerehearsal.values import Pauses, Remark, Report

_WORTH_CHANGING = 0.25

_CHANGES = (*judges_content.CHANGES, *judges_timing.CHANGES, *judges_voice.CHANGES, *judges_targets.CHANGES)
_PRAISES = (*judges_content.PRAISES, *judges_timing.PRAISES, *judges_voice.PRAISES)


def remarks(report: Report, usual: Habits | None = None) -> tuple[Remark, ...]:
    """Praise, change and exercise for `report`, each only where it is earned or needed; () when nothing was said.

    Where the person or the pack states a target, that decides. Nothing is judged in a recording whose warnings call it
    unreliable; then the recording is the one thing to change.

    Args:
        report: What was measured.
        usual: What is usual for the speaker, by name of measure; what is unusual for them weighs more.
    """
    if report.pauses is None:
        return ()
    pauses = report.pauses
    if report.audio.warnings:
        return _as_change(_unusable_sound(report, pauses))
    earned = (one for one in _heard(_PRAISES, report, pauses) if not judges_targets.praises_a_miss(one, report))
    praise = None if length_s(pauses) < SHORTEST_S else _heaviest(earned, usual or {})
    wanting = (one for one in _heard(_CHANGES, report, pauses) if not judges_targets.misses_no_target(one, report))
    change = _heaviest(wanting, usual or {})
    praised = () if praise is None else (_remark("praise", praise),)
    if change is None or weight_for(change, usual or {}) < _WORTH_CHANGING:
        return praised
    return (*praised, *_as_change(change))


def _heard(judges: Iterable[Judge], report: Report, pauses: Pauses) -> Iterator[Candidate]:
    for judge in judges:
        yield from judge(report, pauses)


def _heaviest(candidates: Iterator[Candidate], usual: Habits) -> Candidate | None:
    return max(candidates, key=lambda candidate: weight_for(candidate, usual), default=None)


def _as_change(change: Candidate) -> tuple[Remark, ...]:
    return _remark("change", change), _remark("exercise", change)


def _remark(kind: Literal["praise", "change", "exercise"], said: Candidate) -> Remark:
    text = said.exercise if kind == "exercise" else said.text
    return Remark(kind, said.measure, text, said.moment.start_s, said.moment.end_s)


def _unusable_sound(report: Report, pauses: Pauses) -> Candidate:
    return Candidate(
        1.0,
        "audio",
        report.audio.warnings[0],
        opening(pauses),
        "Sit a hand's breadth from the microphone, speak one sentence, and listen to it before the next answer.",
    )
