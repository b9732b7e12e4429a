"""The language in which a person is spoken to: the catalogue of the interface, one for the whole program.

Faces ask for their own sentences by `_`. What the middle says (errors, remarks, reasons) it says in English, so that a
report is the same whoever measures it; `in_words` finds the catalogue's pattern that such a sentence was made from.
What is practised is another matter: an English answer may well be rehearsed through a Chinese interface.
"""

from __future__ import annotations

import locale
import os
import re
from functools import cache, cached_property, lru_cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import gettext
    from collections.abc import Sequence

Interface = Literal["en", "zh"]

CATALOGUES = Path(__file__).parent / "locale"

_PLACE = re.compile(r"\{(\d+)\}")
_WORD = re.compile(r"[A-Za-z]{2}")
_WIDE = {": ": "：", "; ": "；", ", ": "，"}
_SENTENCES = re.compile(r"\n+ *|(?<=[.!?…]) +(?=[^\d\s])")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(
    r"\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?(\d\d?) "
    rf"({'|'.join(_MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t?ember|ober)?(?: (\d{{4}}|\d\d))?\b"
)
_NUMBER = re.compile(r"([-−+±≤≥<>]? ?\d[\d.,:–−±% -]*)([^\d▁-█].*?)([ ▁-█]*)")
_STOPPED = re.compile(r"[^.]\.$")
_LIST = re.compile(r"[,;] ")
_BRACKETS = re.compile(r"([^()]+) \(([^()]+)\)")
_CLAUSES = (re.compile(r": |; | · | \| "), re.compile(r", "))
_TELLING_LETTERS = 10
"""A pattern with fewer letters of its own ("{0} to {1}") would fit what people say, too."""
_spoken: Interface = "en"


def speak(language: Interface) -> None:
    """Speak `language` from now on; what its catalogue lacks stays English."""
    global _spoken
    _spoken = language


