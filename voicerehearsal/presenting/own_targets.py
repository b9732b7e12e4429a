"""The targets in force, which count even when the file of own ones is broken."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.values import Pack


def targets_for(pack: Pack | str | None = None) -> Targets:
    """What answers are held against: one's own targets, over those of the pack, over the defaults.

    When the file of own ones is broken, a warning of the logger "voicerehearsal" says so, once, and they do not count.
    """
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.own_targets import targets_or_defaults

    targets, error = targets_or_defaults(data_home(), pack)
    if error is not None:
        _tell(error.going_on("Until then your own targets do not count."))
    return targets


@cache
def _tell(sentence: str) -> None:
    import logging

    logging.getLogger("voicerehearsal").warning("%s", sentence)
