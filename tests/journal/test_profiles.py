"""Calibrations on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.profiles import profile_names, profiles_folder, read_profile, save_profile


def test_a_calibration_comes_back_and_can_be_replaced(tmp_path: Path) -> None:
    """What was saved last under a name is what is read, and nothing else lies in the folder."""
    assert profile_names(tmp_path) == []
    assert not profiles_folder(tmp_path).exists()
    for content in (b'{"a":1}', b'{"a":2}'):
        assert save_profile(tmp_path, "anna", content) == tmp_path / "profiles" / "anna.json"
    save_profile(tmp_path, "李-2_b", b"{}")
    assert read_profile(tmp_path, "anna") == b'{"a":2}'
    assert profile_names(tmp_path) == ["anna", "李-2_b"]
    assert sorted(path.name for path in profiles_folder(tmp_path).iterdir()) == ["anna.json", "李-2_b.json"]


@given(st.text(max_size=60))
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Any name either is refused as wrong usage or is a file right in the folder."""
    home = tmp_path_factory.getbasetemp() / "names"
    try:
        file = save_profile(home, name, b"{}")
    except UsageError:
        with pytest.raises(UsageError, match="cannot be the name of a calibration"):
            read_profile(home, name)
    else:
        assert file.resolve().parent == profiles_folder(home).resolve()
        assert read_profile(home, name) == b"{}"
        file.unlink()


@pytest.mark.parametrize("name", ["", ".", "..", "../journal", "a/b", "a\\b", "a.json", "a b", "a" * 41, "-\n"])
def test_names_that_are_none(tmp_path: Path, name: str) -> None:
    """Paths, dots, spaces, too long and empty ones."""
    with pytest.raises(UsageError, match="letters, digits, hyphens"):
        save_profile(tmp_path, name, b"{}")


def test_an_unknown_one_lists_those_there_are(tmp_path: Path) -> None:
    """One sentence and the cure, with and without others."""
    with pytest.raises(UsageError, match=r"no calibration called 'x'; there is none yet.*calibrate --profile x"):
        read_profile(tmp_path, "x")
    for name in ("work", "home"):
        save_profile(tmp_path, name, b"{}")
    with pytest.raises(UsageError, match=r"no calibration called 'x'; there are: home, work.*calibrate"):
        read_profile(tmp_path, "x")


def test_a_disk_that_refuses_is_one_sentence(tmp_path: Path) -> None:
    """Where no folder can be made, and where something else stands in the place of the file."""
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="cannot be kept"):
        save_profile(tmp_path / "file", "anna", b"{}")
    (tmp_path / "profiles" / "anna.json").mkdir(parents=True)
    with pytest.raises(JournalError, match="cannot be kept"):
        save_profile(tmp_path, "anna", b"{}")
    with pytest.raises(JournalError, match="cannot be read"):
        read_profile(tmp_path, "anna")
    assert [path.name for path in profiles_folder(tmp_path).iterdir()] == ["anna.json"]


_SAVE_FOR_EVER = """
import sys, itertools
from pathlib import Path
from voicerehearsal.journal.profiles import save_profile
print(flush=True)
for n in itertools.count():
    save_profile(Path(sys.argv[1]), "anna", b"%d" % (n % 10) * 200_000)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a kill that cannot be caught")
def test_a_process_that_is_killed_leaves_a_whole_calibration(tmp_path: Path) -> None:
    """The file is the older or the newer one, never a mixture, and half-written ones are not listed."""
    save_profile(tmp_path, "anna", b"0" * 200_000)
    for n in range(5):
        process = subprocess.Popen([sys.executable, "-c", _SAVE_FOR_EVER, tmp_path], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 + 0.013 * n)
        process.kill()
        process.wait(10)
        process.stdout.close()
        content = read_profile(tmp_path, "anna")
        assert len(content) == 200_000
        assert len(set(content)) == 1
        assert profile_names(tmp_path) == ["anna"]
