"""Tags and notes: what a person writes on an answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicerehearsal.errors import UsageError
from voicerehearsal.journal.said import put_note

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal

LONGEST_TAG = 40
LONGEST_NOTE = 4000
"""Characters."""

_UNWRITABLE = {"Cc", "Cs", "Zl", "Zp"}
_TURNS_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They would turn the rest of the line around on the screen."""


def normal_tag(tag: str) -> str:
    """The one spelling of a tag: small letters, single spaces, no control characters, no "#" before it.

    Raises:
        UsageError: Nothing is left, or it is too long.
    """
    plain = " ".join(_printable(unicodedata.normalize("NFKC", tag)).split()).lstrip("# ").lower()
    if not plain:
        raise UsageError(f"{tag!r} cannot be a tag", "Use a word or two.")
    if len(plain) > LONGEST_TAG:
        raise UsageError(f"{plain[:20]!r}… is too long for a tag", f"Use up to {LONGEST_TAG} characters.")
    return plain


def normal_note(note: str) -> str:
    """A note as it is kept: its lines without control characters and without empty space around them.

    Raises:
        UsageError: It is too long.
    """
    lines = (_printable(line).strip() for line in note.splitlines())
    plain = "\n".join(lines).strip()
    if len(plain) > LONGEST_NOTE:
        raise UsageError(
            f"A note has up to {LONGEST_NOTE} characters, and this one has {len(plain)}", "Write less, or in two notes."
        )
    return plain


def set_tags(journal: Journal, answer_id: int, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Put tags on an answer and take others off; what is there already, or is not, is no matter.

    Raises:
        UsageError: There is no such answer, or one of the tags is none; then nothing is changed.
        JournalError: The journal refuses.
    """
    adding, removing = [normal_tag(tag) for tag in add], [normal_tag(tag) for tag in remove]
    with journal.writing() as db:
        journal.answer(answer_id)
        db.executemany("DELETE FROM tags WHERE tag = ? AND answer_id = ?", [(tag, answer_id) for tag in removing])
        db.executemany(
            "INSERT OR IGNORE INTO tags (tag, answer_id) VALUES (?, ?)", [(tag, answer_id) for tag in adding]
        )


def set_note(journal: Journal, answer_id: int, note: str) -> str:
    """Put a note on an answer in place of the one before, "" for none; it can be searched at once. Returns it as kept.

    Raises:
        UsageError: There is no such answer, or the note is too long.
        JournalError: The journal refuses.
    """
    plain = normal_note(note)
    with journal.writing() as db:
        journal.answer(answer_id)
        db.execute("UPDATE answers SET note = ? WHERE id = ?", (plain, answer_id))
        put_note(db, answer_id, plain)
    return plain


def all_tags(journal: Journal) -> list[tuple[str, int]]:
    """Every tag in use and on how many answers it is, in the order of the alphabet. Raises JournalError."""
    with journal.reading() as db:
        rows: list[tuple[str, int]] = db.execute("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag").fetchall()
    return rows


def _printable(text: str) -> str:
    """`text` with a space for every character that steers a screen or cannot be stored."""
    return "".join(" " if char in _TURNS_AROUND or unicodedata.category(char) in _UNWRITABLE else char for char in text)
