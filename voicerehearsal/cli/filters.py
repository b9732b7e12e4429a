"""The options by which several commands choose answers, alike everywhere."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from voicerehearsal.journal.wanted import Wanted

PANEL = "Which answers"
"""Where `--help` lists them."""

_Pack = Annotated[
    str | None,
    typer.Option("--pack", metavar="ID", help="Only answers to this pack's questions.", rich_help_panel=PANEL),
]
_Question = Annotated[
    str | None, typer.Option("--question", metavar="ID", help="Only answers to this question.", rich_help_panel=PANEL)
]
_Language = Annotated[
    str | None, typer.Option("--language", metavar="en|zh", help="Only answers in it.", rich_help_panel=PANEL)
]
_Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Only this kind of practice: questions, drill, interview, role-play, questioning, shadowing or notes.",
        rich_help_panel=PANEL,
    ),
]
SinceFilter = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DAY", help="From this day on: 2026-11-01, or 7d or 3w ago.", rich_help_panel=PANEL
    ),
]
UntilFilter = Annotated[
    str | None,
    typer.Option("--until", metavar="DAY", help="To the end of this day, written likewise.", rich_help_panel=PANEL),
]
_Tag = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Only answers with this tag; again for another.", rich_help_panel=PANEL),
]

_AGO = re.compile(r"(\d{1,4})([dw])")
_DAYS_CALLED = {"today": "0d", "yesterday": "1d"}


_OPTIONS = {
    "pack": _Pack,
    "question": _Question,
    "language": _Language,
    "kind": _Kind,
    "since": SinceFilter,
    "until": UntilFilter,
    "tag": _Tag,
}


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """`command` with the options that choose answers in place of its argument `wanted`."""
    own = inspect.signature(command, eval_str=True, locals={"Wanted": object})  # known to type checkers only
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in _OPTIONS.items()
    ]
    parameters = [*(one for one in own.parameters.values() if one.name != "wanted"), *shared]

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 - whatever the command takes
        chosen = {name: given.pop(name) for name in _OPTIONS}
        command(wanted=wanted_from(**chosen), **given)

    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


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
