"""Installing a model: whole and verified in its place, or not at all.

Everything is made in a work folder beside the final place and moved there in one step, under a lock that ends with the
process. Work folders that a crash left behind are removed by the next installation.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from voicerehearsal.engines.model_fetch import SourceFailedError, fetch_archive
from voicerehearsal.engines.model_store import (
    ListedModel,
    check_files,
    find_model,
    listed_model,
    model_places,
)
from voicerehearsal.engines.model_unpack import unpack
from voicerehearsal.errors import ModelError

_WORK = ".installing-"

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


def install(language: str, *, given: Path | None = None, say: Say, progress: Progress) -> Path:
    """Install the model for `language`, or mend it where it is; nothing is fetched when it is there and whole.

    Args:
        language: Such as "en".
        given: An archive (.zip, .whl) or a folder to take it from instead of the network.
        say: Told in one line what happens.
        progress: Told bytes fetched and bytes in all.

    Returns:
        Its folder.

    Raises:
        ModelError: It could not be had, is not what it should be, or could not be written.
        UsageError: There is no model for this language.
    """
    model = listed_model(language)
    try:
        place = find_model(language).parent
    except ModelError:
        place = model_places()[0]
    return install_in(place, model, given=given, say=say, progress=progress)


def install_in(place: Path, model: ListedModel, *, given: Path | None, say: Say, progress: Progress) -> Path:
    """Install `model` in the folder `place`; see `install`."""
    target = place / model.name
    with _plain_disk_errors(place, model), _one_at_a_time(place, say):
        for leftover in place.glob(f"{_WORK}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if given is None and _is_whole(target, model):
            say(f"The {model.title} model is there already: {target}")
            return target
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=place))
        try:
            fresh = work / model.name
            if given is not None:
                unpack(given, model, fresh)
            elif not _mend(target, model, fresh):
                _fetch(model, work, fresh, say, progress)
            if target.exists():
                target.rename(work / "replaced")
            fresh.rename(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    say(f"The {model.title} model is installed: {target}")
    return target


def _is_whole(folder: Path, model: ListedModel) -> bool:
    with suppress(ModelError):
        check_files(folder, model, cure="")
        return True
    return False


def _mend(target: Path, model: ListedModel, fresh: Path) -> bool:
    """Take the model from the folder that is there, if nothing but our own additions is missing in it."""
    if not (model.files and target.is_dir()):
        return False
    try:
        unpack(target, model, fresh)
    except ModelError:
        shutil.rmtree(fresh, ignore_errors=True)
        return False
    return True


def _fetch(model: ListedModel, work: Path, fresh: Path, say: Say, progress: Progress) -> None:
    """Try the sources in turn."""
    _require_space(work, 3 * max(source.bytes for source in model.sources))
    failures: list[str] = []
    for number, source in enumerate(model.sources):
        folder = work / f"source-{number}"
        folder.mkdir()
        try:
            archive = fetch_archive(source, folder, on_bytes=partial(_tell, progress, source.bytes))
            unpack(archive, model, fresh)
            return
        except (SourceFailedError, ModelError) as error:
            failures.append(f"{source.label}: {error}")
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(fresh, ignore_errors=True)
            if number + 1 < len(model.sources):
                say(f"{failures[-1]}; trying {model.sources[number + 1].label} next")
    link = next((source.url for source in model.sources if source.url), "")
    raise ModelError(
        f"The {model.title} model could not be fetched ({'; '.join(failures)})",
        f"Try again with an internet connection, or fetch {link} elsewhere and run: "
        f"{model.install_command} --from FILE",
    )


def _tell(progress: Progress, all_bytes: int, done_bytes: int) -> None:
    progress(min(done_bytes, all_bytes), all_bytes)


# ---- the disk --------------------------------------------------------------------------------------------------------


def _require_space(folder: Path, needed_bytes: int) -> None:
    if shutil.disk_usage(folder).free < needed_bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def _one_at_a_time(place: Path, say: Say) -> Iterator[None]:
    import filelock

    place.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(place / ".installing.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        say("Another installation is at work here; waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _plain_disk_errors(place: Path, model: ListedModel) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            needed_mb = 3 * max(source.bytes for source in model.sources) // 1_000_000
            raise ModelError(
                f"The disk is full: the {model.title} model needs {needed_mb} MB for a moment in {place}",
                f"Make room, then run: {model.install_command}",
            ) from error
        raise ModelError(
            f"The {model.title} model cannot be installed in {place} ({error})",
            "Make that folder writable, or set VOICEREHEARSAL_HOME to one that is.",
        ) from error
