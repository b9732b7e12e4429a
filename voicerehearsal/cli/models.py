"""`voicerehearsal models`: which models there are, and getting one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicerehearsal.languages import in_words

if TYPE_CHECKING:
    from voicerehearsal.wiring import ListedModel

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The recogniser's models: which are here, and getting one."
)

SCHEMA = "voicerehearsal.models/1"


@app.command("list")
def list_models(json_: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Show the models, and where they are installed."""
    from voicerehearsal import wiring

    rows = [_row(model) for model in wiring.listed_models()]
    if json_:
        import json

        typer.echo(json.dumps({"schema": SCHEMA, "models": rows}, ensure_ascii=False))
        return
    for row in rows:
        typer.echo(f"{row['language']}  {row['title']:8}  {row['name']}  {row['licence']}")
        typer.echo(f"    {in_words(str(row['problem'] or row['path']))}")


@app.command("install")
def install_model(
    language: Annotated[str, typer.Argument(help="en or zh", metavar="LANGUAGE")],
    given: Annotated[
        Path | None, typer.Option("--from", help="An archive (.zip, .whl) or folder you already have.", metavar="PATH")
    ] = None,
) -> None:
    """Install the model for a language, or mend it; what is there and whole is not fetched again."""
    from voicerehearsal import wiring

    with _progress_bar() as progress:
        wiring.install_model(language, given=given, say=_say, progress=progress)


def _row(model: ListedModel) -> dict[str, str | int | None]:
    """One model; `problem` is None when it is installed and whole."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import ModelError

    path, problem = None, None
    try:
        path = wiring.find_model(model.language)
        wiring.verify_model(path, model.language)
    except ModelError as error:
        problem = str(error) if path else f"not installed. {error.cure}"
    return {
        "language": model.language,
        "title": model.title,
        "name": model.name,
        "licence": model.licence,
        "download_bytes": model.sources[0].bytes,
        "path": str(path) if path else None,
        "problem": problem,
    }


def _say(line: str) -> None:
    typer.echo(in_words(line), err=True)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while bytes come; nothing where that is not a terminal."""
    import sys

    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)
        yield lambda done, all_: bar.update(task, completed=done, total=all_, visible=True)
