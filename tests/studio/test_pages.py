"""Every page as people meet it: in both languages, light and dark, narrow, by keys, by assistive programs, offline."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Say
from tests.studio.accessible import barriers
from tests.studio.practised import OWN_PACK, PACK, practised_home
from tests.studio.serving import Served, go, served, visited
from voicerehearsal.journal.settings import InterfaceLanguage, Settings, write_settings

PAGES = {
    "": 200,
    "practise": 200,
    "history": 200,
    "history?text=quokka": 200,
    "answers/38": 200,
    "answers/20": 200,
    "compare?a=37&b=38": 200,
    "trends": 200,
    "trends?metric=fillers_per_minute": 200,
    "packs": 200,
    f"packs/{PACK}": 200,
    "packs/door/edit": 200,
    "calibrate": 200,
    "settings": 200,
    "nowhere": 404,
}
"""Addresses and the status of what they bring; answer 38 can be heard, answer 20 cannot."""

LANG = {"en": "en", "zh": "zh-Hans"}
WITHOUT_NETWORK = """
import socket, sys
from pathlib import Path
from playwright.sync_api import expect
from tests.studio.serving import chromium, go, served, visited

try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError as error:
    assert "unreachable" in str(error), error
with served(Path(sys.argv[1])) as studio, chromium() as browser, visited(browser, studio) as page:
    go(page, "answers/38")
    page.locator("#note").fill("said without a network")
    page.locator("#note-form button").click()
    expect(page.locator("#note-state")).to_have_text("kept")
    go(page, "history?text=network")
    expect(page.locator("mark")).to_have_text("network")
    print("done")
"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth - innerWidth"
MOVING = "() => document.getAnimations().filter(one => one.playState === 'running').length"
TABBED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0 && !one.disabled
    && (one.type !== "radio" || one.checked || !one.form?.elements[one.name]?.value))
  .map((one, place) => one.dataset.tabbed = String(place))"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    place: one.dataset.tabbed ?? "",
    seen: one.contains(there) || ["LABEL", "SPAN"].includes(there?.tagName) && there.contains(one),
    marked: one.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    what: one.outerHTML.slice(0, 120),
  };
}"""


@pytest.fixture(scope="module")
def home(say: Say, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of nine weeks of practice, and a pack of one's own."""
    folder = tmp_path_factory.mktemp("practised") / "home"
    (folder / "packs").mkdir(parents=True)
    (folder / "packs" / "door.toml").write_text(OWN_PACK, encoding="utf-8")
    write_settings(folder, Settings(interface_language="en"))
    return practised_home(folder, say)


@pytest.fixture(scope="module")
def studio(home: Path) -> Iterator[Served]:
    """A studio over them."""
    with served(home) as started:
        yield started


def speak(page: Page, language: InterfaceLanguage) -> None:
    """Choose the language of the pages."""
    go(page, "settings")
    page.locator(f"[name=interface_language][value={language}]").check()
    page.wait_for_selector(f"html[lang={LANG[language]}][data-usable]", state="attached")


def wide(page: Page) -> None:
    """Look on a usual screen."""
    page.set_viewport_size({"width": 1440, "height": 900})


def narrow(page: Page) -> None:
    """Look on a telephone's screen."""
    page.set_viewport_size({"width": 390, "height": 800})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_and_fits_a_narrow_screen(
    browser: Browser, studio: Served, language: InterfaceLanguage
) -> None:
    """It opens in the chosen language, with one heading, nothing to scroll sideways, nothing that moves by itself."""
    found: dict[str, Any] = {}
    with visited(browser, studio) as page:
        speak(page, language)
        narrow(page)
        for path, status in PAGES.items():
            answer = go(page, path)
            found[path] = (
                answer.status - status,
                page.locator("html").get_attribute("lang"),
                page.locator("h1:visible").count(),
                max(0, page.evaluate(TOO_WIDE)),
                page.evaluate(MOVING),
            )
    assert {path: one for path, one in found.items() if one != (0, LANG[language], 1, 0, 0)} == {}


def test_assistive_programs_find_nothing_wrong(browser: Browser, studio: Served) -> None:
    """Nothing serious or critical by the rules of WCAG 2.2 AA in the light, and no poor contrast in the dark."""
    found: dict[str, list[str]] = {}
    with visited(browser, studio) as page:
        speak(page, "en")
        wide(page)
        for path in PAGES:
            go(page, path)
            found[path] = barriers(page)
    assert {path: one for path, one in found.items() if one} == {}


@pytest.mark.parametrize(("path", "look"), [("", wide), ("answers/38", narrow)])
def test_tab_goes_through_a_page(browser: Browser, studio: Served, path: str, look: Callable[[Page], None]) -> None:
    """From the address bar through every control in the order of the page, in sight and marked, and on from there."""
    with visited(browser, studio) as page:
        look(page)
        go(page, path)
        page.wait_for_load_state("networkidle")  # without a microphone there is nothing to be pressed at home
        controls = page.evaluate(TABBED)
        assert len(controls) > 10
        reached: list[dict[str, Any]] = []
        while not reached or reached[-1]["place"] != controls[-1]:
            assert len(reached) < 2 * len(controls), "the last one is never reached"
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
        assert [one["place"] for one in reached if one["place"]] == controls
        assert [one["what"] for one in reached if one["place"] and not (one["seen"] and one["marked"])] == []
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["place"] in ("", controls[0])


def test_pages_need_no_network(home: Path, tmp_path: Path) -> None:
    """With no interface but loopback a page opens, keeps what is written, and finds it again."""
    unplugged = ("unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$0" "$@"')
    if not all(map(shutil.which, ("unshare", "ip"))) or subprocess.run([*unplugged, "true"], check=False).returncode:
        pytest.skip("needs Linux that lets anybody have a network of their own")
    copy = shutil.copytree(home, tmp_path / "home")
    command = [*unplugged, sys.executable, "-c", WITHOUT_NETWORK, str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == "done\n", done.stderr
