"""Answers in a list: as rows, or each in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    ("tags", False),
)
_FOR_TAGS = frozenset({"try", "pauses"})
"""Columns that make room for tags where there are any: a line has eighty places."""


def history_table(answers: Sequence[Answer]) -> tuple[list[tuple[str, bool]], list[list[str]]]:
    """The headings, with whether numbers stand below, and a row for each of `answers`."""
    rows = [(*_row(answer), _labels(answer)) for answer in answers]
    left_out = _FOR_TAGS if any(answer.tags or answer.note for answer in answers) else {"tags"}
    kept = [n for n, (heading, _) in enumerate(_COLUMNS) if heading not in left_out]
    return [_COLUMNS[n] for n in kept], [[row[n] for n in kept] for row in rows]


def in_a_line(answer: Answer, width: int) -> str:
    """Which answer it is, its number in so many places."""
    from voicerehearsal.presenting.times import clock, local_time

    columns = (
        f"{answer.id:>{width}}",
        local_time(answer.started_at),
        _question(answer),
        clock(answer.duration_s),
        _labels(answer),
    )
    return "  ".join(columns).rstrip()


def _labels(answer: Answer) -> str:
    """The tags, and a mark for a note."""
    return " ".join([*(f"#{tag}" for tag in answer.tags), *(["(note)"] if answer.note else [])])


def _row(answer: Answer) -> tuple[str, ...]:
    from voicerehearsal.presenting.times import clock, local_time

    return (
        str(answer.id),
        local_time(answer.started_at),
        _question(answer),
        str(answer.attempt),
        clock(round(answer.length_s)),
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
