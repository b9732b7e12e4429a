"""What happens, told to every open page at once, from whichever thread it happens in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.websockets import WebSocketDisconnect

from voicerehearsal.studio.places import said_here

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

_PASSING = frozenset({"level"})
"""What is of no interest to a page that opens later."""
_SAID = frozenset(
    {"message", "cure", "doing", "focus", "why", "compared", "comments", "warnings", "smile", "told", "cells"}
    | {"trouble", "no_words_because", "verdict", "used", "part", "found", "line", "mind", "doubts"}
)
"""What is said to people, with all that is in it; names, questions and answers are not."""


class Hub:
    """Messages by kind, each telling the whole state of its kind: a slow page sees the latest, and none piles up.

    Attributes:
        alone_since_s: When the last page went away, on the loop's clock; None while one is open or none ever was.
        left: Called in a thread of its own when a page has gone, with what tells whether no page follows an answer.
    """

    def __init__(self) -> None:
        self.alone_since_s: float | None = None
        self.left: Callable[[Callable[[int], bool]], None] = lambda _unwatched: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._latest: dict[str, str] = {}
        self._pages: set[_Page] = set()

    def start(self) -> None:
        """Be told from which loop the pages are served; called on it."""
        self._loop = asyncio.get_running_loop()

    def publish(self, kind: str, data: dict[str, Any]) -> None:
        """Tell every page, from any thread; what is told before the start is kept for the first page."""
        message = msgspec.json.encode({"kind": kind, **told(data)}).decode()
        if self._loop is None:
            self._latest[kind] = message
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, kind, message)

    async def socket(self, socket: WebSocket) -> None:
        """Serve a page: all that is known first, then what changes, until it goes away.

        It may say which answers' sound it follows: `?hears=12,14`, or `?hears=all`.
        """
        await socket.accept()
        page = _Page(dict(self._latest), socket.query_params.get("hears", ""))
        self._pages.add(page)
        self.alone_since_s = None
        teller = asyncio.create_task(page.tell(socket))
        try:
            while (await socket.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            teller.cancel()
            self._pages.discard(page)
            if not self._pages:
                self.alone_since_s = asyncio.get_running_loop().time()
            if page.hears:
                self._tell_left(page)

    def _tell_left(self, gone: _Page) -> None:
        others = tuple(self._pages)

        def unwatched(answer: int) -> bool:
            return gone.follows(answer) and not any(page.follows(answer) for page in others)

        asyncio.get_running_loop().run_in_executor(None, self.left, unwatched)

    def _spread(self, kind: str, message: str) -> None:
        if kind not in _PASSING:
            self._latest[kind] = message
        for page in self._pages:
            page.put(kind, message)


class _Page:
    """What one open page has not been told yet, and which answers' sound it follows."""

    def __init__(self, untold: dict[str, str], hears: str) -> None:
        self._untold = untold
        self.hears = frozenset(hears.split(",")) - {""}
        self._news = asyncio.Event()
        if untold:
            self._news.set()

    def follows(self, answer: int) -> bool:
        return not self.hears.isdisjoint({str(answer), "all"})

    def put(self, kind: str, message: str) -> None:
        self._untold[kind] = message
        self._news.set()

    async def tell(self, socket: WebSocket) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            told, self._untold = self._untold, {}
            for message in told.values():
                try:
                    await socket.send_text(message)
                except WebSocketDisconnect:
                    return  # whoever receives from it is told, too


def told(data: Any) -> Any:  # noqa: ANN401 - whatever goes over the wire
    """`data` with what it says to people in the language spoken now."""
    match data:
        case dict():
            return {name: _in_words(value) if name in _SAID else told(value) for name, value in data.items()}
        case list() | tuple():
            return [told(one) for one in data]
        case _:
            return data


def _in_words(said: Any) -> Any:  # noqa: ANN401 - as `told`
    match said:
        case str():
            return said_here(said)
        case dict():
            return {name: _in_words(one) for name, one in said.items()}
        case list() | tuple():
            return [_in_words(one) for one in said]
        case _:
            return said
