"""What the studio costs; `python -m tests.bench studio`. Pages in real Chromium, sound over the virtual sound card."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np
import psutil
import soundfile
from playwright.sync_api import Browser, Page

from tests.bench.processes import Row
from tests.studio.practised import HEARD, practised_home
from tests.studio.serving import Served, chromium, served, visited
from tests.studio.watching import Watcher
from tests.virtual_card import VirtualCard
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound

ROUNDS = 15
CLICKS = 9
ANSWERS = 200
"""Memory after so many is held against memory after the first tenth of them."""

_SHORT_S = 4.0
"""Two hundred whole answers would take a quarter of an hour, and leave no more behind."""
_IDLE_S = 15.0
_RATE_HZ = 16_000
_BLOCK_S = 0.01
_AUDIBLE = 300
_ANSWER = 38
"""The latest answer of the practised home, which has a recording."""

_EMPTY_PAGE = """
import socket, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
PAGE = '<!doctype html><html lang="en"><title>empty</title><main><h1>Empty</h1></main></html>'
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
listening.listen()
print(f"http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)
app = Starlette(routes=[Route("/", lambda request: HTMLResponse(PAGE))])
uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listening])
"""

_WHEN_USABLE = """new Promise(done => {
  const seen = performance;
  const look = () => {
    const painted = seen.getEntriesByName("first-contentful-paint")[0];
    const loaded = seen.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
    const usable = document.documentElement?.dataset.base ? seen.getEntriesByName("usable")[0]?.startTime : loaded;
    if (painted && usable) done((seen.timeOrigin + Math.max(painted.startTime, usable)) / 1000);
    else setTimeout(look, 5);
  };
  look();
})"""


def rows(folder: Path) -> Iterator[Row]:
    """Every figure of the studio with its limit."""
    voice = InterviewerVoice(language="en", cache=folder / "studio voice", time_limit_s=60)
    home = folder / "practised"
    home.mkdir()
    practised_home(home, lambda text: read_sound(voice.render([text])[0]))
    card = VirtualCard()
    try:
        with chromium() as browser:
            with served(home, card.environment) as studio:
                yield from _pages(browser, studio)
                yield _idle(browser, studio)
                yield _click_to_sound(browser, studio, card, folder)
            yield _end_to_report(browser, home, card)
    finally:
        card.close()
    yield _growth(folder, home)


# ---- pages ----------------------------------------------------------------------------------------------------------


def _pages(browser: Browser, studio: Served) -> Iterator[Row]:
    """The time until a page can be used over that of an empty page, by turns.

    The empty page is a bare one from the same server, and one in the studio's own frame, with its style and its socket.
    """
    with _empty_page() as bare, visited(browser, studio) as page:
        base = f"http://{studio.host}{page.locator('html').get_attribute('data-base')}"
        there = browser.new_context().new_page()
        for name, path in (
            ("home", ""),
            ("practise", "practise"),
            ("answer", f"answers/{_ANSWER}"),
            ("trends", "trends"),
        ):
            bared, framed = [], []
            for _ in range(ROUNDS):
                theirs = _until_usable_s(there, bare)
                empty = _until_usable_s(page, f"{base}nowhere")
                ours = _until_usable_s(page, base + path)
                bared.append(ours / theirs)
                framed.append(ours / empty)
            yield f"time until the {name} page can be used / an empty page in the same frame", median(framed), 1.5
            yield f"time until the {name} page can be used / a bare page from the same server", median(bared), 1.5
        there.context.close()


def _until_usable_s(page: Page, address: str) -> float:
    """Seconds from the wish for a page until it is painted and can be used, by the browser's own clock.

    A selector that is waited for is asked for again only after 20, 50, 100 and 100 ms: too coarse to compare by.
    """
    wished_s = time.time()
    page.goto(address, wait_until="commit")
    usable_s: float = page.evaluate(_WHEN_USABLE)
    return usable_s - wished_s


@contextmanager
def _empty_page() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-c", _EMPTY_PAGE], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


def _idle(browser: Browser, studio: Served) -> Row:
    """Share of one processor that the studio takes while its page is open and nothing happens."""
    with visited(browser, studio):
        time.sleep(3.0)
        process = psutil.Process(studio.process.pid)
        before = process.cpu_times()
        time.sleep(_IDLE_S)
        after = process.cpu_times()
    taken_s = after.user + after.system - before.user - before.system
    return "% of one processor, the page open and nothing going on", 100 * taken_s / _IDLE_S, 1.0


# ---- sound ----------------------------------------------------------------------------------------------------------


def _click_to_sound(browser: Browser, studio: Served, card: VirtualCard, folder: Path) -> Row:
    """Seconds from a click into the picture to the first sound on the speaker, the recording's own silence taken off.

    The card's monitor tells what is heard, block by block of 10 ms, on the clock of this program.
    """
    sounding_s = _sounding_moment(studio.home)
    delays = []
    with visited(browser, studio) as page, _Heard(card) as heard:
        base = page.locator("html").get_attribute("data-base")
        page.goto(f"{base}answers/{_ANSWER}")
        page.wait_for_selector("html[data-usable]", state="attached")
        picture = page.locator("answer-picture")
        box = picture.locator(".picture-stage").bounding_box()
        assert box is not None
        length_s = float(picture.locator(".picture-stage").get_attribute("aria-valuemax") or "nan")
        at = {"x": box["width"] * sounding_s / length_s, "y": 60.0}
        for _ in range(CLICKS):
            heard.wait_for_silence()
            clicked_s = time.perf_counter()
            picture.locator(".picture-stage").click(position=at)  # type: ignore[arg-type]
            delays.append(heard.next_sound_s(clicked_s) - clicked_s)
            page.locator("#play").click()
    return "seconds from a click in the picture to its sound", median(delays), 0.15


def _sounding_moment(home: Path) -> float:
    """A moment of the latest recording from which on something is heard at once."""
    recording = sorted((home / "recordings").rglob("*.flac"))[-1]
    samples, rate_hz = soundfile.read(recording, dtype="int16")
    step = rate_hz // 50
    level = np.abs(samples[: len(samples) // step * step].astype(int)).reshape(-1, step).mean(axis=1)
    loud = level > 0.3 * level.max()
    at = next(n for n in range(50, len(loud) - 10) if loud[n : n + 10].all())
    return at / 50


class _Heard:
    """The card's speaker, listened to without a stop."""

    def __init__(self, card: VirtualCard) -> None:
        self._command = ["parec", "--device=vspeaker.monitor", f"--rate={_RATE_HZ}", "--channels=1", "--latency-msec=5"]
        self._environment = card.environment
        self._sounds: list[float] = []
        self._last_s = 0.0

    def __enter__(self) -> _Heard:
        self._process = subprocess.Popen(self._command, env=dict(self._environment), stdout=subprocess.PIPE)
        threading.Thread(target=self._listen, daemon=True).start()
        time.sleep(1.0)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def wait_for_silence(self) -> None:
        """Wait until nothing was heard for half a second."""
        while time.perf_counter() - self._last_s < 0.5:
            time.sleep(0.02)

    def next_sound_s(self, after_s: float) -> float:
        """When something was heard first after that moment."""
        deadline = time.perf_counter() + 5
        while time.perf_counter() < deadline:
            found = [at for at in self._sounds if at > after_s]
            if found:
                return found[0]
            time.sleep(0.005)
        raise AssertionError("nothing was heard")

    def _listen(self) -> None:
        assert self._process.stdout is not None
        size = 2 * round(_BLOCK_S * _RATE_HZ)
        while block := self._process.stdout.read(size):
            if np.abs(np.frombuffer(block, np.int16).astype(int)).max() > _AUDIBLE:
                self._last_s = time.perf_counter()
                self._sounds.append(self._last_s)


