"""A whole call and what comes of it, as somebody lives it: in Chromium, on the virtual sound card, mostly by keys."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import Say
from tests.program import run
from tests.studio.accessible import barriers
from tests.studio.practised import OWN_PACK
from tests.studio.serving import Served, go, served, visited
from tests.virtual_card import VirtualCard
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.journal.settings import Settings, write_settings
from voicerehearsal.values import Samples

QUESTION = "Why this job?"
ANSWER = "I like helping people. I listened to them all, and I always called back."
LAST_WORDS = ["always", "called", "back"]
SAID, INSTEAD = "people", "out and cooking meals at home"
RATE_HZ = 16_000
ALIKE = 0.5
"""Likeness of a sound that went through the card; of others it is below 0.2."""

WITHOUT_LINKS = """all => all.map(one => [...one.childNodes]
  .filter(part => part.nodeName !== "A").map(part => part.textContent).join(" "))"""
NOTES_WHAT_IS_LIT = """
window.lit = [];
new MutationObserver(changes => {
  for (const {target: word} of changes) {
    if (word.ariaCurrent && window.lit.at(-1) !== word.textContent) window.lit.push(word.textContent);
  }
}).observe(document.querySelector(".picture-words"), {subtree: true, attributeFilter: ["aria-current"]});
"""


@pytest.fixture(scope="module")
def spoken(say: Say, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An answer to be spoken."""
    path = tmp_path_factory.mktemp("spoken") / "1.wav"
    sound = say(ANSWER)
    soundfile.write(path, sound.samples, sound.sample_rate_hz)
    return path


