"""`history`: what there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicerehearsal.cli.filters import PANEL, choosing
from voicerehearsal.presenting.history_rows import history_table, in_a_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.search import Hit
    from voicerehearsal.journal.wanted import Wanted

_MANY = 50
"""Answers of an older version: to count more would take longer than to show the list."""


@choosing
def history(
    wanted: Wanted,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="TEXT",
            help='Only answers in which it was said or noted. All words must be there; "a phrase" as it is.',
            rich_help_panel=PANEL,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many answers.")] = 20,
    every_kind: Annotated[bool, typer.Option("--all", help="Demonstrations too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show the answers so far, newest first. `replay NUMBER` plays one."""
    from dataclasses import replace

    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.journal.answers import EVERY_KIND, OWN_KINDS
    from voicerehearsal.journal.deletion import unfinished
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.outdated import count_outdated
    from voicerehearsal.journal.search import find_answers, find_hits
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted

    chosen = wanted != Wanted() or search is not None
    wanted = replace(wanted, text=_searched(search), kinds=EVERY_KIND if every_kind else OWN_KINDS)
    with Journal.open(data_home(), read_only=True) as journal:
        answers = find_answers(journal, wanted, limit=limit + 1)
        more, answers = len(answers) > limit, answers[:limit]
        hits = None if search is None else find_hits(journal, search, [answer.id for answer in answers])
        hidden = not every_kind and journal.has_demonstrations()
        outdated = 0 if as_json else count_outdated(journal, enough=_MANY)
        cut_off = unfinished(journal.home)
    if as_json:
        print_json({"schema": "voicerehearsal.history/1", "answers": [_as_json(answer, hits) for answer in answers]})
        return
    if answers and hits is not None:
        _show_found(results(), answers, hits)
    elif answers:
        _show(results(), answers)
    for line in _notes(answers, chosen=chosen, more=more, hidden=hidden, outdated=outdated):
        talk().print(line, style="dim", markup=False, soft_wrap=True)
    if cut_off:
        talk().print("A deletion was cut off; `voicerehearsal recover` finishes it.", style="bold", soft_wrap=True)


def _searched(text: str | None) -> str | None:
    """`text`, in which there is a word to look for; raises UsageError."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.said import matching

    if text is not None and not matching(text):
        raise UsageError(f"There is no word to look for in {text!r}", "Give letters, numbers or Chinese characters.")
    return text


def _show(console: Console, answers: list[Answer]) -> None:
    from voicerehearsal.cli.tables import print_table

    columns, rows = history_table(answers)
    print_table(console, columns, rows)


def _show_found(console: Console, answers: list[Answer], hits: Mapping[int, Sequence[Hit]]) -> None:
    """A line for each answer, and below it what was found in it."""
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is
    from voicerehearsal.cli.tables import spelled
    from voicerehearsal.journal.search import HIT

    width = len(str(max(answer.id for answer in answers)))
    for answer in answers:
        console.print(spelled(console, in_a_line(answer, width)), markup=False, soft_wrap=True)
        for hit in hits.get(answer.id, ()):
            line = Text(" " * (width + 2) + ("note: " if hit.where == "note" else ""), style="dim")
            for n, part in enumerate(re.split("|".join(HIT), hit.text.replace("\n", " "))):
                line.append_text(as_it_is(spelled(console, part), style="bold not dim" if n % 2 else ""))
            console.print(line, soft_wrap=not console.is_terminal)


def _notes(answers: list[Answer], *, chosen: bool, more: bool, hidden: bool, outdated: int) -> list[str]:
    import shlex

    notes = []
    if not answers and chosen:
        notes.append("No answer matches that. `voicerehearsal history` shows the latest of all.")
    elif not answers:
        notes.append("Nothing here yet. `voicerehearsal practice` asks the first question.")
    if more:
        notes.append("There are older ones; --limit shows more.")
    if hidden:
        notes.append("Demonstrations are not shown; --all shows them.")
    unmeasured = next((answer for answer in answers if not answer.measured), None)
    if unmeasured is not None:
        recording = shlex.quote(str(unmeasured.recording))
        notes.append(f"To measure a recovered answer: voicerehearsal analyze --save {recording}")
    if outdated:
        many = " or more" if outdated == _MANY else ""
        answers_were = "1 answer was" if outdated == 1 else f"{outdated} answers{many} were"
        notes.append(f"{answers_were} not measured by this version: `voicerehearsal analyze --again`")
    return notes


def _as_json(answer: Answer, hits: Mapping[int, Sequence[Hit]] | None) -> dict[str, Any]:
    import dataclasses

    from voicerehearsal.formats import printable
    from voicerehearsal.journal.search import HIT

    content = dataclasses.asdict(answer)
    if answer.recording is not None:
        content["recording"] = printable(str(answer.recording))
    if hits is not None:
        content["found"] = [
            {"where": hit.where, "text": re.sub("|".join(HIT), "", hit.text)} for hit in hits.get(answer.id, ())
        ]
    return content
