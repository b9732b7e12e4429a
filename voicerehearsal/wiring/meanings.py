"""The model of what sentences mean."""

from __future__ import annotations

import functools
import threading

from voicerehearsal.engines import sentence_meaning
from voicerehearsal.errors import ModelError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.store import Journal
from voicerehearsal.ports import Meaning
from voicerehearsal.rehearsal.understanding import Understanding
from voicerehearsal.values import Language, Learned, QuestionRef

_loading = threading.Lock()


def find_meaning(language: Language) -> Meaning | None:
    """The model for `language`, loaded once, in 1.3 s; None when it is not installed.

    Raises:
        ModelError: It is damaged.
    """
    if language not in sentence_meaning.LANGUAGES or not sentence_meaning.is_installed():
        return None
    with _loading:
        return _load()


def understanding() -> Understanding:
    """Talking points recognised by their meaning, and as the user corrected them before; safe in any thread."""
    return Understanding(_meaning_or_why_not, _learned)


def _meaning_or_why_not(language: Language) -> Meaning | str:
    try:
        return find_meaning(language) or "the model of meaning is not installed; points were looked for by their words"
    except ModelError as error:
        return error.going_on("Points were looked for by their words.")


def _learned(question: QuestionRef) -> Learned:
    with Journal.open(data_home(), read_only=True) as journal:
        return journal.learned(question)


def verified_meaning() -> str:
    """The model's name, its files checked and nothing loaded; raises ModelError when it is missing or damaged."""
    sentence_meaning.verify(sentence_meaning.files_folder())
    return sentence_meaning.NAME


@functools.cache
def _load() -> Meaning:
    """Load it; `find_meaning` does so for one thread at a time."""
    return sentence_meaning.SentenceMeaning()
