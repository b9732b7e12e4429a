"""What a person may leave out, the language and the pack, and what a path they name is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicerehearsal.coaching.schedule import Standing
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.rehearsal.kinds import KindOfPractice
    from voicerehearsal.values import Language, Pack, Question, QuestionRef

_NAMES = {"en": "English", "zh": "Chinese"}
_NEVER = datetime.min.replace(tzinfo=UTC)


def spoken_language(name: str | None) -> Language | None:
    """The language called "en" or "zh"; raises UsageError for any other."""
    from voicerehearsal.errors import UsageError

    match name:
        case None:
            return None
        case "en":
            return "en"
        case "zh":
            return "zh"
        case _:
            raise UsageError(f"{name!r} is not a language known here", "There are: en (English), zh (Chinese).")


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; what cannot even be looked at is none, and fails where it is opened."""
    try:
        return path.is_dir()
    except OSError:
        return False


def choose_pack(id_or_path: str | None, language: Language | None, journal: Journal) -> Pack:
    """The pack asked for, as `named_pack`; without one, what is next, as `next_pack`."""
    return next_pack(language, journal) if id_or_path is None else named_pack(id_or_path, language)


def named_pack(id_or_path: str, language: Language | None) -> Pack:
    """The pack of this name, in the language asked for where it is there in both.

    Raises:
        UsageError: There is no such pack, or it is in another language than the one asked for.
        PackError: It is broken.
    """
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack, find_twin

    folders = pack_folders()
    pack = find_pack(id_or_path, folders)
    twin = pack if language is None else find_twin(pack, language, folders)
    if twin is None:
        raise UsageError(
            f"The pack {pack.id!r} is in {_NAMES[pack.language]}, not in {_NAMES[language or pack.language]}",
            "Leave --language out, or name another pack.",
        )
    return twin


def next_pack(
    language: Language | None,
    journal: Journal,
    kind: KindOfPractice | None = None,
    *,
    standings: Mapping[QuestionRef, Standing] | None = None,
) -> Pack:
    """The pack in `language` (English) that has the question longest overdue.

    When none is due, it is the one practised longest ago. Only questions count that `kind` can be held with;
    `standings` by the person's own targets may be given where they have been read already.

    Raises:
        UsageError: There is no such pack.
    """
    from voicerehearsal.coaching.schedule import overdue
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.standings import read_last_practised, read_standings
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.kinds import needed_for
    from voicerehearsal.values import QuestionRef

    spoken = language or "en"
    packs = packs_in(spoken, kind)
    if not packs:
        needed = "" if kind is None else f" that has {needed_for(kind)}, which {kind} needs"
        raise UsageError(f"There is no pack in {_NAMES[spoken]}{needed}", "Name a file of your own with --pack.")
    asked = {QuestionRef(pack.id, question.id): pack for pack, questions in packs for question in questions}
    if standings is None:
        standings = read_standings(journal, spoken, targets_for())
    for due in overdue(standings.values(), datetime.now(UTC)):
        if due in asked:
            return asked[due]

    def last_practised(one: tuple[Pack, list[Question]]) -> datetime:
        when = read_last_practised(journal, one[0].id)
        return max((when[question.id] for question in one[1] if question.id in when), default=_NEVER)

    return min(packs, key=last_practised)[0]


def packs_in(language: Language, kind: KindOfPractice | None) -> list[tuple[Pack, list[Question]]]:
    """The packs in `language`, own ones too, that this kind of practice can be held with, each with its questions."""
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import list_packs
    from voicerehearsal.rehearsal.kinds import suits

    packs = [listed.pack for listed in list_packs(pack_folders()).packs if listed.pack.language == language]
    each = [(pack, [one for one in pack.questions if kind is None or suits(kind, one)]) for pack in packs]
    return [(pack, questions) for pack, questions in each if questions]
