"""What would be asked if somebody answered the phone now, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicerehearsal.languages import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from voicerehearsal.coaching.schedule import Standing
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Language, Pack, Question


@dataclass(frozen=True, slots=True)
class Call:
    """The next plain rehearsal: its pack, its questions, how many of them are due, and whether all are new."""

    pack: Pack
    questions: tuple[Question, ...]
    due: int
    new: bool

    @property
    def in_words(self) -> str:
        """Why this one."""
        if self.due:
            return ngettext(
                "{due} of its questions is due again.", "{due} of its questions are due again.", self.due
            ).format(due=self.due)
        if self.new:
            return _("Nothing is due; this pack is new to you.")
        return _("Nothing is due; this is the pack you practised longest ago.")


def next_call(journal: Journal, language: Language, count: int, now: datetime) -> Call | None:
    """What is next in `language`, `count` questions long; None where there is no pack in it. Raises JournalError."""
    from voicerehearsal.coaching.schedule import DUE, by_urgency
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.standings import read_last_practised, read_standings
    from voicerehearsal.presenting.choices import next_pack
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.plan import plan

    own = targets_for()
    standings = read_standings(journal, language, own)
    try:
        pack = next_pack(language, journal, standings=standings)
    except UsageError:
        return None
    of_pack = targets_for(pack)
    urgency = by_urgency(pack.id, standings if of_pack == own else read_standings(journal, language, of_pack), now)
    due = sum(urgency(question)[0] == DUE for question in pack.questions)
    new = not read_last_practised(journal, pack.id)
    return Call(pack, plan(pack, ids=(), count=count, urgency=urgency), due, new)


def why_due(stands: Standing, now: datetime) -> str:
    """Why a question is due, from how it went when it was answered last."""
    from voicerehearsal.coaching.schedule import SITS

    days = (now.astimezone().date() - stands.last.astimezone().date()).days
    ago = _("today") if days <= 0 else ngettext("{days} day ago", "{days} days ago", days).format(days=days)
    if stands.coverage is not None and stands.coverage < SITS:
        return _("{share} % of its points made {ago}: it does not sit yet").format(
            share=round(100 * stands.coverage), ago=ago
        )
    return _("answered {ago}: it is about to fade from memory").format(ago=ago)
