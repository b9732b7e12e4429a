"""What follows from the steps taken in a sitting: what was heard, what is compared, where the way leads on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicerehearsal.coaching.comparison import Comparison
    from voicerehearsal.rehearsal.course import Done
    from voicerehearsal.rehearsal.events import Event
    from voicerehearsal.rehearsal.step import Step
    from voicerehearsal.values import Usual

Onward = Literal["finish", "again", "next"]


def after(taken: Done, event: Event) -> Done:
    """The step `taken`, with what `event` tells of it."""
    from voicerehearsal.rehearsal.events import Ended, Measured, VoiceMeasured

    match event:
        case Ended():
            return replace(taken, ended_by=event.by)
        case VoiceMeasured():
            return replace(taken, voice=event.report)
        case Measured():
            return replace(taken, report=event.report)
        case _:
            return taken


def is_looked_back_on(step: Step) -> bool:
    """Whether an answer to it counts at the end of the sitting; a mere exercise does not."""
    return bool(step.question.points) or not step.flows


def is_pause(taken: Done) -> bool:
    """Whether the report is looked at before the next step: not within a conversation, not when cut off."""
    return taken.step.listens and not taken.step.flows and taken.ended_by != "interrupted"


def has_comments(taken: Done) -> bool:
    """Whether the course may have something to say right after it: an answer came to its end."""
    return taken.ended_by not in (None, "interrupted")


def beside_earlier(done: Sequence[Done], usual: Mapping[str, Usual]) -> Comparison | None:
    """How the last of `done`, another attempt, differs from the one before it; None where there is none to compare.

    One that was cut off is none. `usual` is what is usual for the speaker, by name of measure.
    """
    from voicerehearsal.coaching.comparison import compare
    from voicerehearsal.coaching.targets import held_against

    *before, taken = done
    whole = [one.report for one in before if one.step.attempt == taken.step.attempt - 1 and _is_whole(one, taken)]
    if not whole or whole[-1] is None or taken.report is None or not _is_whole(taken, taken):
        return None
    return compare(whole[-1], taken.report, usual, held_against(taken.report))


def onward(step: Step, following: Step | None) -> Onward:
    """What comes after `step`, as a word for the key that leads there."""
    if following is None:
        return "finish"
    return "again" if following.question.id == step.question.id and not following.lines else "next"


def _is_whole(one: Done, taken: Done) -> bool:
    """Whether something was heard, to the question of `taken`, that neither was cut off nor goes on with such a one."""
    heard = one.report is not None and one.report.pauses is not None
    cut = one.ended_by == "interrupted" or one.step.goes_on
    return heard and not cut and one.step.question.id == taken.step.question.id
