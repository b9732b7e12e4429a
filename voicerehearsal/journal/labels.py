"""Tags and notes: what a person writes on an answer."""

from __future__ import annotations

import unicodedata

from voicerehearsal.errors import UsageError

LONGEST_TAG = 40
"""Characters."""


def normal_tag(tag: str) -> str:
    """The one spelling of a tag: small letters, single spaces, no control characters, no "#" before it.

    Raises:
        UsageError: Nothing is left, or it is too long.
    """
    plain = " ".join(_printable(unicodedata.normalize("NFKC", tag)).split()).lstrip("#").strip().lower()
    if not plain:
        raise UsageError(f"{tag!r} cannot be a tag", "Use a word or two.")
    if len(plain) > LONGEST_TAG:
        raise UsageError(f"{plain[:20]!r}… is too long for a tag", f"Use up to {LONGEST_TAG} characters.")
    return plain


def _printable(text: str) -> str:
    """`text` with a space for every character that controls a terminal or cannot be stored."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
