"""The language of the command line: chosen once when it starts, spoken by consoles and by help."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from voicerehearsal.languages import in_words, speak, speak_as_chosen, spoken

if TYPE_CHECKING:
    from typer import _click

OF_THE_LIBRARY = (
    *("Options", "Arguments", "Commands", "Show this message and exit.", "[required]", "[default: {0}]", "Usage:"),
    *("No such option: {0}", "No such option: {0} Did you mean {1}?", "(Possible options: {0})"),
    *("No such command '{0}'.", "No such command '{0}'. Did you mean {1}?", "Missing command."),
    *("Missing argument '{0}'.", "Missing option '{0}'.", "Missing parameter: {0}", "Choose from:"),
    *("Got unexpected extra argument(s) ({0})", "Got unexpected extra argument ({0})"),
    *("Option {0} requires an argument.", "Option {0} requires {1} arguments.", "Option {0} does not take a value."),
    *("Invalid value: {0}", "Invalid value for {0}: {1}", "{0} is not a valid {1}.", "{0} is not one of {1}."),
    *("{0} is not in the range {1}.", "File {0} does not exist.", "Directory {0} does not exist."),
    *("File {0} is a directory.", "Path {0} does not exist.", "Could not open file {0}: {1}"),
)
"""What Typer says by itself, for the catalogue."""


def speak_as_settled() -> None:
    """Speak the language of the settings; read with the least there is, since every command waits for it."""
    from voicerehearsal.journal.home import data_home

    try:
        stated = (data_home() / "settings.toml").read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return speak_as_chosen("auto")
    import tomllib

    try:
        chosen = tomllib.loads(stated).get("interface_language", "auto")
    except tomllib.TOMLDecodeError:
        chosen = "auto"  # whatever needs the settings says what is wrong with them
    if chosen in ("en", "zh"):
        return speak(chosen)
    return speak_as_chosen("auto")


def told_help(command: _click.Command, context: _click.Context) -> _click.Command:
    """`command`, its help and that of its options in the language spoken now, where help is asked for."""
    if spoken() != "en" and (hasattr(command, "commands") or {"--help", "-h"} & {*sys.argv}):
        _tell_titles()
        _tell(command, context)
    return command


def _tell(command: _click.Command, context: _click.Context) -> None:
    for one in (command, *command.params, command.get_help_option(context)):
        if text := getattr(one, "help", None):
            one.help = "\n\n".join(map(in_words, paragraphs(text)))  # type: ignore[union-attr]
        if isinstance(panel := getattr(one, "rich_help_panel", None), str):
            one.rich_help_panel = in_words(panel)  # type: ignore[union-attr]
    for below in getattr(command, "commands", {}).values():
        _tell(below, context)


def paragraphs(help_: str) -> list[str]:
    """The paragraphs of a help text, each in one line."""
    return [" ".join(one.split()) for one in help_.split("\n\n")]


def _tell_titles() -> None:
    from typer import rich_utils

    rich_utils.OPTIONS_PANEL_TITLE = in_words("Options")
    rich_utils.ARGUMENTS_PANEL_TITLE = in_words("Arguments")
    rich_utils.COMMANDS_PANEL_TITLE = in_words("Commands")
    rich_utils.REQUIRED_LONG_STRING = in_words("[required]")
    rich_utils.DEFAULT_STRING = in_words("[default: {0}]").replace("{0}", "{}")
