"""Finding a model and knowing whether it is whole, on the real English model."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voicerehearsal.engines.model_store import (
    ModelFile,
    find_model,
    listed_model,
    listed_models,
    model_places,
    verify,
)
from voicerehearsal.errors import ModelError, UsageError

CHECKOUT = Path(__file__).parents[2]
ENGLISH = listed_model("en")
SMALL = [file for file in ENGLISH.files if file.bytes < 1_000_000]
by_path = pytest.mark.parametrize("file", ENGLISH.files, ids=lambda file: file.path)
small_by_path = pytest.mark.parametrize("file", SMALL, ids=lambda file: file.path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The English model: its small files copied, its big ones linked to, and already checked once."""
    installed, made = find_model("en"), tmp_path / "ein Modell 模型"
    for file in ENGLISH.files:
        target = made / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if file in SMALL:
            shutil.copy(installed / file.path, target)
        else:
            target.symlink_to(installed / file.path)
    verify(made, "en")
    return made


def test_installed_english_model_is_whole() -> None:
    """The model that set-up installed passes its own check."""
    verify(find_model("en"), "en")


def test_dither_is_off_in_the_installed_model() -> None:
    """Kaldi's dither is switched off by the last line of its features' settings."""
    assert (find_model("en") / "conf/mfcc.conf").read_text().splitlines()[-1] == "--dither=0"


@by_path
def test_missing_file_is_named(folder: Path, file: ModelFile) -> None:
    """A model without one of its files is refused, with the file and the cure; Vosk itself loads some such models."""
    (folder / file.path).unlink()
    with pytest.raises(ModelError, match=rf"{re.escape(file.path)} is missing.*models install en"):
        verify(folder, "en")


@small_by_path
def test_cut_file_is_named(folder: Path, file: ModelFile) -> None:
    """A small file that lost its last byte is refused."""
    (folder / file.path).write_bytes((folder / file.path).read_bytes()[:-1])
    with pytest.raises(ModelError, match=rf"{re.escape(file.path)} .*{file.bytes - 1} bytes.*models install en"):
        verify(folder, "en")


@small_by_path
def test_changed_small_file_is_named(folder: Path, file: ModelFile) -> None:
    """A small file with one other bit is refused even when its size and times are as before."""
    path = folder / file.path
    before, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelError, match=rf"{re.escape(file.path)} is damaged.*models install en"):
        verify(folder, "en")


def test_changed_big_file_is_named(folder: Path) -> None:
    """A big file with one other bit is refused although its size and modification time are those last seen."""
    path = folder / "ivector/final.ie"
    data = bytearray(path.read_bytes())
    path.unlink()
    path.write_bytes(data)
    verify(folder, "en")
    before = path.stat()
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelError, match=r"ivector/final\.ie is damaged"):
        verify(folder, "en")


def test_unpacked_by_hand_is_told_from_installed(folder: Path) -> None:
    """An archive that somebody unpacked here lacks our line: refused with the command that adds it."""
    settings = folder / "conf/mfcc.conf"
    settings.write_text(settings.read_text().removesuffix("--dither=0\n"))
    with pytest.raises(ModelError, match=r"conf/mfcc\.conf .*Run: \./rehearse models install en"):
        verify(folder, "en")


@pytest.mark.parametrize("damage", ["not JSON", "[]", '{"am/final.mdl": 1}', ""])
def test_broken_stamp_only_costs_time(folder: Path, damage: str) -> None:
    """What was noted about the big files may be lost or broken: they are hashed again, and it is mended."""
    stamp = folder / ".verified.json"
    good = json.loads(stamp.read_text())
    stamp.write_text(damage)
    verify(folder, "en")
    assert json.loads(stamp.read_text()) == good


def test_stamp_that_cannot_be_written_is_done_without(folder: Path) -> None:
    """A model in a place that cannot be written is checked all the same, and nothing is left there."""
    (folder / ".verified.json").unlink()
    (folder / ".verified.json").mkdir()
    before = sorted(folder.rglob("*"))
    verify(folder, "en")
    assert sorted(folder.rglob("*")) == before


def test_chinese_model_unpacked_by_hand_has_a_cure(tmp_path: Path) -> None:
    """Without the manifest of an installation the Chinese model cannot be checked, and the message says what to do."""
    with pytest.raises(ModelError, match=r"was not put there .*models install zh"):
        verify(tmp_path, "zh")


def test_unknown_language_is_a_usage_error() -> None:
    """A language without a model is refused with the list of those that have one."""
    with pytest.raises(UsageError, match=r'"fr".*en \(English\), zh \(Chinese\)'):
        find_model("fr")


def test_places_are_in_the_order_of_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checkout comes first, then VOICEREHEARSAL_HOME, then the platform's data folder."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    first, second, third = model_places()
    assert (first, second) == (CHECKOUT / "audio_models", tmp_path / "models")
    assert third.parts[-2:] == ("voicerehearsal", "models")
    monkeypatch.delenv("VOICEREHEARSAL_HOME")
    assert model_places() == (first, third)


def test_installed_package_finds_its_list_and_the_first_place(tmp_path: Path) -> None:
    """Without a checkout the list comes from the package, and VOICEREHEARSAL_HOME wins over the data folder."""
    site, home, data = tmp_path / "site", tmp_path / "home", tmp_path / "data"
    shutil.copytree(CHECKOUT / "voicerehearsal", site / "voicerehearsal", ignore=shutil.ignore_patterns("__pycache__"))
    (site / "voicerehearsal/_share/audio_models").mkdir(parents=True)
    shutil.copy(CHECKOUT / "audio_models/models.toml", site / "voicerehearsal/_share/audio_models")
    program = "from voicerehearsal.engines.model_store import find_model as f\ntry: print(f('en'))\n"
    program += "except Exception as error: print(error)"

    def found() -> str:
        variables = {"PYTHONPATH": str(site), "VOICEREHEARSAL_HOME": str(home), "XDG_DATA_HOME": str(data)}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | variables,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert found() == "There is no English model. Run: voicerehearsal models install en"
    (data / "voicerehearsal/models" / ENGLISH.name).mkdir(parents=True)
    assert found() == str(data / "voicerehearsal/models" / ENGLISH.name)
    (home / "models" / ENGLISH.name).mkdir(parents=True)
    assert found() == str(home / "models" / ENGLISH.name)


def test_list_is_sound() -> None:
    """Every listed model has a licence, sources with a whole sha256, and each language once."""
    assert [model.language for model in listed_models()] == ["en", "zh"]
    for model in listed_models():
        assert model.licence == "Apache-2.0"
        assert all(re.fullmatch(r"[0-9a-f]{64}", item.sha256) for item in (*model.sources, *model.files))
        assert all(source.package or (source.url or "").startswith("https://") for source in model.sources)


def test_checking_does_not_load_numpy() -> None:
    """Finding and checking a model loads nothing heavy, as every start does it."""
    program = "import sys, voicerehearsal.engines.model_store as m; m.verify(m.find_model('en'), 'en')\n"
    program += "print([name for name in ('numpy', 'vosk', 'urllib.request', 'zipfile') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
