"""Which source the sound server feeds us from, where there is a PulseAudio-like server that can say so.

When a microphone is unplugged such a server silently moves the stream to another source, perhaps to the monitor of the
speaker. PortAudio cannot tell; the server's own list can.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading

_PERIOD_S = 0.7


class SourceWatch:
    """Looks now and then, from a thread of its own, whether this process still records from the same source."""

    def __init__(self) -> None:
        self.moved = False
        self._stop = threading.Event()
        self._source = _capture_source()
        if self._source is not None:
            threading.Thread(target=self._look, daemon=True).start()

    def stop(self) -> None:
        """Stop looking."""
        self._stop.set()

    def _look(self) -> None:
        while not self.moved and not self._stop.wait(_PERIOD_S):
            source = _capture_source()
            self.moved = source is not None and source != self._source


def _capture_source() -> str | None:
    """The index of the source this process records from, None when no server says so."""
    if shutil.which("pactl") is None:
        return None
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        command = ["pactl", "list", "source-outputs"]
        listed = subprocess.run(command, capture_output=True, text=True, timeout=2, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return None
    for entry in listed.stdout.split("Source Output #"):
        if f'application.process.id = "{os.getpid()}"' in entry:
            lines = (line.strip() for line in entry.splitlines())
            return next((line.removeprefix("Source:").strip() for line in lines if line.startswith("Source:")), None)
    return None
