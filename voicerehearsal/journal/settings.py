"""A person's own choices, kept in `settings.toml` in the data folder, a file to be read and edited by hand."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Annotated, Literal, get_type_hints

import msgspec

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.whole import write_whole
from voicerehearsal.packs.lines import Lines
from voicerehearsal.packs.toml_file import Problem, Table, read_toml
from voicerehearsal.values import Language

InterfaceLanguage = Literal["auto", "en", "zh"]
Theme = Literal["auto", "light", "dark"]

LEAST_END_SILENCE_S, MOST_END_SILENCE_S = 0.5, 60.0
MOST_QUESTIONS = 50

_HEAD = "# Your own settings for voicerehearsal; what is not stated here stays as the program does it by itself.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds where nothing else is asked for.

    Attributes:
        interface_language: What buttons and reports are written in; "auto" goes by the system or the browser.
        theme: Of the pages; "auto" goes by the system.
        microphone: Its name, or a part of it; None for the system's own choice.
        speaker: The same for the speaker.
        practice_language: What is practised; None for English.
        end_silence_s: The silence that ends an answer; None for what suits the kind of practice.
        phone_line: Whether questions are heard as through a telephone.
        count: How many questions a rehearsal has.
    """

    interface_language: InterfaceLanguage = "auto"
    theme: Theme = "auto"
    microphone: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    speaker: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    practice_language: Language | None = None
    end_silence_s: Annotated[float, msgspec.Meta(ge=LEAST_END_SILENCE_S, le=MOST_END_SILENCE_S)] | None = None
    phone_line: bool = False
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_QUESTIONS)] = 3


_CURES = {
    "interface_language": 'Write "auto", "en" or "zh"',
    "theme": 'Write "auto", "light" or "dark"',
    "microphone": 'Write its name as `voicerehearsal devices` shows it: microphone = "…"',
    "speaker": 'Write its name as `voicerehearsal devices` shows it: speaker = "…"',
    "practice_language": 'Write "en" or "zh"',
    "end_silence_s": f"Write seconds from {LEAST_END_SILENCE_S:g} to {MOST_END_SILENCE_S:g}, such as 4",
    "phone_line": "Write true or false",
    "count": f"Write a whole number from 1 to {MOST_QUESTIONS}",
}


def settings_file(home: Path) -> Path:
    """Where a person's settings lie. Creates nothing."""
    return home / "settings.toml"


def read_settings(home: Path) -> Settings:
    """What the person has chosen; where their file is broken what holds without it, see `checked_settings`."""
    try:
        return checked_settings(home)
    except JournalError:
        return Settings()


def checked_settings(home: Path) -> Settings:
    """As `read_settings`.

    Raises:
        JournalError: The file is broken; the message names file, line and cure.
    """
    file = settings_file(home)
    if not file.exists():
        return Settings()
    text, data, problems = read_toml(file)
    if not problems and (faults := [*_faults(data)]):
        lines = Lines(text)
        problems = sorted((Problem(lines.of((key,)), *rest) for key, *rest in faults), key=lambda one: one.line)
    if problems:
        first = problems[0]
        raise JournalError(f"{file}:{first.line}: {first.what}", first.advice)
    return msgspec.convert(data, Settings)


def settings_from(stated: object) -> Settings:
    """Settings as a program states them, by name, each where it is not as usual.

    Raises:
        UsageError: One of them cannot be so; the message says which and how it may be.
    """
    if not isinstance(stated, dict):
        raise UsageError("The settings are no table of names and values")
    for _, what, cure in _faults({key: value for key, value in stated.items() if value is not None}):
        raise UsageError(f"{what[0].upper()}{what[1:]}", f"{cure}.")
    return msgspec.convert(stated, Settings)


def write_settings(home: Path, settings: Settings) -> None:
    """Keep the settings; comments in the file and the order of its lines stay.

    What is as usual and not in the file is not written, so that a better usual reaches everybody who never chose.

    Raises:
        JournalError: The file is broken, or the disk refuses; it is as it was.
    """
    import tomlkit

    checked_settings(home)
    file, usual = settings_file(home), asdict(Settings())
    try:
        document = tomlkit.parse(file.read_text("utf-8-sig") if file.exists() else _HEAD)
        for key, value in asdict(settings).items():
            if value is None:
                document.pop(key, None)
            elif key in document or value != usual[key]:
                document[key] = value
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, (document.as_string().rstrip() + "\n").encode())
    except OSError as error:
        raise JournalError(
            f"Your settings cannot be kept in {file} ({error.strerror})",
            "Free some space, or choose another folder with VOICEREHEARSAL_HOME.",
        ) from error


def _faults(data: Table) -> Iterator[tuple[str, str, str]]:
    """What is wrong, setting by setting: its name, what, and the cure."""
    types = get_type_hints(Settings, include_extras=True)
    known = [field.name for field in fields(Settings)]
    for key, value in data.items():
        if key not in types:
            close = difflib.get_close_matches(key, known, n=1)
            yield key, f'unknown setting "{key}"', f"Did you mean '{close[0]}'?" if close else f"Use {', '.join(known)}"
            continue
        try:
            msgspec.convert(value, types[key])
        except msgspec.ValidationError:
            yield key, f'"{key}" cannot be {_shown(value)}', _CURES[key]


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
