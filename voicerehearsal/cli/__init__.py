"""The command line: arguments, printing and exit codes, nothing else. Heavy modules load inside the commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from voicerehearsal.cli.commands import Commands

app = typer.Typer(
    name="voicerehearsal",
    cls=Commands,
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
    from voicerehearsal.cli.warned import show_warnings

    show_warnings()
    if context.invoked_subcommand is None:
        from voicerehearsal.cli.studio import studio

        studio()


def main() -> None:
    """Run the command line; every failure becomes one sentence and an exit code here and nowhere else."""
    sys.exit(_run())


def _run() -> int:
    from typer.exceptions import TyperException

    from voicerehearsal.cli.language import speak_as_settled
    from voicerehearsal.errors import RehearsalError

    speak_as_settled()
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except TyperException as error:
        slip = error.format_message().replace("Value error, ", "").strip()
        stop = "" if slip.endswith((".", "?")) else "."
        _say(f"{slip}{stop} " + "`--help` shows what can be said.")
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
