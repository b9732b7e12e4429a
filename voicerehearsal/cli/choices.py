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
    """The pack asked for, else the built-in one in `language` (English) that was practised longest ago.

    Raises:
        UsageError: There is no such pack, or it is in another language than the one asked for.
        PackError: It is broken.
    """
    from datetime import UTC, datetime

    from voicerehearsal.errors import UsageError
    from voicerehearsal.packs import builtin_folder, find_pack, list_packs

    folders = [builtin_folder()]
    if id_or_path is not None:
        pack = find_pack(id_or_path, folders)
        if language not in (None, pack.language):
            raise UsageError(
                f"The pack {pack.id!r} is in {_NAMES[pack.language]}, not in {_NAMES[language]}",
                "Leave --language out, or name another pack.",
            )
        return pack
    shelf = list_packs(folders)
    packs = [listed.pack for listed in shelf.packs if listed.pack.language == (language or "en")]
    if not packs:
        raise UsageError(
            f"There is no built-in pack in {_NAMES[language or 'en']}", "Name a file of your own with --pack."
        )
    never = datetime.min.replace(tzinfo=UTC)
    return min(packs, key=lambda pack: max(journal.last_practised(pack.id).values(), default=never))
