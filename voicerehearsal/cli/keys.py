"""Single keys from the terminal, without Enter; and Ctrl-C as a key, so that nothing is cut off in the middle."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicerehearsal.ports import Key

_ASKED_TO_END = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
"""Ctrl-C, a polite kill, and a closed terminal window: the answer so far is kept in each case."""
_ESCAPES = {"\x1b[C": "right", "\x1b[D": "left", "\x1b[A": "up", "\x1b[B": "down", "\x1bOC": "right", "\x1bOD": "left"}
_ANSWER_KEYS: dict[str, Key] = {"\r": "end", "\n": "end", " ": "end", "m": "mute", "q": "stop"}


class Keys:
    """The keys pressed so far; without a terminal there are none, and only Ctrl-C is heard.

    A first Ctrl-C asks to stop; a second one, when nothing obeyed, interrupts.
    """

    def __init__(self) -> None:
        self.available = sys.stdin is not None and sys.stdin.isatty()
        self.interrupted = False

    def read(self, timeout_s: float = 0.0) -> str | None:
        """The next key as a character, or "left", "right", "up", "down"; None when none came within `timeout_s`."""
        if not self.available:
            if timeout_s:
                time.sleep(timeout_s)
            return None
        if sys.platform == "win32":
            return _read_windows(timeout_s)
        if not select.select([sys.stdin], [], [], timeout_s)[0]:
            return None
        try:
            pressed = os.read(sys.stdin.fileno(), 16).decode(errors="ignore")
        except OSError:
            pressed = ""
        if not pressed:  # the terminal has gone
            self.available, self.interrupted = False, True
            return None
        return _ESCAPES.get(pressed, pressed[:1].lower())

    def poll(self) -> Key | None:
        """What the speaker asks for while answering; never waits."""
        if self.interrupted:
            return "stop"
        return _ANSWER_KEYS.get(self.read() or "")

    @contextlib.contextmanager
    def listening(self) -> Iterator[Keys]:
        """Take keys one by one, unseen, until the end of the block."""
        before = {number: signal.signal(number, self._interrupt) for number in _ASKED_TO_END}
        try:
            with _unbuffered() if self.available else contextlib.nullcontext():
                yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True


@contextlib.contextmanager
def _unbuffered() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield
    finally:
        with contextlib.suppress(termios.error):  # the window may be gone
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _read_windows(timeout_s: float) -> str | None:
    import msvcrt

    deadline = time.monotonic() + timeout_s
    while not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.01)
    pressed: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    if pressed in "\x00\xe0":
        return {"M": "right", "K": "left", "H": "up", "P": "down"}.get(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
    return pressed.lower()