def speak_as_chosen(chosen: Literal["auto", "en", "zh"]) -> None:
    """Speak the language a person has chosen; "auto" goes by the computer."""
    speak(of_this_computer() if chosen == "auto" else chosen)


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
    return text if _spoken == "en" or not text else _read(_spoken).catalogue.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many`, as `n` asks for, in the language spoken now."""
    if _spoken == "en":
        return one if n == 1 else many
    return _read(_spoken).catalogue.ngettext(one, many, n)


def in_words(sentence: str) -> str:
    """An English `sentence` with its numbers and names in it, in the language spoken now; as it is where unknown."""
    return sentence if _spoken == "en" else _translated(_spoken, sentence)


class _Pattern:
    """A sentence with places for what differs: how it is told in English, and what it is called by instead."""

    def __init__(self, text: str, translation: str) -> None:
        self.translation = translation
        self._pieces = _PLACE.split(text)
        self._rarest = max(self._pieces[::2], key=len)
        own = "".join(self._pieces[::2])
        self._telling = sum(map(str.isalpha, own)) >= _TELLING_LETTERS - 2 * (":" in own)

    @cached_property
    def _made(self) -> re.Pattern[str]:
        pieces = enumerate(self._pieces)
        return re.compile("".join(f"(?P<p{one}>.*?)" if at % 2 else re.escape(one) for at, one in pieces), re.DOTALL)

    def told(self, sentence: str, *, loosely: bool) -> str | None:
        """The translation of `sentence`; None where it was not made from this pattern.

        What is put in may reach over the end of a sentence only `loosely`: most often the next one follows there.
        """
        if self._rarest not in sentence or not (match := self._made.fullmatch(sentence)):
            return None
        given = {place: in_words(one) for place, one in match.groupdict().items()}
        unknown = [one for place, one in match.groupdict().items() if given[place] == one]
        if not loosely and (
            any(map(_SENTENCES.search, match.groups())) or any(_STOPPED.search(one) for one in unknown)
        ):
            return None
        if not self._telling and (any(map(_speaks, unknown)) or any(map(_LIST.search, match.groups()))):
            return None
        return _PLACE.sub(lambda place: given[f"p{place[1]}"], self.translation)


def _speaks(text: str) -> bool:
    """Whether `text` is more than a name and numbers."""
    return len(re.findall(r"(?<![A-Za-z])[A-Za-z]{2,}", text)) > 2


class _Read(NamedTuple):
    """A catalogue, whole sentences and patterns."""

    catalogue: gettext.NullTranslations
    patterns: tuple[_Pattern, ...]


@cache
def _read(language: Interface) -> _Read:
    import gettext
    import io

    import polib

    file = CATALOGUES / language / "LC_MESSAGES" / "voicerehearsal.po"
    entries = polib.pofile(file.read_text(encoding="utf-8"))
    told = [entry for entry in entries if _PLACE.search(entry.msgid) and entry.msgstr]
    told.sort(key=lambda entry: -len(_PLACE.sub("", entry.msgid)))  # the one that says most itself is the likeliest
    return _Read(
        gettext.GNUTranslations(io.BytesIO(entries.to_binary())),
        tuple(_Pattern(entry.msgid, entry.msgstr) for entry in told),
    )


@lru_cache(4096)
def _translated(language: Interface, sentence: str) -> str:
    sentence = _DAY.sub(_day, sentence)
    whole = sentence.strip()
    if not _WORD.search(whole):
        return sentence
    read = _read(language)
    stopped = whole.endswith(".") and not whole.endswith("..")
    ways = [(whole, "{}"), (whole[:-1], "{}。")] if stopped else [(whole, "{}")]
    found = (
        _exactly(read, ways)
        or _by_pattern(read, ways, loosely=False)
        or _by_sentences(whole)
        or _by_pattern(read, ways, loosely=True)
        or _by_clauses(whole)
        or _by_number(whole)
        or _by_brackets(whole)
    )
    return sentence if found is None else sentence.replace(whole, found, 1)


def _exactly(read: _Read, ways: Sequence[tuple[str, str]]) -> str | None:
    """A whole text, also where its first letter has become a capital."""
    for one, end in ways:
        for written in (one, one[0].lower() + one[1:]):
            if (told := read.catalogue.gettext(written)) != written:
                return end.replace("{}", told)
    return None


def _by_pattern(read: _Read, ways: Sequence[tuple[str, str]], *, loosely: bool) -> str | None:
    """A text as the pattern has it that it was made from, with the full stop that follows it or without."""
    written = [(text, end) for one, end in ways for text in dict.fromkeys((one, one[0].lower() + one[1:]))]
    found = (
        end.replace("{}", told)
        for pattern in read.patterns
        for text, end in written
        if (told := pattern.told(text, loosely=loosely)) is not None
    )
    first = next(found, None)
    # One that leaves nothing in English was likelier meant than one that says more itself.
    return next((one for one in chain((first,), found) if one is not None and not _speaks(one)), first)


def _by_sentences(text: str) -> str | None:
    """Several sentences, each by itself; Chinese ones need no blank between them."""
    pieces, joints = _parted(_SENTENCES, text)
    if not joints:
        return None
    told = [in_words(piece) for piece in pieces]
    known = [one != piece for one, piece in zip(told, pieces, strict=True)]
    if not any(known):
        return None
    return _joined(told, ["" if one == " " and after else one for one, after in zip(joints, known[:-1], strict=True)])


def _by_clauses(text: str) -> str | None:
    """The parts of a sentence or a list; not where one is unknown: what somebody said is none of ours, nor half."""
    for joint in _CLAUSES:
        pieces, joints = _parted(joint, text)
        if joints:
            told = [in_words(piece) for piece in pieces]
            joints = [_WIDE.get(one, one) for one in joints]
            for at, piece in enumerate(pieces[1:], 1):  # it may have been written with what leads to it
                if told[at] == piece and (led := _led(f"{joint.findall(text)[at - 1]}{piece}".strip())):
                    told[at], joints[at - 1] = led, ""
            if told == pieces or any(one == piece and _speaks(one) for one, piece in zip(told, pieces, strict=True)):
                return None
            return _joined(told, joints)
    return None


def _led(text: str) -> str | None:
    read, ways = _read(_spoken), [(text, "{}")]
    return _exactly(read, ways) or _by_pattern(read, ways, loosely=False)


def _by_number(text: str) -> str | None:
    """A number and what it is of, or what is drawn beside it."""
    if not (match := _NUMBER.fullmatch(text)):
        return None
    number, words, drawn = match.groups()
    told = in_words(words)
    return None if told == words else f"{number}{told}{drawn}"


def _by_brackets(text: str) -> str | None:
    """Something and what is said of it in brackets."""
    if not (match := _BRACKETS.fullmatch(text)):
        return None
    told = [in_words(one) for one in match.groups()]
    known = any(one != piece for one, piece in zip(told, match.groups(), strict=True))
    return "{} ({})".format(*told) if known and not any(map(_speaks, {*told} & {*match.groups()})) else None


def _day(match: re.Match[str]) -> str:
    """A day as it is written in Chinese tables: 2026-11-20."""
    day, month, year = match.groups()
    month = f"{_MONTHS.index(month) + 1:02d}-{int(day):02d}"
    return month if year is None else f"{year if len(year) == 4 else '20' + year}-{month}"


def _parted(joint: re.Pattern[str], text: str) -> tuple[list[str], list[str]]:
    """The pieces of `text`, and what stands between them."""
    edges = [0, *(edge for match in joint.finditer(text) for edge in match.span()), len(text)]
    pieces = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return pieces, [text[a:b] for a, b in zip(edges[1::2], edges[2::2], strict=False)]


def _joined(pieces: Sequence[str], joints: Sequence[str]) -> str:
    return "".join(chain(*zip_longest(pieces, joints, fillvalue="")))
