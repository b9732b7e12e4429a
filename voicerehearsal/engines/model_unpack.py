"""Taking a model out of an archive (.zip, .whl) or a folder, wherever inside it lies, and nothing else with it."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from voicerehearsal.engines.model_store import ListedModel, check_files, file_sha256, write_manifest
from voicerehearsal.errors import ModelError

_LANDMARK = "am/final.mdl"
"""The file by which a model is found inside an archive or a folder."""

_DEEPEST = 5
"""How deep a folder is searched for it; not a whole home folder."""


def unpack(given: Path, model: ListedModel, into: Path) -> None:
    """Make `model` in the new folder `into` from the archive or folder `given`, add our lines, and verify every file.

    Raises:
        ModelError: There is no such model in it, or not as published.
        OSError: It cannot be read or written.
    """
    if given.is_dir():
        if not model.files:
            raise ModelError(
                f"The {model.title} model can be checked only as the archive {_archive_name(model)}, not as a folder",
                "Give that file.",
            )
        _copy_members(_folder_members(given), model, into, given)
    elif given.is_file():
        if not model.files and file_sha256(given) != model.sources[0].sha256:
            raise ModelError(
                f"{given} is not {_archive_name(model)} as published (wrong sha256)", "Fetch it again: it may be cut."
            )
        try:
            with zipfile.ZipFile(given) as archive:
                _copy_members(_zip_members(archive), model, into, given)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise ModelError(
                f"{given} is not a whole zip archive ({error})", "A download that was cut? Fetch it again."
            ) from error
    else:
        raise ModelError(f"{given} does not exist", "Give an archive (.zip, .whl) or a folder.")
    for path, lines in (model.appended or {}).items():
        _append(into / path, lines.strip().encode() + b"\n")
    if not model.files:
        write_manifest(into)
    try:
        check_files(into, model, cure="")
    except ModelError as error:
        where = str(error).replace(f" the model folder {into}", f" {given}")
        raise ModelError(f"{given} does not hold {model.name} as published ({where})") from error


def _archive_name(model: ListedModel) -> str:
    return f"{model.name}.zip"


Members = dict[str, Callable[[], IO[bytes]]]
"""Names with `/` inside an archive or folder, and how to open each."""


def _zip_members(archive: zipfile.ZipFile) -> Members:
    members: Members = {}
    for info in archive.infolist():
        name = info.filename  # may be anything, even empty
        if name and not name.endswith("/") and not stat.S_ISLNK(info.external_attr >> 16):
            members[name] = partial(archive.open, info)
    return members


def _folder_members(folder: Path) -> Members:
    members: Members = {}
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        if len(here.relative_to(folder).parts) >= _DEEPEST:
            folders.clear()
        for name in names:
            members[(here / name).relative_to(folder).as_posix()] = partial(_open, here / name)
    return members


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _copy_members(members: Members, model: ListedModel, into: Path, given: Path) -> None:
    """Copy the model's files; those the list names, or all where it names none."""
    roots = sorted((name.removesuffix(_LANDMARK) for name in members if f"/{name}".endswith(f"/{_LANDMARK}")), key=len)
    if not roots:
        raise ModelError(f"There is no Vosk model in {given}", f"Give {_archive_name(model)}, or its folder.")
    root, limits = roots[0], {file.path: file.bytes for file in model.files}
    for name, opened in members.items():
        path = name.removeprefix(root)
        if not name.startswith(root) or (limits and path not in limits):
            continue
        parts = PurePosixPath(path).parts
        if not parts or ".." in parts or PurePosixPath(path).is_absolute() or "\\" in path or ":" in path:
            raise ModelError(f"{given} wants to write outside its folder ({name})", "Do not use it.")
        target = into.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened() as source, target.open("wb") as file:
            _copy_at_most(source, file, limits.get(path))


def _copy_at_most(source: IO[bytes], file: IO[bytes], limit: int | None) -> None:
    """Copy, but never more than one byte too many; then the file is known for wrong and the disk is not filled."""
    left = limit + 1 if limit is not None else None
    while block := source.read(1 << 20 if left is None else min(left, 1 << 20)):
        file.write(block)
        left = left - len(block) if left is not None else None
    file.flush()
    os.fsync(file.fileno())


def _append(path: Path, lines: bytes) -> None:
    """Make `lines` the last of a file, once."""
    if not path.is_file():
        return  # the check that follows says so
    text = path.read_bytes()
    if not text.endswith(lines):
        path.write_bytes(text + (b"" if text.endswith(b"\n") or not text else b"\n") + lines)
