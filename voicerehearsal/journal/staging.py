"""Files that come into a home together, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipInfo

from voicerehearsal.errors import ExportError
from voicerehearsal.journal.home import importing_folder
from voicerehearsal.journal.import_file import ImportFile

_CHUNK = 1 << 20
_CURE = "Free some space and try again; nothing was imported."


class Staging:
    """Copies members of an export beside their places; `settle` gives all of them their names.

    Only one at a time: whoever writes to the journal.
    """

    def __init__(self, home: Path, source: ImportFile) -> None:
        """Nothing is made before the first `take`."""
        self._folder = importing_folder(home)
        self._home = home
        self._source = source
        self._taken: dict[Path, Path] = {}
        self._settled: list[Path] = []
        self._begun = False

    def is_free(self, target: Path) -> bool:
        """Whether nothing is at `target`, and nothing will be."""
        return target not in self._taken and not target.exists()

    def take(self, name: str, target: Path) -> None:
        """Copy a member, checked against its checksum; it will be `target`.

        Raises:
            ExportError: The disk refuses.
        """
        info = self._source.members[name]
        try:
            if not self._begun:
                self._begun = True
                shutil.rmtree(self._folder, ignore_errors=True)  # of an import that was killed
                self._folder.mkdir(parents=True)
            if info.file_size > shutil.disk_usage(self._folder).free:
                raise ExportError(f"There is no room in {self._home} for {name}", _CURE)
            beside = self._folder / str(len(self._taken))
            with beside.open("wb") as copy, self._source.bytes_of(name) as original:
                while chunk := original.read(_CHUNK):
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            os.utime(beside, (_changed(info), _changed(info)))
        except OSError as error:
            raise self._refused(error) from error
        self._taken[target] = beside

    def settle(self) -> None:
        """Give every file its name.

        Raises:
            ExportError: The disk refuses.
        """
        try:
            for target, beside in self._taken.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                beside.rename(target)
                self._settled.append(target)
        except OSError as error:
            raise self._refused(error) from error
        self.clear()

    def clear(self) -> None:
        """Remove what has no name yet."""
        if self._begun:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._taken.clear()
            self._begun = False

    def undo(self) -> None:
        """Remove everything again."""
        self.clear()
        for target in self._settled:
            with contextlib.suppress(OSError):
                target.unlink()
        self._settled.clear()

    def _refused(self, error: OSError) -> ExportError:
        return ExportError(f"{self._home} takes no more files ({error.strerror or error})", _CURE)


def _changed(info: ZipInfo) -> float:
    """When a member was changed last, in seconds since 1970; exports have it in UTC."""
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
