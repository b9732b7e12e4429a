"""Packs gathered for their pages: how many questions there are, how they hang together, and which are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voicerehearsal.errors import UsageError
from voicerehearsal.journal.own_packs import pack_folders
from voicerehearsal.languages import _
from voicerehearsal.packs import list_packs
from voicerehearsal.presenting.due import when_due
from voicerehearsal.rehearsal.kinds import suits
from voicerehearsal.values import Language, Question, QuestionRef

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicerehearsal.coaching.schedule import Standing
    from voicerehearsal.packs import ListedPack
    from voicerehearsal.values import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """A pack in the list: how many questions, and how many of them are due."""

    id: str
    title: str
    language: Language
    own: bool
    questions: int
    follow_ups: int
    practised: int
    due: int
    kinds: tuple[str, ...]


def listed_pack(pack_id: str) -> ListedPack:
    """A pack by its id, never by a path; raises UsageError when there is none."""
    for listed in list_packs(pack_folders()).packs:
        if listed.pack.id == pack_id:
            return listed
    raise UsageError(_("There is no pack called “{id}”").format(id=pack_id), _("It may have been renamed or removed."))


def is_own(listed: ListedPack, folder: Path) -> bool:
    """Whether it lies in the folder of one's own."""
    return listed.path.parent == folder


def read_all_standings() -> Mapping[QuestionRef, Standing]:
    """How the questions of both languages stand; raises JournalError."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.standings import read_standings
    from voicerehearsal.presenting.own_targets import targets_for

    targets = targets_for()
    with wiring.open_journal(read_only=True) as journal:
        return {**read_standings(journal, "en", targets), **read_standings(journal, "zh", targets)}


def row_of(listed: ListedPack, standings: Mapping[QuestionRef, Standing], own: Path) -> PackRow:
    """A pack in the list; `own` is the folder of one's own packs."""
    pack, now = listed.pack, datetime.now(UTC)
    known = [standings[ref] for q in pack.questions if (ref := QuestionRef(pack.id, q.id)) in standings]
    main = len(main_questions(pack))
    return PackRow(
        id=pack.id,
        title=pack.title,
        language=pack.language,
        own=is_own(listed, own),
        questions=main,
        follow_ups=len(pack.questions) - main,
        practised=len(known),
        due=sum(stands.due <= now for stands in known),
        kinds=_kinds(pack),
    )


def _kinds(pack: Pack) -> tuple[str, ...]:
    """What else a pack can be practised as, in words."""
    named = {"role-play": _("role-play"), "questioning": _("questioning drill")}
    return tuple(
        name
        for kind, name in named.items()
        if any(suits(kind, question) for question in pack.questions)  # type: ignore[arg-type]
    )


def main_questions(pack: Pack) -> list[Question]:
    """Those that follow on no other."""
    return [question for question in pack.questions if question.follows is None]


def follow_ups_of(pack: Pack) -> dict[str, list[Question]]:
    """All that may follow each main question, however deep, in the order of the file."""
    above = {question.id: question.follows for question in pack.questions}
    under: dict[str, list[Question]] = {question.id: [] for question in main_questions(pack)}
    for question in pack.questions:
        top = question.id
        while (parent := above[top]) is not None:
            top = parent
        if top != question.id:
            under[top].append(question)
    return under


def when_again(pack: Pack, standings: Mapping[QuestionRef, Standing]) -> dict[str, tuple[str, bool, int]]:
    """Of each question practised: when it comes round again, whether that is now, and how many answers it has."""
    now = datetime.now(UTC)
    known = {q.id: standings[ref] for q in pack.questions if (ref := QuestionRef(pack.id, q.id)) in standings}
    return {name: (when_due(one.due, now), one.due <= now, one.answers) for name, one in known.items()}
