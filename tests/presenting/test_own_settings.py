"""What a person has settled holds in every face where nothing else is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicerehearsal.journal.settings import Settings, settings_file, write_settings
from voicerehearsal.presenting.own_settings import filled_in
from voicerehearsal.presenting.sitting import Wishes


def test_what_is_asked_for_goes_before_what_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wish holds; where there is none the settings do, and sound files are not cut down to their count."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    write_settings(tmp_path, Settings(practice_language="zh", end_silence_s=6.0, phone_line=True, count=5))
    said: list[str] = []
    plain = filled_in(Wishes(), said.append)
    assert (plain.language, plain.end_silence_s, plain.phone_line, plain.count) == ("zh", 6.0, True, 5)
    asked = Wishes(pack="crm", end_silence_s=2.0, count=1, phone_line=False)
    wished = filled_in(asked, said.append)
    assert (wished.language, wished.end_silence_s, wished.phone_line, wished.count) == (None, 2.0, False, 1)
    assert filled_in(Wishes(answers=tmp_path), said.append).count is None
    assert not said


def test_a_broken_file_is_told_and_nothing_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken file of settings is told with its line, and what is usual holds."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    settings_file(tmp_path).write_text("count = -1\n", "utf-8")
    said: list[str] = []
    assert filled_in(Wishes(), said.append).count == 3
    assert "settings.toml:1" in said[0]
