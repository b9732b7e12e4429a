"""Questions as people know them: by their text, under the title of their pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voicerehearsal.errors import RehearsalError
from voicerehearsal.journal.own_packs import pack_folders
from voicerehearsal.packs import find_pack
from voicerehearsal.values import Language, Pack, QuestionRef


@dataclass(frozen=True, slots=True)
class AskedPack:
    """A pack of which questions were answered.

    Attributes:
        id: Its id.
        title: What it is called; its id, where there is no such pack any more.
        language: Of its texts, None where they are not known.
        questions: Their ids and texts in the order of the pack; the ids alone where there are no texts any more.
    """

    id: str
    title: str
    language: Language | None
    questions: tuple[tuple[str, str], ...]

    def text_of(self, question: str) -> str:
        """The text of a question, or its id."""
        return dict(self.questions).get(question, question)


def asked_packs(asked: Iterable[QuestionRef]) -> dict[str, AskedPack]:
    """The packs of these questions, by id, in the order of their titles."""
    ids: dict[str, list[str]] = {}
    for question in asked:
        ids.setdefault(question.pack, []).append(question.id)
    found = [_asked_pack(pack, questions) for pack, questions in ids.items()]
    return {one.id: one for one in sorted(found, key=lambda one: one.title.casefold())}


def _asked_pack(id_: str, asked: list[str]) -> AskedPack:
    pack = _pack(id_)
    if pack is None:
        return AskedPack(id_, id_, None, tuple((question, question) for question in asked))
    known = {question.id: question.text for question in pack.questions if question.id in asked}
    gone = {question: question for question in asked if question not in known}
    return AskedPack(id_, pack.title, pack.language, tuple({**known, **gone}.items()))


def _pack(id_: str) -> Pack | None:
    """The pack of this id; None for one that is gone or broken."""
    try:
        return find_pack(id_, pack_folders())
    except RehearsalError:
        return None
