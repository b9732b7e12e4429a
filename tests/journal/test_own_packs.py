"""Own packs: found by id beside those that come along, kept only when whole, never over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicerehearsal.errors import PackError, UsageError
from voicerehearsal.journal.own_packs import (
    broken_own_packs,
    copied_text,
    free_id,
    keep_pack,
    own_pack_file,
    own_packs_folder,
    pack_folders,
    problems_of,
    remove_pack,
)
from voicerehearsal.packs import builtin_folder, find_pack, list_packs, load_pack

_PACK = '[pack]\nid = "mine"\ntitle = "Mine"\nlanguage = "en"\n\n[[question]]\nid = "q1"\ntext = "Why us?"\n'


def test_an_own_pack_is_found_by_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the folder of own packs is found as those that come along are."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    kept, file = keep_pack(tmp_path, _PACK, file=None)
    assert find_pack("mine", pack_folders()) == kept
    assert own_pack_file(tmp_path, "mine") == file
    assert find_pack("crm", pack_folders()) == load_pack(builtin_folder() / "crm.toml")
    assert free_id(tmp_path, "mine") == "mine-2"


def test_what_is_not_whole_is_never_kept(tmp_path: Path) -> None:
    """A text with a problem is refused with its line, and the file on the disk stays what it was."""
    _, file = keep_pack(tmp_path, _PACK, file=None)
    broken = _PACK.replace('"Why us?"', '""')
    with pytest.raises(PackError, match="Line 8"):
        keep_pack(tmp_path, broken, file=file)
    assert file.read_text("utf-8") == _PACK
    assert [one.name for one in own_packs_folder(tmp_path).iterdir()] == ["mine.toml"]


def test_an_id_belongs_to_one_pack(tmp_path: Path) -> None:
    """A pack cannot be kept under the id of another; one put there by hand is told, and the first one holds."""
    pack, problems = problems_of(tmp_path, _PACK.replace('"mine"', '"crm"'), file=None)
    assert pack is not None
    assert [one.line for one in problems] == [2]
    own_packs_folder(tmp_path).mkdir()
    (own_packs_folder(tmp_path) / "crm.toml").write_text(_PACK.replace('"mine"', '"crm"'), "utf-8")
    shelf = list_packs([builtin_folder(), own_packs_folder(tmp_path)])
    assert len(next(one for one in shelf.packs if one.pack.id == "crm").pack.questions) > 1
    assert "is taken by" in str(shelf.broken[0])


def test_a_copy_of_a_pack_is_whole_and_keeps_its_questions(tmp_path: Path) -> None:
    """A pack that came along, copied, has another id and title and the same questions, and its comments."""
    original = builtin_folder() / "crm.toml"
    text = copied_text(original, pack_id="my-crm", title="Mine")
    kept, _ = keep_pack(tmp_path, text, file=None)
    assert (kept.id, kept.title) == ("my-crm", "Mine")
    assert kept.questions == load_pack(original).questions
    assert text.startswith(original.read_text("utf-8").splitlines()[0])


def test_broken_files_are_named_and_own_packs_can_go(tmp_path: Path) -> None:
    """A broken file is listed with what is wrong; removing takes an own pack, never one that came along."""
    keep_pack(tmp_path, _PACK, file=None)
    (own_packs_folder(tmp_path) / "half.toml").write_text('[pack]\nid = "half"\n', "utf-8")
    (own_packs_folder(tmp_path) / "My shop.toml").write_text(_PACK.replace('"mine"', '"crm"'), "utf-8")
    assert list(broken_own_packs(tmp_path)) == ["My shop", "half"]
    assert own_pack_file(tmp_path, "My shop") == own_packs_folder(tmp_path) / "My shop.toml"
    assert own_pack_file(tmp_path, "../packs/half") is None
    remove_pack(tmp_path, "mine")
    assert own_pack_file(tmp_path, "mine") is None
    with pytest.raises(UsageError):
        remove_pack(tmp_path, "qualities")
