"""All answers and their trends, as the studio serves them."""

from __future__ import annotations

import io
import json
import re
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.reports import A1, report
from tests.studio.serving import Served, served, visited
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.targets import DEFAULTS
from voicerehearsal.journal.labels import set_note, set_tags
from voicerehearsal.journal.search import find_answers
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.trends import read_trend
from voicerehearsal.presenting.filters import wanted_from
from voicerehearsal.presenting.trend_sentences import found_by, judged, sentences
from voicerehearsal.values import QuestionRef

_START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
_ANSWERS = 90
_ODD = 61
"""An answer that was far faster than all others."""

_OTHER = QuestionRef("classic-questions", "c1")


class _Visitor:
    """Somebody who was let in, without a browser."""

    def __init__(self, studio: Served) -> None:
        self.studio = studio
        self.prefix, self.headers = studio.enter()

    def get(self, path: str, accept: str = "text/html") -> tuple[int, str]:
        status, _, text = self.studio.ask(f"{self.prefix}/{path}", headers={**self.headers, "Accept": accept})
        return status, unescape(text)

    def send(self, method: str, path: str, body: bytes | dict[str, Any], **headers: str) -> tuple[int, dict[str, Any]]:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        status, _, text = self.studio.ask(
            f"{self.prefix}/{path}", method=method, headers={**self.headers, **headers}, body=sent
        )
        return status, json.loads(text)

    def download(self, path: str) -> bytes:
        request = urllib.request.Request(f"http://{self.studio.host}{self.prefix}/{path}", headers=self.headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert "attachment" in answer.headers["content-disposition"]
            return bytes(answer.read())


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio over ninety answers of three months to two questions, one in three a drill."""
    home = tmp_path_factory.mktemp("home")
    with Journal.open(home) as journal:
        for number in range(_ANSWERS):
            when = _START + timedelta(days=number)
            kind = "drill" if number % 3 == 0 else None
            session = journal.start_session("practice", A1.pack, "en", started_at=when, kind_of_practice=kind)
            made = report(
                rate=400.0 if number == _ODD else 190.0 - number / 2 + 4 * (number % 5),
                question=_OTHER if number % 2 else A1,
            )
            journal.keep(session, made, None, when, attempt=1)
        set_tags(journal, 7, add=["to hear again"])
        set_note(journal, 8, "Say how the zebra call ended")
    with served(home) as started:
        yield started


@pytest.fixture
def visitor(studio: Served) -> _Visitor:
    """Somebody in that studio."""
    return _Visitor(studio)


def _ids(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li data-answer="(\d+)"', page)]


def _next(page: str) -> str | None:
    found = re.search(r'data-more="([^"]*)"', page)
    return found[1] if found else None


def test_the_list_goes_on_until_every_answer_was_there_once(visitor: _Visitor) -> None:
    """Page after page the answers come newest first, none twice and none left out."""
    listed: list[int] = []
    address: str | None = ""
    while address is not None:
        status, page = visitor.get(f"history/list?{address}")
        assert status == 200
        listed += _ids(page)
        address = _next(page)
    assert listed == list(range(_ANSWERS, 0, -1))


@pytest.mark.parametrize(
    "given",
    [
        {"asked": "classic-questions/c1", "kind": "drill"},
        {"since": "2026-05-01", "until": "2026-05-09"},
        {"tag": "to hear again"},
        {"text": "zebra"},
        {"asked": A1.pack, "text": '"good morning"', "since": "2026-05-20"},
    ],
    ids=str,
)
def test_filters_find_what_the_terminal_finds(studio: Served, visitor: _Visitor, given: dict[str, str]) -> None:
    """The same choice gives the same answers, in the same order, on the page that works without scripts."""
    from dataclasses import replace

    pack, _, question = given.get("asked", "").partition("/")
    wanted = wanted_from(
        pack=pack or None,
        question=question or None,
        kind=given.get("kind"),
        since=given.get("since"),
        until=given.get("until"),
        tag=[given["tag"]] if "tag" in given else None,
    )
    with Journal.open(studio.home, read_only=True) as journal:
        expected = [one.id for one in find_answers(journal, replace(wanted, text=given.get("text")), limit=40)]
    status, page = visitor.get("history?" + "&".join(f"{name}={quote(value)}" for name, value in given.items()))
    assert status == 200
    assert _ids(page) == expected
    assert expected


def test_what_was_searched_for_is_marked_and_nothing_found_says_what_to_do(visitor: _Visitor) -> None:
    """A find stands out in its row; without one there is a way back to all answers."""
    assert "<mark>zebra</mark>" in visitor.get("history?text=zebra")[1]
    page = visitor.get("history?text=quagga")[1]
    assert not _ids(page)
    assert "No answer matches that" in page
    assert f'href="{visitor.prefix}/history"' in page


def test_an_address_that_asks_for_nonsense_is_told_so(visitor: _Visitor) -> None:
    """A wrong day and a wrong place are one sentence each, not a broken page."""
    for address in ("history?since=someday", "history/list?before=x", "trends?metric=nonsense", "trends?kind=opera"):
        status, page = visitor.get(address)
        assert status == 404
        assert "<h1>" in page


def test_only_what_was_said_to_go_is_deleted_and_an_export_brings_it_back(studio: Served, visitor: _Visitor) -> None:
    """Without a choice, or when the choice has changed since, nothing goes; what goes comes back from an export."""
    assert visitor.send("POST", "history/doomed", {"numbers": [], "query": ""})[0] == 400
    assert visitor.send("POST", "history/doomed", {"numbers": "all"})[0] == 400
    status, what = visitor.send("POST", "history/doomed", {"numbers": [8, 9], "query": ""})
    assert (status, what["count"]) == (200, 2)
    assert any(line.startswith("2 answers from") for line in what["lines"])
    assert "1 note goes too." in what["lines"]
    assert visitor.send("POST", "act/delete", {"numbers": [8, 9, 10], "query": "", "seal": what["seal"]})[0] == 400

    kept = visitor.download("history/export?format=zip&numbers=8,9")
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert [row["id"] for row in json.loads(archive.read("journal.json"))["answers"]] == [8, 9]
    status, done = visitor.send("POST", "act/delete", {"numbers": [8, 9], "query": "", "seal": what["seal"]})
    assert (status, done["lines"]) == (200, ["2 answers were deleted."])
    assert _ids(visitor.get("history?text=zebra")[1]) == []

    status, refused = visitor.send("PUT", "history/import", b"no export", **{"X-Name": "cv%20(1).json"})
    assert status == 400
    assert refused["message"].startswith("cv (1).json is not a whole export")
    status, done = visitor.send("PUT", "history/import", kept, **{"X-Name": "kept.zip"})
    assert (status, done["answers"]) == (200, 2)
    assert len(_ids(visitor.get("history?text=zebra")[1])) == 1
    with Journal.open(studio.home, read_only=True) as journal:
        assert journal.count_answers() == _ANSWERS


def test_a_list_that_is_narrowed_down_is_exported_as_it_is(visitor: _Visitor) -> None:
    """A table has the answers that the list has, and no others."""
    table = visitor.download("history/export?format=csv&tag=to+hear+again").decode("utf-8-sig").splitlines()
    assert len(table) == 2
    assert table[1].startswith("7,")
    assert visitor.get("history/export?format=exe")[0] == 404
    assert visitor.get("history/export?format=csv&text=quagga")[0] >= 400


def test_the_page_says_of_the_pace_what_the_terminal_says(studio: Served, visitor: _Visitor) -> None:
    """The pace comes first, with the same honest sentence, number for number."""
    metric = METRICS["words_per_minute"]
    with Journal.open(studio.home, read_only=True) as journal, journal.reading() as db:
        trend = read_trend(db, metric, "en", recent=300)
    assert trend is not None
    one = judged(trend, DEFAULTS)
    _, page = visitor.get("trends")
    assert sentences(one, evidence=False)[0] in page
    assert f"{found_by(one)}." in page
    assert page.index("Speech rate") < page.index("Pauses")


def test_a_closer_look_has_what_lies_between_two_times_and_every_extreme(visitor: _Visitor) -> None:
    """Between two times there is what was said then; the odd answer is there with its question."""
    odd = (_START + timedelta(days=_ODD)).timestamp()
    path = "trends/words_per_minute.json"
    near = json.loads(visitor.get(f"{path}?from={odd - 86400 * 2.5}&to={odd + 86400 * 2.5}")[1])
    assert near["chart"]["count"] == 5
    assert max(near["chart"]["values"]) == 400.0
    assert near["texts"][near["asked"][2]]["language"] == "en"
    weekly = json.loads(visitor.get(f"{path}?by=week")[1])
    assert weekly["chart"]["by"] == "week"
    assert len(weekly["chart"]["times"]) == 13
    assert visitor.get(f"{path}?from=yesterday", accept="*/*")[0] == 404


def test_with_few_answers_it_is_too_early_and_none_have_a_way_out(visitor: _Visitor) -> None:
    """Below twelve answers the page says how many more it takes; without a number it leads back to all."""
    _, page = visitor.get("trends?since=2026-05-27")
    assert "4 so far, 8 more answers to go." in page
    _, page = visitor.get("trends?since=2026-05-27&by=week")
    assert "1 so far, 11 more weeks to go." in page
    _, page = visitor.get("trends?tag=nothing-has-it")
    assert "No number among these answers" in page


def test_a_target_of_ones_own_is_checked_counts_at_once_and_can_be_taken_back(visitor: _Visitor) -> None:
    """A wrong one is refused with its reason, a right one moves the band, and the usual one comes back."""
    target = "targets/words_per_minute"
    assert visitor.send("PUT", target, {"low": 160, "high": 120})[0] == 400
    assert visitor.send("PUT", target, {"low": "fast", "high": None})[0] == 400
    assert visitor.send("PUT", target, [160])[0] == 400
    status, said = visitor.send("PUT", target, {"low": 300, "high": 320})
    assert status == 200
    assert said["doubt"]
    chart = json.loads(visitor.get("trends/words_per_minute.json")[1])["chart"]
    assert chart["target"] == [300.0, 320.0]
    assert visitor.send("DELETE", target, {})[0] == 200
    assert json.loads(visitor.get("trends/words_per_minute.json")[1])["chart"]["target"] == [130.0, 160.0]


def test_one_types_walks_and_looks_closer(studio: Served, browser: Browser) -> None:
    """The list and its address follow the typing; the keys walk along the dots, and a drag looks closer."""
    with visited(browser, studio) as page:
        page.goto(f"{page.url}history")
        page.locator("#text").press_sequentially("zebra")
        page.wait_for_selector("mark")
        assert page.url.endswith("history?text=zebra")
        page.goto(page.url.replace("history?text=zebra", "trends"))
        page.wait_for_selector("html[data-usable]", state="attached")
        stage = page.locator("trend-chart[large] .stage")
        stage.focus()
        page.keyboard.press("ArrowLeft")
        assert stage.get_attribute("aria-valuenow") == str(_ANSWERS - 1)
        assert "words/min" in (stage.get_attribute("aria-valuetext") or "")
        box = stage.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 60, steps=3)
        page.mouse.up()
        page.wait_for_selector("#whole", state="visible")
        assert int(stage.get_attribute("aria-valuemax") or 0) < _ANSWERS / 2
