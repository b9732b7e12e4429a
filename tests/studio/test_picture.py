"""The picture of an answer in the browser: pointer and keys reach the player, and corrections come back at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.studio.answers import LENGTH_S, three_answers
from tests.studio.serving import served, visited


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page of an answer whose player only takes note of what is wished (there is no sound card here)."""
    with served(three_answers(tmp_path_factory.mktemp("home"))) as studio, visited(browser, studio) as opened:
        opened.set_viewport_size({"width": 1280, "height": 900})
        opened.route("**/player", _note)
        opened.route("**/player/ready", lambda route: route.fulfill(status=204))
        opened.goto(opened.url.rstrip("/") + "/answers/1")
        opened.wait_for_selector("html[data-usable]", state="attached")
        yield opened


_wishes: list[dict[str, Any]] = []


def _note(route: Route) -> None:
    _wishes.append(json.loads(route.request.post_data or "{}"))
    route.fulfill(status=204)


def _at(page: Page) -> float:
    return float(page.locator("[role=slider]").get_attribute("aria-valuenow") or "nan")


def test_a_click_is_heard_from_there(page: Page) -> None:
    """In the middle of the picture lies the middle of the answer."""
    picture = page.locator("[role=slider]")
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] / 2, "y": 60})
    assert _at(page) == pytest.approx(LENGTH_S / 2, abs=0.2)
    assert _wishes[-1] == {"answer": 1, "playing": True, "at_s": pytest.approx(LENGTH_S / 2, abs=0.2)}


def test_keys_go_where_they_say(page: Page) -> None:
    """Seconds, ends, the next pause and filler, and a loop between brackets that Escape ends."""
    picture = page.locator("[role=slider]")
    picture.focus()
    reached = []
    for key in ("Home", "ArrowRight", "Shift+ArrowRight", "ArrowLeft", "p", "f", "f", "End"):
        page.keyboard.press(key)
        reached.append(_at(page))
    assert reached == [0.0, 1.0, 6.0, 5.0, 5.0, 12.0, 20.0, LENGTH_S]
    for key in ("Home", "Shift+ArrowRight", "[", "Shift+ArrowRight", "]"):
        page.keyboard.press(key)
    assert _wishes[-1]["loop"] == [5.0, 10.0]
    page.keyboard.press("Escape")
    assert _wishes[-1] == {"answer": 1, "loop": None}
    expect(picture).to_have_attribute("aria-valuetext", "0:10.0, word8")


def test_close_up_the_words_lie_below_the_sound(page: Page) -> None:
    """Zooming brings a lane of words, a way to scroll, and finer tracks; the whole comes back by one key."""
    picture = page.locator("[role=slider]")
    picture.focus()
    with page.expect_response("**/picture.json?from=*"):
        for _ in range(3):
            page.keyboard.press("+")
    expect(page.locator(".picture-lit")).to_be_visible()
    expect(page.get_by_label("Scroll through the answer")).to_be_visible()
    page.keyboard.press("0")
    expect(page.get_by_label("Scroll through the answer")).to_be_hidden()


def test_a_word_is_corrected_by_keyboard_alone_and_taken_back(page: Page) -> None:
    """The text changes without a reload, what followed is said, and undoing brings the old word back."""
    page.get_by_role("button", name="Correct", exact=False).first.press("Enter")
    word = page.get_by_role("button", name="word3", exact=True)
    word.press("Enter")
    page.keyboard.type("three of them")
    page.keyboard.press("Enter")
    said = page.get_by_role("group", name="What was said")
    expect(said).to_contain_text("word2 three of them word4")
    expect(page.locator("#said")).to_contain_text("Kept.")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(said).to_contain_text("word2 word3 word4")
