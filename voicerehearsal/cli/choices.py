"""What a person may leave out, the language and the pack, and what a path they name is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Language, Pack


_NAMES = {"en": "English", "zh": "Chinese"}


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
    """The pack asked for, in the language asked for where it is there in both.

    Without one: the built-in pack in `language` (English) that has the question longest overdue; when none is due, the
    one that was practised longest ago.

    Raises:
        UsageError: There is no such pack, or it is in another language than the one asked for.
        PackError: It is broken.
    """
    from datetime import UTC, datetime

    from voicerehearsal.coaching.schedule import overdue
    from voicerehearsal.errors import UsageError
    from voicerehearsal.packs import builtin_folder, find_pack, find_twin, list_packs

    folders = [builtin_folder()]
    if id_or_path is not None:
        pack = find_pack(id_or_path, folders)
        twin = pack if language is None else find_twin(pack, language, folders)
        if twin is None:
            raise UsageError(
                f"The pack {pack.id!r} is in {_NAMES[pack.language]}, not in {_NAMES[language or pack.language]}",
                "Leave --language out, or name another pack.",
            )
        return twin
    spoken = language or "en"
    packs = {listed.pack.id: listed.pack for listed in list_packs(folders).packs if listed.pack.language == spoken}
    if not packs:
        raise UsageError(f"There is no built-in pack in {_NAMES[spoken]}", "Name a file of your own with --pack.")
    for due in overdue(journal.standings(spoken).values(), datetime.now(UTC)):
        if due.pack in packs:
            return packs[due.pack]
    never = datetime.min.replace(tzinfo=UTC)
    return min(packs.values(), key=lambda pack: max(journal.last_practised(pack.id).values(), default=never))
