"""What a deletion takes, and what it left, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.languages import _, ngettext
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
    copies = sorted(home.glob("journal-before-*.db"))
    if copies:
        names = ", ".join(copy.name for copy in copies)
        lines.append(_("They are taken out of the older copies of the journal too: {names}.").format(names=names))
    lines += [_("{path} lies outside the data folder and stays.").format(path=path) for path in what.outside]
    return [*lines, _("This cannot be undone. An export keeps a copy.")]


def what_went(what: Doomed, kept: Sequence[Undeleted]) -> list[str]:
    """How many answers were deleted, and what could not be."""
    stayed = {one.answer_id for one in kept if one.answer_id is not None}
    gone = len(what.answers) - len(stayed)
    lines = [ngettext("{n} answer was deleted.", "{n} answers were deleted.", gone).format(n=gone)]
    for one in kept:
        if one.answer_id is None:
            said = _("{path} still holds something of what was to go ({reason}); `voicerehearsal recover` tries again.")
        else:
            said = _("{path} was not deleted ({reason}); answer {number} is still there.")
        lines.append(said.format(path=one.path, reason=one.reason, number=one.answer_id))
    return lines


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
