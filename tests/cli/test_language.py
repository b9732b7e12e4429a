"""The command line in another language than English."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rich.text import Text

from tests.cli.running import run
from tests.journal.test_store import fill
from tests.reports import report
from tests.speaking import catalogue
from voicerehearsal.cli.console import HarmlessConsole, as_it_is
from voicerehearsal.cli.tables import print_table
from voicerehearsal.journal.store import Journal

_TOLD = {
    "when": "时间",
    "calm": "平静",
    "Kept as answer {0}.": "已存为第 {0} 条。",
    "There is no answer {0}": "没有第 {0} 条回答",
    "`voicerehearsal history` lists them.": "`voicerehearsal history` 会列出来。",
    "The answers so far, newest first; search and filter them": "迄今的回答，新的在前；可搜索和筛选",
    "Show the version and exit.": "显示版本。",
    "As JSON.": "输出 JSON。",
    "No such option: {0}": "没有这个选项：{0}",
    "`--help` shows what can be said.": "`--help` 会列出可用的写法。",
}


@pytest.fixture(autouse=True)
def _chinese(tmp_path: Path) -> Iterator[None]:
    with catalogue(tmp_path / "catalogue", _TOLD):
        yield


def _printed(*shown: object) -> str:
    console = HarmlessConsole(file=io.StringIO(), force_terminal=True, highlight=False, width=80)
    for one in shown:
        console.print(one, markup=False)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_console_says_all_that_it_knows_in_its_language() -> None:
    """Sentences, texts with their styles, headings and cells; what people said stays as they said it."""
    assert _printed("Kept as answer 7.") == "已存为第 7 条。\n"
    assert _printed(Text("7:30").append(" calm", style="bold")) == "7:30\x1b[1m 平静\x1b[0m\n"
    assert _printed(as_it_is("calm").append(" calm")) == "calm 平静\n"
    console = HarmlessConsole(file=io.StringIO(), highlight=False)
    print_table(console, (("when", False), ("tag", False)), [("calm", "calm")], quoted=(1,))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().split() == ["时间", "tag", "平静", "calm"]


def test_errors_and_help_are_told_in_it(home: Path) -> None:
    """What is wrong, its cure, a slip in the call, and what `--help` lists."""
    Journal.open(home).close()
    chosen = {"LANG": "zh_CN.UTF-8", "LANGUAGE": ""}
    assert run(home, "tag", "9", **chosen).stderr.startswith("没有第 9 条回答")
    assert run(home, "history", "--frob", **chosen).stderr.split() == [
        "没有这个选项：--frob。`--help`",
        "会列出可用的写法。",
    ]
    assert "迄今的回答" in run(home, "--help", **chosen).stdout
    assert "输出 JSON。" in run(home, "trends", "--help", **chosen).stdout


def test_the_settings_have_the_last_word(home: Path) -> None:
    """Over what the computer speaks; a broken file is for those commands to tell that need it."""
    home.mkdir()
    for settings, told in (
        ('interface_language = "zh"', True),
        ('interface_language = "en"', False),
        ("= broken", False),
    ):
        (home / "settings.toml").write_text(settings)
        done = run(home, "--help", LANGUAGE="en" if told else "zh" if settings[0] == "i" else "en")
        assert ("显示版本" in done.stdout) is told


def test_what_programs_read_is_the_same_in_every_language(home: Path, tmp_path: Path) -> None:
    """Byte for byte: reports, answers, trends, tables, captions."""
    with Journal.open(home) as journal:
        fill(journal, [report(), report(rate=180.0)])
    silent = tmp_path / "silent.wav"
    soundfile.write(silent, np.zeros(32_000), 16_000)
    for call in (
        ("analyze", silent, "--json"),
        ("history", "--json"),
        ("trends", "--json"),
        ("summary", "--json"),
        ("due", "--json"),
        ("targets", "--json"),
        ("packs", "list", "--json"),
        ("compare", "1", "2", "--json"),
    ):
        english, chinese = (run(home, *map(str, call), LANGUAGE=language).stdout for language in ("en", "zh"))
        assert chinese == english, call
        assert english.startswith("{"), call
    for kind in ("csv", "audacity"):
        english, chinese = (tmp_path / f"{language}.{kind}" for language in ("en", "zh"))
        for file in (english, chinese):
            run(home, "export", str(file), "--format", kind, "--answer", "1", LANGUAGE=file.stem)
        assert chinese.read_bytes() == english.read_bytes() != b"", kind
