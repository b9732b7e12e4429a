"""`voicerehearsal targets`: what answers are held against, whose advice it is, and one's own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.reports import report
from voicerehearsal.cli import app
from voicerehearsal.coaching.targets import TARGETS
from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.journal.home import now
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Target


def targets(*arguments: str) -> Result:
    done = CliRunner().invoke(app, ["targets", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_every_target_is_shown_with_whose_it_is(home: Path) -> None:
    """One line each, that fits the screen, with a short source; reading makes no file."""
    done = targets()
    assert set(done.stdout.split()) > set(TARGETS)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Ziano & Wang 2021" in done.stdout
    assert not home.exists()


def test_one_is_shown_with_all_that_helps_to_choose(home: Path) -> None:
    """The target, the amber band, what is usual for the person, what was found; then one's own, and back again."""
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "crm", "en")
        for rate in (100.0, 110.0, 120.0):
            journal.keep(session, report(rate=rate), None, now(), attempt=1)
    shown = targets("words_per_minute").stdout
    for part in (
        "130 to 160 words/min (the usual one)",
        "110 to 180",
        "110, give or take",
        "last 3 answers",
        "Feiler & Powell",
    ):
        assert part in shown
    done = targets("words_per_minute", "--low", "100", "--high", "120")
    assert (done.stdout.split(":")[1].split("(")[0].strip(), done.stderr) == ("100 to 120 words/min", "")
    shown = targets("words_per_minute").stdout
    assert "your own, since 20" in shown
    assert "80 to 140" in shown
    assert "130 to 160, the usual target" in shown
    assert "the usual one" in targets("words_per_minute", "--reset").stdout
    assert "no target of your own" in targets("words_per_minute", "--reset").stderr


def test_a_target_for_one_pack_holds_there_only(home: Path) -> None:
    """It is told as JSON with all that is known; an odd one is warned of and counts."""
    done = targets("fillers_per_minute", "--high", "12", "--pack", "crm")
    assert "outside what is known to work: one a minute is best" in done.stderr
    here, elsewhere = (
        json.loads(targets("fillers_per_minute", "--json", *pack).stdout) for pack in (("--pack", "crm"), ())
    )
    assert here["schema"] == "voicerehearsal.targets/1"
    assert Path(here["file"]).is_file()
    (one,), (other,) = here["targets"], elsewhere["targets"]
    assert (one["target"]["low"], one["target"]["high"], one["target"]["whose"]) == (None, 12, "own_for_pack")
    assert one["default"] == other["target"]
    assert one["doubt"]
    assert other["doubt"] is None
    assert one["sources"]
    assert len(json.loads(targets("--json").stdout)["targets"]) > len(TARGETS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("word_per_minute",), "Did you mean words_per_minute?"),
        (("words_per_minute", "--low", "100"), "A pace needs low and high"),
        (("coverage", "--low", "90"), "a share from 0 to 1"),
        (("surges", "--low", "2", "--high", "1"), "runs from 2 to 1"),
        (("surges", "--high", "nan"), "nobody can reach"),
        (("surges", "--high", "1", "--reset"), "--reset takes a target back"),
        (("--high", "1"), "No measure is named"),
        (("surges", "--pack", "no-such"), "no pack called"),
    ],
)
def test_nonsense_is_refused_and_nothing_written(home: Path, arguments: tuple[str, ...], said: str) -> None:
    """One sentence of wrong usage, and no file."""
    with pytest.raises(UsageError) as wrong:
        targets(*arguments)
    assert said in str(wrong.value)
    assert not home.exists()


def test_a_broken_file_is_told_and_does_not_count(home: Path) -> None:
    """Reading goes on without it and says so; it is never written over."""
    home.mkdir()
    (home / "targets.toml").write_text("[targets]\nsurges = 3\n")
    shown = targets("surges")
    assert "the usual one" in shown.stdout
    with pytest.raises(JournalError, match=r"targets\.toml:2: "):
        targets("surges", "--high", "1")
    assert (home / "targets.toml").read_text() == "[targets]\nsurges = 3\n"


def test_corrections_keep_the_targets_of_the_report(home: Path) -> None:
    """What the journal says of an answer after a correction still goes by the targets it was held against."""
    strict = {"fillers_per_minute": Target(None, 1.0, "your own", "own")}
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "crm", "en")
        made = replace(report(coverage=1.0), targets=strict)
        answer = journal.keep(session, made, None, now(), attempt=1)
        assert made.fillers is not None
        journal.correct(answer.id, [(made.fillers.events[0], "struck")])
        kept = journal.report(answer.id)
    assert kept is not None
    assert kept.targets == strict
