"""`analyze`: measure recordings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicerehearsal.cli.together import Given
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.values import Question, Report


def analyze(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Sound files (WAV, FLAC, OGG, MP3), or folders of them.")
    ] = None,
    pack: Annotated[str | None, typer.Option(help="Pack of the question: id or file.", metavar="ID|FILE")] = None,
    question: Annotated[str | None, typer.Option(help="Which question was answered.", metavar="ID")] = None,
    language: Annotated[str | None, typer.Option(help="What is spoken.", metavar="en|zh")] = None,
    profile: Annotated[str | None, typer.Option(help="Smile calibration of the speaker.", metavar="NAME")] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep them in the journal.")] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Measure answers of the journal again: these recordings; without any, all that are outdated.",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="How many files at a time.", metavar="N")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one report as JSON; for one file.")] = False,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="Print a line of JSON a file, in the order given.")] = False,
) -> None:
    """Measure recordings: pace, pauses, fillers, talking points, tone, the smile, recording quality."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.again import measured_again
    from voicerehearsal.cli.together import Given
    from voicerehearsal.errors import RehearsalError, UsageError
    from voicerehearsal.presenting.choices import spoken_language

    if as_json and as_lines:
        raise UsageError("--json and --jsonl exclude each other", "Give one of them.")
    if again and save:
        raise UsageError("--again keeps what it measures", "Leave --save out.")
    if as_json and not paths:
        raise UsageError("--json prints one report, and no recording is named", "Name one, or use --jsonl.")
    if not paths and not again:
        raise UsageError("No recording is named", "Name sound files, or folders of them.")
    files = _named(paths or [], only_one=as_json)
    own_voice = None if profile is None else wiring.profile_called(profile)
    given = Given(spoken_language(language), _asked(pack, question), own_voice, _targets(pack))
    measured = measured_again(files, given, jobs) if again else _measured(files, given, jobs, save=save)
    in_json = as_json or as_lines
    alone = as_json or (len(files) == 1 and not as_lines)
    failed = False
    for name, outcome, well in measured:
        failed |= not well
        if alone and isinstance(outcome, RehearsalError):
            raise outcome
        if in_json:
            _json_line(name, outcome)
        elif files or isinstance(outcome, RehearsalError):
            _for_people(name, outcome)
    if failed:
        raise typer.Exit(1)


def _measured(
    files: list[tuple[str, Path]], given: Given, jobs: int, *, save: bool
) -> Iterator[tuple[str, Report | RehearsalError, bool]]:
    """Name, report or what went wrong, and whether all is well, in the order of `files`."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.together import in_order
    from voicerehearsal.errors import RehearsalError

    def measure(named: tuple[str, Path]) -> Report | RehearsalError:
        try:
            return wiring.measure_file(
                named[1],
                name=named[0],
                language=given.language,
                asked=given.asked,
                profile=given.profile,
                targets=given.targets,
            )
        except RehearsalError as error:
            return error

    for (name, path), outcome in zip(files, in_order(measure, files, jobs), strict=True):
        if isinstance(outcome, RehearsalError) or not save:
            yield name, outcome, not isinstance(outcome, RehearsalError)
        else:
            kept = _kept(name, path, outcome)
            yield name, kept or outcome, kept is not None


def _kept(name: str, path: Path, report: Report) -> Report | None:
    """Keep a recording in the journal and return what it has now; None, after saying why, when it cannot be kept."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import JournalError

    try:
        answer_id = wiring.keep_import(path, report)
    except JournalError as error:
        talk().print(f"{name}: {error}", style="bold red", markup=False, soft_wrap=True)
        return None
    talk().print(f"{name} is kept as answer {answer_id}.", style="dim", markup=False)
    with wiring.open_journal(read_only=True) as journal:
        return journal.report(answer_id)


def _named(paths: list[Path], *, only_one: bool) -> list[tuple[str, Path]]:
    """Every file with the name its report carries: its own, or its place below the folder that was given.

    Raises:
        UsageError: A folder is without sound files, or there are several files where one is wanted.
    """
    from voicerehearsal import wiring
    from voicerehearsal.errors import UsageError
    from voicerehearsal.formats import printable
    from voicerehearsal.presenting.choices import is_folder

    files: list[tuple[str, Path]] = []
    for path in paths:
        if is_folder(path):
            files += [(printable(found.relative_to(path).as_posix()), found) for found in wiring.answer_files(path)]
        else:
            files.append((printable(path.name), path))
    if only_one and len(files) != 1:
        raise UsageError(f"--json prints one report, and this is {len(files)} files", "Use --jsonl instead.")
    return files


def _asked(pack: str | None, question: str | None) -> tuple[str, Question] | None:
    """Id of the pack, and the question; raises UsageError when only one of the two is given or there is none such."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack, find_question

    if pack is None and question is None:
        return None
    if pack is None or question is None:
        raise UsageError("--pack and --question belong together", "Give both, or neither.")
    found = find_pack(pack, pack_folders())
    return found.id, find_question(found, question)


def _targets(pack: str | None) -> Targets | None:
    """What holds with the pack that is named; None, for what each recording itself knows, without one."""
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack
    from voicerehearsal.presenting.own_targets import targets_for

    targets = targets_for(None if pack is None else find_pack(pack, pack_folders()))
    return None if pack is None else targets


def _json_line(name: str, outcome: Report | RehearsalError) -> None:
    import msgspec

    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.formats import printable, report_to_json

    if isinstance(outcome, RehearsalError):
        line = msgspec.json.encode({"source": name, "error": printable(str(outcome))})
    else:
        line = report_to_json(outcome)
    typer.echo(line.decode())


def _for_people(name: str, outcome: Report | RehearsalError) -> None:
    from voicerehearsal.cli.report_view import show_report
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.errors import RehearsalError

    if isinstance(outcome, RehearsalError):
        talk().print(str(outcome), style="red", markup=False, soft_wrap=True)
    else:
        show_report(results(), outcome, title=name)
