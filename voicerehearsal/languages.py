"""The language in which a person is spoken to: the catalogue of the interface, one for the whole program.

Faces ask for their own sentences by `_`. What the middle says (errors, remarks, reasons) it says in English, so that a
report is the same whoever measures it; `in_words` finds the catalogue's pattern that such a sentence was made from.
What is practised is another matter: an English answer may well be rehearsed through a Chinese interface.
"""

from __future__ import annotations

import gettext
import io
import locale
import os
import re
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

Interface = Literal["en", "zh"]

INTERFACES: tuple[Interface, ...] = get_args(Interface)

_PLACE = re.compile(r"\{(\d+)\}")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?:;]) +(?=\S)|\n+")
_LEAST_LETTERS = 3
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_spoken: Interface = "en"


def speak(language: Interface) -> None:
    """Speak `language` from now on; what its catalogue lacks stays English."""
    global _catalogue, _spoken
    _spoken = language
    _catalogue = _read(language).catalogue
    _translated.cache_clear()


def spoken() -> Interface:
    """The language spoken now."""
    return _spoken


def of_this_computer() -> Interface:
    """The language this computer is set to; English where that is neither."""
    names = [os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def _(text: str) -> str:
    """`text` in the language spoken now."""
    return _catalogue.gettext(text) if text else text


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many`, as `n` asks for, in the language spoken now."""
    return _catalogue.ngettext(one, many, n)


def in_words(sentence: str) -> str:
    """An English `sentence` with its numbers and names in it, in the language spoken now; as it is where unknown."""
    return sentence if _spoken == "en" else _translated(sentence)


class _Pattern(NamedTuple):
    """A sentence with places for what differs: how it is told in English, and what it is called by instead."""

    rarest: str
    made: re.Pattern[str]
    translation: str


class _Read(NamedTuple):
    """A catalogue, whole sentences and patterns."""

    catalogue: gettext.NullTranslations
    patterns: tuple[_Pattern, ...]


@cache
def _read(language: Interface) -> _Read:
    file = files("voicerehearsal") / "locale" / language / "LC_MESSAGES" / "voicerehearsal.po"
    if not file.is_file():
        return _Read(gettext.NullTranslations(), ())
    import polib

    entries = polib.pofile(file.read_text(encoding="utf-8"))
    told = [entry for entry in entries if _PLACE.search(entry.msgid) and entry.msgstr]
    told.sort(key=lambda entry: -len(_PLACE.sub("", entry.msgid)))  # the one that says most itself is the likeliest
    return _Read(
        gettext.GNUTranslations(io.BytesIO(entries.to_binary())),
        tuple(_pattern(entry.msgid, entry.msgstr) for entry in told),
    )


def _pattern(text: str, translation: str) -> _Pattern:
    pieces = _PLACE.split(text)
    made = "".join(f"(?P<p{piece}>.*?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
    return _Pattern(max(pieces[::2], key=len), re.compile(made, re.DOTALL), translation)


@lru_cache(4096)
def _translated(sentence: str) -> str:
    whole = sentence.strip()
    if not re.search(f"[a-z]{{{_LEAST_LETTERS}}}", whole):
        return sentence
    found = _catalogue.gettext(whole)
    if found == whole:
        found = _by_pattern(whole) or _piece_by_piece(whole)
    return sentence.replace(whole, found, 1)


def _by_pattern(sentence: str) -> str | None:
    for pattern in _read(_spoken).patterns:
        if pattern.rarest in sentence and (match := pattern.made.fullmatch(sentence)):
            return _PLACE.sub(partial(_given, match), pattern.translation)
    return None


def _given(match: re.Match[str], place: re.Match[str]) -> str:
    """What stood in the sentence at a place of its translation."""
    return in_words(match[f"p{place[1]}"])


def _piece_by_piece(text: str) -> str:
    """Several sentences, each by itself; Chinese ones need no blank between them."""
    pieces = _BETWEEN_SENTENCES.split(text)
    if len(pieces) == 1:
        return text
    told = [in_words(piece) for piece in pieces]
    return text if told == pieces else "".join(told)
