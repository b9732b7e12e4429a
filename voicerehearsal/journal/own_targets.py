"""A person's own targets, over those of the question pack, over the defaults."""

from __future__ import annotations

from pathlib import Path

from voicerehearsal.coaching.targets import DEFAULTS, Targets
from voicerehearsal.values import Pack


def own_targets(home: Path, pack: Pack | str | None = None) -> Targets:
    """What this person's answers are held against.

    Args:
        home: The data folder.
        pack: The question pack practised, or the id of a built-in one: it may state targets, and the person for it.
    """
    return DEFAULTS
