"""What a person has settled for themselves, where nothing else is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicerehearsal.presenting.sitting import Wishes


def filled_in(wishes: Wishes, tell: Callable[[str], None]) -> Wishes:
    """The wishes with the settings where nothing is wished for.

    A device of the settings that is not here now is told of, and the system's own taken; a broken file is told of, too.

    Args:
        wishes: What is asked for.
        tell: Is given a sentence for each thing that is not as settled.
    """
    from voicerehearsal.errors import JournalError
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.settings import Settings, checked_settings

    try:
        settings = checked_settings(data_home())
    except JournalError as error:
        tell(error.going_on(_("Until then your own settings do not count.")))
        settings = Settings()
    heard_live = wishes.answers is None
    return replace(
        wishes,
        language=wishes.language or (settings.practice_language if wishes.pack is None else None),
        count=wishes.count or (settings.count if heard_live else None),
        microphone=wishes.microphone or (_here("input", settings.microphone, tell) if heard_live else None),
        speaker=wishes.speaker or _here("output", settings.speaker, tell),
        end_silence_s=wishes.end_silence_s or settings.end_silence_s,
        phone_line=settings.phone_line if wishes.phone_line is None else wishes.phone_line,
    )


def _here(kind: Literal["input", "output"], name: str | None, tell: Callable[[str], None]) -> str | None:
    """The device of the settings, None for the system's own where it is not here."""
    if name is None:
        return None
    from voicerehearsal import wiring
    from voicerehearsal.errors import DeviceError

    try:
        devices = wiring.list_devices()
    except DeviceError:
        return None
    names = [one.name for one in devices if (one.inputs if kind == "input" else one.outputs)]
    if any(name.casefold() in one.casefold() for one in names):
        return name
    absent = (
        _("Your microphone “{name}” is not here now; the one of the system is used.")
        if kind == "input"
        else _("Your speaker “{name}” is not here now; the one of the system is used.")
    )
    tell(absent.format(name=name))
    return None
