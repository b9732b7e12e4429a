"""`voicerehearsal packs`: what there is to rehearse, and whether a pack file is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicerehearsal.cli import new_pack
from voicerehearsal.cli.terminal import results
from voicerehearsal.languages import in_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from voicerehearsal.packs import ListedPack, Shelf
    from voicerehearsal.values import Question

app = typer.Typer(
    help="Question packs: list them, read them, check your own, write a new one.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(new_pack.new)

SCHEMA = "voicerehearsal.packs/1"


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """List the packs that come with the program, and your own."""
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import list_packs

    shelf = list_packs(pack_folders())
    for error in shelf.broken:
        typer.echo(in_words(str(error)), err=True)
    if as_json:
        typer.echo(_as_json(shelf))
    else:
        _print_list(shelf.packs)


@app.command()
def show(
    pack: Annotated[str, typer.Argument(metavar="ID|FILE", help="A pack's id, or a pack file.")],
    question: Annotated[str | None, typer.Option("--question", metavar="ID", help="All about one question.")] = None,
) -> None:
    """Show a pack's questions, or all about one of them: talking points, advice, model answer."""
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack, find_question

    found = find_pack(pack, pack_folders())
    console = results()
    if question is not None:
        _print_question(console, find_question(found, question))
        return
    console.print(f"[bold]{_plain(found.title)}[/]  {found.id}, {found.language}")
    for asked in found.questions:
        _print_asked(console, asked)


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Pack files, or folders of them.")],
) -> None:
    """Name every problem of pack files: file, line, cure. Exit code 1 if there is one."""
    from voicerehearsal.formats import printable
    from voicerehearsal.packs import check_packs

    files = [file for path in paths for file in _pack_files(path)]
    problems = check_packs(files)
    for path, problem in problems:
        typer.echo(printable(f"{path}:{problem.line}: {in_words(f'{problem.what}. {problem.cure}')}"))
    good = len(files) - len({path for path, _ in problems})
    typer.echo(in_words(f"{len(files)} checked, {good} without a problem"), err=True)
    if problems:
        raise typer.Exit(1)


def _pack_files(path: Path) -> list[Path]:
    """The file, or the pack files of the folder; raises UsageError when there are none."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.presenting.choices import is_folder

    if not is_folder(path):
        return [path]
    files = sorted(path.glob("*.toml"))
    if not files:
        raise UsageError(f"There are no pack files in {path}", "The name of a pack file ends in .toml.")
    return files


def _as_json(shelf: Shelf) -> str:
    import json

    from voicerehearsal.formats import printable

    packs = [
        {
            "id": listed.pack.id,
            "title": listed.pack.title,
            "language": listed.pack.language,
            "path": printable(str(listed.path)),
            "questions": [
                {"id": q.id, "text": q.text, "follows": q.follows, "target_s": q.target_s, "points": len(q.points)}
                for q in listed.pack.questions
            ],
        }
        for listed in shelf.packs
    ]
    return json.dumps({"schema": SCHEMA, "packs": packs}, ensure_ascii=False, indent=2)


def _plain(text: str) -> str:
    """Text of a pack, in which brackets are brackets and no markup."""
    from rich.markup import escape

    return escape(" ".join(text.split()))


def _print_list(packs: tuple[ListedPack, ...]) -> None:
    from rich.table import Table

    from voicerehearsal.cli.console import as_it_is

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("pack", "title", "language", "questions"):
        table.add_column(heading)
    for listed in packs:
        pack = listed.pack
        main = sum(q.follows is None for q in pack.questions)
        more = len(pack.questions) - main
        table.add_row(
            pack.id, as_it_is(pack.title), pack.language, f"{main} + {more} follow-ups" if more else str(main)
        )
    results().print(table)


def _print_asked(console: Console, question: Question) -> None:
    from rich.padding import Padding

    indent = 4 if question.follows else 2
    console.print(Padding(_named(question), (0, 0, 0, indent)))


def _named(question: Question) -> Text:
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is

    return Text.assemble((question.id, "bold"), as_it_is(f"  {question.text}"))


def _print_question(console: Console, question: Question) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from voicerehearsal.cli.console import as_it_is

    def say(heading: str, lines: list[str]) -> None:
        if any(lines):
            console.print(Text(f"\n{heading}", style="dim"))
            for line in lines:
                console.print(Padding(as_it_is(Text.from_markup(line)), (0, 0, 0, 2)))

    console.print(_named(question))
    low, high = question.target_s or (0, 0)
    say("length", [f"{low:g} to {high:g} s"] if question.target_s else [])
    say("what is judged", [_plain(question.judged)])
    say("advice", [_plain(question.advice)])
    say("talking points", [_point_line(p.order, p.label, p.phrases) for p in question.points])
    say("better not", [f"{_plain(' / '.join(c.phrases))}: {_plain(c.why)}" for c in question.cautions])
    say("a model answer", [_plain(question.model_answer)])
    say("followed up by", [", ".join(question.follow_ups)])


def _point_line(order: int | None, label: str, phrases: tuple[str, ...]) -> str:
    number = f"{order}. " if order else "- "
    return f"{number}[bold]{_plain(label)}[/]: {_plain(' / '.join(phrases))}"
