"""A speaker's own notes for a question: a text file they write, one bullet a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.whole import write_whole
from voicerehearsal.values import Question, QuestionRef

_BULLET = re.compile(r"^\s*(?:[-*•·+–]|\d+[.)、]|\[[ xX]?\])\s*")
LONGEST_BYTES = 100_000
"""Notes are a page; a file larger than this is something else."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes on one question.

    Attributes:
        bullets: The lines, without the marks before them.
        written_at: When the file was changed last.
    """

    bullets: tuple[str, ...]
    written_at: datetime


def notes_file(home: Path, question: QuestionRef) -> Path:
    """Where the notes on a question lie, whether there are any or not."""
    return home / "notes" / question.pack / f"{question.id}.md"


def read_notes(path: Path) -> Notes | None:
    """The notes in a text or Markdown file, its headings and empty lines left out; None when there is no such file.

    Raises:
        JournalError: It cannot be read, is no text, or holds nothing.
    """
    try:
        text, written_at = _text_in(path), datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    bullets = _bullets(text)
    if not bullets:
        raise JournalError(f"There are no notes in {path}", "Write one line for each thing you want to say.")
    return Notes(bullets, written_at)


def begin_notes(path: Path, question: Question) -> bool:
    """Write the labels of the question's talking points as notes to start from; False when there is a file already.

    Raises:
        JournalError: The file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_starting_notes(question))
    except FileExistsError:
        return False
    except OSError as error:
        raise JournalError(f"The notes cannot be written to {path} ({error.strerror})", "Free some space.") from error
    return True


def write_notes(path: Path, text: str) -> None:
    """Put `text` in place of the notes, whole; where it says the same already, they stay as old as they are.

    Raises:
        UsageError: It is too long, or holds nothing; nothing is changed.
        JournalError: The file cannot be written; nothing is changed.
    """
    content = text.replace("\r\n", "\n").encode()
    if len(content) > LONGEST_BYTES:
        raise UsageError("That is too long for notes", "Write a few lines, one for each thing to say.")
    if not _bullets(text):
        raise UsageError("There are no notes yet", "Write one line for each thing you want to say.")
    try:
        if path.exists() and path.read_bytes() == content:
            return  # attempts are counted from when the notes were written
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise JournalError(f"The notes cannot be written to {path} ({error.strerror})", "Free some space.") from error


def notes_text(path: Path, question: Question) -> str:
    """The file as it stands; without one, the labels of the question's talking points to start from.

    Raises:
        JournalError: It cannot be read, is no text, or is too long.
    """
    try:
        return _text_in(path)
    except (FileNotFoundError, NotADirectoryError):
        return _starting_notes(question)


def _starting_notes(question: Question) -> str:
    """What is asked as a heading, and its talking points, one a line."""
    points: Sequence[str] = [point.label for point in question.points] or ["…"]
    return "\n".join([f"# {question.text}", "", *(f"- {point}" for point in points), ""])


def _bullets(text: str) -> tuple[str, ...]:
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines() if not line.lstrip().startswith("#"))
    return tuple(line for line in lines if re.search(r"\w", line))


def _text_in(path: Path) -> str:
    """The file's text; raises JournalError, and FileNotFoundError or NotADirectoryError where there is none."""
    try:
        if path.stat().st_size > LONGEST_BYTES:
            raise JournalError(f"{path} is too long for notes", "Write a few lines, one for each thing to say.")
        return path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise JournalError(
            f"The notes in {path} cannot be read ({error.strerror})", "Check who may read it."
        ) from error
    except UnicodeDecodeError:
        raise JournalError(f"{path} is not UTF-8 text", "Save the file with the encoding UTF-8.") from None
