"""The recogniser's models on this disk: which there are, where they are, and whether they are whole."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicerehearsal.errors import ModelError, UsageError

MANIFEST = "manifest.json"
"""In the folder of a model whose files the list does not pin: its files as unpacked from the pinned archive."""

_STAMP = ".verified.json"
"""In a model's folder: what its big files looked like when last hashed."""

_ALWAYS_HASHED_BYTES = 1_000_000
"""Files below this are hashed at every check; hashing the rest takes about 0.15 s, too long for every start."""

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of an installed model: `path` inside its folder with `/`, size in bytes, sha256 in hex."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an archive of a model comes from: a `url`, or a `package` for pip; size in bytes, sha256 in hex."""

    bytes: int
    sha256: str
    url: str | None = None
    package: str | None = None

    @property
    def label(self) -> str:
        """The source in words for people."""
        return f"the Python package {self.package}" if self.url is None else self.url.split("/")[2]


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model as listed in `models.toml`.

    `files` is empty where only the archive is pinned. `appended` names last lines that installation adds to a file.
    """

    name: str
    language: str
    title: str
    licence: str
    sources: tuple[Source, ...]
    files: tuple[ModelFile, ...] = ()
    appended: Mapping[str, str] | None = None

    @property
    def install_command(self) -> str:
        """What to type to install it."""
        return f"{'./rehearse' if _checkout() else 'voicerehearsal'} models install {self.language}"


@functools.cache
def listed_models() -> tuple[ListedModel, ...]:
    """The models of `models.toml`, in its order."""
    home = _checkout() or _PACKAGE / "_share"
    listing = tomllib.loads((home / "audio_models" / "models.toml").read_text(encoding="utf-8"))
    return tuple(_listed(entry) for entry in listing["model"])


def listed_model(language: str) -> ListedModel:
    """The model for `language`, such as "en".

    Raises:
        UsageError: There is none.
    """
    for model in listed_models():
        if model.language == language:
            return model
    known = ", ".join(f"{model.language} ({model.title})" for model in listed_models())
    raise UsageError(f'There is no model for the language "{language}"', f"There are: {known}.")


def model_places() -> tuple[Path, ...]:
    """Folders where models are looked for; the first that has a model wins."""
    import platformdirs

    checkout, home = _checkout(), os.environ.get("VOICEREHEARSAL_HOME")
    places = [checkout / "audio_models"] if checkout else []
    if home:
        places.append(Path(home).expanduser().absolute() / "models")
    places.append(platformdirs.user_data_path("voicerehearsal", appauthor=False) / "models")
    return tuple(places)


def find_model(language: str) -> Path:
    """The folder of the model for `language`; whether it is whole is `verify`'s question.

    Raises:
        ModelError: It is not installed.
        UsageError: There is no model for this language.
    """
    model = listed_model(language)
    for place in model_places():
        if (place / model.name).is_dir():
            return place / model.name
    raise ModelError(f"There is no {model.title} model", f"Run: {model.install_command}")


def verify(path: Path, language: str) -> None:
    """Check that the folder `path` holds the model for `language`, whole and as installed.

    Every small file is hashed at every call; a big one only when its size, its times or its expected hash are not
    those of the last time it was hashed. That is about a millisecond.

    Raises:
        ModelError: A file is missing, damaged, or not as installed.
        UsageError: There is no model for this language.
    """
    model = listed_model(language)
    check_files(path, model, cure=f"Run: {model.install_command}")


def check_files(folder: Path, model: ListedModel, *, cure: str) -> None:
    """Check `folder` against the list, or against its own manifest where the list pins no files.

    Raises:
        ModelError: Names the first file that is missing, damaged or not as installed, and the `cure`.
    """
    stamp = _read_json(folder / _STAMP)
    seen: dict[str, list[object]] = {}
    for file in model.files or _manifest(folder, cure):
        mark = _mark(folder, file, cure)
        big = file.bytes >= _ALWAYS_HASHED_BYTES
        if not (big and stamp.get(file.path) == mark) and _sha256(folder / file.path, cure) != file.sha256:
            raise ModelError(f"{file.path} is damaged in the model folder {folder}", cure)
        if big:
            seen[file.path] = mark
    if seen != stamp:
        _write_stamp(folder / _STAMP, seen)


def write_manifest(folder: Path) -> None:
    """Note path, size and sha256 of every file in `folder`, so that `check_files` can hold it to that."""
    files = [
        {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": file_sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=1), encoding="utf-8")


def file_sha256(path: Path) -> str:
    """The sha256 of a file, in hex.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checkout() -> Path | None:
    """The checkout this package runs from, None when it is installed."""
    return _PACKAGE.parent if (_PACKAGE.parent / "audio_models" / "models.toml").is_file() else None


def _listed(entry: dict[str, Any]) -> ListedModel:
    return ListedModel(
        name=entry["name"],
        language=entry["language"],
        title=entry["title"],
        licence=entry["licence"],
        sources=tuple(Source(**source) for source in entry["source"]),
        files=tuple(ModelFile(**file) for file in entry.get("files", ())),
        appended=entry.get("appended"),
    )


def _manifest(folder: Path, cure: str) -> Iterable[ModelFile]:
    try:
        return [ModelFile(**file) for file in _read_json(folder / MANIFEST)["files"]]
    except (KeyError, TypeError):
        raise ModelError(f"The model in {folder} was not put there by `models install`", cure) from None


def _mark(folder: Path, file: ModelFile, cure: str) -> list[object]:
    """What the file looks like from outside; read before hashing, so that a later change shows."""
    try:
        status = (folder / file.path).stat()
    except OSError:
        raise ModelError(f"{file.path} is missing in the model folder {folder}", cure) from None
    if status.st_size != file.bytes:
        raise ModelError(
            f"{file.path} in the model folder {folder} has {status.st_size} bytes where {file.bytes} belong", cure
        )
    return [file.sha256, status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def _sha256(path: Path, cure: str) -> str:
    try:
        return file_sha256(path)
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror})", cure) from error


def _read_json(path: Path) -> dict[str, Any]:
    """The object in a file, empty when there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_stamp(path: Path, seen: dict[str, list[object]]) -> None:
    """Keep what was seen; where that cannot be written, the next check simply hashes everything again."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        fresh.write_text(json.dumps(seen), encoding="utf-8")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
