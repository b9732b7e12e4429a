"""Notes on a question: read as bullets, begun once, never overwritten."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.notes import LONGEST_BYTES, begin_notes, notes_file, notes_text, read_notes, write_notes
from voicerehearsal.values import Question, QuestionRef, TalkingPoint

QUESTION = Question(
    id="hold",
    text="What do you say?",
    points=(TalkingPoint("ask", "Ask first", ("may I",)), TalkingPoint("long", "Say how long", ("a minute",))),
)


@pytest.mark.parametrize("mark", ["- ", "* ", "  • ", "1. ", "2) ", "3、", "[ ] ", "+ ", ""])
def test_whatever_stands_before_a_line_is_no_part_of_the_note(tmp_path: Path, mark: str) -> None:
    """Headings and empty lines are none; nor is the mark of an editor at the beginning of the file."""
    file = tmp_path / "notes.md"
    file.write_bytes(b"\xef\xbb\xbf" + f"# On hold\r\n\r\n{mark}ask first\r\n---\r\n{mark}说要多久\r\n".encode())
    found = read_notes(file)
    assert found is not None
    assert found.bullets == ("ask first", "说要多久")
    assert abs(datetime.now(UTC) - found.written_at) < timedelta(minutes=1)


def test_notes_begin_with_the_talking_points_and_are_never_overwritten(tmp_path: Path) -> None:
    """What is written there can be read as notes at once; what a person wrote stays."""
    file = notes_file(tmp_path, QuestionRef("small", "hold"))
    assert read_notes(file) is None
    assert begin_notes(file, QUESTION)
    found = read_notes(file)
    assert found is not None
    assert found.bullets == ("Ask first", "Say how long")
    file.write_text("my own", "utf-8")
    assert not begin_notes(file, QUESTION)
    assert file.read_text("utf-8") == "my own"


def test_notes_are_replaced_whole_and_only_by_others(tmp_path: Path) -> None:
    """They begin with the talking points; the same text does not make them newer, and what is none changes nothing."""
    file = notes_file(tmp_path, QuestionRef("small", "hold"))
    begun = notes_text(file, QUESTION)
    assert [line for line in begun.splitlines() if line.startswith("- ")] == ["- Ask first", "- Say how long"]
    write_notes(file, begun)
    os.utime(file, (1_000_000, 1_000_000))
    write_notes(file, begun)
    assert file.stat().st_mtime == 1_000_000
    for refused in ("# only a heading\n", "x\n" * LONGEST_BYTES):
        with pytest.raises(UsageError):
            write_notes(file, refused)
    assert notes_text(file, QUESTION) == begun
    write_notes(file, "- ask\r\n")
    assert (file.read_bytes(), [*file.parent.iterdir()]) == (b"- ask\n", [file])
    assert file.stat().st_mtime > 1_000_000


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\x00", "not UTF-8"), (b"# only a heading\n\n", "no notes in"), (b"x\n" * 60_000, "too long for notes")],
)
def test_what_is_no_page_of_notes_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """One sentence with the name of the file."""
    file = tmp_path / "notes.md"
    file.write_bytes(content)
    with pytest.raises(JournalError, match=said) as error:
        read_notes(file)
    assert "notes.md" in str(error.value)
    with pytest.raises(JournalError, match="cannot be read"):
        read_notes(tmp_path)


@given(
    st.lists(st.text(st.characters(categories=("L", "N")), min_size=1).filter(lambda text: text.strip()), min_size=1)
)
def test_every_line_of_words_is_a_note(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    """In the order written."""
    file = tmp_path_factory.mktemp("notes") / "notes.md"
    file.write_text("\n".join(f"- {line}" for line in lines), "utf-8")
    found = read_notes(file)
    assert found is not None
    assert list(found.bullets) == lines
