"""`packs new`: a first pack of one's own, from a few answers, a job description or a page of notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicerehearsal.values import Question


def new(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it; else named by its title.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What the pack is called.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language.", metavar="en|zh")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Propose questions from this job description or notes.", metavar="TEXT|MARKDOWN"),
    ] = None,
) -> None:
    """Write a commented pack of your own; asks for what is not said.

    With --from, questions and talking points are proposed from a job description (a question for every duty and
    requirement) or from notes (headings are questions, bullets their talking points), on this computer. Edit them.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import UsageError
    from voicerehearsal.packs.draft import id_from, pack_text
    from voicerehearsal.presenting.choices import spoken_language

    spoken, questions = spoken_language(language), None
    if source is not None:
        spoken, questions = wiring.propose_questions(source, spoken)
    if title is None:
        title = _ask("What is it called?", "My questions" if source is None else source.stem)
    if spoken is None:
        spoken = spoken_language(_ask("In which language, en or zh?", "en"))
    path = file or Path(f"{id_from(title)}.toml")
    if path.exists():
        raise UsageError(f"{path} is there already", "Name another file; nothing is overwritten.")
    text = pack_text(
        name=str(path),
        pack_id=id_from(path.stem),
        title=title,
        language=spoken or "en",
        questions=questions or _asked_questions(),
    )
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", "Name a file in a folder of yours.") from error
    talk().print(f"Written to {path}. Edit it, then:", markup=False)
    talk().print(f"  voicerehearsal packs check {path}\n  voicerehearsal practice --pack {path}", markup=False)


def _asked_questions() -> list[Question]:
    """Questions and points as the person names them; one at least."""
    from voicerehearsal.packs.draft import points_from
    from voicerehearsal.values import Question

    questions: list[Question] = []
    while True:
        empty = "" if questions else "Tell me about yourself."
        text = _ask("A question you expect" + (", or Enter when that is all" if questions else "?"), empty)
        if not text:
            return questions
        labels: list[str] = []
        while label := _ask("  Something a good answer says, or Enter", ""):
            labels.append(label)
        questions.append(Question(f"q{len(questions) + 1}", text, points=points_from(labels)))


def _ask(question: str, default: str) -> str:
    """A line from the person; `default` when they only press Enter, or nobody is there."""
    try:
        answer = typer.prompt(question, default=default, show_default=bool(default), err=True)
    except typer.Abort:
        return default
    return " ".join(str(answer).split())
