"""`recover` on what dead rehearsals leave."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
from typer.testing import CliRunner

from tests.cli.running import run
from tests.journal.tapes import heard, sound
from tests.journal.test_recovery import abandoned
from voicerehearsal.cli import app
from voicerehearsal.journal.store import Journal


def _long_ago(path: Path) -> Path:
    os.utime(path, (time.time() - 60,) * 2)
    return path


def test_nothing_to_recover_makes_nothing(tmp_path: Path) -> None:
    """A home that does not exist stays so."""
    result = run(tmp_path / "none", "recover")
    assert (result.returncode, result.stdout) == (0, "")
    assert "nothing to recover" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_recording_of_just_now_is_not_called_nothing(home: Path) -> None:
    """It may be a rehearsal that goes on, so it is left alone, and the person told when to try again."""
    abandoned(home)
    assert "again in ten seconds" in CliRunner().invoke(app, ["recover"]).stderr


def test_a_saved_recording_is_named_and_in_the_history(tmp_path: Path) -> None:
    """Its file is printed, history says that it has not been measured, and how to."""
    left = _long_ago(abandoned(tmp_path, 2.0))
    packed = left.with_suffix(".flac")
    result = run(tmp_path, "recover")
    assert result.returncode == 0
    assert str(packed) in result.stdout
    assert "analyze" in result.stderr
    assert np.array_equal(heard(packed), sound(2.0))
    history = run(tmp_path, "history")
    assert "classic-questions a1" in history.stdout
    assert f"analyze --save {packed}" in history.stderr


def test_a_recording_that_cannot_be_saved_fails_the_command_after_the_others(tmp_path: Path) -> None:
    """The good one is saved, the strange one named, the exit code 1."""
    _long_ago(abandoned(tmp_path))
    strange = tmp_path / "recordings" / "strange.au"
    strange.write_bytes(b"not a recording" * 1000)
    _long_ago(strange)
    result = run(tmp_path, "recover")
    assert result.returncode == 1
    assert "strange.au" in result.stderr
    with Journal.open(tmp_path, read_only=True) as journal:
        assert len(journal.answers()) == 1
