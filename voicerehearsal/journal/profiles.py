"""Calibrations: what a voice sounds like with a straight face and with a smile, one JSON file each."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.whole import write_whole

_SUFFIX = ".json"
_NAME = re.compile(r"[\w-]{1,40}")
"""Letters of any script, digits, - and _; short enough for every file system."""


def profiles_folder(home: Path) -> Path:
    """Where the calibrations lie. Creates nothing."""
    return home / "profiles"


def profile_names(home: Path) -> list[str]:
    """The calibrations there are, in the order of their names.

    Raises:
        JournalError: The folder cannot be read.
    """
    folder = profiles_folder(home)
    try:
        files = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise JournalError(
            f"The calibrations in {folder} cannot be read ({error.strerror})", "Check who may read the folder."
        ) from error
    return [file.stem for file in files if file.suffix == _SUFFIX and _NAME.fullmatch(file.stem)]


def read_profile(home: Path, name: str) -> bytes:
    """The JSON of a calibration.

    Raises:
        UsageError: There is none of this name; the message lists those there are.
        JournalError: It cannot be read.
    """
    file = _file(home, name)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise _unknown(name, profile_names(home)) from None
    except OSError as error:
        raise JournalError(
            f"The calibration {file} cannot be read ({error.strerror})", "Check who may read it."
        ) from error


def save_profile(home: Path, name: str, content: bytes) -> Path:
    """Store the JSON of a calibration, in place of an older one of this name; returns where it lies.

    It is on the disk when this returns; whatever happens meanwhile, the file is the old one or the new one, whole.

    Raises:
        UsageError: The name is not one.
        JournalError: The disk refuses; an older one is as it was.
    """
    file = _file(home, name)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
    except OSError as error:
        raise JournalError(
            f"The calibration cannot be kept in {file.parent} ({error.strerror})",
            "Free some space, or choose another folder with VOICEREHEARSAL_HOME.",
        ) from error
    return file


def remove_profile(home: Path, name: str) -> None:
    """Delete a calibration; what was measured by it stays.

    Raises:
        UsageError: There is none of this name.
        JournalError: The disk refuses.
    """
    file = _file(home, name)
    try:
        file.unlink()
    except FileNotFoundError:
        raise _unknown(name, profile_names(home)) from None
    except OSError as error:
        raise JournalError(f"{file} cannot be removed ({error.strerror})", "Check who may write there.") from error


def made_at(home: Path, name: str) -> datetime | None:
    """When a calibration was stored; None where there is none."""
    try:
        return datetime.fromtimestamp(_file(home, name).stat().st_mtime, UTC)
    except OSError:
        return None


def checked_name(name: str) -> str:
    """The same name.

    Raises:
        UsageError: It cannot be the name of a file everywhere.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be the name of a calibration", "Use up to 40 letters, digits, hyphens and underscores."
        )
    return name


def _file(home: Path, name: str) -> Path:
    return profiles_folder(home) / f"{checked_name(name)}{_SUFFIX}"


def _unknown(name: str, known: list[str]) -> UsageError:
    others = f"there are: {', '.join(known)}" if known else "there is none yet"
    return UsageError(
        f"There is no calibration called {name!r}; {others}", f"`voicerehearsal calibrate --profile {name}` makes it."
    )
