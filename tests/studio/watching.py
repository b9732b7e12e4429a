"""A page that is none: it hears what every page is told, and acts."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.studio.serving import Served


class Watcher:
    """Hears the live socket of a studio from its beginning, and does what a page can do.

    Attributes:
        told: Every snapshot of the stage with the time it came at, on the monotonic clock.
        levels: Every tick of the level.
    """

    def __init__(self, studio: Served) -> None:
        self.told: list[tuple[float, dict[str, Any]]] = []
        self.levels: list[dict[str, Any]] = []
        self._studio = studio
        self._prefix, self._headers = studio.enter()
        self._open = contextlib.ExitStack()
        self._socket = self._open.enter_context(
            connect(
                f"ws://{studio.host}{self._prefix}/live",
                origin=self._headers["Origin"],  # type: ignore[arg-type]
                additional_headers={"Cookie": self._headers["Cookie"]},
            )
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def now(self) -> dict[str, Any]:
        """The latest snapshot."""
        return self.told[-1][1]

    def act(self, act: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """Do it; the status, and what was said to it."""
        sent = json.dumps(body).encode()
        status, _, answer = self._studio.ask(
            f"{self._prefix}/act/{act}", method="POST", headers=self._headers, body=sent
        )
        return status, json.loads(answer) if answer else {}

    def wait_for(self, phase: str, **also: Any) -> dict[str, Any]:
        """Wait until the stage is in `phase` and holds what is asked for also; returns that snapshot."""
        return self.wait_until(lambda now: now["phase"] == phase and also.items() <= now.items())

    def wait_until(self, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until a snapshot is as wished, which it returns."""
        deadline = time.monotonic() + 40
        while not (self.told and true(self.now)):
            assert time.monotonic() < deadline, [(one["phase"], one["error"]) for _, one in self.told]
            time.sleep(0.005)
        return self.now

    def close(self) -> None:
        """Leave."""
        self._open.close()
        self._reader.join(5)

    def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            for message in self._socket:
                self._take(message)

    def _take(self, message: str | bytes) -> None:
        told = json.loads(message)
        if told["kind"] == "stage":
            self.told.append((time.monotonic(), told))
        elif told["kind"] == "level":
            self.levels.append(told)
