"""Installing a model: from every kind of source, through every kind of accident."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from tests.engines.small_model import FILES, LINE, Server, archive, listed, source
from voicerehearsal.engines.model_install import install_in
from voicerehearsal.engines.model_store import ListedModel, check_files, find_model, listed_model
from voicerehearsal.engines.model_unpack import unpack
from voicerehearsal.errors import ModelError

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is on this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(archive())
    yield made
    made.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where models go; not there yet, with spaces and other letters in its name."""
    return tmp_path / "mein Übungsheft 练习" / "models"


def put(place: Path, model: ListedModel, given: Path | None = None) -> list[str]:
    """Install, and return what was said."""
    said: list[str] = []
    install_in(place, model, given=given, say=said.append, progress=lambda _done, _all: None)
    return said


def files_in(folder: Path) -> dict[str, bytes]:
    """What an installed model consists of, without our own notes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {".verified.json", "manifest.json"}
    }


INSTALLED = FILES | {"conf/mfcc.conf": FILES["conf/mfcc.conf"] + f"{LINE}\n".encode()}


def only_the_model_in(place: Path) -> bool:
    """Whether nothing but a whole model, and the lock, is in `place`."""
    names = {path.name for path in place.iterdir()} - {".installing.lock"}
    return names == {"small-model"} and files_in(place / "small-model") == INSTALLED


def write_tree(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


# ---- from the network -----------------------------------------------------------------------------------------------


def test_sources_are_tried_in_turn(server: Server, place: Path) -> None:
    """A missing, a cut and a wrong archive are each passed over in one line, and the next source is taken."""
    data = server.data
    paths = ("elsewhere", "cut", "wrong", "whole")
    said = put(place, listed(*(source(data, url=server.url(path)) for path in paths)))
    assert server.asked == [f"/{path}" for path in paths]
    assert len(said) == len(paths)
    assert all("trying 127.0.0.1" in line for line in said[:-1])
    assert only_the_model_in(place)


def test_no_source_gives_every_reason_and_a_cure(server: Server, place: Path) -> None:
    """When nothing works the message has each reason and the way without a network, and nothing is left."""
    model = listed(*(source(server.data, url=server.url(path)) for path in ("elsewhere", "wrong")))
    with pytest.raises(ModelError, match=r"404.*wrong sha256.*models install en --from FILE"):
        put(place, model)
    assert [path.name for path in place.iterdir()] == [".installing.lock"]


def test_right_archive_of_another_model_is_refused(server: Server, place: Path) -> None:
    """An archive as promised whose files are not those listed does not become a model."""
    other = listed(source(server.data, url=server.url("whole")), files=FILES | {"conf/model.conf": b"--beam=9.0\n"})
    with pytest.raises(ModelError, match=r"conf/model\.conf"):
        put(place, other)
    assert not (place / "small-model").exists()


def test_what_is_there_is_not_fetched_again(server: Server, place: Path) -> None:
    """A second installation asks nobody."""
    model = listed(source(server.data, url=server.url("whole")))
    put(place, model)
    said = put(place, model)
    assert server.asked == ["/whole"]
    assert said == [f"The English model is there already: {place / 'small-model'}"]


def test_damaged_model_is_replaced(server: Server, place: Path) -> None:
    """A model with a damaged file is fetched anew and takes the old one's place."""
    model = listed(source(server.data, url=server.url("whole")))
    put(place, model)
    (place / "small-model/am/final.mdl").write_bytes(b"half")
    put(place, model)
    assert only_the_model_in(place)


def test_model_unpacked_by_hand_is_mended_without_network(place: Path) -> None:
    """A folder as published that somebody put there gets our line, and nobody is asked for anything."""
    write_tree(place / "small-model", FILES)
    put(place, listed())
    assert only_the_model_in(place)


def test_model_without_pinned_files_gets_a_manifest(server: Server, place: Path) -> None:
    """Where only the archive is pinned, its files are noted at installation and held to that afterwards."""
    model = listed(source(server.data, url=server.url("whole")), pinned=False)
    put(place, model)
    folder = place / "small-model"
    assert files_in(folder) == INSTALLED
    check_files(folder, model, cure="")
    (folder / "conf/model.conf").write_bytes(b"--beam=10.1\n")
    with pytest.raises(ModelError, match=r"conf/model\.conf is damaged"):
        check_files(folder, model, cure="")


