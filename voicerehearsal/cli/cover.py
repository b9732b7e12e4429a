"""`cover`: which talking points a written answer makes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicerehearsal.values import Keywords


def cover(
    pack: Annotated[str, typer.Option(help="Pack of the question: id or file.", metavar="ID|FILE")],
    question: Annotated[str, typer.Option(help="Which question is answered.", metavar="ID")],
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT|-]", help="The answer; - or none: standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON: the report's section `keywords`.")] = False,
) -> None:
    """Say which talking points a written answer makes, and on what evidence."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack, find_question

    found = find_pack(pack, pack_folders())
    asked = find_question(found, question)
    answer = _read_all() if text in (None, "-") else str(text)
    if not answer.strip():
        raise UsageError("There is no answer to look at", "Write it after the options, or into standard input.")
    keywords = wiring.cover_text(found, asked, answer)
    if as_json:
        import msgspec

        typer.echo(msgspec.json.encode(keywords))
    else:
        _show(keywords)


def _read_all() -> str:
    """Standard input to its end, as UTF-8."""
    from voicerehearsal.errors import UsageError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("The answer is no text in UTF-8", "Save it with that encoding.") from error


def _show(keywords: Keywords) -> None:
    from voicerehearsal.cli.report_view import show_points
    from voicerehearsal.cli.terminal import results

    show_points(results(), keywords)
    made = sum(point.covered for point in keywords.points)
    order = {True: ", in order", False: ", not in the best order", None: ""}[keywords.order]
    results().print(f"{made} of {len(keywords.points)} points{order}", highlight=False)
    for hit in keywords.cautions:
        results().print(f'Better not "{hit.text}": {hit.why}', markup=False, style="yellow", soft_wrap=True)