@pytest.fixture(scope="module")
def answered_once(voice_cache: Path, spoken: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of somebody with a pack of one short question who answered it once; two seconds of silence end one."""
    home = tmp_path_factory.mktemp("home")
    voice_cache.mkdir(exist_ok=True)
    (home / "voice-cache").symlink_to(voice_cache, target_is_directory=True)
    (home / "packs").mkdir()
    (home / "packs" / "door.toml").write_text(OWN_PACK, encoding="utf-8")
    write_settings(home, Settings(end_silence_s=2.0))
    environment = {"VOICEREHEARSAL_HOME": str(home)}
    done = run("practice", "--pack", "door", "--question", "why", "--answers", spoken.parent, environment=environment)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def studio(card: VirtualCard, answered_once: Path, tmp_path: Path) -> Iterator[Served]:
    """A studio over these data, with the virtual card."""
    home = shutil.copytree(answered_once, tmp_path / "home", symlinks=True)
    with served(home, card.environment) as started:
        yield started


def kept(home: Path) -> list[dict[str, Any]]:
    """The reports in the journal, oldest first."""
    with sqlite3.connect(home / "journal.db") as db:
        return [json.loads(row[0]) for row in db.execute("SELECT report FROM answers ORDER BY id")]


# ---- a call by keys -------------------------------------------------------------------------------------------------


def reach(page: Page, selector: str) -> Locator:
    """Go on by Tab until the control has the focus."""
    wanted = page.locator(selector)
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def phase(page: Page, name: str) -> None:
    """Wait until the call is there; a call that failed says why."""
    there = page.locator(f"#call[data-phase={name}]:visible")
    expect(there.or_(page.locator("#failed:visible"))).to_be_visible()
    assert there.is_visible(), page.locator("#failed").inner_text()


def reported(page: Page) -> None:
    """Wait until the report is on the screen, and something can be done next."""
    expect(page.locator("#report article")).to_be_visible()
    expect(page.locator("#next")).to_be_enabled()


@contextmanager
def listening_to(card: VirtualCard, path: Path) -> Iterator[Callable[[], Samples]]:
    """What comes out of the speaker meanwhile, to be had afterwards."""
    recorder = card.hear(path)
    try:
        yield lambda: soundfile.read(path, dtype="float64")[0]
    finally:
        recorder.terminate()
        recorder.wait(5)


def likeness(line: Samples, known: Samples, rate_hz: int) -> float:
    """How much the best place of the line is like a known sound, whatever its volume: 1.0 is the same."""
    import soxr

    sound = soxr.resample(known / 32768, rate_hz, RATE_HZ)
    size = 1 << (len(line) + len(sound)).bit_length()
    match = np.fft.irfft(np.fft.rfft(line, size) * np.conj(np.fft.rfft(sound, size)), size)[: len(line) - len(sound)]
    energy = np.concatenate([[0.0], np.cumsum(line**2)])
    there = energy[len(sound) : len(line)] - energy[: len(line) - len(sound)]
    return float((match / np.sqrt((there + 1e-9) * np.sum(sound**2))).max())


def test_a_call_is_held_by_keys_alone(
    browser: Browser, studio: Served, card: VirtualCard, spoken: Path, say: Say, tmp_path: Path
) -> None:
    """From home to the look back without a mouse; pages are loaded anew and closed meanwhile, and nothing is lost."""
    with visited(browser, studio) as page:
        reach(page, ".hero-call a").press("Enter")
        page.wait_for_selector("#setup:visible")
        reach(page, "#pack").press_sequentially("Door")
        reach(page, "#start").press("Enter")
        page.evaluate("window.marker = 1")
        phase(page, "ringing")
        with listening_to(card, tmp_path / "heard.wav") as heard:
            page.keyboard.press("Space")
            phase(page, "asking")
            expect(page.locator("#call-title")).to_have_text(QUESTION)
            phase(page, "listening")
            answered(page, card, spoken)
        question = say(QUESTION)
        assert likeness(heard(), question.samples, question.sample_rate_hz) > ALIKE
        assert barriers(page) == []
        page.keyboard.press("a")
        phase(page, "listening")
        assert page.evaluate("window.marker") == 1
        expect(page.locator("#call-over")).to_have_text("Attempt 2")
        speaking = card.speak(spoken)
        page.reload()
        phase(page, "listening")
        expect(page.locator("#call-title")).to_have_text(QUESTION)
    with visited(browser, studio) as page:
        go(page, "practise")
        assert speaking.wait(10) == 0
        reported(page)
        expect(page.locator("#compared li").first).to_contain_text("Against attempt 1: ")
        page.keyboard.press("q")
        expect(page.locator("#look-back p").first).to_be_visible()
        expect(page.locator("#over-answers a")).to_have_count(2)
        assert barriers(page) == []
        go(page, "trends")
        expect(page.locator("[aria-labelledby=last] tbody tr")).to_have_count(3)
    assert [one["transcript"]["text"].split()[2:4] for one in kept(studio.home)] == [["helping", "people"]] * 3


def answered(page: Page, card: VirtualCard, spoken: Path) -> None:
    """Speak: the level moves, the clock runs and stands still while muted, Space brings the report."""
    page.keyboard.press("m")
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said")).to_have_text("Muted.")
    page.keyboard.press("m")
    phase(page, "listening")
    speaking = card.speak(spoken)
    expect(page.locator("#call-meter")).not_to_have_attribute("data-in", "quiet")
    expect(page.locator("#clock")).to_have_text(re.compile(r"0:(0[2-9]|1\d)"))
    speaking.wait(10)
    page.keyboard.press("Space")
    reported(page)
    expect(page.locator("#said")).to_have_text("The report on your answer is here.")


# ---- what comes of it -----------------------------------------------------------------------------------------------


def recording(studio: Served) -> Path:
    """Of the answer that was given before."""
    (path,) = (studio.home / "recordings").iterdir()
    return path


def pace(page: Page) -> str:
    """The pace as the report has it."""
    return page.locator(".report-bars tr", has_text=METRICS["words_per_minute"].label).locator("td").first.inner_text()


def rows(page: Page) -> list[str]:
    """What the report says in words; where they lead is the page's own matter."""
    told: list[str] = page.locator(".report-measures dd").evaluate_all(WITHOUT_LINKS)
    return [" ".join(one.split()) for one in told]


def correct(page: Page, word: str, instead: str) -> None:
    """Say what was said instead, and wait until that is told."""
    page.locator(".picture-words button", has_text=word).click()
    page.locator("#said-words").fill(instead)
    page.keyboard.press("Enter")
    expect(page.locator("#undo")).to_be_visible()


def test_page_and_terminal_say_the_same_of_an_answer(browser: Browser, studio: Served) -> None:
    """Word for word what `analyze` prints of its recording, and the numbers of the journal."""
    asked = ("--pack", studio.home / "packs" / "door.toml", "--question", "why")
    analyzed = run("analyze", recording(studio), *asked, environment={"VOICEREHEARSAL_HOME": str(studio.home)})
    printed = " ".join(analyzed.stdout.split())
    (report,) = kept(studio.home)
    with visited(browser, studio) as page:
        go(page, "answers/1")
        assert [row for row in rows(page) if row not in printed] == []
        assert len(rows(page)) >= 4
        assert pace(page).startswith(f"{report['pace']['words_per_minute']:.0f} ")
        made = sum(point["covered"] for point in report["keywords"]["points"])
        expect(page.locator(".report-points h2")).to_contain_text(f"{made} of 1 made")


def test_a_click_in_the_picture_is_heard(browser: Browser, studio: Served, card: VirtualCard, tmp_path: Path) -> None:
    """From that word on, each word lit as it sounds; a loop sounds again and again."""
    samples, rate_hz = soundfile.read(recording(studio), dtype="int16")
    with visited(browser, studio) as page, listening_to(card, tmp_path / "heard.wav") as heard:
        go(page, "answers/1")
        words = json.loads(page.locator("#data").inner_text())["picture"]["words"]
        start_s = next(word["start_s"] for word in words if word["text"] == LAST_WORDS[0]) + 0.1
        page.evaluate(NOTES_WHAT_IS_LIT)
        stage = page.locator(".picture-stage")
        box = stage.bounding_box()
        assert box is not None
        stage.click(position={"x": box["width"] * start_s * rate_hz / len(samples), "y": box["height"] / 2})
        expect(page.locator("#play")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")
        lit = page.evaluate("window.lit")
        assert (lit[0], lit[-1]) == (LAST_WORDS[0], LAST_WORDS[-1])
        assert lit == [word for word in LAST_WORDS if word in lit]  # a busy computer may miss a short one
        for key in ("Home", "ArrowRight", "]"):
            stage.press(key)
        expect(page.locator("#loop")).to_have_attribute("aria-pressed", "true")
        again = 0
        deadline, before = time.monotonic() + 20, ""
        while again < 2:
            assert time.monotonic() < deadline, "the loop never began again"
            now = page.locator("#clock").inner_text()
            again, before = again + (now < before), now
        stage.press("Escape")
        expect(page.locator("#loop")).to_have_attribute("aria-pressed", "false")
    part = samples[round(start_s * rate_hz) : round((start_s + 1.2) * rate_hz)]
    assert likeness(heard(), part, rate_hz) > ALIKE


def test_the_measures_follow_a_corrected_word(browser: Browser, studio: Served) -> None:
    """Pace and points change, which is told; the way back brings the first report; trends have the corrected number."""
    with visited(browser, studio) as page:
        go(page, "answers/1")
        before, heard = rows(page), pace(page)
        page.locator("#correct").click()
        correct(page, SAID, INSTEAD)
        expect(page.locator("#said")).to_contain_text("talking points made from 100 % to 0 %")
        corrected = pace(page)
        assert corrected != heard
        page.locator("#undo button").click()
        expect(page.locator("#undo")).to_be_hidden()
        assert (rows(page), pace(page)) == (before, heard)
        correct(page, SAID, INSTEAD)
        go(page, "trends?metric=words_per_minute")
        assert page.locator(".latest strong").inner_text() == corrected.split()[0]
