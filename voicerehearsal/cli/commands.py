"""The commands there are: each is loaded only when it is run, so that none pays for the others."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from voicerehearsal.cli.language import told_help

if TYPE_CHECKING:
    from typer import _click


class _Entry(NamedTuple):
    """A command: where it is, as "module:function" or "module:app", and what it is for, in one line."""

    place: str
    purpose: str


PANELS = {
    "Practise": {
        "studio": _Entry("studio:studio", "The page on this computer; opens without a command, too"),
        "practice": _Entry("practice:practice", "A voice asks, you answer out loud, you read how it went"),
        "demo": _Entry("demo:demo", "A whole rehearsal without a microphone: a voice answers"),
        "due": _Entry("due:due", "Questions that fade from memory, measures that are off target"),
        "night-before": _Entry("night_before:night_before", "Your best attempt at each question, back to back"),
        "cover": _Entry("cover:cover", "Which talking points a written answer makes"),
        "calibrate": _Entry("calibrate:calibrate", "Learn how your voice smiles, in three short readings"),
        "packs": _Entry("packs:app", "Question packs: list, read, check, write a new one"),
    },
    "Look back": {
        "replay": _Entry("replay:replay", "Listen to an answer again, its words lit"),
        "history": _Entry("history:history", "The answers so far, newest first; search and filter them"),
        "compare": _Entry("compare:compare", "Two attempts side by side: what changed, word by word"),
        "trends": _Entry("trends:trends", "How every measure runs, and whether it really changes"),
        "summary": _Entry("summary:summary", "Your week or a session as a letter, or as a page for a coach"),
        "picture": _Entry("picture:picture", "The pace of an answer, drawn: pauses, fillers, surges, points"),
        "analyze": _Entry("analyze:analyze", "Measure recordings"),
    },
    "Have the last word": {
        "words": _Entry("words:words", "The words of an answer as they were heard, and correct them"),
        "fillers": _Entry("fillers:fillers", "Hear the fillers of an answer and correct them"),
        "points": _Entry("points:points", "Hear the talking points of an answer and correct them"),
        "tag": _Entry("label:tag", "Put tags on an answer"),
        "note": _Entry("label:note", "Write a note on an answer"),
        "targets": _Entry("targets:targets", "What answers are held against, who says so, and your own"),
    },
    "Your data": {
        "export": _Entry("export:export", "Write your answers to a file: everything, a table, captions"),
        "import": _Entry("import_:import_", "Take an export into your journal"),
        "delete": _Entry("delete:delete", "Delete answers for good"),
        "recover": _Entry("recover:recover", "Save what a rehearsal that was cut off has recorded"),
    },
    "What it needs": {
        "devices": _Entry("devices:devices", "Microphones and speakers"),
        "doctor": _Entry("doctor:doctor", "Check everything a rehearsal needs"),
        "models": _Entry("models:app", "The recogniser's models: which are here, and getting one"),
    },
}


class Commands(TyperGroup):
    """The commands as `--help` lists them; one that is run is loaded with its options."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever Typer hands on
        super().__init__(**settings)
        for panel, entries in PANELS.items():
            for name, entry in entries.items():
                self.add_command(TyperCommand(name, help=f"{entry.purpose}.", rich_help_panel=panel))

    def format_help(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """The help, in the language spoken now."""
        told_help(self, ctx)
        super().format_help(ctx, formatter)

    def resolve_command(
        self, ctx: _click.Context, args: list[str]
    ) -> tuple[str | None, _click.Command | None, list[str]]:
        """The command that is run, whole."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command if name is None or command is None else told_help(loaded(name), ctx), rest


def loaded(name: str) -> _click.Command:
    """The command called `name`, with its options."""
    entry = next(entries[name] for entries in PANELS.values() if name in entries)
    module, thing = entry.place.split(":")
    found = getattr(import_module(f"voicerehearsal.cli.{module}"), thing)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        found = alone
    return typer.main.get_command(found)
