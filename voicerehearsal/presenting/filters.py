"""Which answers a person wants to see, from what they typed or chose, and in words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.journal.wanted import Wanted

_AGO = re.compile(r"(\d{1,4})([dw])")
_DAYS_CALLED = {"today": "0d", "yesterday": "1d"}


def wanted_from(
    *,
    pack: str | None = None,
    question: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    tag: Sequence[str] | None = None,
) -> Wanted:
    """The answers that the options ask for.

    Days are those of this computer's clock, and `until` is the last one that counts.

    Raises:
        UsageError: A day, a language, a kind or a tag is none.
    """
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.labels import normal_tag
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.choices import spoken_language

    first = None if since is None else _day(since)
    last = None if until is None else _day(until)
    if first is not None and last is not None and first > last:
        raise UsageError(f"--since {first} is later than --until {last}", "Change them over.")
    return Wanted(
        pack=pack,
        question=question,
        language=spoken_language(language),
        kind_of_practice=_kind_of_practice(kind),
        since=None if first is None else _midnight(first),
        until=None if last is None else _midnight(last + timedelta(days=1)),
        tags=tuple(dict.fromkeys(map(normal_tag, tag or ()))),
    )


def _kind_of_practice(name: str | None) -> str | None:
    from typing import get_args

    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.wanted import QUESTIONS
    from voicerehearsal.rehearsal.kinds import KindOfPractice

    known = (QUESTIONS, *get_args(KindOfPractice))
    if name is not None and name not in known:
        raise UsageError(f"{name!r} is no kind of practice", f"There are: {', '.join(known)}.")
    return name


def _day(text: str) -> date:
    """The day called "2026-11-01", "today", "yesterday", or "7d" or "3w" before today."""
    from voicerehearsal.errors import UsageError

    called = text.strip().lower()
    ago = _AGO.fullmatch(_DAYS_CALLED.get(called, called))
    try:
        if ago is not None:
            return _today() - timedelta(days=int(ago[1]) * (7 if ago[2] == "w" else 1))
        day = date.fromisoformat(text.strip())
        _midnight(day), _midnight(day + timedelta(days=1))  # near the ends of the calendar there are none
    except (ValueError, OverflowError):
        cure = "Write it like 2026-11-01, yesterday, or 7d for a week ago."
        raise UsageError(f"{text!r} is not a day", cure) from None
    return day


def _today() -> date:
    return datetime.now().astimezone().date()


def _midnight(day: date) -> datetime:
    """When `day` begins on this computer's clock."""
    return datetime.combine(day, time.min).astimezone()


def in_words(wanted: Wanted) -> str:
    """Which answers are wanted, "" for all of them."""
    last = None if wanted.until is None else wanted.until - timedelta(seconds=1)
    named = (
        ("pack", wanted.pack),
        ("question", wanted.question),
        ("language", wanted.language),
        ("kind", wanted.kind_of_practice),
        ("since", None if wanted.since is None else _dated(wanted.since)),
        ("until", None if last is None else _dated(last)),
        *(("tag", tag) for tag in wanted.tags),
    )
    return ", ".join(f"{name} {value}" for name, value in named if value is not None)


def _dated(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d}"
