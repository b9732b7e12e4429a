"""`voicerehearsal summary`: the letter, its numbers, and the page to take to a coach."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from tests.reports import report
from voicerehearsal.cli import app
from voicerehearsal.journal.labels import set_note
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import PointResult, QuestionRef, Report, Transcript, Word

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)
A1, CRM = QuestionRef("complaint-calls", "a1"), QuestionRef("crm", "a2")
HOSTILE = "</p><script src=\"https://x.example/x.js\"></script> & 'more' {{ 7 * 7 }}"


def _keep(journal: Journal, session: int, when: datetime, **numbers: object) -> int:
    return journal.keep(session, report(**numbers), None, when, attempt=1).id  # type: ignore[arg-type]


@pytest.fixture
def filled(home: Path) -> Path:
    """Eight answers at 170 words a minute in February; in one week of March two of a drill at 140 and one of crm."""
    with Journal.open(home) as journal:
        before = journal.start_session("practice", "complaint-calls", "en")
        for day in range(8):
            _keep(journal, before, WEDNESDAY - timedelta(days=20 - day), rate=168.0 + day % 5, coverage=0.5)
        drill = journal.start_session("practice", "complaint-calls", "en", kind_of_practice="drill")
        for hour, rate in enumerate((139.0, 141.0)):
            _keep(journal, drill, WEDNESDAY + timedelta(hours=hour), rate=rate, question=A1, coverage=0.6)
        plain, demo = (journal.start_session(kind, "crm", "en") for kind in ("practice", "demonstration"))
        _keep(journal, plain, WEDNESDAY + timedelta(days=2), rate=150.0, question=CRM, coverage=0.9)
        _keep(journal, demo, WEDNESDAY + timedelta(days=2), rate=300.0, question=CRM)
        _keep(journal, plain, WEDNESDAY + timedelta(days=5), rate=200.0, question=CRM)  # the Monday after
    return home


def _json(*arguments: str) -> dict[str, object]:
    content: dict[str, object] = json.loads(CliRunner().invoke(app, ["summary", "--json", *arguments]).stdout)
    return content


def test_a_week_is_counted_from_monday_to_sunday(filled: Path) -> None:
    """Days, sessions, answers and speech of that week alone, by kind and pack; a demonstration is in none of them."""
    week = _json("--week", "2026-03-04")
    assert (week["schema"], week["since"], week["until"]) == ("voicerehearsal.summary/1", "2026-03-02", "2026-03-08")
    practised = week["practised"]
    assert isinstance(practised, dict)
    assert {name: practised[name] for name in ("sessions", "answers", "days")} == {
        "sessions": 2,
        "answers": 3,
        "days": ["2026-03-04", "2026-03-06"],
    }
    assert practised["spoken_s"] == pytest.approx(3 * 69.9)
    assert [(kind["name"], kind["answers"]) for kind in practised["kinds"]] == [("drill", 2), ("questions", 1)]
    assert [(pack["name"], pack["answers"]) for pack in practised["packs"]] == [("complaint-calls", 2), ("crm", 1)]
    assert week["answers"] == [9, 10, 11]


def test_what_moved_stands_beside_what_was_usual(filled: Path) -> None:
    """The week's median, the usual of the answers before it, and no verdict on a direction from eleven answers."""
    movements = _json("--week", "2026-03-04")["movements"]
    assert isinstance(movements, list)
    pace = movements[0]
    assert (pace["metric"], pace["median"], pace["beside_usual"]) == ("words_per_minute", 141.0, "below")
    assert (pace["usual"]["median"], pace["usual"]["answers"]) == (169.5, 8)
    assert (pace["change"]["verdict"], pace["change"]["count"]) == ("too_early", 11)
    letter = CliRunner().invoke(app, ["summary", "--week", "2026-03-04"]).stdout
    assert "Your week, Monday 2 to Sunday 8 March 2026" in letter
    assert "You practised on 2 days: 2 sessions, 3 answers, 3 minutes of speech." in letter
    assert "Too early to tell a direction: it takes 12 answers of 5 s or more; so far 11." in letter
    assert re.search(r"Most talking points: 90 %, of 11 answers; 06 Mar 2026, crm a2 \(replay 11\)", letter)
    assert max(map(len, letter.splitlines())) <= 80


def test_a_session_and_an_empty_week(filled: Path) -> None:
    """The last session is that of the newest answer; a week without practice is no reproach and says what is due."""
    last = _json("--session", "last")
    assert (last["session"], last["answers"]) == (3, [11, 13])
    assert _json("--session", "2")["answers"] == [9, 10]
    letter = CliRunner().invoke(app, ["summary", "--week", "2026-04-01"]).stdout
    assert "Nothing was practised that week. That is all right" in letter
    assert "Due again: " in letter


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--session", "9"), "There is no session 9"),
        (("--session", "4"), "Session 4 is a demonstration"),
        (("--session", "x"), "'x' is no session"),
        (("--week", "2026-03-04", "--since", "7d"), "three ways to say when"),
        (("--report", "week.pdf"), "Write week.html, open it in a browser and print it to PDF"),
    ],
)
def test_what_cannot_be_is_said(filled: Path, arguments: tuple[str, ...], said: str) -> None:
    """Sessions that are not there, two times at once and pages that are not HTML are refused in words."""
    error = CliRunner().invoke(app, ["summary", *arguments]).exception
    assert said in str(error)


_ADDRESSES = ("src", "srcset", "href", "xlink:href", "action", "data", "poster")


class _Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.pictures: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and every address in it."""
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in _ADDRESSES]
        self.pictures += [dict(attrs).get("aria-label") or ""] if tag == "svg" else []
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        self.texts.append(data)


def _spoken(text: str) -> Report:
    words = tuple(Word(word, 1.0 + n, 1.5 + n, 0.9) for n, word in enumerate(text.split()))
    said = report(question=A1)
    assert said.keywords is not None
    point = PointResult("x", text, covered=False, evidence=())
    return replace(said, transcript=Transcript(text, words), keywords=replace(said.keywords, points=(point,)))


def test_the_page_fetches_nothing_and_runs_nothing(home: Path, tmp_path: Path) -> None:
    """Hostile words, points and notes are shown as they are; pictures lie inside; no script, no address outside."""
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "complaint-calls", "en")
        kept = journal.keep(session, _spoken(HOSTILE), None, WEDNESDAY, attempt=1)
        set_note(journal, kept.id, HOSTILE)
    file = tmp_path / "für den Coach.html"
    done = CliRunner().invoke(app, ["summary", "--session", "last", "--report", str(file)])
    assert "the words of 1 answer, your notes; no sound" in done.stderr.replace("\n", " ")
    text = file.read_text(encoding="utf-8")
    page = _Page(text)
    assert not {"script", "link", "iframe", "object", "embed", "base", "form", "foreignobject"} & set(page.tags)
    assert "".join(page.texts).count("x.js") == 4  # one of them on a picture
    assert "49" not in "".join(page.texts)
    assert page.tags.count("svg") == len(page.pictures) == 2
    assert all(page.pictures)
    assert "img" not in page.tags
    assert page.addresses
    assert all(address.startswith(("#", "data:")) for address in page.addresses)
    for picture in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ElementTree.fromstring(picture)
        assert not re.search(r"#[0-9a-f]{6}\b", picture), "a colour that is not the page's own"
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
