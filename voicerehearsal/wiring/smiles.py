"""Smile calibrations: made from readings, kept, and found by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from voicerehearsal.engines import soundfiles
from voicerehearsal.errors import JournalError, RehearsalError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.profiles import profile_names, read_profile, save_profile
from voicerehearsal.measures.calibration import Calibration
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED, Profile
from voicerehearsal.rehearsal.listen import Heard
from voicerehearsal.wiring.hearing import hear_file

DEFAULT_PROFILE = "default"
"""Used wherever no other calibration is named."""


def profile_called(name: str) -> Profile:
    """The calibration of this name.

    Raises:
        UsageError: There is none; the message lists those there are.
        JournalError: It cannot be read, or is damaged.
    """
    line = read_profile(data_home(), name)
    try:
        return Profile(name, msgspec.json.decode(line, type=Calibration))
    except msgspec.DecodeError as error:
        raise JournalError(
            f"The calibration {name!r} is damaged ({error})",
            f"Make it again: `voicerehearsal calibrate --profile {name}`.",
        ) from error


def find_profile(name: str | None) -> Profile | str:
    """The calibration of this name, the default one for None; or why it cannot be had, as a clause."""
    wanted = DEFAULT_PROFILE if name is None else name
    try:
        if wanted in profile_names(data_home()):
            return profile_called(wanted)
    except RehearsalError as error:
        return f"{error.what[0].lower()}{error.what[1:]}"
    return NOT_CALIBRATED if name is None else f"its calibration {wanted!r} is not here"


def keep_profile(profile: Profile) -> Path:
    """Store a calibration and return where it lies; raises UsageError for a bad name, JournalError for a full disk."""
    return save_profile(data_home(), profile.name, msgspec.json.encode(profile.calibration))


def hear_readings(files: Sequence[Path]) -> list[Heard]:
    """Recorded readings, for a calibration; raises SoundFileError when one cannot be read."""
    heard = []
    for path in files:
        reader = soundfiles.SoundFileReader(path)
        try:
            heard.append(hear_file(reader, None, with_timbre=True))
        finally:
            reader.close()
    return heard
