"""`points`: what was recognised and how, corrected by id, and heard one after another at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import soundfile

from tests.cli.test_terminal import Terminal
from tests.journal.test_store import START, fill
from tests.reports import A1, report
from tests.virtual_card import VirtualCard
from voicerehearsal.cli import main
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Evidence, Keywords, PointResult, Report, Transcript, Word

POINTS = (
    PointResult("apologise", "Apologise first", True, (Evidence("I held my hands up", 4.0, 5.2, "meaning", 0.78),)),
    PointResult("promise", "Promise a time", False, (), Evidence("we look into it", 9.0, 9.9, "meaning", 0.41)),
    PointResult("thank", "Thank them", True, (Evidence("thank you", 12.0, 12.6), Evidence("thanks", 71.0, 71.4))),
    PointResult("smile", "Smile", False, ()),
)
WORDS = tuple(Word(word, 8.0 + at, 8.5 + at, 1.0) for at, word in enumerate(["i", "call", "you", "at", "noon"]))


def _report(*points: PointResult) -> Report:
    keywords = Keywords(points, sum(point.covered for point in points) / len(points), True, ())
    return replace(report(), keywords=keywords, transcript=Transcript("i call you at noon", WORDS))


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A home with one answer that made two of four points, one of them in own words."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [_report(*POINTS)])
    return tmp_path


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process, both outputs piped: quicker than starting it each time."""

    def run_here(home: Path, *arguments: str) -> Done:
        monkeypatch.setenv("VOICEREHEARSAL_HOME", str(home))
        monkeypatch.setattr("sys.argv", ["voicerehearsal", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return run_here


def _listed(run: Run, home: Path, *arguments: str) -> dict[str, Any]:
    done = run(home, "points", *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def test_the_list_shows_every_decision_with_its_evidence(run: Run, answered: Path) -> None:
    """Made or missed, how it was recognised and how certain, when and what was said; what came near a missed one."""
    done = run(answered, "points")
    assert (done.returncode, done.stderr) == (0, "")
    header, *rows, last = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert header == "point how sure at said"
    assert rows == [
        "Apologise first (apologise) made meaning 78 % 0:04.0 I held my hands up",
        "Promise a time (promise) missed meaning 41 % 0:09.0 nearest: we look into it",
        "Thank them (thank) made words 100 % 0:12.0 thank you",
        "words 100 % 1:11.0 thanks",
        "Smile (smile) missed",
    ]
    assert last == "2 of 4 points."


def test_a_correction_is_applied_and_says_what_is_remembered(run: Run, answered: Path) -> None:
    """Struck evidence stays visible; own words get the time where they were heard; a line each says what is learned."""
    done = run(answered, "points", "1", "--made", "promise", "--words", " at   Noon ", "--not-made", "apologise")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        'Remembered for a1: "at Noon" makes promise.',
        'Remembered for a1: "I held my hands up" does not make apologise.',
    ]
    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert rows[1] == "Apologise first (apologise) missed you said so 100 % 0:04.0 not: I held my hands up"
    assert rows[2] == "Promise a time (promise) made you said so 100 % 0:11.0 at Noon"
    done = run(answered, "points", "--made", "smile", "--undo", "apologise")
    assert done.stderr.splitlines() == [
        "Kept for this answer only: smile was made; --words teaches what you said.",
        "Taken back: apologise is as it was measured.",
    ]
    assert done.stdout.splitlines()[-1] == "4 of 4 points."
    with Journal.open(answered, read_only=True) as journal:
        assert journal.learned(A1).accepted == {"promise": ("at Noon",)}
        assert journal.learned(A1).rejected == {}


def test_programs_get_the_same(run: Run, answered: Path) -> None:
    """JSON has points, evidence, verdicts and the coverage that history and trends show."""
    before = _listed(run, answered)
    assert before["schema"] == "voicerehearsal.points/1"
    assert (before["answer"], before["question"]) == (1, {"pack": A1.pack, "id": A1.id})
    assert (before["coverage"], before["order"], before["missing"]) == (0.5, True, None)
    assert before["points"][1]["nearest"]["text"] == "we look into it"
    after = _listed(run, answered, "--not-made", "promise", "--not-made", "thank")
    assert [(one["covered"], one["verdict"], one["wordings"]) for one in after["points"]] == [
        (True, None, []),
        (False, "not_made", ["we look into it"]),
        (False, "not_made", ["thank you", "thanks"]),
        (False, None, []),
    ]
    assert (after["coverage"], after["order"]) == (0.25, None)
    (trend,) = json.loads(run(answered, "trends", "--metric", "coverage", "--json").stdout)["trends"]
    (row,) = json.loads(run(answered, "history", "--json").stdout)["answers"]
    assert trend["latest"]["value"] == row["coverage"] == 0.25
    assert _listed(run, answered, "--undo", "promise", "--undo", "thank") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--made", "sorry"), "Answer 1 has no point “sorry”; there are: apologise, promise, thank, smile"),
        (("--made", "thank", "--not-made", "thank"), "Two things are said of thank"),
        (("--made", "thank", "--made", "smile", "--words", "hi"), "Give exactly one --made POINT"),
        (("--not-made", "thank", "--words", "hi"), "Give exactly one --made POINT"),
        (("--made", "thank", "--words", " … "), "There is not a word in --words"),
        (("--made", "thank", "--undo", "nothing"), "has no point “nothing”"),
        (("7",), "There is no answer 7"),
    ],
)
def test_wrong_usage_changes_nothing(run: Run, answered: Path, arguments: tuple[str, ...], said: str) -> None:
    """One sentence that says what there is; not even the other corrections are made."""
    done = run(answered, "points", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {one["verdict"] for one in _listed(run, answered)["points"]} == {None}


def test_an_answer_without_points_says_why(run: Run, tmp_path: Path) -> None:
    """Listing gives the reason, correcting is refused with it."""
    with Journal.open(tmp_path) as journal:
        unasked = replace(report(), keywords=None, missing={"keywords": "no question was given"})
        fill(journal, [unasked, replace(report(), keywords=Keywords((), None, None, ()))])
    for number, why in (("1", "no question was given"), ("2", "its question has no talking points")):
        listed, refused = run(tmp_path, "points", number), run(tmp_path, "points", number, "--made", "thank")
        assert (listed.returncode, listed.stdout, refused.returncode, refused.stdout) == (0, "", 2, "")
        assert why in listed.stderr
        assert why in refused.stderr
        assert why in _listed(run, tmp_path, number)["missing"]


def test_the_doubtful_ones_are_heard_and_judged_at_a_terminal(card: VirtualCard, run: Run, tmp_path: Path) -> None:
    """What was recognised by other than sure words, and what came near; n strikes, y makes, Enter goes on."""
    home = tmp_path / "home"
    recording = home / "recordings" / "a.flac"
    recording.parent.mkdir(parents=True)
    soundfile.write(recording, np.zeros(16_000 * 20), 16_000)
    by_sound = PointResult("smile", "Smile", True, (Evidence("a mile", 14.0, 14.6, "sound", 0.9),))
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "en", started_at=START)
        journal.keep(session, _report(*POINTS[:3], by_sound), recording, START, attempt=1)
    terminal = Terminal("points", environment={**card.environment, "VOICEREHEARSAL_HOME": str(home)})
    terminal.wait_for('1 of 3: Apologise first at 0:04.0 (by meaning, 0.78): "I held my hands up"')
    terminal.press("n")
    terminal.wait_for('2 of 3: Promise a time at 0:09.0 (missed; nearest by meaning, 0.41): "we look into it"')
    terminal.press("y")
    terminal.wait_for('3 of 3: Smile at 0:14.0 (sounds like it, 0.90): "a mile"')
    terminal.press("\r")
    terminal.wait_for("3 of 4 points.")
    assert terminal.finish() == 0
    assert [one["verdict"] for one in _listed(run, home)["points"]] == ["not_made", "made", None, None]


def test_without_a_speaker_a_terminal_still_gets_the_list(answered: Path) -> None:
    """What cannot be played is said in a line, with the way to correct without hearing."""
    terminal = Terminal(
        "points", environment={"VOICEREHEARSAL_HOME": str(answered), "PULSE_SERVER": "unix:/nowhere", "HOME": "/"}
    )
    terminal.wait_for("--made POINT and --not-made POINT correct unheard")
    assert terminal.finish() == 0
