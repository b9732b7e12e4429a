"""`replay`: listen to an answer again, the words lit as they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.rehearsal.replay import Replay
    from voicerehearsal.values import Report

_JUMP_S = 5.0
_TICK_S = 0.05
_HINT = "space pauses · ← → 5 s · p next pause · + - speed · q leaves"


def replay(
    answer: Annotated[int | None, typer.Argument(help="Number of the answer, see history; else the last.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.")] = None,
) -> None:
    """Listen to an answer again."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.terminal import talk

    with wiring.open_journal(read_only=True) as journal:
        found = journal.answer(answer)
        report = journal.report(found.id)
    played = wiring.replay_of(found, wiring.speaker(speaker))
    with Keys().listening() as keys:
        play(talk(), keys, played, report)
    if keys.interrupted:
        raise KeyboardInterrupt


def play(console: Console, keys: Keys, played: Replay, report: Report | None) -> None:
    """Play to the end or until the listener leaves; without a terminal it just plays to the end."""
    from rich.live import Live
    from rich.text import Text

    drawn = console.is_terminal
    if drawn and keys.available:
        console.print(Text(_HINT, style="dim"))
    played.play()
    with Live(console=console, auto_refresh=False, transient=True) if drawn else _Blank() as live:
        while not played.over and not keys.interrupted:
            if _obey(keys.read(_TICK_S), played, report):
                break
            played.go_on()
            if drawn:
                live.update(_picture(played, report), refresh=True)
    played.pause()


class _Blank:
    """Stands where there is no screen to draw on."""

    def __enter__(self) -> _Blank:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def update(self, renderable: RenderableType, *, refresh: bool) -> None:
        """Draw nothing."""


def _obey(key: str | None, played: Replay, report: Report | None) -> bool:
    """Do what a key says; True to leave."""
    from voicerehearsal.rehearsal.replay import next_pause

    match key:
        case " ":
            if played.playing:
                played.pause()
            else:
                played.play()
        case "left":
            played.jump(-_JUMP_S)
        case "right":
            played.jump(_JUMP_S)
        case "+" | "=" | "up":
            played.change_speed(+1)
        case "-" | "_" | "down":
            played.change_speed(-1)
        case "p":
            silences = report.pauses.silences if report is not None and report.pauses is not None else ()
            target_s = next_pause(silences, played.position_s)
            if target_s is not None:
                played.move_to(target_s)
        case "q" | "\x1b" | "\r" | "\n":
            return True
        case _:
            pass
    return False


def _picture(played: Replay, report: Report | None) -> RenderableType:
    from rich.text import Text

    from voicerehearsal.cli.terminal import clock
    from voicerehearsal.rehearsal.replay import word_at

    speed = "" if played.speed == 1.0 else f"  {played.speed:g}×"
    picture = Text(f"{clock(played.position_s)}{speed}{'' if played.playing else '  paused'}\n", style="bold")
    words = report.transcript.words if report is not None and report.transcript is not None else ()
    now = word_at(words, played.position_s)
    for at, word in enumerate(words):
        heard = now is not None and at <= now
        style = "reverse bold" if at == now else ("" if heard else "dim")
        picture.append(word.text, style=style).append(" ")
    return picture
