"""The look back at the end of a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

from rich.console import Console

from tests.reports import A1, A2, report
from voicerehearsal.cli.glance import look_back
from voicerehearsal.journal.store import Journal
from voicerehearsal.presenting.glance import in_three_lines
from voicerehearsal.wiring import JournalArchive

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_session_is_set_beside_what_was_usual(home: Path) -> None:
    """What was unlike usual is named with its usual, a best with what it was, and then the command to type."""
    with Journal.open(home) as journal:
        for n in range(8):
            session = journal.start_session("practice", "classic-questions", "en")
            when = datetime.now(UTC) - timedelta(minutes=60 - n)
            rate, points = (168.0 + n % 3, 0.5 + 0.02 * (n % 3)) if n < 7 else (141.0, 0.9)
            journal.keep(session, report(rate=rate, coverage=points), None, when, attempt=1)
        archive = JournalArchive(journal, "practice", "classic-questions", "en", _session=session)
        assert in_three_lines(journal, archive) == [
            "Unlike your usual, of 2 measures: speech rate 141 words/min (usually 169 ± 1); talking points made 90 % "
            "(usually 52 % ± 3 %).",
            "Personal bests: speech rate on target for the first time, 141 words/min; most talking points, 90 %.",
            "Next: voicerehearsal practice",
        ]
        assert in_three_lines(journal, JournalArchive(journal, "practice", "crm", "en")) == []


def test_what_comes_next_is_the_question_that_lacks_most(home: Path) -> None:
    """When nothing is due, the least complete answer of the session is named with its command; else the language."""
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        for question, points in ((A1, 0.5), (A2, 0.25)):
            journal.keep(session, report(question=question, coverage=points), None, datetime.now(UTC), attempt=1)
        *_, why, typed = in_three_lines(
            journal, JournalArchive(journal, "practice", "classic-questions", "en", _session=session)
        )
        assert why == "Next, because it does not sit yet: classic-questions a2, 25 % of its points made"
        assert typed == "  voicerehearsal practice --pack classic-questions --question a2"
        session = journal.start_session("practice", "crm-zh", "zh")
        journal.keep(session, report(question=None), None, datetime.now(UTC), attempt=1)
        lines = in_three_lines(journal, JournalArchive(journal, "practice", "crm-zh", "zh", _session=session))
        assert lines[-1] == "Next: voicerehearsal practice --language zh"


def test_earlier_answers_come_first_and_one_alone_has_no_table(home: Path) -> None:
    """Oldest at the top, this session's last; a single answer has nothing to be set beside."""
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        for n, question in enumerate((A1, A2)):
            journal.keep(session, report(rate=150.0 + n, question=question), None, MONDAY, attempt=n + 1)
        earlier = journal.answers()
    console = Console(file=StringIO(), width=80)
    look_back(console, [], earlier, ["nothing was said"])
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue() == ""
    look_back(console, [report()], [], ["alone"])
    assert console.file.getvalue() == "\nalone\n"
    console.file = StringIO()
    look_back(console, [report(rate=140.0)], earlier, ["It was good."])
    lines = console.file.getvalue().split("\n")
    assert [line.split()[:3] for line in lines[2:5]] == [
        ["before", "a1", "150"],
        ["before", "a2", "151"],
        ["now", "a1", "140"],
    ]
    assert lines[6] == "It was good."
