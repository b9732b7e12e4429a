"""A small catalogue in place of the whole one, for what must be so whatever its translators write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib
import pytest

from voicerehearsal import languages


@contextlib.contextmanager
def catalogue(folder: Path, told: Mapping[str, str]) -> Iterator[None]:
    """Chinese is what `told` says, until the end of the block; English is spoken after it."""
    entries = polib.POFile()
    entries.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=1; plural=0;"}
    entries.extend(polib.POEntry(msgid=text, msgstr=translation) for text, translation in told.items())
    file = folder / "zh" / "LC_MESSAGES" / "voicerehearsal.po"
    file.parent.mkdir(parents=True)
    entries.save(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "CATALOGUES", folder)
        _forget()
        languages.speak("zh")
        yield
    languages.speak("en")
    _forget()


def _forget() -> None:
    languages._read.cache_clear()
    languages._translated.cache_clear()
