"""The look back at the end of a session: its answers in rows beside the last ones before it, and three lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from voicerehearsal.presenting.letter import best_in_words, command, count, not_sitting, shown, unit_of, usual_in_words
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.coaching.summary import Movement, Summary
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import QuestionRef, Report
    from voicerehearsal.wiring import JournalArchive

COLUMNS = (("", False), ("question", False), ("pace", True), ("pauses", True), ("points", True), ("length", True))
_MOVED_NAMED = 3


def answer_rows(reports: Sequence[Report], earlier: Sequence[Answer]) -> list[tuple[str, ...]]:
    """Rows under `COLUMNS`: the `earlier` answers, which are given newest first, then the `reports` of the session."""
    before = [("before", *_row_before(answer)) for answer in reversed(earlier)]
    return [*before, *(("now", *_row(report)) for report in reports)]


class ToPractise(NamedTuple):
    """What to practise next and why: it is due, or it does not sit yet, with the share of its points that was made."""

    cause: Literal["due", "unready", "new"]
    question: QuestionRef | None
    made: float | None


class LookedBack(NamedTuple):
    """A session in a few lines, and what comes next; `summary` is what they were told from."""

    lines: list[str]
    onward: ToPractise
    summary: Summary


def looked_back(journal: Journal, archive: JournalArchive) -> LookedBack | None:
    """What was unlike usual in the session of `archive`, and personal bests; None where nothing was kept.

    Raises:
        JournalError: The journal cannot be read.
    """
    from voicerehearsal.journal.home import now
    from voicerehearsal.journal.progress import read_given, read_summary
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.own_targets import targets_for

    answers = [] if archive.session_id is None else read_given(journal, Wanted(), session_id=archive.session_id)
    if not answers:
        return None
    summary = read_summary(journal, answers, targets=targets_for(), now=now())
    return LookedBack([*_unlike_usual(summary), *_bests(summary)], _to_practise(summary), summary)


def in_three_lines(journal: Journal, archive: JournalArchive) -> list[str]:
    """What was unlike usual in the session of `archive`, personal bests, and what comes next; raises JournalError."""
    back = looked_back(journal, archive)
    return [] if back is None else [*back.lines, *_next(back.summary)]


def _to_practise(summary: Summary) -> ToPractise:
    if summary.due:
        return ToPractise("due", summary.due[0], None)
    if summary.unready is not None:
        return ToPractise("unready", summary.unready.question, summary.unready.coverage)
    return ToPractise("new", None, None)


def _next(summary: Summary) -> list[str]:
    """What to do next and why, and below it what to type."""
    if summary.due:
        return [f"Next, because it is due: {summary.due[0].pack} {summary.due[0].id}", f"  {command(summary)}"]
    if summary.unready is not None:
        return [f"Next, because it does not sit yet: {not_sitting(summary.unready)}", f"  {command(summary)}"]
    return [f"Next: {command(summary)}"]


def _unlike_usual(summary: Summary) -> list[str]:
    known = [moved for moved in summary.movements if moved.beside_usual]
    if not known:
        return []
    unlike = [moved for moved in known if moved.beside_usual != "as usual"]
    if not unlike:
        return ["Nothing was unlike your usual."]
    return [f"Unlike your usual, of {count(len(known), 'measure')}: {'; '.join(map(_moved, unlike[:_MOVED_NAMED]))}."]


def _moved(moved: Movement) -> str:
    value = f"{shown(moved.metric, moved.median)}{unit_of(moved.metric)}"
    return f"{moved.metric.label} {value} (usually {usual_in_words(moved)})"


def _bests(summary: Summary) -> list[str]:
    reached = [one for one in summary.bests if one.new]
    new = [f"{best_in_words(one)}, {shown(one.metric, one.value)}{unit_of(one.metric)}" for one in reached]
    return [f"Personal {'best' if len(new) == 1 else 'bests'}: {'; '.join(new)}."] if new else []


def _row_before(answer: Answer) -> tuple[str, ...]:
    return (
        "" if answer.question is None else answer.question.id,
        "–" if answer.rate is None else f"{answer.rate:.0f} {answer.rate_unit}",
        "–" if answer.pauses_per_minute is None else f"{answer.pauses_per_minute:.0f}/min",
        "–" if answer.coverage is None else f"{100 * answer.coverage:.0f} %",
        clock(round(answer.length_s)),
    )


def _row(report: Report) -> tuple[str, ...]:
    name = report.question.id if report.question is not None else report.source
    if report.pauses is None:
        return name, "nothing heard", "", "", ""
    pace, pauses, keywords = report.pace, report.pauses, report.keywords
    rate = None if pace is None else (pace.words_per_minute if pace.unit == "wpm" else pace.characters_per_minute)
    return (
        name,
        "–" if rate is None or pace is None else f"{rate:.0f} {pace.unit}",
        f"{pauses.per_minute:.0f}/min",
        "–" if keywords is None or keywords.coverage is None else f"{100 * keywords.coverage:.0f} %",
        "" if report.length is None else clock(round(report.length.speaking_s)),
    )
