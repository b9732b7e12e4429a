"""A studio as a person starts it, and the browser that looks at it."""

from __future__ import annotations

import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from tests.program import start

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIETLY = [
    "--no-sandbox",  # containers and CI run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Served:
    """A studio that answers: the address that opens it, the home it shows, its process."""

    key_address: str
    home: Path
    process: subprocess.Popen[str]

    @property
    def host(self) -> str:
        """Name and port."""
        return urlsplit(self.key_address).netloc

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and text of a plain request, made by no browser; `path` begins with a slash."""
        request = urllib.request.Request(f"http://{self.host}{path}", body, dict(headers or {}), method=method)
        try:
            answer: HTTPResponse = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as refused:
            return refused.code, dict(refused.headers), refused.read().decode()
        with answer:
            return answer.status, dict(answer.headers), answer.read().decode()

    def enter(self) -> tuple[str, dict[str, str]]:
        """The prefix below which everything lies, and the headers of somebody who was let in."""
        status, headers, page = self.ask("/open?" + urlsplit(self.key_address).query)
        assert status == 200, page
        prefix = page.split("url=")[1].split('"')[0].rstrip("/")
        return prefix, {"Cookie": headers["set-cookie"].split(";")[0], "Origin": f"http://{self.host}"}


@contextmanager
def served(home: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A studio over the data in `home`, at any free port, ended politely."""
    process = start("studio", "--no-browser", environment={**(environment or {}), "VOICEREHEARSAL_HOME": str(home)})
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, line or process.communicate()[1]
        yield Served("http://" + line.split("http://")[1].strip(), home, process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=20)
        finally:
            process.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own Chromium, without a screen."""
    assert CHROMIUM is not None, "Chromium is not installed; `make test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIETLY)
        yield browser
        browser.close()


@contextmanager
def visited(browser: Browser, studio: Served) -> Iterator[Page]:
    """A page of somebody who was let in; at the end nothing failed in it and it asked nobody but the studio."""
    context = browser.new_context(base_url=f"http://{studio.host}", reduced_motion="reduce")
    page = context.new_page()
    strange: list[str] = []
    allowed = (f"http://{studio.host}/", f"ws://{studio.host}/", "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(allowed) else strange.append(one.url))
    page.on("websocket", lambda one: None if one.url.startswith(allowed) else strange.append(one.url))
    page.on("pageerror", lambda error: strange.append(str(error)))
    page.on("console", lambda said: strange.append(said.text) if _matters(said) else None)
    page.on("response", lambda one: strange.append(f"{one.status} {one.url}") if _failed(one) else None)
    page.goto(studio.key_address)
    page.wait_for_selector("html[data-usable]", state="attached")
    try:
        yield page
        assert not strange
    finally:
        context.close()


def go(page: Page, path: str) -> Response:
    """Open the page of the studio at `path` and wait until it can be used."""
    answer = page.goto(f"{page.locator('html').get_attribute('data-base')}{path}")
    page.wait_for_selector("html[data-usable]", state="attached")
    assert answer is not None
    return answer


def _matters(said: ConsoleMessage) -> bool:
    """Whether a script or a policy complains; what failed to load is known better from its answer."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def _failed(answer: Response) -> bool:
    """Whether something that a page needs is not there; a whole page may well say that it is not."""
    return answer.status >= 400 and answer.request.resource_type in ("script", "stylesheet", "image", "font")
