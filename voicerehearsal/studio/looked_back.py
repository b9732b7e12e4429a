"""The end of a sitting as a page shows it: questions by their text, and a way to practise them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voicerehearsal.presenting.asked import asked_packs
from voicerehearsal.presenting.glance import ToPractise, answer_rows, looked_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.presenting.asked import AskedPack
    from voicerehearsal.presenting.sitting import Sitting
    from voicerehearsal.values import QuestionRef, Report


class AskedShown(msgspec.Struct, frozen=True):
    """A question by its text, and its pack by its title; the ids lead there, and no language where there is no text."""

    pack: str
    id: str
    title: str
    text: str
    language: str | None


class RowShown(msgspec.Struct, frozen=True):
    """An answer of this sitting (`now`) or one before it: what was asked, and pace, pauses, points and length."""

    now: bool
    asked: AskedShown | None
    cells: tuple[str, ...]


class NextShown(msgspec.Struct, frozen=True):
    """What to practise next, and because of what: it is "due", "unready" with the share of points made, or "new"."""

    cause: str
    asked: AskedShown | None
    made: float | None


class LookBack(msgspec.Struct, frozen=True):
    """What is `told` of the sitting in a few lines, what comes next, and its answers below the last ones before it."""

    told: tuple[str, ...]
    onward: NextShown | None
    rows: tuple[RowShown, ...]


def look_back_on(sitting: Sitting, reports: Sequence[Report]) -> LookBack:
    """The look back on a sitting and its reports; raises JournalError."""
    back = None if sitting.demonstration else looked_back(sitting.journal, sitting.archive)
    before = [answer.question for answer in reversed(sitting.earlier)]
    questions = [*before, *(report.question for report in reports)]
    onward = None if back is None else back.onward
    wanted = [*questions, None if onward is None else onward.question]
    packs = asked_packs(one for one in wanted if one is not None)
    rows = [
        RowShown(when == "now", _asked(question, packs), tuple(cells))
        for question, (when, _name, *cells) in zip(questions, answer_rows(reports, sitting.earlier), strict=True)
    ]
    return LookBack(() if back is None else tuple(back.lines), _next(onward, packs), tuple(rows))


def _asked(question: QuestionRef | None, packs: dict[str, AskedPack]) -> AskedShown | None:
    if question is None:
        return None
    pack = packs[question.pack]
    return AskedShown(question.pack, question.id, pack.title, pack.text_of(question.id), pack.language)


def _next(onward: ToPractise | None, packs: dict[str, AskedPack]) -> NextShown | None:
    return None if onward is None else NextShown(onward.cause, _asked(onward.question, packs), onward.made)
