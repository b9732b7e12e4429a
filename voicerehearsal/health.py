"""What a rehearsal needs and what this computer has of it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voicerehearsal import __version__, wiring
from voicerehearsal.errors import RehearsalError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.own_targets import own_targets
from voicerehearsal.journal.settings import checked_settings

_ROOM_MB = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: what was found, and what to do about it.

    `state` is "good", "lacking" (a rehearsal goes on without it) or "missing" (it cannot be held).
    """

    part: str
    state: Literal["good", "lacking", "missing"]
    found: str
    cure: str = ""


def examine() -> Iterator[Finding]:
    """Look at every part, one after another, some for a second; nothing is changed on the disk."""
    sound = (_microphone, _speaker, _voice, _english, _chinese, _meaning)
    parts = (_program, *sound, _data, _journal, _targets, _settings)
    for part in parts:
        yield from part()


def able(findings: tuple[Finding, ...]) -> bool:
    """Whether a rehearsal could be held."""
    return all(finding.state != "missing" for finding in findings)


def _program() -> Iterator[Finding]:
    place = Path(__file__).resolve().parent
    found = f"voicerehearsal {__version__} in {place}, Python {platform.python_version()} ({sys.platform})"
    yield Finding("program", "good", found)


def _microphone() -> Iterator[Finding]:
    try:
        yield Finding("microphone", "good", wiring.microphone(None).name)
    except RehearsalError as error:
        yield Finding("microphone", "missing", error.what, f"{error.cure}\nUntil then practice shows a demonstration.")


def _speaker() -> Iterator[Finding]:
    try:
        yield Finding("speaker", "good", wiring.speaker(None).name)
    except RehearsalError as error:
        yield Finding("speaker", "lacking", error.what, f"{error.cure}\nUntil then the questions are shown.")


def _voice() -> Iterator[Finding]:
    names = wiring.voice_names("en")
    if names:
        yield Finding("voice", "good", ", else ".join(names))
    else:
        yield Finding("voice", "lacking", "no voice speaks English", wiring.how_to_get_a_voice("en"))


def _english() -> Iterator[Finding]:
    yield _model("en", "English words", "missing")


def _chinese() -> Iterator[Finding]:
    yield _model("zh", "Chinese words", "lacking")


def _model(language: Literal["en", "zh"], part: str, without: Literal["lacking", "missing"]) -> Finding:
    try:
        return Finding(part, "good", str(wiring.verified_model(language)))
    except RehearsalError as error:
        return Finding(part, without, error.what, error.cure)


def _meaning() -> Iterator[Finding]:
    try:
        yield Finding("meaning", "good", wiring.verified_meaning())
    except RehearsalError as error:
        yield Finding("meaning", "lacking", error.what, f"{error.cure}\nUntil then points are told by words alone.")


def _data() -> Iterator[Finding]:
    home = data_home()
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        yield Finding("data folder", "missing", f"{home} cannot be written", "Choose another with VOICEREHEARSAL_HOME.")
        return
    free_mb = shutil.disk_usage(nearest).free // 1_000_000
    if free_mb < _ROOM_MB:
        yield Finding("data folder", "lacking", f"{home}, only {free_mb} MB free", "Free some space.")
    else:
        yield Finding("data folder", "good", f"{home}, {free_mb // 1000} GB free")


def _targets() -> Iterator[Finding]:
    """Only where there are some, or the file is broken: most people have none."""
    try:
        own = own_targets(data_home()).stated
    except RehearsalError as error:
        yield Finding("targets", "lacking", error.what, f"{error.cure}\nUntil then your own targets do not count.")
        return
    if own:
        yield Finding("targets", "good", f"{len(own)} of your own: {', '.join(own)}")


def _settings() -> Iterator[Finding]:
    """Only where the file is broken: what is chosen is seen where it is chosen."""
    try:
        checked_settings(data_home())
    except RehearsalError as error:
        yield Finding("settings", "lacking", error.what, f"{error.cure}\nUntil then your own settings do not count.")


def _journal() -> Iterator[Finding]:
    try:
        with wiring.open_journal(read_only=True) as journal:
            count = journal.count_answers()
    except RehearsalError as error:
        yield Finding("journal", "missing", error.what, error.cure)
        return
    yield Finding("journal", "good", f"{count} answer{'' if count == 1 else 's'}" if count else "empty yet")
