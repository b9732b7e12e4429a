"""The options by which several commands choose answers, alike everywhere."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from voicerehearsal.presenting.filters import wanted_from

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
