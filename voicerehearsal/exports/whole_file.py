"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from voicerehearsal.errors import ExportError, UsageError


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to write over a file, before any work is done.

    Raises:
        UsageError: There is something at `path`, and it is not to be replaced.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "Name a file in it.")
    if not force and (path.exists() or path.is_symlink()):
        raise UsageError(f"{path} exists already", "Choose another name, or replace it with --force.")


@contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A new file that appears at `path` when the block ends, and never when something raises in it.

    It is written beside its place and on the disk before it gets its name.

    Raises:
        UsageError: There is something at `path`, and it is not to be replaced.
        ExportError: The disk refuses.
    """
    refuse_existing(path, force=force)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".export-", suffix=".part")
    except OSError as error:
        raise _refused(path, error) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask())
        if force:
            beside.replace(path)
        else:
            _without_replacing(beside, path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def _without_replacing(beside: Path, path: Path) -> None:
    """Give a file its name unless somebody else has taken it meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        refuse_existing(path, force=False)
        raise
    except OSError:  # a disk without hard links
        refuse_existing(path, force=False)
        beside.replace(path)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refused(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path} cannot be written ({error.strerror or error})", "Choose another place, or free space.")
