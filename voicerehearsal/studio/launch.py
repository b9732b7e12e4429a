"""From the command to the open page: a socket on loopback, the server, the browser."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Callable

USUAL_PORT = 8420


def open_studio(port: int | None = None, *, browser: bool = True, say: Callable[[str], None] = print) -> None:
    """Serve the studio until it is asked to end, and open it in the browser.

    Args:
        port: Where on loopback; None takes the usual one, or any that is free.
        browser: Whether to open the browser, where there is a screen for one.
        say: Is told the address, once it can be opened.

    Raises:
        UsageError: The port cannot be had.
    """
    import uvicorn

    from voicerehearsal.studio.app import build
    from voicerehearsal.studio.gate import Gate

    listening = _bound(port)
    gate = Gate(number := listening.getsockname()[1])
    address = f"http://127.0.0.1:{number}/open?key="

    def opened() -> None:
        say(address + gate.key)
        if browser:
            # A browser that is not there must not hold up the page for one that is.
            threading.Thread(target=webbrowser.open, args=(f"{address}{gate.first_key}",), daemon=True).start()

    browser = browser and _has_screen()
    if not browser:
        gate.first_key = None
    gate.app = build(gate.prefix, opened=opened)
    server = uvicorn.Server(
        uvicorn.Config(
            gate,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="websockets-sansio",
            ws_max_size=1 << 16,
            timeout_graceful_shutdown=1,  # an open page would hold it for ever
        )
    )
    if hasattr(signal, "SIGHUP"):  # a closed terminal window ends it as Ctrl-C does: what is being said is kept
        signal.signal(signal.SIGHUP, server.handle_exit)
    server.run(sockets=[listening])


def _has_screen() -> bool:
    """Whether a browser would have a window: one of the terminal would only get in the way there."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _bound(port: int | None) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", USUAL_PORT if port is None else port))
    except OSError as error:
        if port is not None:
            listening.close()
            what = _("Port {port} cannot be had ({reason})").format(port=port, reason=error.strerror)
            raise UsageError(what, _("Leave --port out, or name another.")) from error
        listening.bind(("127.0.0.1", 0))
    listening.listen()  # whoever has the address a moment before the server is there waits, and is not refused
    return listening
