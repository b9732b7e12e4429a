"""`studio`: the rehearsal in a page on this computer."""

from __future__ import annotations

from typing import Annotated

import typer


def studio(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Serve it at this port; else at 8420, or any.", metavar="N")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """Practise, listen again and see your trends in a page on this computer; Ctrl-C closes it.

    Only this computer can open it, and only with the address printed here.
    """
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.studio import open_studio

    def say(address: str) -> None:
        results().print(f"The studio is open: {address}", markup=False, highlight=False, soft_wrap=True)
        talk().print("Ctrl-C closes it.", style="dim")

    open_studio(port, browser=browser, say=say)
