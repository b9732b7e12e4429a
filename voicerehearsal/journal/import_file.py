"""A file to be imported: opened with suspicion, read row by row, and refused in one sentence."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

import msgspec
from msgspec import Raw

from voicerehearsal.errors import ExportError, RehearsalError, UsageError
from voicerehearsal.formats import report_from_json
from voicerehearsal.journal.export_read import RECORDINGS
from voicerehearsal.journal.export_rows import (
    NO_REPORT,
    SCHEMA,
    SECTIONS,
    AnswerRow,
    PointCorrectionRow,
    Row,
    SessionRow,
)
from voicerehearsal.journal.export_write import DOCUMENT
from voicerehearsal.journal.json_rows import JsonRows, NotJsonError
from voicerehearsal.journal.labels import normal_note, normal_tag
from voicerehearsal.values import Report

_PLACES = (
    re.compile(rf"{RECORDINGS}/[^/]+"),
    re.compile(r"profiles/[\w-]{1,40}\.json"),
    re.compile(r"notes/[^/]+/[^/]+\.md"),
    re.compile(r"packs/[^/]+\.toml"),
    re.compile(r"targets\.toml"),
)
"""Where a file of an export may go, under the home."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for devices."""

_BOMB_BYTES = 10 << 20
_BOMB_RATIO = 500
"""What unpacks to so many times its size is no sound and no rows: those reach 20, a bomb 1000."""

_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What `zipfile` raises for archives that are damaged, encrypted, or packed in a way of their own."""


@dataclass
class ImportFile:
    """An export that was opened.

    Attributes:
        path: Where it is.
        members: The files that go with its rows, by name, `recordings/…` and others.
    """

    path: Path
    members: dict[str, ZipInfo] = field(default_factory=dict)
    _archive: ZipFile | None = None

    def rows(self, *, checked: bool = False) -> Iterator[Row]:
        """Every row, checked by itself and against those before it; `checked`: its numbers were looked through before.

        Raises:
            ExportError: The document is damaged, foreign or newer than this program.
        """
        known = _Known(checked=checked)
        with self._refusing(), self._document() as stream:
            for row in _rows(JsonRows(stream)):
                known.add(row)
                yield row

    def bytes_of(self, name: str) -> IO[bytes]:
        """The content of a member; a damaged one raises one of `zipfile`'s errors when it is read."""
        assert self._archive is not None
        return self._archive.open(self.members[name])

    @contextmanager
    def _document(self) -> Iterator[IO[str]]:
        with (
            self.path.open("rb") if self._archive is None else self._archive.open(DOCUMENT) as raw,
            io.TextIOWrapper(raw, encoding="utf-8-sig") as stream,
        ):
            yield stream

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            raise refused(self.path, "it is neither a whole ZIP file nor text in UTF-8") from error
        except (NotJsonError, *_DAMAGED) as error:
            raise refused(self.path, str(error)) from error
        except OSError as error:
            raise ExportError(
                f"{self.path} cannot be read ({error.strerror or error})", "Nothing was imported."
            ) from error


