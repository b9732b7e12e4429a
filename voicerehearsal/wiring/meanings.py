"""The model of what sentences mean."""

from __future__ import annotations

import functools
import threading

from voicerehearsal.engines import sentence_meaning
from voicerehearsal.ports import Meaning
from voicerehearsal.values import Language

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


def verified_meaning() -> str:
    """The model's name, its files checked and nothing loaded; raises ModelError when it is missing or damaged."""
    sentence_meaning.verify(sentence_meaning.files_folder())
    return sentence_meaning.NAME


@functools.cache
def _load() -> Meaning:
    """Load it; `find_meaning` does so for one thread at a time."""
    return sentence_meaning.SentenceMeaning()
