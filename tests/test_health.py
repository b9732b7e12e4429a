"""What `doctor` finds."""

from __future__ import annotations

from pathlib import Path

from tests.journal.test_store import START
from tests.reports import report
from voicerehearsal import health
from voicerehearsal.journal.store import Journal


def test_the_journal_is_counted_not_numbered(home: Path) -> None:
    """An answer whose recording was measured three times is one, though the next one has a higher number."""
    (empty,) = health._journal()
    assert (empty.state, empty.found) == ("good", "empty yet")
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "en")
        for _ in range(3):
            journal.keep(session, report(), home / "recordings" / "a.flac", START, attempt=1)
        assert next(health._journal()).found == "1 answer"
        assert journal.keep(session, report(), None, START, attempt=2).id > 2
        assert next(health._journal()).found == "2 answers"
