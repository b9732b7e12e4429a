"""A speaker's own notes for a question: a text file they write, one bullet a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voicerehearsal.errors import JournalError
from voicerehearsal.values import Question, QuestionRef

_BULLET = re.compile(r"^\s*(?:[-*•·+–]|\d+[.)、]|\[[ xX]?\])\s*")
_LONGEST_BYTES = 100_000
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
        if path.stat().st_size > _LONGEST_BYTES:
            raise JournalError(f"{path} is too long for notes", "Write a few lines, one for each thing to say.")
        text = path.read_text("utf-8-sig")
        written_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise JournalError(
            f"The notes in {path} cannot be read ({error.strerror})", "Check who may read it."
        ) from error
    except UnicodeDecodeError:
        raise JournalError(f"{path} is not UTF-8 text", "Save the file with the encoding UTF-8.") from None
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines() if not line.lstrip().startswith("#"))
    bullets = tuple(line for line in lines if re.search(r"\w", line))
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


def _starting_notes(question: Question) -> str:
    points: Sequence[str] = [point.label for point in question.points] or ["…"]
    return "\n".join([f"# {question.text}", "", *(f"- {point}" for point in points), ""])