@contextmanager
def opened(path: Path) -> Iterator[ImportFile]:
    """An export, JSON or ZIP, whose outside is sound.

    Raises:
        UsageError: There is no such file.
        ExportError: It is damaged, malicious, or something else; also for damage that is met in the block.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}", "Name a file that `voicerehearsal export --format json` wrote.")
    file = ImportFile(path)
    with file._refusing():
        if not is_zipfile(path):
            yield file
            return
        with ZipFile(path) as archive:
            file._archive = archive
            file.members = _checked(path, archive)
            yield file


def refused(path: Path, why: str) -> ExportError:
    """What is said of a file that is not imported."""
    cure = "Nothing was imported. `import` takes what `voicerehearsal export --format json` wrote, .zip or .json."
    return ExportError(f"{path} is not a whole export of voicerehearsal: {why}", cure)


def _checked(path: Path, archive: ZipFile) -> dict[str, ZipInfo]:
    """The members that have a place in a home; others, such as those that a Mac adds, are passed over."""
    members: dict[str, ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename
        if not _is_harmless(name):
            raise refused(path, f"it holds {name!r}, which points out of its folder or cannot be a file's name")
        if info.file_size > _BOMB_BYTES and info.file_size > _BOMB_RATIO * info.compress_size:
            raise refused(path, f"{name} would unpack to {info.file_size // 1_000_000} MB of nothing")
        if name in members:
            raise refused(path, f"it holds {name} twice")
        if any(place.fullmatch(name) for place in _PLACES):
            members[name] = info
    if DOCUMENT not in archive.namelist():
        raise refused(path, f"there is no {DOCUMENT} in it")
    return members


def _is_harmless(name: str) -> bool:
    """Whether a name stays inside any folder that it is unpacked into, on every system."""
    if re.search(r'[\x00-\x1f\x7f\\:*?"<>|]', name) or name.startswith("/"):
        return False
    parts = name.removesuffix("/").split("/")
    return all(part and part == part.rstrip(" .") and not _RESERVED.fullmatch(part) for part in parts)


def _rows(document: JsonRows) -> Iterator[Row]:
    document.begin()
    document.key("schema", first=True)
    schema = document.value()
    if schema != f'"{SCHEMA}"':
        newer = schema.startswith('"voicerehearsal.export/')
        raise NotJsonError(f"a newer version made it ({schema[:60]}); update voicerehearsal" if newer else "no schema")
    for section, row_type in SECTIONS.items():
        document.key(section)
        for n, text in enumerate(document.rows(), 1):
            try:
                yield msgspec.json.decode(text, type=row_type)
            except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError) as error:
                raise NotJsonError(f"row {n} of {section} is wrong ({error})") from error
    document.end()


class _Known:
    """What earlier rows said that later ones refer to."""

    def __init__(self, *, checked: bool) -> None:
        self._checked = checked
        self._demonstration: dict[int, bool] = {}
        self._answers: set[int] = set()

    def add(self, row: Row) -> None:
        """Take a row in; raises NotJsonError where it does not go with the others."""
        match row:
            case SessionRow():
                if row.id in self._demonstration:
                    raise NotJsonError(f"session {row.id} is there twice")
                self._demonstration[row.id] = row.kind == "demonstration"
            case AnswerRow():
                if row.id in self._answers:
                    raise NotJsonError(f"answer {row.id} is there twice")
                _check_answer(row, demonstration=self._demonstration.get(row.session))
                _settle_report(row, checked=self._checked)
                self._answers.add(row.id)
            case PointCorrectionRow():
                if row.answer not in self._answers:
                    raise NotJsonError(f"a point was corrected in answer {row.answer}, which is missing")


def _check_answer(row: AnswerRow, *, demonstration: bool | None) -> None:
    """See that an answer has its place and says nothing that could not have been said here."""
    if demonstration is None:
        raise NotJsonError(f"answer {row.id} belongs to session {row.session}, which is missing")
    if demonstration and row.numbers:
        raise NotJsonError(f"answer {row.id} is a demonstration with numbers that trends would follow")
    name = row.recording
    if name is not None and not (_PLACES[0].fullmatch(name) and _is_harmless(name)):
        raise NotJsonError(f"the recording of answer {row.id} cannot lie in {name!r}")
    try:
        usual = all(normal_tag(tag) == tag for tag in row.tags) and normal_note(row.note) == row.note
    except UsageError:
        usual = False
    if not usual:
        raise NotJsonError(f"answer {row.id} has a tag or a note that is none")


def _settle_report(row: AnswerRow, *, checked: bool) -> None:
    """Bring reports into the one form in which we write them, and see that they can be read back."""
    try:
        row.report, row.as_heard = (_settled(report, checked=checked) for report in (row.report, row.as_heard))
    except RehearsalError as error:
        raise NotJsonError(f"answer {row.id} is wrong ({error.what})") from error
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise NotJsonError(f"answer {row.id} is wrong ({error})") from error


def _settled(report: Raw, *, checked: bool) -> Raw:
    if report == NO_REPORT:
        return report
    settled = Raw(msgspec.json.encode(msgspec.json.decode(report)))
    if not checked:
        report_from_json(bytes(settled))
    return settled


def report_in(row: AnswerRow) -> Report | None:
    """The report of a row, None when it was not measured."""
    return None if row.report == NO_REPORT else report_from_json(bytes(row.report))
