"""Who gets in: nobody but the browser that was given the key of this launch, on this computer.

A web page elsewhere must neither read nor act: loopback's own Host only (DNS rebinding), the page's own Origin for
whatever is not a plain GET, a secret exchanged for a cookie that no other site sends, and no script but our own.
"""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 << 20
"""Bytes of one request: a journal's export that is taken back in is the largest."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types fragment"
)
_ALWAYS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # "no-referrer" would turn the Origin of our own forms into "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
    "cache-control": "no-store",
}
_CLOSED = "The studio opens from the program that started it: type voicerehearsal, or open the address it printed.\n"


class Gate:
    """Around the whole app, web sockets included.

    Attributes:
        prefix: The first part of every path, known to nobody else; cookies ignore ports, but not paths.
        key: Opens the studio as often as wished; it is printed, and never on a command line that others could read.
        first_key: Opens it once, for the browser that this program starts.
    """

    def __init__(self, port: int) -> None:
        """Of the studio at `port`; `app` must be set before the first request."""
        self.app: ASGIApp
        self.prefix = f"/{secrets.token_urlsafe(9)}"
        self.key = secrets.token_urlsafe(24)
        self.first_key: str | None = secrets.token_urlsafe(24)
        self._cookie = f"voicerehearsal-{port}"
        self._pass = secrets.token_urlsafe(32)
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status = self._refusal(scope)
        if status is not None:
            await _refuse(scope, receive, send, status)
        elif scope["path"] == "/open":
            await self._open(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self.app(scope, _bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> int | None:
        """The status with which to refuse it; None to let it in."""
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            if name in (b"host", b"origin", b"content-length") and name.decode() in headers:
                return 400
            headers[name.decode("latin-1")] = value.decode("latin-1")
        origin = headers.get("origin")
        acts = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        opens = scope["path"] == "/open"
        if headers.get("host") not in self._hosts or ((origin or acts) and origin not in self._origins):
            return 403
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and not opens:
            return 403
        if opens:
            return None
        if not scope["path"].startswith(f"{self.prefix}/") or not self._passes(headers.get("cookie", "")):
            return 403
        length = headers.get("content-length", "0")
        return 413 if not length.isdecimal() or int(length) > MAX_BODY else None

    def _passes(self, cookies: str) -> bool:
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(cookies)
        except CookieError:
            return False
        shown = jar[self._cookie].value if self._cookie in jar else ""
        return hmac.compare_digest(shown.encode(), self._pass.encode())

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change a key for the cookie, and go on from a page of our own: a redirect would not send a strict cookie."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0].encode()
        once = self.first_key is not None and hmac.compare_digest(given, self.first_key.encode())
        if not once and not hmac.compare_digest(given, self.key.encode()):
            await _refuse(scope, receive, send, 403)
            return
        if once:
            self.first_key = None
        cookie = f"{self._cookie}={self._pass}; Path={self.prefix}; HttpOnly; SameSite=Strict"
        icon = f'<link rel="icon" href="{self.prefix}/web/icon.svg">'  # else it is looked for where nobody gets in
        onward = f'<meta http-equiv="refresh" content="0;url={self.prefix}/">'
        page = f"<!doctype html>{onward}{icon}<title>voicerehearsal</title>"
        headers = {
            **_ALWAYS,
            "content-type": "text/html; charset=utf-8",
            "set-cookie": cookie,
            "referrer-policy": "no-referrer",
        }
        await _answer(send, 200, headers, page.encode())


def _bounded(receive: Receive) -> Receive:
    """`receive`, hung up on once more has come than was announced or allowed."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        return {"type": "http.disconnect"} if got > MAX_BODY else message

    return counted


def _with_headers(send: Send) -> Send:
    """`send`, every answer carrying what keeps others out; a page may say itself how long it is kept."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            more = [(name.encode(), value.encode()) for name, value in _ALWAYS.items() if name.encode() not in given]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return guarded


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await _answer(send, status, {**_ALWAYS, "content-type": "text/plain; charset=utf-8"}, _CLOSED.encode())


async def _answer(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    lines.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": body})
