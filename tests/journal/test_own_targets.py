"""Own targets: a file to be edited by hand, over the pack's, over the defaults; a broken one costs no answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.coaching.targets import DEFAULTS, TARGETS
from voicerehearsal.errors import JournalError
from voicerehearsal.journal.own_targets import (
    forget_target,
    own_targets,
    state_target,
    targets_file,
    targets_or_defaults,
)
from voicerehearsal.packs import load_pack
from voicerehearsal.values import Pack, Target

DAY = date(2026, 11, 22)
PACK = """\
[pack]
id = "upset"
title = "Upset callers"
language = "en"
[pack.targets]
words_per_minute = { low = 110, high = 140, why = "an upset caller takes in less" }
response_latency_s = { high = 2 }
[[question]]
id = "a1"
text = "What now?"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    file = tmp_path / "upset.toml"
    file.write_text(PACK)
    return load_pack(file)


def test_the_person_goes_before_the_pack_and_the_pack_before_the_default(tmp_path: Path, pack: Pack) -> None:
    """Each of the four may state a target, and says whose it is; taken back, the one below holds again."""
    assert own_targets(tmp_path) == DEFAULTS
    assert own_targets(tmp_path, "complaint-calls").of("coverage") == TARGETS["coverage"]
    assert own_targets(tmp_path, pack).of("words_per_minute") == Target(
        110, 140, "the pack upset: an upset caller takes in less", "pack"
    )
    state_target(tmp_path, "words_per_minute", Target(120, 150, ""), pack=None, since=DAY)
    mine = own_targets(tmp_path, pack)
    assert mine.of("words_per_minute") == Target(120, 150, "your own, since 2026-11-22", "own")
    assert mine.of("response_latency_s") == Target(None, 2, "the pack upset", "pack")
    state_target(tmp_path, "words_per_minute", Target(100.5, 130, ""), pack="upset", since=DAY)
    for_pack = Target(100.5, 130, "your own for upset, since 2026-11-22", "own_for_pack")
    assert own_targets(tmp_path, pack).of("words_per_minute") == for_pack
    assert own_targets(tmp_path, "upset").of("words_per_minute") == for_pack
    assert own_targets(tmp_path).of("words_per_minute") == mine.of("words_per_minute")
    assert forget_target(tmp_path, "words_per_minute", pack="upset")
    assert not forget_target(tmp_path, "words_per_minute", pack="upset")
    assert own_targets(tmp_path, pack) == mine
    assert forget_target(tmp_path, "words_per_minute", pack=None)
    assert own_targets(tmp_path) == DEFAULTS


def test_what_a_person_wrote_into_the_file_stays(tmp_path: Path) -> None:
    """Comments, order and own spelling are kept when the program changes one target."""
    written = "# what my coach said\n[targets]\nsurges = { high = 1 } # for now\n\n[targets.coverage]\nlow = 0.8\n"
    targets_file(tmp_path).write_text(written)
    state_target(tmp_path, "pause_longest_s", Target(None, 2, ""), pack=None, since=DAY)
    state_target(tmp_path, "surges", Target(None, 0, ""), pack="crm", since=DAY)
    text = targets_file(tmp_path).read_text()
    assert all(line in text for line in written.splitlines())
    assert own_targets(tmp_path).of("surges") == Target(None, 1, "your own", "own")
    assert forget_target(tmp_path, "pause_longest_s", pack=None)
    assert forget_target(tmp_path, "surges", pack="crm")
    assert targets_file(tmp_path).read_text().split() == written.split()


@settings(max_examples=15, deadline=None)
@given(limits=st.lists(st.floats(0.001, 1e6) | st.integers(1, 10_000), min_size=2, max_size=2).map(sorted))
def test_what_is_stated_is_read_again(tmp_path_factory: pytest.TempPathFactory, limits: list[float]) -> None:
    """Any limits that make sense come back as they are."""
    home = tmp_path_factory.getbasetemp() / "stated"
    state_target(home, "words_per_minute", Target(limits[0], limits[1], ""), pack=None, since=DAY)
    found = own_targets(home).of("words_per_minute")
    assert found is not None
    assert (found.low, found.high) == tuple(limits)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[targets]\nsurges = { high = 1", 2, "not valid TOML"),
        ("[targets]\nword_per_minute = { low = 1, high = 2 }", 2, "Did you mean 'words_per_minute'?"),
        ("[targets]\n\nwords_per_minute = { low = 150, high = 120 }", 3, "runs from 150 to 120"),
        ("[targets]\nwords_per_minute = { low = 150 }", 2, "A pace needs low and high"),
        ("[targets]\nwords_per_minute = { low = 0, high = 100 }", 2, "begins at 0"),
        ('[targets]\ncoverage = { low = "high" }', 2, "not a number"),
        ("[targets]\ncoverage = { low = true }", 2, "not a number"),
        ("[targets]\ncoverage = { low = nan }", 2, "not a number"),
        ("[targets]\ncoverage = { low = 1" + "0" * 400 + " }", 2, "not a number"),
        ("[targets]\ncoverage = { least = 1 }", 2, 'unknown key "least"'),
        ("[targets]\ncoverage = { since = 2026-11-22 }", 2, "no limit"),
        ("[targets]\ncoverage = { low = 1, since = 3 }", 2, "not a day"),
        ("[targets]\ncoverage = 0.8", 2, "is no table"),
        ("coverage = 0.8", 1, 'unknown table "coverage"'),
        ("targets = 3", 1, "is no table"),
        ("[pack]\ncrm = 3", 2, "under a line [pack.crm]"),
        ("[pack.crm]\ncoverage = {}", 2, "no limit"),
    ],
)
def test_a_broken_file_is_named_with_line_and_cure_and_costs_nothing(
    tmp_path: Path, pack: Pack, text: str, line: int, said: str
) -> None:
    """One sentence says where and what; without it the pack's targets and the defaults hold; it is not changed."""
    file = targets_file(tmp_path)
    file.write_text(text)
    with pytest.raises(JournalError) as broken:
        own_targets(tmp_path)
    assert f"{file}:{line}: " in str(broken.value)
    assert said in str(broken.value)
    assert "\n" not in str(broken.value)
    targets, error = targets_or_defaults(tmp_path, pack)
    assert str(error) == str(broken.value)
    assert targets.stated == pack.targets
    with pytest.raises(JournalError):
        state_target(tmp_path, "surges", Target(None, 1, ""), pack=None, since=DAY)
    assert file.read_text() == text


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder in its place, or letters that are no UTF-8."""
    targets_file(tmp_path).mkdir()
    assert targets_or_defaults(tmp_path)[1] is not None
    targets_file(tmp_path).rmdir()
    targets_file(tmp_path).write_bytes(b"# \xff")
    with pytest.raises(JournalError, match="not UTF-8"):
        own_targets(tmp_path)
