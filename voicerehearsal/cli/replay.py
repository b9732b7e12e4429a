"""`replay`: listen to an answer again, the words lit as they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console, RenderableType

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.rehearsal.replay import Replay
    from voicerehearsal.values import Report

_JUMP_S = 5.0
_TICK_S = 0.05
_HINT = (
    "space pauses · ← → 5 s · p next pause · f next filler · + - speed\n"
    "s with a smile added · t through the telephone · q leaves"
)


def replay(
    answer: Annotated[int | None, typer.Argument(help="Number of the answer, see history; else the last.")] = None,
    smile: Annotated[bool, typer.Option("--smile/--no-smile", help="Hear it with a smile added.")] = False,
    phone_line: Annotated[
        bool, typer.Option("--phone-line/--no-phone-line", help="Hear it as the interviewer does.")
    ] = False,
    from_s: Annotated[float, typer.Option("--from", min=0.0, metavar="S", help="Begin at this second.")] = 0.0,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.")] = None,
) -> None:
    """Listen to an answer again: as it was, with a smile added, or as the interviewer hears it."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import UsageError
    from voicerehearsal.rehearsal.treatment import Treatment

    with wiring.open_journal(read_only=True) as journal:
        found = journal.answer(answer)
        report = journal.report(found.id)
    played = wiring.replay_of(found, wiring.speaker(speaker))
    if from_s > played.duration_s:
        raise UsageError(f"Answer {found.id} is only {played.duration_s:.1f} s long", "Begin earlier.")
    played.change_to(Treatment(smile=smile, phone_line=phone_line))
    played.move_to(from_s)
    with Keys().listening() as keys:
        play(talk(), keys, played, report)
    if keys.interrupted:
        raise KeyboardInterrupt


def play(console: Console, keys: Keys, played: Replay, report: Report | None, *, hint: str = _HINT) -> str | None:
    """Play to the end, or until the listener leaves: then the key is returned; without a terminal just to the end."""
    from rich.live import Live
    from rich.text import Text

    drawn = console.is_terminal
    if drawn and keys.available and hint:
        console.print(Text(hint, style="dim"))
    left = None
    played.play()
    with Live(console=console, auto_refresh=False, transient=True) if drawn else _Blank() as live:
        while not played.over and not keys.interrupted:
            key = keys.read(_TICK_S) or ""
            if _obey(key, played, report):
                left = key
                break
            played.go_on()
            if drawn:
                live.update(_picture(played, report), refresh=True)
    played.pause()
    return left


class _Blank:
    """Stands where there is no screen to draw on."""

    def __enter__(self) -> _Blank:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def update(self, renderable: RenderableType, *, refresh: bool) -> None:
        """Draw nothing."""


def _obey(key: str, played: Replay, report: Report | None) -> bool:
    """Do what a key says; True to leave."""
    if key in _MOMENTS:
        _go_to_next(_MOMENTS[key](report), played)
    elif key in _ACTIONS:
        _ACTIONS[key](played)
    return key in _LEAVING


def _pause_or_play(played: Replay) -> None:
    if played.playing:
        played.pause()
    else:
        played.play()


def _pauses(report: Report | None) -> list[float]:
    """Where silent pauses begin, in seconds."""
    return [] if report is None or report.pauses is None else [silence.start_s for silence in report.pauses.silences]


def _fillers(report: Report | None) -> list[float]:
    """Where fillers begin, in seconds."""
    return [] if report is None or report.fillers is None else [filler.start_s for filler in report.fillers.events]


def _go_to_next(starts_s: list[float], played: Replay) -> None:
    from voicerehearsal.rehearsal.replay import next_moment

    target_s = next_moment(starts_s, played.position_s)
    if target_s is not None:
        played.move_to(target_s)


_MOMENTS: dict[str, Callable[[Report | None], list[float]]] = {"p": _pauses, "f": _fillers}
_ACTIONS: dict[str, Callable[[Replay], None]] = {
    " ": _pause_or_play,
    "left": lambda played: played.jump(-_JUMP_S),
    "right": lambda played: played.jump(_JUMP_S),
    **dict.fromkeys(("+", "=", "up"), lambda played: played.change_speed(+1)),
    **dict.fromkeys(("-", "_", "down"), lambda played: played.change_speed(-1)),
    "s": lambda played: played.switch_smile(),
    "t": lambda played: played.switch_phone_line(),
}
_LEAVING = ("q", "\x1b", "\r", "\n")


def _picture(played: Replay, report: Report | None) -> RenderableType:
    from rich.text import Text

    from voicerehearsal.presenting.times import clock
    from voicerehearsal.rehearsal.replay import word_at

    picture = Text("  ".join([clock(played.position_s), *_in_words(played)]) + "\n", style="bold")
    words = report.transcript.words if report is not None and report.transcript is not None else ()
    now = word_at(words, played.position_s)
    for at, word in enumerate(words):
        heard = now is not None and at <= now
        style = "reverse bold" if at == now else ("" if heard else "dim")
        picture.append(word.text, style=style).append(" ")
    return picture


def _in_words(played: Replay) -> list[str]:
    """What is being done to the recording."""
    treatment = played.treatment
    states = {
        f"{treatment.speed:g}×": treatment.speed != 1.0,
        "smile added": treatment.smile,
        "phone line": treatment.phone_line,
        "paused": not played.playing,
    }
    return [words for words, on in states.items() if on]
