"""`due`: what to practise next, and when the rest comes round again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from voicerehearsal.coaching.schedule import Standing, Weakness
    from voicerehearsal.values import Language

SCHEMA = "voicerehearsal.due/1"


def due(
    language: Annotated[str | None, typer.Option(help="Of the questions in this language.", metavar="en|zh")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what is due: questions that fade from memory (spaced repetition), and measures that are off target.

    `practice` without arguments starts with the first of them.
    """
    from datetime import UTC, datetime

    from voicerehearsal import wiring
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.journal.standings import read_standings, read_weaknesses
    from voicerehearsal.presenting.choices import spoken_language
    from voicerehearsal.presenting.own_targets import targets_for

    spoken = spoken_language(language) or "en"
    now = datetime.now(UTC)
    targets = targets_for()
    with wiring.open_journal(read_only=True) as journal:
        standings = sorted(read_standings(journal, spoken, targets).values(), key=lambda stands: stands.due)
        weak = read_weaknesses(journal, spoken, targets)
    if as_json:
        print_json(_as_json(spoken, standings, weak, now))
    else:
        _show(spoken, standings, weak, now)


def _as_json(language: Language, standings: list[Standing], weak: list[Weakness], now: datetime) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "language": language,
        "questions": [
            {
                "pack": stands.question.pack,
                "id": stands.question.id,
                "answers": stands.answers,
                "last": stands.last.isoformat(),
                "due": stands.due.isoformat(),
                "is_due": stands.due <= now,
            }
            for stands in standings
        ],
        "weaknesses": [
            {"metric": one.metric, "value": one.value, "due": one.due.isoformat(), "is_due": one.due <= now}
            for one in weak
        ],
    }


def _show(language: Language, standings: list[Standing], weak: list[Weakness], now: datetime) -> None:
    from rich.text import Text

    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.presenting.due import focus, when_due
    from voicerehearsal.presenting.letter import LANGUAGES

    if not standings:
        asks = "voicerehearsal practice" + ("" if language == "en" else f" --language {language}")
        talk().print(
            f"No question in {LANGUAGES[language]} has been practised yet, so all are new. Start with `{asks}`."
        )
        return
    columns = (("due", False), ("question", False), ("pack", False), ("answers", True), ("last", False))
    rows = [
        (
            when_due(stands.due, now),
            stands.question.id,
            stands.question.pack,
            str(stands.answers),
            f"{stands.last.astimezone():%Y-%m-%d}",
        )
        for stands in standings
    ]
    print_table(results(), columns, rows)
    for one in weak:
        results().print(Text(focus(one)).append(f"  {when_due(one.due, now)}", style="dim"), soft_wrap=True)
