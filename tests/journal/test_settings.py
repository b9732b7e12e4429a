"""A person's settings: what is written is read again, and a broken file costs nothing but itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.settings import (
    Settings,
    checked_settings,
    read_settings,
    settings_file,
    settings_from,
    write_settings,
)

_names = st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
_any = st.builds(
    Settings,
    interface_language=st.sampled_from(["auto", "en", "zh"]),
    theme=st.sampled_from(["auto", "light", "dark"]),
    microphone=_names,
    speaker=_names,
    practice_language=st.sampled_from([None, "en", "zh"]),
    end_silence_s=st.none() | st.floats(0.5, 60.0),
    phone_line=st.booleans(),
    count=st.integers(1, 50),
)


@settings(max_examples=20, deadline=None)
@given(first=_any, second=_any)
def test_settings_come_back_as_they_were_written(first: Settings, second: Settings) -> None:
    """Whatever was chosen before, what is read is what was chosen last."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for chosen in (first, second):
            write_settings(home, chosen)
            assert checked_settings(home) == chosen


def test_what_a_person_wrote_into_the_file_stays(tmp_path: Path) -> None:
    """A comment survives a change, and what was never chosen is not written."""
    settings_file(tmp_path).write_text("# for the flat\ncount = 5 # after lunch\n", "utf-8")
    write_settings(tmp_path, Settings(count=5, theme="dark"))
    written = settings_file(tmp_path).read_text("utf-8")
    assert "# for the flat" in written
    assert "# after lunch" in written
    assert "phone_line" not in written
    assert read_settings(tmp_path) == Settings(count=5, theme="dark")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('theme = "dark"\nend_silence_s = "long"\n', 2, "end_silence_s"),
        ("count = 0\n", 1, "from 1 to 50"),
        ("\nthem = 1\n", 2, "Did you mean 'theme'?"),
        ('theme = "dark\n', 1, "is not valid TOML"),
        ('phone_line = "yes"\n', 1, "true or false"),
    ],
)
def test_a_broken_file_names_its_line_and_its_cure(tmp_path: Path, text: str, line: int, says: str) -> None:
    """A broken file is told with line and cure, does not count, and is never written over."""
    settings_file(tmp_path).write_text(text, "utf-8")
    with pytest.raises(JournalError, match=r"settings\.toml") as told:
        checked_settings(tmp_path)
    assert f"settings.toml:{line}:" in str(told.value)
    assert says in str(told.value)
    assert read_settings(tmp_path) == Settings()
    with pytest.raises(JournalError):
        write_settings(tmp_path, Settings(theme="light"))
    assert settings_file(tmp_path).read_text("utf-8") == text


def test_settings_from_a_page_are_checked() -> None:
    """What a page states is taken where it can be so, and refused with its cure where not."""
    assert settings_from({"theme": "dark", "microphone": None}) == Settings(theme="dark")
    with pytest.raises(UsageError, match=r"0\.5 to 60"):
        settings_from({"end_silence_s": 0})
