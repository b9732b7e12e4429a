"""Answers out of the journal as a file, and back in."""

from __future__ import annotations

import contextlib
import io
import queue
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import ExportError, UsageError
from voicerehearsal.languages import _, ngettext
from voicerehearsal.studio.filters import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from starlette.requests import Request
    from typing_extensions import Buffer

    from voicerehearsal.journal.import_merge import Imported
    from voicerehearsal.journal.wanted import Wanted

_Form = Literal["zip", "json", "csv"]
_TYPES: dict[str, str] = {"zip": "application/zip", "json": "application/json", "csv": "text/csv; charset=utf-8"}

_PIECE = 1 << 18
_PIECES = 8
"""So many lie ready for the browser; the writer waits."""

_LOOK_S = 1.0


def _export(request: Request) -> Response:
    """The answers that were chosen, as a file to keep."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.answers import EVERY_KIND
    from voicerehearsal.journal.chosen import all_there

    given = dict(request.query_params)
    form, numbers = given.pop("format", ""), given.pop("numbers", "")
    if form not in _TYPES:
        raise UsageError(_("{form} is no format known here").format(form=form or "''"), "zip, json, csv")
    try:
        chosen = Chosen(tuple(int(number) for number in numbers.split(",") if number), request.url.query)
    except ValueError:
        raise UsageError(_("Answers are named by their numbers"), "?numbers=1,2") from None
    wanted = chosen.wanted()
    if not chosen.narrows and form != "csv":
        wanted = replace(wanted, kinds=EVERY_KIND)  # a whole journal, as it is taken back in
    with wiring.open_journal(read_only=True) as journal:
        all_there(journal, wanted)
    name = f"voicerehearsal.{form}"
    return StreamingResponse(
        _pieces(lambda file: _write(file, form, wanted, everything=not chosen.narrows)),  # type: ignore[arg-type]
        media_type=_TYPES[form],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _write(file: IO[bytes], form: _Form, wanted: Wanted, *, everything: bool) -> None:
    from voicerehearsal import wiring
    from voicerehearsal.exports.table import write_csv
    from voicerehearsal.journal.chosen import one_moment
    from voicerehearsal.journal.export_write import write_archive, write_document
    from voicerehearsal.journal.flat import COLUMNS, flat_rows

    with wiring.open_journal(read_only=True) as journal, one_moment(journal) as db:
        if form == "csv":
            write_csv(file, COLUMNS, flat_rows(db, wanted))
        else:
            write = write_archive if form == "zip" else write_document
            write(file, db, journal.home, wanted, everything=everything)


class _Pipe(io.RawIOBase):
    """What a thread writes, a few pieces ahead of who reads it."""

    def __init__(self) -> None:
        self.pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(_PIECES)
        self.left = False

    def writable(self) -> bool:
        return True

    def write(self, piece: Buffer, /) -> int:
        data = bytes(piece)
        self.hand_on(data)
        return len(data)

    def hand_on(self, piece: bytes | BaseException | None) -> None:
        """Wait for room; raises BrokenPipeError when nobody reads any more."""
        while not self.left:
            try:
                self.pieces.put(piece, timeout=_LOOK_S)
            except queue.Full:
                continue
            return
        raise BrokenPipeError


def _pieces(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """What `write` writes, while it does; never more than a few pieces in memory."""
    pipe = _Pipe()

    def run() -> None:
        end: BaseException | None = None
        try:
            with io.BufferedWriter(pipe, _PIECE) as file:
                write(file)
        except BrokenPipeError:
            return
        except BaseException as error:
            end = error
        with contextlib.suppress(BrokenPipeError):
            pipe.hand_on(end)

    threading.Thread(target=run, daemon=True, name="export").start()
    try:
        while (piece := pipe.pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        pipe.left = True


async def _import(request: Request) -> Response:
    """Take an export in, all of it or nothing; it comes as it is, with its name beside it."""
    name = Path(unquote(request.headers.get("x-name", ""))).name[-100:] or _("The file")
    with tempfile.TemporaryDirectory(prefix="voicerehearsal-") as folder:
        path = Path(folder) / "export"
        with path.open("wb") as file:
            async for piece in request.stream():
                await run_in_threadpool(file.write, piece)
        done = await run_in_threadpool(_take_in, path, name)
    return JSONResponse({"lines": _imported(done), "answers": done.answers})


def _take_in(path: Path, name: str) -> Imported:
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.import_merge import import_file

    try:
        return import_file(data_home(), path)
    except ExportError as error:
        raise ExportError(error.what.replace(str(path), name), error.cure) from error


def _imported(done: Imported) -> list[str]:
    lines = [ngettext("{n} answer was taken in.", "{n} answers were taken in.", done.answers).format(n=done.answers)]
    if done.known:
        said = ngettext("{n} answer was there already.", "{n} answers were there already.", done.known)
        lines.append(said.format(n=done.known))
    if done.silent:
        lines.append(ngettext("{n} came without sound.", "{n} came without sound.", done.silent).format(n=done.silent))
    if done.files:
        lines.append(_("These came along: {names}.").format(names=", ".join(done.files)))
    return lines + [_("Your own {name} is another one, and stays as it is.").format(name=name) for name in done.kept]


routes: list[BaseRoute] = [
    Route("/history/export", _export),
    Route("/history/import", _import, methods=["PUT"]),
]
