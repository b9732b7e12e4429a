"""Two attempts over each other, as the studio serves them."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from tests.reports import A1, A2, report
from tests.studio.asking import ask
from voicerehearsal.journal.store import Journal
from voicerehearsal.presenting.compared import compared
from voicerehearsal.presenting.comparing import what_changed
from voicerehearsal.studio.app import build
from voicerehearsal.values import QuestionRef, Report, Transcript, Word

WHEN = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SAID = ("i stayed calm and listened first", "i stayed calm and then i apologised first")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the studio."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    return tmp_path


def _spoken(text: str, question: QuestionRef, step_s: float) -> Report:
    words = tuple(Word(word, 1 + at * step_s, 1.3 + at * step_s, 0.9) for at, word in enumerate(text.split()))
    return replace(report(question=question, rate=150.0), transcript=Transcript(text, words))


def _keep(home: Path, *reports: Report) -> None:
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        for number, one in enumerate(reports):
            journal.keep(session, one, None, WHEN + timedelta(minutes=number), attempt=number + 1)


def _attempts(home: Path) -> None:
    _keep(home, _spoken(SAID[0], A1, 0.5), _spoken(SAID[1], A1, 0.8), report(question=A2))


def _page(path: str) -> str:
    answered = ask(build("/p"), "GET", path, accept="text/html")
    assert answered.status == 200, answered.text
    return unescape(answered.text)


def test_the_page_says_what_the_terminal_says(home: Path) -> None:
    """Its sentences are those of the same comparison; both attempts can be chosen, and these two are."""
    _attempts(home)
    page = _page("compare?a=1&b=2")
    with Journal.open(home, read_only=True) as journal:
        pair = compared(journal, journal.answer(1), journal.answer(2))
    for line in what_changed(pair.comparison):
        assert line in page
    assert re.findall(r'<option value="(\d+)" selected', page) == ["1", "2"]
    assert len(re.findall("<option", page)) == 4


def test_words_are_told_apart_by_more_than_colour(home: Path) -> None:
    """What only the first has is deleted, what only the second has inserted, with the time at which each sounds."""
    _attempts(home)
    page = _page("compare?a=1&b=2")
    gone = re.search(r'<p class="compare-words".*?<del class="gone">(.*?)</del>', page, re.DOTALL)
    new = re.search(r'<p class="compare-words".*?<ins class="new">(.*?)</ins>', page, re.DOTALL)
    assert gone is not None
    assert new is not None
    assert re.findall(r'data-a="([\d.]+)">(\w+)<', gone[1]) == [("3.0", "listened")]
    assert [word for _, word in re.findall(r'data-b="([\d.]+)">(\w+)<', new[1])] == ["then", "i", "apologised"]


def test_the_same_place_in_both_is_known_by_the_words_they_share(home: Path) -> None:
    """The page gets where the words both have begin in either; these places only ever go forward."""
    _attempts(home)
    found = re.search(r'id="data">(.*?)</script>', _page("compare?a=1&b=2"), re.DOTALL)
    assert found is not None
    anchors = json.loads(found[1])["anchors"]
    assert anchors[:2] == [[1.0, 1.0], [1.5, pytest.approx(1.8)]]
    assert anchors[-1] == [3.5, pytest.approx(6.6)]
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in itertools.pairwise(anchors))


def test_without_names_it_is_the_last_answer_and_the_attempt_before(home: Path) -> None:
    """With none named the newest answer with its predecessor, with one named that one with its own."""
    _keep(home, *(_spoken(SAID[0], A1, 0.5) for _ in range(3)))
    assert re.findall(r'<option value="(\d+)" selected', _page("compare")) == ["2", "3"]
    assert re.findall(r'<option value="(\d+)" selected', _page("compare?a=2")) == ["1", "2"]


def test_one_attempt_is_no_comparison(home: Path) -> None:
    """Without any answer, and with one, the page says what it takes and leads there."""
    assert "It takes two to compare" in _page("compare")
    _attempts(home)
    page = _page("compare?b=3")
    assert "It takes two to compare" in page
    assert f"question={A2.id}" in page


@pytest.mark.parametrize("query", ["a=1&b=1", "a=1&b=99", "a=one&b=2"])
def test_what_cannot_be_compared_is_said(home: Path, query: str) -> None:
    """The same answer twice, one that is not there, and no number at all: a sentence, not a failure."""
    _attempts(home)
    answered = ask(build("/p"), "GET", f"compare?{query}")
    assert answered.status == 404
    assert answered.json["message"]
    assert answered.json["cure"]
