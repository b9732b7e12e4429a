"""What a person is told, in the language of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tests.words import CATALOGUES, said
from voicerehearsal import languages

_PLACE = re.compile(r"\{\w*\}")


@pytest.fixture
def chinese() -> Iterator[None]:
    """The interface speaks Chinese."""
    languages.speak("zh")
    yield
    languages.speak("en")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_has_all_that_is_said_and_nothing_else(path: Path) -> None:
    """A sentence that changed is found here; `python -m tests.words` brings the catalogues in line."""
    catalogue = polib.pofile(path)
    listed = {(one.msgid, one.msgid_plural or None) for one in catalogue}
    assert listed == said().keys()
    assert not [one.msgid for one in catalogue.untranslated_entries()]
    assert not [one.msgid for one in catalogue.fuzzy_entries()]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_puts_nothing_in_that_is_not_given(path: Path) -> None:
    """Every {place} of a translation is one of its original: what is left out may be an English ending."""
    for entry in polib.pofile(path):
        given = {*_PLACE.findall(entry.msgid), *_PLACE.findall(entry.msgid_plural)}
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert {*_PLACE.findall(text)} <= given, entry.msgid


@pytest.mark.usefixtures("chinese")
def test_a_sentence_of_the_middle_keeps_its_numbers_and_names() -> None:
    """What was put into an English sentence stands in the Chinese one."""
    told = languages.in_words("Here the line was silent for 7.5 s; on the phone that sounds as if you had gone.")
    assert "7.5" in told
    assert not re.search("[a-rt-z]{3}", told)


@pytest.mark.usefixtures("chinese")
def test_what_is_not_known_stays_as_it_is() -> None:
    """A name, a path, another program's words: better English than a guess."""
    for text in ("frobnicate the quux", "/tmp/answer.wav", "3.5", "", "请说话"):
        assert languages.in_words(text) == text


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_GB"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ({"LC_ALL": "C"}, "en"),
    ],
    ids=str,
)
def test_it_speaks_as_the_computer_does(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    """The names of POSIX, the stronger first."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert languages.of_this_computer() == language
