"""What a person does on a page, handed to the thread that holds the rehearsal."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from voicerehearsal.ports import Key

Choice = Literal["again", "next", "follow_up", "hang_up"]


class Hands:
    """The acts of one rehearsal; given by the pages' threads, taken by its own."""

    def __init__(self) -> None:
        self._picked_up = threading.Event()
        self._left = threading.Event()
        self._keys: queue.SimpleQueue[Key] = queue.SimpleQueue()
        self._choices: queue.SimpleQueue[Choice] = queue.SimpleQueue()

    def pick_up(self) -> None:
        """Answer the call."""
        self._picked_up.set()

    def press(self, key: Key) -> None:
        """End or mute."""
        self._keys.put(key)

    def choose(self, choice: Choice) -> None:
        """Say what is wanted after a report."""
        self._choices.put(choice)

    def hang_up(self) -> None:
        """End the call, whatever is going on in it."""
        self._left.set()
        self._choices.put("hang_up")

    @property
    def picked_up(self) -> bool:
        """Whether the call was answered."""
        return self._picked_up.is_set()

    def poll(self) -> Key | None:
        """The next key; never waits."""
        if self._left.is_set():
            return "stop"
        try:
            return self._keys.get_nowait()
        except queue.Empty:
            return None

    def forget_keys(self) -> None:
        """What was pressed for something that is over does not count for the next."""
        while not self._keys.empty():
            self._keys.get_nowait()

    def choice(self, timeout_s: float) -> Choice | None:
        """What is wanted after a report; None when nothing was chosen within `timeout_s`."""
        if self._left.is_set():
            return "hang_up"
        try:
            return self._choices.get(timeout=timeout_s)
        except queue.Empty:
            return None
