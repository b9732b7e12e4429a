"""Where a person's data lies, and what time it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HOME_VARIABLE = "VOICEREHEARSAL_HOME"

Clock = Callable[[], datetime]
"""Says what time it is, with a time zone."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def data_home() -> Path:
    """The data folder: `VOICEREHEARSAL_HOME`, else the platform's own place. Creates nothing."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path("voicerehearsal", appauthor=False)


def recordings_folder(home: Path) -> Path:
    """Where the recordings lie. Creates nothing."""
    return home / "recordings"


def importing_folder(home: Path) -> Path:
    """Where an import gathers files before they get their places. Creates nothing."""
    return home / "importing"


def database_file(home: Path) -> Path:
    """Where the journal lies. Creates nothing."""
    return home / "journal.db"
