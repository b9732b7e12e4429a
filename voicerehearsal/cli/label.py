"""`tag` and `note`: what a person writes on an answer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from voicerehearsal.cli.console import as_it_is


def tag(
    answer: Annotated[int | None, typer.Argument(metavar="[ANSWER]", help="Its number, as `history` shows it.")] = None,
    words: Annotated[list[str] | None, typer.Argument(metavar="[TAG]...", help="Tags to put on it.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="TAG", help="A tag to take off; again for another.")
    ] = None,
) -> None:
    """Put tags on an answer: `tag 12 best "to redo"`.

    Without tags it shows those the answer has, without an answer all there are. `history --tag TAG` finds them.
    """
    from voicerehearsal.cli.terminal import results
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.labels import normal_tag, set_tags
    from voicerehearsal.journal.store import Journal

    if answer is None:
        _list_tags()
        return
    change = bool(words or remove)
    with Journal.open(data_home(), read_only=not change) as journal:
        before = journal.answer(answer).tags
        if change:
            set_tags(journal, answer, add=words or (), remove=remove or ())
        tags = journal.answer(answer).tags
    for one in remove or ():
        _say("" if normal_tag(one) in before else f"Answer {answer} had no tag {normal_tag(one)!r} to take off.")
    _say(f"Answer {answer} has no tags." if not tags else "")
    for one in tags:
        results().print(as_it_is(one), soft_wrap=True)


def note(
    answer: Annotated[int, typer.Argument(help="Its number, as `history` shows it.")],
    text: Annotated[
        str | None,
        typer.Argument(help='The note; - reads it from standard input, "" takes it away.', show_default=False),
    ] = None,
) -> None:
    """Write a note on an answer, in place of the one before; without a text, show it."""
    from voicerehearsal.cli.terminal import results
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.labels import set_note
    from voicerehearsal.journal.store import Journal

    with Journal.open(data_home(), read_only=text is None) as journal:
        before = journal.answer(answer).note
        if text is None:
            _say("" if before else f"Answer {answer} has no note.")
            if before:
                results().print(as_it_is(before), soft_wrap=True)
            return
        kept = set_note(journal, answer, _standard_input() if text == "-" else text)
    _say(f"Noted on answer {answer}." if kept else f"Answer {answer} has no note now.")


def _list_tags() -> None:
    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import results
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.labels import all_tags
    from voicerehearsal.journal.store import Journal

    with Journal.open(data_home(), read_only=True) as journal:
        tags = all_tags(journal)
    if tags:
        rows = [(tag, str(count)) for tag, count in tags]
        print_table(results(), (("tag", False), ("answers", True)), rows, quoted=(0,))
    _say("" if tags else "No answer has a tag yet. `voicerehearsal tag ANSWER TAG` puts one on it.")


def _say(sentence: str) -> None:
    from voicerehearsal.cli.terminal import talk

    if sentence:
        talk().print(sentence, style="dim", markup=False, soft_wrap=True)


def _standard_input() -> str:
    """All of it, as UTF-8."""
    from voicerehearsal.errors import UsageError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("The note is no text in UTF-8", "Save it with that encoding.") from error
