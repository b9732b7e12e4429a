"""`picture`: one answer, or the attempts at one question, to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.pictures.look import Look
    from voicerehearsal.values import QuestionRef


def picture(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ANSWER] OUT", help="Number of the answer, else the last; a .png or .svg.", show_default=False
        ),
    ] = None,
    question: Annotated[
        str | None, typer.Option(help="The last attempts at this question, one below the other.", metavar="ID")
    ] = None,
    pack: Annotated[str | None, typer.Option(help="Pack of that question.", metavar="ID")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="On dark paper.")] = False,
) -> None:
    """Draw an answer: its pace over time with pauses, fillers, surges and talking points."""
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.pictures.look import DARK, LIGHT, check_picture_name

    number, out = _number_and_file(names or [])
    check_picture_name(out)
    look = DARK if dark else LIGHT
    if question is not None and number is not None:
        raise UsageError("One answer is drawn, or the attempts at a question, not both", "Leave one out.")
    if pack is not None and question is None:
        raise UsageError("--pack goes with --question", "Name the question too.")
    with Journal.open(data_home(), read_only=True) as journal:
        if question is not None:
            drawn = _draw_attempts(journal, question, pack, out, look)
        else:
            drawn = _draw_answer(journal, journal.answer(number), out, look)
    talk().print(f"{drawn}: drawn to {out}.", markup=False, soft_wrap=True)


def _number_and_file(names: list[str]) -> tuple[int | None, Path]:
    """The answer's number, if one is given, and the file; raises UsageError."""
    from voicerehearsal.errors import UsageError

    if not names or names[-1].isdecimal():
        number = names[-1] if names else "12"
        cure = f"`voicerehearsal picture {number} answer.png` draws answer {number}, and without a number the last."
        raise UsageError("No file is named for the picture", cure)
    *numbers, out = names
    if len(numbers) > 1:
        raise UsageError("One answer and one file are drawn at a time", "Say `voicerehearsal picture 12 answer.png`.")
    if numbers and not numbers[0].isdecimal():
        raise UsageError(f"{numbers[0]!r} is no number of an answer", "`voicerehearsal history` lists them.")
    return (int(numbers[0]) if numbers else None), Path(out)


def _draw_answer(journal: Journal, answer: Answer, out: Path, look: Look) -> str:
    """Draw one answer; returns what was drawn, in words."""
    from voicerehearsal.coaching.targets import PACE
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.pictures.answer import draw_answer
    from voicerehearsal.presenting.own_targets import targets_for

    report = journal.report(answer.id)
    if report is None:
        raise RehearsalError(f"Answer {answer.id} is not measured yet", "`voicerehearsal analyze --again` does it.")
    targets = targets_for(answer.question.pack if answer.question is not None else None)
    titles = _titles(answer.question) if answer.question is not None else [f"Answer {answer.id}"]
    draw_answer(report, targets.of(PACE[report.language]), out, look, titles=titles, subtitle=_named(answer))
    return f"Answer {answer.id}"


def _draw_attempts(journal: Journal, question_id: str, pack: str | None, out: Path, look: Look) -> str:
    """Draw the last attempts at a question; returns what was drawn, in words."""
    from voicerehearsal.coaching.targets import PACE
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.attempts import attempts, latest_pack_with
    from voicerehearsal.pictures.attempts import MOST, draw_attempts
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.values import QuestionRef

    pack = pack or latest_pack_with(journal, question_id)
    ref = None if pack is None else QuestionRef(pack, question_id)
    found = [] if ref is None else attempts(journal, ref, limit=MOST)
    reports = [(journal.answer(one), report) for one in reversed(found) if (report := journal.report(one)) is not None]
    if ref is None or not reports:
        cure = f"`voicerehearsal practice {f'--pack {pack} ' if pack else ''}--question {question_id}` asks it."
        raise UsageError(f"The question {question_id} has no answer yet", cure)
    language = reports[-1][1].language
    draw_attempts(
        [(_named(answer), report) for answer, report in reports],
        targets_for(ref.pack).of(PACE[language]),
        out,
        look,
        titles=_titles(ref),
    )
    count = len(reports)
    return f"{count} {'attempt' if count == 1 else 'attempts'} at {ref.pack} {ref.id}"


def _named(answer: Answer) -> str:
    demonstration = ", demonstration" if answer.kind == "demonstration" else ""
    return f"no. {answer.id}, {answer.started_at.astimezone():%d %b %y}{demonstration}"


def _titles(question: QuestionRef) -> list[str]:
    """The question's own text where its pack is known, else how it is called."""
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack, find_question

    called = f"{question.pack} {question.id}"
    try:
        return [find_question(find_pack(question.pack, pack_folders()), question.id).text, called]
    except RehearsalError:
        return [called]
