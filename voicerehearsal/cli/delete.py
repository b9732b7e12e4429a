"""`delete`: answers are deleted for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from voicerehearsal.cli.filters import PANEL, choosing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.deletion import Undeleted
    from voicerehearsal.journal.doomed import Doomed
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted

_EVERYTHING = "delete"
"""The word to type before everything goes."""

_FEW = 8
"""So many answers are shown one by one."""

_LARGE_BYTES = 100_000_000
"""Some ten thousand answers."""

_KINDS_OF_FILE = {
    "recordings": "recording that no answer has",
    "profiles": "calibration",
    "notes": "notes on a question",
    "voice-cache": "spoken question",
    "targets.toml": "targets",
    "settings.toml": "settings",
}


@choosing
def delete(
    wanted: Wanted,
    answers: Annotated[list[int] | None, typer.Argument(metavar="[ANSWER]...", help="Their numbers.")] = None,
    session: Annotated[int | None, typer.Option(help="All answers of this session.", rich_help_panel=PANEL)] = None,
    demonstrations: Annotated[
        bool,
        typer.Option("--demonstrations", help="Demonstrations, which are left out otherwise.", rich_help_panel=PANEL),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--everything",
            help="All answers, calibrations, notes and targets, and older copies of the journal.",
            rich_help_panel=PANEL,
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
) -> None:
    """Delete answers for good: recordings, measures, transcripts, corrections, tags and notes. `export` keeps a copy.

    Files are removed and the journal is written anew. It is no shredder: the bare disk and backups may keep traces.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.journal.deletion import delete as delete_for_good
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.presenting.deletion_sentences import count_gone

    _check_choice(answers, session, wanted, demonstrations=demonstrations, everything=everything)
    if not yes and not dry_run:
        _check_terminal()
    with wiring.open_journal(read_only=True) as journal:
        what = _doomed(journal, answers, session, wanted, demonstrations=demonstrations, everything=everything)
        shown = [journal.answer(number) for number, _ in what.answers] if len(what.answers) <= _FEW else []
    if not what.answers and not what.files:
        talk().print("There is nothing like that to delete.", style="dim", soft_wrap=True)
        return
    for line in _in_words(what, shown, data_home(), everything=everything):
        talk().print(line, markup=False, soft_wrap=True)
    if dry_run:
        return
    if not yes and not _confirmed(everything=everything):
        talk().print("Nothing was deleted.", soft_wrap=True)
        raise typer.Exit(1)
    with wiring.the_only_rehearsal(needed=True), wiring.open_journal() as journal:
        _tell_the_wait(journal)
        kept = delete_for_good(journal, what, everything=everything)
    results().print(f"Deleted {_answers(count_gone(what, kept))}.", markup=False, soft_wrap=True)
    _report(kept)


def carry_on() -> None:
    """Finish a deletion that was cut off, if one was; what cannot be deleted is said, and the exit code is 1."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.journal.deletion import resume, unfinished
    from voicerehearsal.journal.home import data_home

    if not unfinished(data_home()):
        return
    with wiring.the_only_rehearsal(needed=True), wiring.open_journal() as journal:
        _tell_the_wait(journal)
        kept = resume(journal)
    if not kept:
        talk().print("A deletion that was cut off is finished now.", soft_wrap=True)
    _report(kept)


def _tell_the_wait(journal: Journal) -> None:
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.journal.home import database_file

    if database_file(journal.home).stat().st_size > _LARGE_BYTES:
        talk().print("The journal is large; writing it anew may take a minute.", style="dim", soft_wrap=True)


def _report(kept: Sequence[Undeleted]) -> None:
    """Say what was not deleted; then the exit code is 1."""
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.presenting.deletion_sentences import undeleted

    for at, sentence in enumerate(undeleted(kept)):
        talk().print(sentence, style="bold red" if at < len(kept) else None, markup=False, soft_wrap=True)
    if kept:
        raise typer.Exit(1)


def _check_choice(
    answers: Sequence[int] | None, session: int | None, wanted: Wanted, *, demonstrations: bool, everything: bool
) -> None:
    """Raise UsageError unless answers are chosen in exactly one way."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.wanted import Wanted

    ways = [bool(answers), session is not None, wanted != Wanted() or demonstrations, everything]
    if not any(ways):
        raise UsageError(
            "Say what to delete", "By number (`history` lists them), or by --session, --since and the like; see --help."
        )
    if sum(ways) > 1:
        raise UsageError(
            "Answers are chosen by number, by --session, by what they are, or as --everything", "Use one way at a time."
        )