def _end_to_report(browser: Browser, home: Path, card: VirtualCard) -> Row:
    """Seconds from Space, after an answer into the microphone, to its report on the screen; the median of three."""
    recording = sorted((home / "recordings").rglob("*.flac"))[-1]
    delays = []
    with served(home, card.environment) as studio, visited(browser, studio) as page:
        watcher = Watcher(studio)
        base = page.locator("html").get_attribute("data-base")
        page.goto(f"{base}practise")
        page.wait_for_selector("html[data-usable]", state="attached")
        assert watcher.act("start", pack="classic-questions", questions=["c1"] * 3)[0] == 204
        watcher.wait_for("ringing")
        page.keyboard.press("Enter")
        for _ in range(3):
            watcher.wait_for("asking")
            time.sleep(0.5)
            page.keyboard.press("Space")
            watcher.wait_for("listening")
            card.speak(recording).wait(60)
            ended_s = time.perf_counter()
            page.keyboard.press("Space")
            page.wait_for_selector("#report[aria-busy=false] section", state="visible")
            delays.append(time.perf_counter() - ended_s)
            watcher.wait_for("report")
            page.keyboard.press("Enter")
        watcher.close()
    return "seconds from the end of an answer to its report on the screen", median(delays), 0.3


# ---- two hundred answers --------------------------------------------------------------------------------------------


def _growth(folder: Path, home: Path) -> Row:
    """Memory after 200 answers over memory after 20, each measured, kept, shown, drawn and about to be heard."""
    files = folder / "many"
    files.mkdir()
    for number, recording in enumerate(sorted((home / "recordings").rglob("*.flac"))[-HEARD:]):
        samples, rate_hz = soundfile.read(recording, dtype="int16")
        soundfile.write(folder / f"short {number}.flac", samples[: round(_SHORT_S * rate_hz)], rate_hz)
    for number in range(ANSWERS):
        (files / f"{number:03}.flac").symlink_to(folder / f"short {number % HEARD}.flac")
    environment = {**os.environ, "VOICEREHEARSAL_HOME": str(folder / "many home")}
    command = [sys.executable, "-m", "tests.bench.many_calls", str(files)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    early, late = map(float, done.stdout.split()[-2:])
    return f"memory of the studio after {ANSWERS} answers / after {ANSWERS // 10}", late / early, 1.05
