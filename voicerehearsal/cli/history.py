"""`history`: what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from voicerehearsal.journal.answers import Answer

_COLUMNS = (
    ("no.", True),
    ("when", False),
    ("question", False),
    ("try", True),
    ("length", True),
    ("pace", True),
    ("pauses", True),
    ("points", True),
)


def history(
    limit: Annotated[int, typer.Option(min=1, help="How many answers.")] = 20,
    every_kind: Annotated[bool, typer.Option("--all", help="Demonstrations too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show the answers so far, newest first. `replay NUMBER` plays one."""
    from voicerehearsal.cli.tables import print_json, print_table
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.journal.answers import EVERY_KIND, OWN_KINDS
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.store import Journal

    with Journal.open(data_home(), read_only=True) as journal:
        answers = journal.answers(limit=limit, kinds=EVERY_KIND if every_kind else OWN_KINDS)
        hidden = not every_kind and journal.has_demonstrations()
        outdated = 0 if as_json else journal.count_outdated()
    if as_json:
        print_json({"schema": "voicerehearsal.history/1", "answers": [_as_json(answer) for answer in answers]})
        return
    if answers:
        print_table(results(), _COLUMNS, map(_row, answers))
    for line in _notes(answers, hidden=hidden, outdated=outdated):
        talk().print(line, style="dim", markup=False, soft_wrap=True)


def _row(answer: Answer) -> tuple[str, ...]:
    from voicerehearsal.cli.tables import local_time
    from voicerehearsal.cli.terminal import clock

    return (
        str(answer.id),
        local_time(answer.started_at),
        _question(answer),
        str(answer.attempt),
        clock(answer.duration_s),
        _pace(answer),
        "" if answer.pauses_per_minute is None else f"{answer.pauses_per_minute:.0f}/min",
        "" if answer.coverage is None else f"{100 * answer.coverage:.0f} %",
    )


def _question(answer: Answer) -> str:
    asked = f"{answer.question.pack} {answer.question.id}" if answer.question else "(no question)"
    return f"{asked} (demonstration)" if answer.kind == "demonstration" else asked


def _pace(answer: Answer) -> str:
    if not answer.measured:
        return "none yet"
    if answer.rate is None:
        return ""
    return f"{answer.rate:.0f} {answer.rate_unit}"


def _notes(answers: list[Answer], *, hidden: bool, outdated: int) -> list[str]:
    import shlex

    notes = []
    if not answers:
        notes.append("Nothing here yet. `voicerehearsal practice` asks the first question.")
    if hidden:
        notes.append("Demonstrations are not shown; --all shows them.")
    unmeasured = next((answer for answer in answers if not answer.measured), None)
    if unmeasured is not None:
        recording = shlex.quote(str(unmeasured.recording))
        notes.append(f"To measure a recovered answer: voicerehearsal analyze --save {recording}")
    if outdated:
        answers_were = "1 answer was" if outdated == 1 else f"{outdated} answers were"
        notes.append(f"{answers_were} not measured by this version: `voicerehearsal analyze --again`")
    return notes


def _as_json(answer: Answer) -> dict[str, Any]:
    import dataclasses

    from voicerehearsal.formats import printable

    content = dataclasses.asdict(answer)
    if answer.recording is not None:
        content["recording"] = printable(str(answer.recording))
    return content