def _check_terminal() -> None:
    from voicerehearsal.errors import UsageError

    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "There is no terminal to ask on, so nothing was deleted",
            "--yes does not ask, --dry-run only looks.",
        )


def _doomed(
    journal: Journal,
    answers: Sequence[int] | None,
    session: int | None,
    wanted: Wanted,
    *,
    demonstrations: bool,
    everything: bool,
) -> Doomed:
    from dataclasses import replace

    from voicerehearsal.journal.answers import EVERY_KIND
    from voicerehearsal.journal.doomed import doomed, ids_of_session, own_files
    from voicerehearsal.journal.search import find_ids
    from voicerehearsal.journal.wanted import Wanted

    if answers:
        return doomed(journal, [journal.answer(number).id for number in answers])
    if session is not None:
        return doomed(journal, ids_of_session(journal, session))
    if everything:
        return doomed(journal, find_ids(journal, Wanted(kinds=EVERY_KIND)), files=own_files(journal))
    if demonstrations:
        wanted = replace(wanted, kinds=("demonstration",))
    return doomed(journal, find_ids(journal, wanted))


def _in_words(what: Doomed, shown: Sequence[Answer], home: Path, *, everything: bool) -> list[str]:
    """What goes, `shown` one by one, what stays, and that it is for good."""
    from voicerehearsal.presenting.deletion_sentences import older_copies, what_stays

    lines = _answers_in_words(what, shown)
    if everything:
        if what.files:
            lines.append(f"Everything else of yours in {home} too: {_files_in_words(what.files)}.")
        lines.append("Recogniser models and question packs stay.")
    else:
        lines += older_copies(home)
    lines += what_stays(what)
    lines.append("This cannot be undone. `voicerehearsal export` keeps a copy.")
    return lines


def _answers_in_words(what: Doomed, shown: Sequence[Answer]) -> list[str]:
    from voicerehearsal.presenting.history_rows import in_a_line
    from voicerehearsal.presenting.times import local_time

    if what.first is None or what.last is None:
        return ["0 answers."]
    first, last = local_time(what.first), local_time(what.last)
    when = f"of {first}" if first == last else f"from {first} to {last}"
    width = max((len(str(answer.id)) for answer in shown), default=0)
    with_them = [
        f"{count} {noun}{'' if count == 1 else 's'}"
        for count, noun in ((what.corrections, "correction"), (what.tags, "tag"), (what.notes, "note"))
        if count
    ]
    return [
        f"{_answers(len(what.answers))} {when}, {_length(what.sound_s)} of sound{':' if shown else '.'}",
        *(f"  {in_a_line(answer, width)}" for answer in shown),
        "The recordings, the transcripts and everything measured go"
        + (f", with {', '.join(with_them)}" if with_them else "")
        + (" and what was learned from corrections." if what.corrections else "."),
    ]


def _length(seconds: float) -> str:
    from voicerehearsal.presenting.times import clock

    hours, rest = divmod(round(seconds / 60), 60)
    return f"{hours} h {rest} min" if hours else f"{clock(seconds)} minutes"


def _files_in_words(files: Sequence[str]) -> str:
    from collections import Counter

    counts = Counter(_KINDS_OF_FILE.get(file.partition("/")[0], "older copy of the journal") for file in files)
    return ", ".join(f"{count} × {kind}" for kind, count in counts.items())


def _confirmed(*, everything: bool) -> bool:
    """Whether the person says yes, or, where everything goes, types it out; the end of input is a no."""
    from voicerehearsal.cli.terminal import talk

    question = f'Type "{_EVERYTHING}" to delete everything: ' if everything else "Delete for good? [y/N] "
    talk().print(question, end="", markup=False, soft_wrap=True)
    typed = sys.stdin.readline().strip().lower()
    return typed == _EVERYTHING if everything else typed in {"y", "yes"}


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"
