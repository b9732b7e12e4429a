"""Which answers a page is about: what its address asks for, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qsl, urlencode

import msgspec

from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.presenting.asked import AskedPack

_NAMES = ("text", "asked", "language", "kind", "tag", "since", "until")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for, as it stands in the address; "" for anything.

    Attributes:
        text: Words that were said or noted.
        asked: A pack, or "pack/question".
        language: "en" or "zh".
        kind: A kind of practice.
        tag: One tag.
        since: A day, as `filters.wanted_from` reads it.
        until: Another, the last that counts.
    """

    text: str = ""
    asked: str = ""
    language: str = ""
    kind: str = ""
    tag: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Filters:
        """What the parameters of an address ask for; `pack` and `question` may stand for `asked`."""
        found = cls(**{name: given.get(name, "").strip() for name in _NAMES})
        if not found.asked and given.get("pack"):
            found = replace(found, asked="/".join(filter(None, (given["pack"], given.get("question")))))
        return found

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for."""
        return self != Filters()

    @property
    def pack(self) -> str | None:
        """The pack that is asked for."""
        return self.asked.partition("/")[0] or None

    def wanted(self) -> Wanted:
        """The answers that are asked for; raises UsageError for a day, a language, a kind or a tag that is none."""
        from voicerehearsal.presenting.filters import wanted_from

        wanted = wanted_from(
            pack=self.pack,
            question=self.asked.partition("/")[2] or None,
            language=self.language or None,
            kind=self.kind or None,
            since=self.since or None,
            until=self.until or None,
            tag=[self.tag] if self.tag else None,
        )
        return replace(wanted, text=self.text or None)

    def query(self, **more: object) -> str:
        """The part of an address that asks for the same, and for `more`."""
        given = {name: getattr(self, name) for name in _NAMES} | more
        return urlencode({name: value for name, value in given.items() if value not in ("", None)})


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from.

    Attributes:
        packs: Packs of which questions were answered, by id.
        tags: Every tag in use.
        kinds: Kinds of practice by name, and what they are called.
        since: The first day asked for, as a date; "" for any.
        until: The last one.
    """

    packs: Mapping[str, AskedPack]
    tags: list[str]
    kinds: dict[str, str]
    since: str
    until: str


def choices(journal: Journal, wanted: Wanted) -> Choices:
    """What answers there are to choose from, and the days that are `wanted`."""
    from datetime import timedelta

    from voicerehearsal.journal.asked import read_asked
    from voicerehearsal.journal.labels import all_tags
    from voicerehearsal.presenting.asked import asked_packs

    last = None if wanted.until is None else wanted.until - timedelta(seconds=1)
    since, until = ("" if day is None else f"{day.astimezone():%Y-%m-%d}" for day in (wanted.since, last))
    tags = [tag for tag, _count in all_tags(journal)]
    return Choices(asked_packs(read_asked(journal)), tags, kinds_of_practice(), since, until)


def kinds_of_practice() -> dict[str, str]:
    """What the kinds of practice are called, by name."""
    from voicerehearsal.journal.wanted import QUESTIONS
    from voicerehearsal.rehearsal.kinds import KindOfPractice

    called = {
        QUESTIONS: _("Questions"),
        "drill": _("Drill"),
        "interview": _("Interview"),
        "role-play": _("Role-play"),
        "questioning": _("Questioning"),
        "shadowing": _("Shadowing"),
        "notes": _("From notes"),
    }
    return {name: called.get(name, name) for name in (QUESTIONS, *get_args(KindOfPractice))}


class Chosen(msgspec.Struct, frozen=True):
    """Answers that were chosen in the list: by number, or else all that its address asks for.

    Attributes:
        numbers: Their own; () for all that are asked for.
        query: What the list was asked for, as its address has it.
    """

    numbers: tuple[int, ...] = ()
    query: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it is less than everything."""
        return bool(self.numbers) or Filters.of(dict(parse_qsl(self.query))).chosen

    def wanted(self) -> Wanted:
        """The same as a search; raises UsageError as `Filters.wanted`."""
        from voicerehearsal.journal.wanted import Wanted

        if self.numbers:
            return Wanted(numbers=tuple(dict.fromkeys(self.numbers)))
        return Filters.of(dict(parse_qsl(self.query))).wanted()
