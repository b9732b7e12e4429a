"""Times as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 75.3 is 1:15."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def moment(start_s: float | None) -> str:
    """Minutes, seconds and tenths, as in 1:15.3; "" where the time is not known."""
    if start_s is None:
        return ""
    minutes, seconds = divmod(round(start_s, 1), 60)
    return f"{minutes:.0f}:{seconds:04.1f}"


def local_time(when: datetime) -> str:
    """Day and minute on the clock of this computer, short enough for a table."""
    return f"{when.astimezone():%d %b %y %H:%M}"