# ---- from what somebody has -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["", "small-model/", "package/model/", "a/b/c/"])
@pytest.mark.parametrize("files", [FILES, INSTALLED], ids=["as published", "with our line"])
@pytest.mark.parametrize("kind", ["zip", "whl", "folder"])
def test_given_archive_or_folder_is_taken(
    tmp_path: Path, place: Path, kind: str, files: dict[str, bytes], root: str
) -> None:
    """A zip, a wheel or a folder is taken wherever in it the model lies; what else is in it is not."""
    more = {root + path: data for path, data in files.items()} | {root + "more/code.py": b"import os"}
    given = tmp_path / f"given.{kind}"
    if kind == "folder":
        write_tree(given, more)
    else:
        given.write_bytes(archive(more, root=""))
    put(place, listed(), given)
    assert only_the_model_in(place)


def test_real_model_is_taken_from_its_folder(tmp_path: Path) -> None:
    """The real English model installs from a folder that holds it, and is the same model."""
    installed = find_model("en")
    model = listed_model("en")
    folder = install_in(tmp_path, model, given=installed.parent, say=lambda _: None, progress=lambda _done, _all: None)
    check_files(folder, model, cure="")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("cut.zip", archive()[:-2000], "not a whole zip archive"),
        ("text.zip", b"404 not found", "not a whole zip archive"),
        ("empty.zip", b"", "not a whole zip archive"),
        ("other.zip", archive({"readme.txt": b"hello"}), "no Vosk model in"),
        ("bent.zip", archive(FILES | {"am/final.mdl": FILES["am/final.mdl"][:-1] + b"\0"}), r"am/final\.mdl"),
        ("short.zip", archive({name: FILES[name] for name in FILES if "word" not in name}), r"word_boundary\.int is"),
        ("bomb.zip", archive(FILES | {"am/final.mdl": bytes(60_000_000)}), r"am/final\.mdl .*1500001 bytes"),
        (None, b"", "does not exist"),
    ],
)
def test_given_file_that_will_not_do_says_why(
    tmp_path: Path, place: Path, name: str | None, data: bytes, reason: str
) -> None:
    """What is cut, no archive, another thing or not there is refused with its reason; a model before stays as it is."""
    write_tree(place / "small-model", INSTALLED)
    given = tmp_path / (name or "nothing.zip")
    if name:
        given.write_bytes(data)
    with pytest.raises(ModelError, match=reason):
        put(place, listed(), given)
    assert only_the_model_in(place)


def test_unpinned_model_is_taken_from_its_archive_alone(tmp_path: Path, place: Path) -> None:
    """Where only the archive is pinned, another archive and a folder are refused, as they cannot be checked."""
    model = listed(source(archive()), pinned=False)
    given = tmp_path / "given.zip"
    given.write_bytes(archive(root="other/"))
    with pytest.raises(ModelError, match="wrong sha256"):
        put(place, model, given)
    with pytest.raises(ModelError, match=r"only as the archive small-model\.zip"):
        put(place, model, write_tree(tmp_path / "folder", FILES))
    given.write_bytes(archive())
    put(place, model, given)
    assert files_in(place / "small-model") == INSTALLED


names = st.lists(st.sampled_from(["..", ".", "", "a", "C:", "\\", "..\\x", "model", "/"]), min_size=1, max_size=5)


@settings(deadline=None, max_examples=60)
@hypothesis_given(paths=st.lists(names.map("/".join), min_size=1, max_size=4))
def test_no_archive_writes_outside(tmp_path_factory: pytest.TempPathFactory, paths: list[str]) -> None:
    """Whatever names an archive has, nothing is written beside the folder it is unpacked into."""
    world, little = tmp_path_factory.mktemp("world"), FILES | {"am/final.mdl": b"little"}
    data = archive(dict.fromkeys(paths, b"evil") | {f"model/{path}": data for path, data in little.items()}, root="")
    given = world / "given.zip"
    given.write_bytes(data)
    with contextlib.suppress(ModelError, OSError):
        unpack(given, listed(source(data), pinned=False), world / "deep/er/into")
    beside = [path for path in world.rglob("*") if path.is_file() and "into" not in path.relative_to(world).parts]
    assert beside == [given]


