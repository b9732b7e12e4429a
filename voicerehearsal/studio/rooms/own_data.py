"""A person's own data: taken along, brought back, deleted for good."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.home import data_home
from voicerehearsal.languages import _, ngettext
from voicerehearsal.studio.bodies import sent

if TYPE_CHECKING:
    from starlette.requests import Request

    from voicerehearsal.journal.import_merge import Imported

_MOST_BYTES = 64 << 20
"""Of what a browser may send; more is brought back by the command `import`."""

WORD = "delete"
"""To be typed before everything goes."""


def count_answers() -> int | None:
    """How many answers there are, demonstrations too; None where the journal cannot be read."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import RehearsalError

    try:
        with wiring.open_journal(read_only=True) as journal:
            return journal.count_answers()
    except RehearsalError:
        return None


def take_along(_request: Request) -> Response:
    """Everything in one file: answers, recordings, calibrations, notes, packs and targets."""
    from voicerehearsal import wiring
    from voicerehearsal.exports.whole_file import whole_file
    from voicerehearsal.journal.answers import EVERY_KIND
    from voicerehearsal.journal.chosen import one_moment
    from voicerehearsal.journal.export_write import write_archive
    from voicerehearsal.journal.wanted import Wanted

    folder = tempfile.TemporaryDirectory(prefix="voicerehearsal-")
    out = Path(folder.name) / "voicerehearsal.zip"
    try:
        with (
            wiring.open_journal(read_only=True) as journal,
            one_moment(journal) as db,
            whole_file(out, force=False) as file,
        ):
            write_archive(file, db, journal.home, Wanted(kinds=EVERY_KIND), everything=True)
    except BaseException:
        folder.cleanup()
        raise
    name = f"voicerehearsal-{datetime.now(UTC).astimezone():%Y-%m-%d}.zip"
    return FileResponse(out, media_type="application/zip", filename=name, background=BackgroundTask(folder.cleanup))


async def bring_back(request: Request) -> Response:
    """Take in what was taken along, beside what is here; the file is sent as it is."""
    with tempfile.TemporaryDirectory(prefix="voicerehearsal-") as folder:
        came = Path(folder) / "import"
        size = 0
        with came.open("wb") as file:
            async for part in request.stream():
                size += len(part)
                if size > _MOST_BYTES:
                    raise UsageError(
                        _("The file is larger than {n} MB").format(n=_MOST_BYTES >> 20),
                        _("Bring it back with: voicerehearsal import FILE"),
                    )
                file.write(part)
        return JSONResponse({"lines": await run_in_threadpool(_brought_back, came)})


async def delete_everything(request: Request) -> Response:
    """Delete all that the program keeps of a person; what could not be deleted is said."""
    stated = await sent(request, _Word)
    if stated.word.strip().lower() != WORD:
        raise UsageError(_("Nothing was deleted"), _("Type the word “{word}”.").format(word=WORD))
    await run_in_threadpool(_deleted)
    return Response(status_code=204)


class _Word(msgspec.Struct):
    word: str


def _brought_back(came: Path) -> list[str]:
    from voicerehearsal.errors import ExportError
    from voicerehearsal.journal.import_merge import import_file

    try:
        return _in_words(import_file(data_home(), came))
    except ExportError as error:
        raise UsageError(error.what.replace(str(came), _("This file")), error.cure) from error


def _in_words(done: Imported) -> list[str]:
    lines = [ngettext("{n} answer came in.", "{n} answers came in.", done.answers).format(n=done.answers)]
    if done.known:
        lines.append(ngettext("{n} was here already.", "{n} were here already.", done.known).format(n=done.known))
    if done.silent:
        lines.append(
            ngettext("{n} came without its sound.", "{n} came without their sound.", done.silent).format(n=done.silent)
        )
    lines += [_("Your own {name} is another one, and stays as it is.").format(name=name) for name in done.kept]
    return lines


def _deleted() -> None:
    from voicerehearsal import wiring
    from voicerehearsal.journal.answers import EVERY_KIND
    from voicerehearsal.journal.deletion import delete
    from voicerehearsal.journal.doomed import doomed, own_files
    from voicerehearsal.journal.search import find_ids
    from voicerehearsal.journal.wanted import Wanted

    with wiring.the_only_rehearsal(needed=True), wiring.open_journal() as journal:
        what = doomed(journal, find_ids(journal, Wanted(kinds=EVERY_KIND)), files=own_files(journal))
        kept = delete(journal, what, everything=True)
    if kept:
        first = kept[0]
        raise JournalError(
            _("{path} was not deleted ({why}), and {n} more").format(
                path=first.path, why=first.reason, n=len(kept) - 1
            ),
            _("Try again, or run: voicerehearsal recover"),
        )


routes: list[BaseRoute] = [
    Route("/settings/everything.zip", take_along),
    Route("/act/data/import", bring_back, methods=["PUT"]),
    Route("/act/data/delete-everything", delete_everything, methods=["POST"]),
]
