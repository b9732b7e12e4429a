"""A studio that takes a folder of answers one after another: how much memory it has early on, and at the end."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import psutil
from starlette.types import Message

from voicerehearsal.presenting.sitting import Wishes
from voicerehearsal.studio.app import build
from voicerehearsal.studio.stage import Stage

_PREFIX = "/studio"


def main() -> None:
    """Print the resident memory in MB after a tenth of the answers and after all."""
    folder = Path(sys.argv[1])
    count = len(list(folder.iterdir()))
    app = build(_PREFIX)
    stage: Stage = app.state.stage
    stage.start(Wishes(pack="classic-questions", questions=("c1",) * count, answers=folder))
    memory = []
    for number in range(count):
        answer = _answered(stage, number)
        for path in (f"answers/{answer}", f"answers/{answer}/report", f"answers/{answer}/picture.json", ""):
            assert asyncio.run(_status(app, f"{_PREFIX}/{path}")) == 200, path
        if number + 1 in (count // 10, count):
            memory.append(psutil.Process().memory_info().rss / 1e6)
        if number + 1 < count:
            stage.act("next")
    stage.close()
    print(*memory)


def _answered(stage: Stage, number: int) -> int:
    """Wait for the next report; the number of its answer."""
    deadline = time.monotonic() + 120
    while not (stage.snapshot.can.next and len(stage.snapshot.answers) == number + 1):
        assert stage.snapshot.phase not in ("failed", "over"), stage.snapshot.error
        assert time.monotonic() < deadline, stage.snapshot.phase
        if stage.snapshot.can.pick_up:
            stage.act("pick_up")
        time.sleep(0.01)
    return stage.snapshot.answers[-1]


async def _status(app: object, path: str) -> int:
    """The status of a page asked for without a server."""
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    scope |= {"headers": [(b"host", b"127.0.0.1")], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 1)}
    await app({**scope, "client": ("127.0.0.1", 1), "root_path": ""}, receive, send)  # type: ignore[operator]
    return int(told[0]["status"])


if __name__ == "__main__":
    main()