def test_links_in_an_archive_are_not_followed(tmp_path: Path, place: Path) -> None:
    """A symbolic link in an archive is not made, so that nothing can be written or read through it."""
    packed = io.BytesIO(archive(FILES, root=""))
    with zipfile.ZipFile(packed, "a") as writable:
        link = zipfile.ZipInfo("graph/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        writable.writestr(link, "/etc")
    given = tmp_path / "given.zip"
    given.write_bytes(packed.getvalue())
    put(place, listed(source(packed.getvalue()), pinned=False), given)
    assert files_in(place / "small-model") == INSTALLED
    assert not any(path.is_symlink() for path in place.rglob("*"))


# ---- accidents ------------------------------------------------------------------------------------------------------

CHILD = """
import sys
from pathlib import Path
from tests.engines.small_model import archive, listed, source
from voicerehearsal.engines.model_install import install_in
from voicerehearsal.errors import ModelError
place, url, given = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if sys.argv[3] else None
print("begun", flush=True)
try:
    install_in(place, listed(source(archive(), url=url)), given=given, say=print, progress=lambda done, all_: None)
except ModelError as error:
    sys.exit(str(error))
"""


def child(place: Path, url: str = "", given: Path | str = "", before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """An installation in a process of its own."""
    command = [*before, sys.executable, "-c", CHILD, str(place), url, str(given)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_killed_download_leaves_no_model_and_is_cleaned_up(server: Server, place: Path) -> None:
    """A kill in the middle of the download leaves nothing that could be loaded; the next installation tidies up."""
    with child(place, server.url("stalled")) as process:
        assert server.half_sent.wait(20)
        process.kill()
    assert not (place / "small-model").exists()
    assert list(place.glob(".installing-*"))
    put(place, listed(source(server.data, url=server.url("whole"))))
    assert only_the_model_in(place)


@pytest.mark.parametrize("after_ms", [0, 5, 10, 15, 20, 30, 40, 60])
def test_kill_at_any_time_leaves_a_whole_model_or_none(tmp_path: Path, place: Path, after_ms: int) -> None:
    """Killed while unpacking, verifying or renaming: what is in the final place is whole, or there is nothing."""
    given = tmp_path / "given.zip"
    given.write_bytes(archive())
    with child(place, given=given) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(after_ms / 1000)
        process.kill()
    if (place / "small-model").exists():
        assert files_in(place / "small-model") == INSTALLED
    put(place, listed(), given)
    assert only_the_model_in(place)


def test_interrupt_cleans_up_at_once(server: Server, place: Path) -> None:
    """Ctrl-C during the download leaves nothing behind."""
    with child(place, server.url("stalled")) as process:
        assert server.half_sent.wait(20)
        process.send_signal(signal.SIGINT)
    assert process.returncode != 0
    assert [path.name for path in place.iterdir()] == [".installing.lock"]


def test_two_installations_at_once_fetch_once(server: Server, place: Path) -> None:
    """Of several installations at the same time one fetches, the others wait for it and find the model there."""
    processes = [child(place, server.url("whole")) for _ in range(3)]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert server.asked == ["/whole"]
    assert only_the_model_in(place)


def private_mount(folder: Path, options: str) -> tuple[str, ...]:
    """The words before a command that give it a small disk of its own at `folder`; skips where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ("unshare", "-m", "sh", "-c", f'mount -t tmpfs -o {options} none "$0" && exec "$@"', str(folder))
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    return words


def test_full_disk_before_the_download_is_one_sentence(server: Server, place: Path) -> None:
    """A disk without room for the archive and the model is noticed before anything is fetched."""
    process = child(place, server.url("whole"), before=private_mount(place, "size=3m"))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"The disk is full: the English model needs 4 MB for a moment in {place}. Make room")
    assert said.count("\n") == 1
    assert server.asked == []


def test_disk_that_fills_up_is_one_sentence(tmp_path: Path, place: Path) -> None:
    """A disk that fills up while unpacking says the same."""
    given = tmp_path / "given.zip"
    given.write_bytes(archive())
    process = child(place, given=given, before=private_mount(place, "size=1m"))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("The disk is full: ")
    assert said.count("\n") == 1


def test_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A place that is no folder at all is refused with its name and a cure."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match=r"cannot be installed in .*file.*VOICEREHEARSAL_HOME"):
        put(tmp_path / "file", listed())


def test_read_only_disk_is_one_sentence(place: Path) -> None:
    """A read-only disk is refused with its reason."""
    process = child(place, "http://127.0.0.1:9/", before=private_mount(place, "ro"))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Read-only file system" in said
    assert said.count("\n") == 1


def test_installed_files_have_ordinary_rights(tmp_path: Path, place: Path) -> None:
    """The model can be read by everyone whom the umask lets read, although the work folder was private."""
    given = tmp_path / "given.zip"
    given.write_bytes(archive())
    before = os.umask(0o022)
    try:
        put(place, listed(), given)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (place / "small-model").rglob("*")} == {0o644, 0o755}
    assert stat.S_IMODE((place / "small-model").stat().st_mode) == 0o755


def test_manifest_is_plain(server: Server, place: Path) -> None:
    """The manifest names each file once, with size and sha256, and not itself."""
    put(place, dataclasses.replace(listed(source(server.data, url=server.url("whole"))), files=()))
    written = json.loads((place / "small-model/manifest.json").read_text())
    assert [file["path"] for file in written["files"]] == sorted(FILES)
