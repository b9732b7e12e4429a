"""What is due in words: a weakness in a line, and when something comes round again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from voicerehearsal.coaching.schedule import Weakness
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Language


def focus(weak: Weakness) -> str:
    """A weakness in one line: what it is, how it was, where it should be, and who says so."""
    from voicerehearsal.coaching.metrics import METRICS
    from voicerehearsal.coaching.targets import owner
    from voicerehearsal.presenting.letter import band, shown, unit_of
    from voicerehearsal.presenting.own_targets import targets_for

    metric, target = METRICS[weak.metric], targets_for().of(weak.metric)
    assert target is not None  # without one nothing is a weakness
    whose = "" if target.whose == "default" else f", {owner(target)}"
    value = shown(metric, weak.value) + unit_of(metric)
    return f"{metric.label}: {value} in the last answer; aim for {band(metric, target)}{whose}"


def todays_focus(journal: Journal, language: Language) -> str | None:
    """The weakness that is due, if one is, in a line: one thing at a time."""
    from voicerehearsal.journal.home import now
    from voicerehearsal.journal.standings import read_weaknesses
    from voicerehearsal.presenting.own_targets import targets_for

    due = [weak for weak in read_weaknesses(journal, language, targets_for()) if weak.due <= now()]
    return focus(due[0]) if due else None


def when_due(due: datetime, now: datetime) -> str:
    """How soon `due` is: now, later today, tomorrow, in so many days of this computer's clock."""
    days = (due.astimezone().date() - now.astimezone().date()).days
    if due <= now or days <= 0:
        return "now" if due <= now else "later today"
    return "tomorrow" if days == 1 else f"in {days} days"
