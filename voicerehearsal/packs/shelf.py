"""Packs loaded by file, found by id, and listed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from voicerehearsal.errors import PackError, UsageError
from voicerehearsal.packs.check import read_pack_file, read_pack_text
from voicerehearsal.packs.stated import stated_targets
from voicerehearsal.packs.toml_file import Problem
from voicerehearsal.values import Language, Pack, Question

_OTHER_ID = "Give it another id."


@dataclass(frozen=True, slots=True)
class ListedPack:
    """A pack and the file it was read from."""

    path: Path
    pack: Pack


@dataclass(frozen=True, slots=True)
class Shelf:
    """What some folders hold: packs by title, and the errors of files that are no good packs."""

    packs: tuple[ListedPack, ...]
    broken: tuple[PackError, ...]


def builtin_folder() -> Path:
    """Where the packs that come with the program are: in an installed wheel beside the code, else the checkout's."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_share" / "prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


def load_pack(path: Path) -> Pack:
    """Read a pack.

    Raises:
        PackError: Unreadable or broken: file, line and cure of the first problem, and how many more there are.
    """
    try:
        there = path.stat()
    except OSError:
        return _loaded(path)  # says why in its own words
    return _loaded_once(path, (there.st_ino, there.st_size, there.st_mtime_ns, there.st_ctime_ns))


@lru_cache(64)
def _loaded_once(path: Path, _as_it_is: tuple[int, ...]) -> Pack:
    """As `load_pack`, and not again while the file is as it is: a page that lists packs is asked for many times."""
    return _loaded(path)


def _loaded(path: Path) -> Pack:
    data, problems = read_pack_file(path)
    if problems:
        first, more = problems[0], len(problems) - 1
        rest = f" `voicerehearsal packs check` shows {more} more." if more else ""
        raise PackError(f"{path}:{first.line}: {first.what}", first.advice + rest)
    return _pack(data)


def pack_from_text(text: str) -> tuple[Pack | None, list[Problem]]:
    """The pack that a text is, None where it is none yet, and every problem in the order of lines."""
    data, problems = read_pack_text(text)
    return (None if problems else _pack(data)), problems


def list_packs(folders: Iterable[Path]) -> Shelf:
    """All packs in some folders, by title; one broken file does not hide the others.

    Of two packs with one id the first is there and the other is broken: it could not be asked for.
    """
    packs: dict[str, ListedPack] = {}
    broken: list[PackError] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            listed = ListedPack(path, load_pack(path))
        except PackError as error:
            broken.append(error)
            continue
        taken = packs.setdefault(listed.pack.id, listed)
        if taken is not listed:
            broken.append(PackError(f'{path}: the pack id "{listed.pack.id}" is taken by {taken.path}', _OTHER_ID))
    return Shelf(tuple(sorted(packs.values(), key=lambda p: p.pack.title)), tuple(broken))


def find_pack(id_or_path: str, folders: Sequence[Path]) -> Pack:
    """The pack of a file, or the one in `folders` that has this id; the first folder that has it wins.

    Raises:
        UsageError: There is no such file, or no pack with this id.
        PackError: There is one, and it is broken.
    """
    path = Path(id_or_path).expanduser()
    if _is_file(path):
        return load_pack(path)
    if path.suffix == ".toml" or len(path.parts) > 1:
        raise UsageError(f"There is no pack file {id_or_path}", "Check the path.")
    for usual in (folder / f"{id_or_path}.toml" for folder in folders):
        if _is_file(usual) and (pack := load_pack(usual)).id == id_or_path:
            return pack
    found = list_packs(folders).packs
    for listed in found:
        if listed.pack.id == id_or_path:
            return listed.pack
    raise UsageError(f"There is no pack called '{id_or_path}'", _instead(id_or_path, [p.pack.id for p in found]))


def find_twin(pack: Pack, language: Language, folders: Sequence[Path]) -> Pack | None:
    """The same pack in `language`, which is called after it: "crm" and "crm-zh"; itself when it is in that language."""
    if pack.language == language:
        return pack
    wanted = pack.id.removesuffix(f"-{pack.language}") + ("" if language == "en" else f"-{language}")
    found = (listed.pack for listed in list_packs(folders).packs)
    return next((other for other in found if (other.id, other.language) == (wanted, language)), None)


def find_question(pack: Pack, question_id: str) -> Question:
    """The question of a pack that has this id.

    Raises:
        UsageError: There is none.
    """
    for question in pack.questions:
        if question.id == question_id:
            return question
    cure = _instead(question_id, [q.id for q in pack.questions])
    raise UsageError(f"The pack '{pack.id}' has no question '{question_id}'", cure)


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is that of none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _instead(wanted: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(wanted, known, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"There are: {', '.join(known) or 'none'}."


def _pack(data: Mapping[str, Any]) -> Pack:
    """A file without problems as values; `follows` is read off the follow-ups of the others."""
    asked = data["question"]
    follows = {child: q["id"] for q in asked for child in q.get("follow_ups", ())}
    questions = [
        {
            **q,
            "points": q.get("point", ()),
            "cautions": q.get("caution", ()),
            "exercises": q.get("exercise", ()),
            "follows": follows.get(q["id"]),
        }
        for q in asked
    ]
    head = data["pack"]
    targets = stated_targets(head.get("targets", {}), f"the pack {head['id']}", "pack", note="why")
    return msgspec.convert({**head, "questions": questions, "targets": targets}, Pack)
