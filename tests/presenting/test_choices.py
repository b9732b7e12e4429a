"""What a person may leave out, and what does not go together."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.reports import report
from voicerehearsal.errors import UsageError
from voicerehearsal.journal.home import now
from voicerehearsal.journal.store import Journal
from voicerehearsal.presenting.choices import choose_pack, is_folder, next_pack, packs_in
from voicerehearsal.values import QuestionRef


def test_a_pack_is_taken_in_the_language_asked_for(tmp_path: Path) -> None:
    """Its Chinese twin, or itself where nothing else is asked for; a pack without a twin is wrong usage."""
    (tmp_path / "own.toml").write_text(
        '[pack]\nid = "own"\ntitle = "Own"\nlanguage = "en"\n[[question]]\nid = "q"\ntext = "Why?"\n'
    )
    with Journal.open(tmp_path, read_only=True) as journal:
        assert choose_pack("crm", "zh", journal).id == "crm-zh"
        assert choose_pack("crm-zh", "en", journal).id == "crm"
        assert choose_pack("crm", "en", journal) == choose_pack("crm", None, journal)
        with pytest.raises(UsageError, match=r"'own' is in English, not in Chinese\. Leave --language out"):
            choose_pack(str(tmp_path / "own.toml"), "zh", journal)


def test_the_pack_practised_longest_ago_is_next(tmp_path: Path) -> None:
    """Without a pack, one that was just practised is not chosen again."""
    with Journal.open(tmp_path) as journal:
        first = choose_pack(None, None, journal)
        asked = report(question=QuestionRef(first.id, first.questions[0].id))
        journal.keep(journal.start_session("practice", first.id, "en"), asked, None, now(), attempt=1)
        assert choose_pack(None, "en", journal).id != first.id


def test_what_is_due_comes_first_where_it_suits_the_kind(tmp_path: Path) -> None:
    """The longest overdue question is next, whatever the rest; for a role-play the one with a caller."""
    with Journal.open(tmp_path) as journal:
        callers = {pack.id: questions[0].id for pack, questions in packs_in("en", "role-play")}
        for pack, questions in packs_in("en", None):
            days, question = (300, callers[pack.id]) if pack.id in callers else (400, questions[0].id)
            asked = report(question=QuestionRef(pack.id, question))
            session = journal.start_session("practice", pack.id, "en")
            journal.keep(session, asked, None, now() - timedelta(days=days), attempt=1)
        assert next_pack("en", journal).id not in callers
        assert next_pack("en", journal, "role-play").id in callers


def test_a_name_too_long_for_any_file_is_no_folder(tmp_path: Path) -> None:
    """What cannot be looked at fails where it is opened, with the name of the file."""
    assert is_folder(tmp_path)
    assert not is_folder(tmp_path / ("x" * 300))
