"""Requests to the studio's app itself, without gate, socket or browser."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The same as data."""
        return json.loads(self.text)


def ask(app: Starlette, method: str, path: str, body: object = None, *, accept: str = "*/*") -> Answered:
    """Ask `app` for `path`, below its prefix, with `body` as JSON."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": f"{app.state.prefix}/{where}",
        "raw_path": b"",
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"accept", accept.encode())],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 1),
        "client": ("127.0.0.1", 2),
    }
    came: list[Message] = []
    request: Message = {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def receive() -> Message:
        return request

    async def send(message: Message) -> None:
        came.append(message)

    # In a thread of its own: where a browser is driven, there is an event loop in this one already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    text = b"".join(message.get("body", b"") for message in came).decode()
    return Answered(int(came[0]["status"]), text)
