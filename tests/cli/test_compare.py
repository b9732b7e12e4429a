"""`compare`: which two answers, what is shown of them, and how they are heard."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner, Result

from tests.cli.test_terminal import Terminal
from tests.journal.test_store import START, fill
from tests.reports import A1, A2, report
from tests.virtual_card import VirtualCard
from voicerehearsal.cli import app
from voicerehearsal.errors import RehearsalError, UsageError
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import PointResult, QuestionRef, Report, Transcript, Word

Compare = Callable[..., Result]


def spoken(text: str, *made: str, question: QuestionRef = A1, rate: float = 140.0) -> Report:
    """A report on an answer with these words, a second each, that made these of its two points."""
    words = tuple(Word(one, float(at), at + 0.8, 0.9) for at, one in enumerate(text.split()))
    plain = report(question=question, rate=rate, coverage=len(made) / 2)
    assert plain.keywords is not None
    points = tuple(PointResult(name, name.title(), name in made, ()) for name in ("sorry", "listen"))
    return replace(
        plain, transcript=Transcript(text, words), keywords=replace(plain.keywords, points=points, cautions=())
    )


@pytest.fixture
def compare(home: Path) -> Compare:
    """The command in a journal: 1–3 answers to a1, 1 the best of them; 4 to another question; 5 without a question."""
    with Journal.open(home) as journal:
        fill(
            journal,
            [
                spoken("I am sorry and I listen", "sorry", "listen"),
                spoken("Well nothing at all", rate=190.0),
                spoken("I am very sorry", "sorry", rate=150.0),
                spoken("Something else", question=A2),
                replace(spoken("And what was asked"), question=None),
            ],
        )
    return lambda *arguments: CliRunner().invoke(app, ["compare", *map(str, arguments)])


def test_two_answers_side_by_side(compare: Compare) -> None:
    """Measures before and after, the point lost, and the words with marks that survive a pipe, in eighty columns."""
    shown = compare(1, 3).stdout
    (pace,) = [line.split() for line in shown.splitlines() if line.startswith("speech rate")]
    assert pace == ["speech", "rate,", "words/min", "140", "150", "+10", "unknown", "130–160"]
    assert "Points lost\n - Listen" in shown
    assert "0:00    0:00  I am {+very+} sorry [-and I listen-]" in shown
    assert "fewer than 6 answers" in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "pair"),
    [((), (1, 3)), ((3,), (2, 3)), (("--question", "a1"), (1, 3)), ((4, 1), (4, 1))],
    ids=["nothing asked", "one number", "a question", "two numbers"],
)
def test_which_two_are_compared(
    home: Path, compare: Compare, arguments: tuple[object, ...], pair: tuple[int, int]
) -> None:
    """The attempt before it, or of a question the last and the best before it; with numbers just those."""
    if not arguments:
        with Journal.open(home) as journal:  # the newest answer to a question is now the fourth to a1
            journal.keep(1, spoken("I am here"), None, START + timedelta(days=9), attempt=4)
        pair = (3, 6)
    found = json.loads(compare(*arguments, "--json").stdout)
    assert found["schema"] == "voicerehearsal.compare/1"
    assert (found["a"]["answer"], found["b"]["answer"]) == pair


def test_json_has_the_measures_the_points_and_the_times_of_the_words(compare: Compare) -> None:
    """Every word of both answers is in it, with when it was said; what cannot be compared has a reason."""
    found = json.loads(compare(1, 3, "--json").stdout)
    pace = found["measures"][0]
    assert (pace["name"], pace["a"], pace["b"], pace["difference"]) == ("words_per_minute", 140.0, 150.0, 10.0)
    assert pace["beyond_usual"] is None
    assert [point["id"] for point in found["points"]["lost"]] == ["listen"]
    assert " ".join(piece["b"]["text"] for piece in found["words"] if piece["b"]) == "I am very sorry"
    assert found["words"][1] == {"kind": "only_b", "a": None, "b": {"text": "very", "start_s": 2.0, "end_s": 2.8}}
    other = json.loads(compare(1, 4, "--json").stdout)
    assert other["points"] is None
    assert "different questions" in other["missing"]["points"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((2, 2), "Answer 2 is the same"),
        ((1, 99), "no answer 99"),
        ((5,), "not known which question"),
        ((1,), "is the first to classic-questions a1"),
        (("--question", "zz"), "no answer yet"),
        (("--question", "a2"), "takes two"),
        ((1, 2, "--question", "a1"), "not both"),
        (("--pack", "crm"), "goes with --question"),
    ],
)
def test_what_cannot_be_compared_is_said(compare: Compare, arguments: tuple[object, ...], said: str) -> None:
    """One sentence each, and wrong usage."""
    error = compare(*arguments).exception
    assert isinstance(error, UsageError)
    assert said in str(error)


def test_an_answer_that_was_never_measured_is_named(home: Path, compare: Compare) -> None:
    """A recovered recording has no report to compare."""
    with Journal.open(home) as journal:
        journal.keep_recovered(
            1, home / "recordings" / "x.wav", START, question=A1, duration_s=9.0, sample_rate_hz=16_000
        )
    error = compare(1, 6).exception
    assert isinstance(error, RehearsalError)
    assert "Answer 6" in str(error)
    assert "measured yet" in str(error)


def test_either_is_heard_by_its_key(card: VirtualCard, tmp_path: Path) -> None:
    """At a terminal 1 and 2 play; a recording that is gone is told of and nothing else is lost."""
    home = tmp_path / "home"
    recording = home / "recordings" / "b.flac"
    recording.parent.mkdir(parents=True)
    soundfile.write(recording, np.zeros(32_000, np.int16), 16_000)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "classic-questions", "en", started_at=START)
        journal.keep(session, spoken("I listen", "listen"), recording.with_name("a.flac"), START, attempt=1)
        journal.keep(session, spoken("I am sorry"), recording, START + timedelta(minutes=1), attempt=2)
    terminal = Terminal("compare", environment={**card.environment, "VOICEREHEARSAL_HOME": str(home)})
    terminal.wait_for("1 plays no. 1 · 2 plays no. 2 · q leaves")
    terminal.press("1")
    terminal.wait_for("The recording of answer 1 is gone")
    terminal.press("2")
    terminal.wait_for("0:01")
    terminal.wait_for("q leaves")
    terminal.press("q")
    assert terminal.finish() == 0
