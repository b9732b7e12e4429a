"""A person's own question packs: files in `packs/` in the data folder, beside those that come with the program."""

from __future__ import annotations

from pathlib import Path

from voicerehearsal.errors import PackError, UsageError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.whole import write_whole
from voicerehearsal.packs import builtin_folder, list_packs, load_pack, pack_from_text
from voicerehearsal.packs.lines import Lines
from voicerehearsal.packs.toml_file import Problem
from voicerehearsal.values import Pack

LARGEST_BYTES = 1_000_000
"""Of a pack file; the largest that comes with the program has a fifth of it."""


def own_packs_folder(home: Path) -> Path:
    """Where a person's own packs lie. Creates nothing."""
    return home / "packs"


def pack_folders() -> list[Path]:
    """Where packs are looked for by id; the first that has one wins."""
    return [builtin_folder(), own_packs_folder(data_home())]


def own_pack_file(home: Path, pack_id: str) -> Path | None:
    """The file of the own pack with this id; where it is broken and says no id, the file called after it."""
    folder = own_packs_folder(home)
    listed = list_packs([folder]).packs
    named = (path for path in sorted(folder.glob("*.toml")) if path.stem == pack_id)
    return next((one.path for one in listed if one.pack.id == pack_id), next(named, None))


def broken_own_packs(home: Path) -> dict[str, PackError]:
    """The own files that are no good packs, by the name under which each can be edited, with what is wrong."""
    found: dict[str, PackError] = {}
    taken = {one.pack.id for one in list_packs([builtin_folder()]).packs}
    for path in sorted(own_packs_folder(home).glob("*.toml")):
        try:
            pack = load_pack(path)
        except PackError as error:
            found[path.stem] = error
            continue
        if pack.id in taken:
            found[path.stem] = PackError(f'{path}: the pack id "{pack.id}" is taken', "Give it another id.")
        taken.add(pack.id)
    return found


def problems_of(home: Path, text: str, *, file: Path | None) -> tuple[Pack | None, list[Problem]]:
    """The pack that `text` is, and why it cannot be kept in `file`, a new one for None."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        return None, [Problem(1, "the pack is larger than a megabyte", "Make two packs of it")]
    pack, problems = pack_from_text(text)
    if pack is None:
        return None, problems
    others = [one for one in list_packs([builtin_folder(), own_packs_folder(home)]).packs if one.path != file]
    if pack.id in {one.pack.id for one in others}:
        line = Lines(text.replace("\r\n", "\n")).of(("pack", "id"))
        problems = [Problem(line, f'the pack id "{pack.id}" is taken by another pack', "Give it another id")]
    return pack, problems


def keep_pack(home: Path, text: str, *, file: Path | None) -> tuple[Pack, Path]:
    """Put an own pack on the disk, in place of what `file` held, or as a new one.

    Raises:
        PackError: It is not whole, or the disk refuses; nothing is changed.
    """
    pack, problems = problems_of(home, text, file=file)
    if pack is None or problems:
        first = problems[0]
        raise PackError(f"Line {first.line}: {first.what}", first.advice)
    place = file or _free_place(own_packs_folder(home), pack.id)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, text.replace("\r\n", "\n").encode())
    except OSError as error:
        raise PackError(f"The pack cannot be kept in {place} ({error.strerror})", "Free some space.") from error
    return pack, place


def remove_pack(home: Path, pack_id: str) -> None:
    """Delete an own pack; what was answered to its questions stays.

    Raises:
        UsageError: There is no own pack of this id.
        PackError: The disk refuses.
    """
    file = own_pack_file(home, pack_id)
    if file is None:
        raise UsageError(f"There is no pack of your own called '{pack_id}'", "Those that come along stay.")
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise PackError(
            f"The pack {file} cannot be removed ({error.strerror})", "Check who may write there."
        ) from error


def copied_text(original: Path, *, pack_id: str, title: str) -> str:
    """The text of a pack file under another id and title, with all its comments."""
    import tomlkit

    document = tomlkit.parse(original.read_text("utf-8-sig"))
    head = document["pack"]
    assert isinstance(head, tomlkit.items.Table | tomlkit.items.InlineTable)
    head["id"], head["title"] = pack_id, title
    return document.as_string()


def free_id(home: Path, wanted: str) -> str:
    """`wanted`, or with the first number from 2 behind it that no pack has."""
    taken = {one.pack.id for one in list_packs([builtin_folder(), own_packs_folder(home)]).packs}
    taken |= {path.stem for path in own_packs_folder(home).glob("*.toml")}
    number = 1
    while (name := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return name


def _free_place(folder: Path, pack_id: str) -> Path:
    """A file that is not there yet: a broken file of that name is not overwritten."""
    number = 1
    while (path := folder / (f"{pack_id}.toml" if number == 1 else f"{pack_id}-{number}.toml")).exists():
        number += 1
    return path
