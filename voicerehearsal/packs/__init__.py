"""Question packs: from the files in `prompts/`, or anybody's own, to checked questions."""

from __future__ import annotations

from voicerehearsal.packs.check import check_pack, check_packs
from voicerehearsal.packs.shelf import (
    ListedPack,
    Shelf,
    builtin_folder,
    find_pack,
    find_question,
    find_twin,
    list_packs,
    load_pack,
    pack_from_text,
)
from voicerehearsal.packs.toml_file import Problem

__all__ = [
    "ListedPack",
    "Problem",
    "Shelf",
    "builtin_folder",
    "check_pack",
    "check_packs",
    "find_pack",
    "find_question",
    "find_twin",
    "list_packs",
    "load_pack",
    "pack_from_text",
]
