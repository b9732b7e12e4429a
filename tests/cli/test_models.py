"""`voicerehearsal models` as a person and a program use it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from voicerehearsal.engines.model_store import listed_models

PROGRAM = Path(sys.executable).with_name("voicerehearsal")


def models(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, "models", *arguments], capture_output=True, text=True, check=False)


def test_list_as_json_has_every_model() -> None:
    """The machine's list has each listed model, and says of the English one where it is."""
    done = models("list", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr, found["schema"]) == (0, "", "voicerehearsal.models/1")
    assert [row["name"] for row in found["models"]] == [model.name for model in listed_models()]
    english = found["models"][0]
    assert Path(english["path"], "am/final.mdl").is_file()
    assert english["problem"] is None


def test_list_names_licence_and_place() -> None:
    """The person's list shows each model's licence and where it is."""
    done = models("list")
    assert done.stdout.count("Apache-2.0") == len(listed_models())
    assert "vosk-model-small-en-us-0.15" in done.stdout


def test_installing_what_is_there_says_so_and_keeps_output_clean() -> None:
    """A model that is there is not fetched; all talk goes to standard error."""
    done = models("install", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert "is there already" in done.stderr


def test_unknown_language_is_wrong_usage() -> None:
    """A language without a model ends with exit code 2 and one line that names the languages."""
    done = models("install", "fr")
    assert (done.returncode, done.stdout) == (2, "")
    assert "en (English), zh (Chinese)" in done.stderr
    assert done.stderr.count("\n") == 1


def test_missing_archive_is_one_line(tmp_path: Path) -> None:
    """An archive that is not there ends with exit code 1 and one line that names it."""
    done = models("install", "zh", "--from", tmp_path / "nothing.zip")
    assert done.returncode == 1
    assert "nothing.zip does not exist" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_nothing_but_text_on_a_terminal_either() -> None:
    """On a terminal, where a bar may be shown, installing what is there ends well and says the same."""
    ours, theirs = pty.openpty()
    done = subprocess.run([PROGRAM, "models", "install", "en"], stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    os.close(theirs)
    assert done.returncode == 0
    assert b"is there already" in os.read(ours, 10_000)
    os.close(ours)
