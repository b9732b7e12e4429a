"""What a person is told, in the language of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tests.speaking import catalogue
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


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("There is no answer 9. `history` lists them.", "没有第 9 条回答。`history` 会列出来。"),
        ("You grew louder (4 dB). It happened 3 times more.", "你变响了（4 dB）。又发生了 3 次。"),
        ("Speech rate: nearer to the target.", "语速：更接近目标。"),
        ("speech rate, /min", "语速，每分钟"),
        ("136 words a minute ▅█▁", "136 词/分 ▅█▁"),
        ("At least 5 fillers a minute, most of them “um”; speech rate.", "每分钟至少 5 个填充词，大多是“um”；语速。"),
        ("Kept on Fri 20 Nov 2026.", "保存于 2026-11-20。"),
        ("from 1:15 to 2:00", "从 1:15 到 2:00"),
        ("I went from the first plan to a better one", "I went from the first plan to a better one"),
        ("from the very first plan of ours to a better one", "from the very first plan of ours to a better one"),
        ("We spoke about the speech rate, and then about him.", "We spoke about the speech rate, and then about him."),
    ],
)
def test_a_sentence_is_found_by_what_it_was_made_from(tmp_path: Path, english: str, told: str) -> None:
    """Whole, by its pattern, part by part; what people say is not taken for a sentence of the program."""
    known = {
        "There is no answer {0}": "没有第 {0} 条回答",
        "`history` lists them.": "`history` 会列出来。",
        "You grew louder ({0} dB).{1}": "你变响了（{0} dB）。{1}",
        "It happened {0} times more.": "又发生了 {0} 次。",
        "speech rate": "语速",
        "nearer to the target": "更接近目标",
        "/min": "每分钟",
        "words a minute": "词/分",
        "at least {0} fillers a minute": "每分钟至少 {0} 个填充词",
        ", most of them “{0}”": "，大多是“{0}”",
        "Kept on {0}.": "保存于 {0}。",
        "from {0} to {1}": "从 {0} 到 {1}",
    }
    with catalogue(tmp_path, known):
        assert languages.in_words(english).replace("。 ", "。") == told
