"""The command line: arguments, printing and exit codes, nothing else. Heavy modules load inside the commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from voicerehearsal.cli import (
    analyze,
    calibrate,
    compare,
    cover,
    delete,
    demo,
    devices,
    doctor,
    due,
    export,
    fillers,
    history,
    import_,
    label,
    models,
    night_before,
    packs,
    picture,
    points,
    practice,
    recover,
    replay,
    summary,
    targets,
    trends,
)

app = typer.Typer(
    name="voicerehearsal",
    help="Rehearse a phone interview out loud. Everything stays on this computer.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_verbose = False


def _version(asked: bool) -> None:
    if asked:
        from voicerehearsal import __version__

        typer.echo(f"voicerehearsal {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show the details of an unexpected failure.")] = False,
) -> None:
    global _verbose
    _verbose = verbose
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


_COMMANDS = {
    "Practise": (practice.practice, demo.demo, due.due, night_before.night_before, cover.cover, calibrate.calibrate),
    "Look back": (
        replay.replay,
        history.history,
        compare.compare,
        trends.trends,
        summary.summary,
        picture.picture,
        analyze.analyze,
    ),
    "Have the last word": (fillers.fillers, points.points, label.tag, label.note, targets.targets),
    "Your data": (export.export, import_.import_, delete.delete, recover.recover),
    "What it needs": (devices.devices, doctor.doctor),
}
for panel, commands in _COMMANDS.items():
    for command in commands:
        name = command.__name__.strip("_").replace("_", "-")
        app.command(name, rich_help_panel=panel)(command)
app.add_typer(packs.app, name="packs", rich_help_panel="Practise")
app.add_typer(models.app, name="models", rich_help_panel="What it needs")


def main() -> None:
    """Run the command line; every failure becomes one sentence and an exit code here and nowhere else."""
    sys.exit(_run())


def _run() -> int:
    from typer.exceptions import TyperException

    from voicerehearsal.errors import RehearsalError

    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except TyperException as error:
        _say(f"{error.format_message().replace('Value error, ', '')} `--help` shows what can be said.")
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except RehearsalError as error:
        _say(str(error))
        return error.exit_code
    except Exception as error:
        if _verbose:
            raise
        cause = f"Something unexpected went wrong ({type(error).__name__}: {error})."
        _say(f"{cause} `voicerehearsal --verbose …` shows the details.")
        return 1


def _say(sentence: str) -> None:
    from voicerehearsal.cli.terminal import talk

    talk().print(sentence, style="bold red", markup=False, highlight=False, soft_wrap=True)
