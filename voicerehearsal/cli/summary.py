"""`summary`: a week, some days or a session at a glance, as a letter or as a page to take to a coach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicerehearsal.cli.filters import SinceFilter, UntilFilter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from voicerehearsal.coaching.bests import Best
    from voicerehearsal.coaching.summary import Given, Movement, Summary
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.letter import Period

SCHEMA = "voicerehearsal.summary/1"
_LAST = "last"


def summary(
    week: Annotated[
        str | None, typer.Option(help="The week of this day, like 2026-11-01 or 7d; else this week.", metavar="DAY")
    ] = None,
    session: Annotated[
        str | None, typer.Option(help="One session: its number, or the last one.", metavar="N|last")
    ] = None,
    since: SinceFilter = None,
    until: UntilFilter = None,
    report: Annotated[
        Path | None, typer.Option(help="Write it as a page to print, words included.", metavar="FILE.html")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show how much was practised, what moved, personal bests, and what to do next: this week, or what is named."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.letter import print_letter
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.home import now
    from voicerehearsal.journal.progress import read_given, read_summary
    from voicerehearsal.presenting.own_targets import targets_for

    if sum((week is not None, session is not None, (since or until) is not None)) > 1:
        raise UsageError("--week, --session and --since or --until are three ways to say when", "Give one of them.")
    if report is not None:
        from voicerehearsal.cli.page import check_page_name

        check_page_name(report)
    with wiring.open_journal(read_only=True) as journal:
        period, wanted = _period(journal, week=week, session=session, since=since, until=until)
        answers = read_given(journal, wanted, session_id=period.session_id)
        if period.session_id is not None and answers:
            period = _dated(period, answers[0])
        found = read_summary(journal, answers, targets=targets_for(), now=now())
        if report is not None:
            from voicerehearsal.cli.page import write_page

            with talk().status("Drawing the pictures"):
                held = write_page(journal, period, answers, found, report)
            talk().print(held, markup=False, soft_wrap=True)
    if as_json:
        print_json(_as_json(period, answers, found))
    elif report is None:
        print_letter(results(), period, found)


def _period(
    journal: Journal, *, week: str | None, session: str | None, since: str | None, until: str | None
) -> tuple[Period, Wanted]:
    """What is summed up, in words and as a condition; raises UsageError for what does not exist."""
    from datetime import timedelta

    from voicerehearsal.coaching.summary import week_of
    from voicerehearsal.journal.progress import session_called
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.filters import wanted_from
    from voicerehearsal.presenting.letter import Period

    if session is not None:
        number = session_called(journal, _session_number(session))
        return Period(f"Session {number}", f"in session {number}", session_id=number), Wanted()
    if since is not None or until is not None:
        wanted = wanted_from(since=since, until=until)
        first = None if wanted.since is None else wanted.since.astimezone().date()
        last = None if wanted.until is None else (wanted.until.astimezone() - timedelta(days=1)).date()
        said = (f"from {_day(first)}" if first else "", f"to {_day(last)}" if last else "")
        return Period("Your practice " + " ".join(filter(None, said)), "in these days", first, last), wanted
    monday, sunday = week_of(_first_day(week))
    this = week_of(_first_day(None)) == (monday, sunday)
    begins = f"{monday.day}" if monday.month == sunday.month else _day(monday)
    heading = f"Your week, Monday {begins} to Sunday {_day(sunday)}"
    wanted = wanted_from(since=monday.isoformat(), until=sunday.isoformat())
    return Period(heading, "this week" if this else "that week", monday, sunday), wanted


def _dated(period: Period, first: Given) -> Period:
    """A session with its day, its time and its kind of practice."""
    from dataclasses import replace

    when = first.when.astimezone()
    heading = f"{period.heading}, {when:%A} {_day(when.date())}, {when:%H:%M} ({first.kind_of_practice})"
    return replace(period, heading=heading, first=when.date(), last=when.date())


def _first_day(text: str | None) -> date:
    """The day that is named, else today, on this computer's clock."""
    from voicerehearsal.presenting.filters import wanted_from

    begins = wanted_from(since=text or "0d").since
    assert begins is not None
    return begins.astimezone().date()


def _session_number(text: str) -> int | None:
    """None for the last one; raises UsageError for what is no number."""
    from voicerehearsal.errors import UsageError

    if text == _LAST:
        return None
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{text!r} is no session", "Give its number, or last.") from None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _as_json(period: Period, answers: Sequence[Given], found: Summary) -> dict[str, Any]:
    done = found.practised
    return {
        "schema": SCHEMA,
        "since": period.first,
        "until": period.last,
        "session": period.session_id,
        "practised": {
            "sessions": done.total.sessions,
            "answers": done.total.answers,
            "spoken_s": done.total.spoken_s,
            "days": done.days,
            "kinds": done.kinds,
            "packs": done.packs,
        },
        "answers": [answer.id for answer in answers],
        "movements": [_movement_as_json(moved) for moved in found.movements],
        "bests": [_best_as_json(one) for one in found.bests],
        "due": found.due,
        "weakness": found.weakness,
        "advice": found.advice,
    }


def _movement_as_json(moved: Movement) -> dict[str, Any]:
    return {
        "metric": moved.metric.name,
        "label": moved.metric.label,
        "unit": moved.metric.unit,
        "language": moved.language,
        "count": moved.count,
        "median": moved.median,
        "usual": None if moved.usual is None else moved.usual._asdict(),
        "beside_usual": moved.beside_usual or None,
        "target": moved.target,
        "change": moved.change,
    }


def _best_as_json(one: Best) -> dict[str, Any]:
    return {
        "metric": one.metric.name,
        "language": one.language,
        "kind": one.kind,
        "value": one.value,
        "answer": one.answer_id,
        "when": one.when,
        "question": one.question,
        "among": one.among,
        "new": one.new,
    }
