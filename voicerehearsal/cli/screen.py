"""The screen of a rehearsal. While someone speaks: the question, a level meter and a clock, and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from voicerehearsal.cli.terminal import can_draw
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

    from voicerehearsal.rehearsal.events import Asked, Ended, Event, Listening, SmileChecked

_METER_CELLS = 30
_METER_FLOOR_DBFS = -60.0
_CLOSING_AFTER_S = 2.0
_LAST_SECONDS_S = 15.0
_REDRAW_S = 0.08

_ENDINGS = {
    "lost": "The answer was cut off.",
    "time_limit": "The time is over.",
    "stopped": "Stopped.",
    "interrupted": "The interviewer cuts in.",
}


class Screen:
    """Shows the events of a rehearsal on standard error; only words where it is not a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None
        self._redrawn_s = 0.0
        self._flows = False

    def show(self, event: Event) -> None:
        """Show one event."""
        from rich.text import Text

        from voicerehearsal.rehearsal.events import (
            Asked,
            Ended,
            Greeting,
            HungUp,
            Listening,
            Ringing,
            Saved,
            SmileChecked,
            Warned,
        )

        match event:
            case Ringing():
                sound = "☎  Ring, ring …" if can_draw(self._console) else "Ring, ring ..."
                self._console.print(Text(sound, style="dim"))
            case Warned():
                self._console.print(Text(event.text, style="yellow"))
            case Greeting():
                text = f"Say your greeting with a smile, up to {event.limit_s:.0f} s; Enter skips it, or ends it."
                self._console.print(Text(text))
            case SmileChecked():
                self._show_smile(event)
            case Asked():
                self._ask(event)
            case Listening():
                self._listen(event)
            case Ended():
                self._end(event)
            case Saved() if not self._flows:
                self._console.print(Text(f"Kept as answer {event.answer_id}.", style="dim"))
            case HungUp():
                self._console.print(Text("The other side has hung up.", style="yellow"))
            case _:
                pass

    def close(self) -> None:
        """Leave the terminal as it was found."""
        live, self._live = self._live, None
        if live is not None:
            live.stop()

    def _ask(self, asked: Asked) -> None:
        from rich.padding import Padding
        from rich.text import Text

        from voicerehearsal.cli.console import as_it_is

        self.close()  # a greeting that was skipped leaves its meter
        self._console.print()
        step = asked.step
        self._flows = step.flows
        if step.attempt > 1 and not step.lines:
            self._console.print(Text(f"Attempt {step.attempt}", style="dim"))
        if step.because:
            self._console.print(Text(step.because, style="dim"))
        self._console.print(Padding(as_it_is(step.headline, style="bold"), (0, 2)))
        for line in step.shown:
            self._console.print(Padding(as_it_is(line), (0, 4)))
        self._console.print()

    def _listen(self, listening: Listening) -> None:
        from voicerehearsal.cli.console import told

        if not self._console.is_terminal:
            return
        if self._live is None:
            from rich.live import Live

            self._live = Live(console=self._console, auto_refresh=False, transient=True)
            self._live.start()
        if time.monotonic() - self._redrawn_s >= _REDRAW_S:
            self._redrawn_s = time.monotonic()
            self._live.update(told(meter(listening, draw=can_draw(self._console))), refresh=True)

    def _show_smile(self, checked: SmileChecked) -> None:
        from rich.text import Text

        from voicerehearsal.presenting.report_rows import smile_in_words

        self.close()
        if checked.smile is None or checked.smile.score is None:
            self._console.print(Text(f"The smile cannot be told: {checked.reason}.", style="yellow"))
        else:
            self._console.print(Text(f"On the phone: {smile_in_words(checked.smile)}."))

    def _end(self, ended: Ended) -> None:
        from rich.text import Text

        self.close()
        self._flows = self._flows or ended.by == "interrupted"
        if ended.by in _ENDINGS:
            self._console.print(Text(_ENDINGS[ended.by], style="yellow"))


def meter(listening: Listening, *, draw: bool) -> RenderableType:
    """Level, clock, and once a silence is closing the answer, how far it has closed."""
    from rich.text import Text

    if listening.muted:
        return Text(f"  muted  {clock(listening.elapsed_s)}", style="dim")
    share = min(1.0, max(0.0, 1.0 - listening.level_dbfs / _METER_FLOOR_DBFS))
    lit = round(share * _METER_CELLS)
    full, empty = ("█", "░") if draw else ("#", ".")
    line = Text("  ")
    line.append(full * lit, style="red" if share > 0.97 else "green").append(empty * (_METER_CELLS - lit), style="dim")
    line.append(f"  {clock(listening.elapsed_s)}", style="bold")
    if listening.left_s is not None and listening.left_s <= _LAST_SECONDS_S:
        line.append(f"  {listening.left_s:.0f} s left", style="yellow")
    if listening.silence_s >= _CLOSING_AFTER_S:
        room_s = max(listening.end_silence_s - _CLOSING_AFTER_S, 0.1)
        closed = min(1.0, (listening.silence_s - _CLOSING_AFTER_S) / room_s)
        ring = "○◔◑◕●"[round(closed * 4)] if draw else f"ends in {listening.end_silence_s - listening.silence_s:.0f} s"
        line.append(f"  {ring}", style="yellow")
    return line
