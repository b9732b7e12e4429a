"""What a deletion takes, and what it left, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.languages import _, in_words, ngettext
from voicerehearsal.presenting.times import clock, local_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicerehearsal.journal.deletion import Undeleted
    from voicerehearsal.journal.doomed import Doomed


def what_goes(what: Doomed, home: Path) -> list[str]:
    """Exactly what goes with these answers, what stays, and that it is for good."""
    lines = [_answers(what), _("The recordings, the transcripts and everything measured on them go.")]
    if what.corrections:
        said = ngettext(
            "{n} correction goes too, and what was learned from it.",
            "{n} corrections go too, and what was learned from them.",
            what.corrections,
        )
        lines.append(said.format(n=what.corrections))
    if what.tags:
        lines.append(ngettext("{n} tag goes too.", "{n} tags go too.", what.tags).format(n=what.tags))
    if what.notes:
        lines.append(ngettext("{n} note goes too.", "{n} notes go too.", what.notes).format(n=what.notes))
    return [
        *lines,
        *older_copies(home),
        *what_stays(what),
        _("This cannot be undone. An export keeps a copy."),
    ]


def older_copies(home: Path) -> list[str]:
    """That older copies of the journal are cleaned as well, where there are any."""
    names = ", ".join(copy.name for copy in sorted(home.glob("journal-before-*.db")))
    said = _("They are taken out of the older copies of the journal too: {names}.")
    return [said.format(names=names)] if names else []


def what_stays(what: Doomed) -> list[str]:
    """Recordings that are not the journal's own to delete."""
    return [_("{path} lies outside the data folder and stays.").format(path=path) for path in what.outside]


def what_went(what: Doomed, kept: Sequence[Undeleted]) -> list[str]:
    """How many answers were deleted, and what could not be."""
    gone = count_gone(what, kept)
    return [ngettext("{n} answer was deleted.", "{n} answers were deleted.", gone).format(n=gone), *undeleted(kept)]


def count_gone(what: Doomed, kept: Sequence[Undeleted]) -> int:
    """How many answers were deleted."""
    return len(what.answers) - len({one.answer_id for one in kept if one.answer_id is not None})


def undeleted(kept: Sequence[Undeleted]) -> list[str]:
    """What could not be deleted, and what tries again."""
    lines = []
    for one in kept:
        if one.answer_id is None:
            said = _("{path} still holds something of what was to go ({reason}).")
        else:
            said = _("{path} was not deleted ({reason}); answer {number} is still there.")
        lines.append(said.format(path=one.path, reason=in_words(one.reason), number=one.answer_id))
    return [*lines, _("`voicerehearsal recover` tries again.")] if any(one.answer_id is None for one in kept) else lines


def _answers(what: Doomed) -> str:
    count = len(what.answers)
    if what.first is None or what.last is None:
        return _("There is no such answer any more.")
    said = ngettext(
        "{n} answer of {first}, {length} minutes of sound.",
        "{n} answers from {first} to {last}, {length} minutes of sound.",
        count,
    )
    return said.format(n=count, first=local_time(what.first), last=local_time(what.last), length=clock(what.sound_s))
