"""Home and the page of the call, as the server draws them."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from tests.journal.tapes import sound, tape
from tests.reports import report
from tests.studio.asking import ask
from voicerehearsal.journal.standings import read_weaknesses
from voicerehearsal.journal.store import Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.presenting.due import focus
from voicerehearsal.presenting.kinds import course_of
from voicerehearsal.presenting.own_targets import targets_for
from voicerehearsal.rehearsal.from_notes import FromNotes
from voicerehearsal.studio.app import build
from voicerehearsal.studio.upcoming import next_call
from voicerehearsal.values import QuestionRef

PACK = "classic-questions"
QUESTIONS = find_pack(PACK, [builtin_folder()]).questions


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    """The studio over an empty home."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    return build("/r")


def _practise(home: Path) -> None:
    """Two questions a month ago, one of them with half of its points, and one yesterday."""
    now = datetime.now(UTC)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", PACK, "en")
        for number, (days, coverage) in enumerate([(30, 0.5), (30, 1.0), (1.5, 1.0)]):
            made = report(rate=185.0, coverage=coverage, question=QuestionRef(PACK, QUESTIONS[number].id))
            journal.keep(session, made, None, now - timedelta(days=days, minutes=1), attempt=1)


def _data(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_who_comes_for_the_first_time_is_welcomed(app: Starlette) -> None:
    """Without an answer there are three steps and the promise, and nothing about answers or trends."""
    home = ask(app, "GET", "", accept="text/html")
    assert home.status == 200
    for said in ("Welcome", "Check the sound", "Calibrate your smile", "Take a call", 'id="answer-phone"'):
        assert said in home.text
    assert home.text.count("No sound and no word ever leaves this computer.") == 2
    assert "Your last answers" not in home.text


def test_home_says_what_is_due_and_why(app: Starlette, tmp_path: Path) -> None:
    """The two old questions are due with their reasons, the new one is not; the focus is that of the terminal."""
    _practise(tmp_path)
    home = ask(app, "GET", "", accept="text/html").text
    due = home[home.index('id="due-title"') : home.index('id="last-title"')]
    assert [QUESTIONS[number].text in due for number in range(3)] == [True, True, False]
    assert "50 % of its points made 30 days ago: it does not sit yet" in due
    assert "answered 30 days ago: it is about to fade from memory" in due
    with Journal.open(tmp_path, read_only=True) as journal:
        weak = [one for one in read_weaknesses(journal, "en", targets_for()) if one.due <= datetime.now(UTC)]
    assert focus(weak[0]) in home
    assert home.count("185 wpm") == 3
    assert "too early to tell" in home


def test_the_call_page_can_be_used_without_asking_again(app: Starlette, tmp_path: Path) -> None:
    """Packs, what is due and the state of the rehearsal are in it, and what is due is what a call would ask."""
    _practise(tmp_path)
    data = _data(ask(app, "GET", "practise", accept="text/html").text)
    with Journal.open(tmp_path, read_only=True) as journal:
        call = next_call(journal, "en", 3, datetime.now(UTC))
    assert call is not None
    assert (call.pack.id, call.due, [one.id for one in call.questions[:2]]) == (
        PACK,
        2,
        [QUESTIONS[0].id, QUESTIONS[1].id],
    )
    assert data["next"]["en"]["pack"] == PACK
    with Journal.open(tmp_path, read_only=True) as journal:
        before_all = next_call(journal, "zh", 3, datetime.now(UTC))
    assert before_all is not None
    assert before_all.in_words == "Nothing is due; this pack is new to you."
    assert data["stage"]["phase"] == "idle"
    shown = {pack["id"]: pack for pack in data["packs"]}[PACK]
    assert [one["id"] for one in shown["questions"]] == [one.id for one in QUESTIONS]


def test_an_address_cannot_end_the_script(app: Starlette) -> None:
    """What stands in the address comes back as data, whatever it is."""
    text = ask(app, "GET", "practise?pack=%3C/script%3E%3Cb%3E&kind=drill", accept="text/html").text
    assert _data(text)["asked"] == {"pack": "</script><b>", "kind": "drill", "question": "", "language": ""}


def test_a_missing_microphone_is_told_with_its_cure(app: Starlette) -> None:
    """There are microphones, or a sentence why not and what to do."""
    found = ask(app, "GET", "practise/devices").json
    assert bool(found["microphones"]) != bool(found.get("message") and found.get("cure"))


def test_notes_are_written_before_a_call_from_them(app: Starlette, tmp_path: Path) -> None:
    """They begin with the talking points, what is sent is practised from, and only ids that exist name a file."""
    asked = f"practise/notes?pack={PACK}&question={QUESTIONS[0].id}"
    begun = ask(app, "GET", asked).json
    assert not begun["begun"]
    assert all(f"- {point.label}" in begun["text"] for point in QUESTIONS[0].points)
    mine = {"pack": PACK, "question": QUESTIONS[0].id, "text": "- my three strengths\n"}
    assert ask(app, "PUT", "practise/notes", mine).status == 204
    assert ask(app, "GET", asked).json == {"text": mine["text"], "begun": True}
    with Journal.open(tmp_path) as journal:
        pack = find_pack(PACK, [builtin_folder()])
        course = course_of("notes", pack, ids=[QUESTIONS[0].id], count=1, journal=journal)
    assert isinstance(course, FromNotes)
    step = course.next([])
    assert step is not None
    assert step.shown == ("- my three strengths",)
    wrong = [{"pack": "../packs"}, {"question": "../c1"}, {"text": "#"}, {"text": "x" * 500_000}]
    assert [ask(app, "PUT", "practise/notes", mine | one).status for one in wrong] == [400] * 4
    assert [file.name for file in (tmp_path / "notes").rglob("*.*")] == [f"{QUESTIONS[0].id}.md"]


def test_home_saves_what_a_broken_rehearsal_left(app: Starlette, tmp_path: Path) -> None:
    """It says so, one press puts the sound among the answers, and then nothing is said of it any more."""
    left = tape(tmp_path / "recordings")
    left.write(sound(2.0))
    left._file.close()
    title = "A recording was left by a rehearsal that broke off."
    assert title not in ask(app, "GET", "", accept="text/html").text
    assert ask(app, "POST", "act/recover", {}).json["said"].startswith("It was written to moments ago.")
    os.utime(left.path, (1_700_000_000, 1_700_000_000))
    assert title in ask(app, "GET", "", accept="text/html").text
    came = ask(app, "POST", "act/recover", {}).json
    assert (came["said"], came["left"], len(came["answers"])) == ("The recording is saved.", 0, 1)
    assert came["answers"][0]["text"].endswith(" · 0:02")
    assert title not in ask(app, "GET", "", accept="text/html").text
