"""`analyze --again`: old answers measured as today, in their place."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import soundfile

from tests.conftest import Say
from tests.journal.tapes import STARTED, tape
from tests.program import one_sentence, run
from tests.reports import FILLERS, report
from voicerehearsal.journal.outdated import count_outdated, outdated
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Circumstances, QuestionRef, Span, Target, Usual

A1 = QuestionRef("complaint-calls", "a1")
OWN = QuestionRef("a-pack-that-is-gone", "q1")
LATER = STARTED + timedelta(days=1)
BY_PACK = {"surges": Target(None, 3, "the pack", "pack"), "words_per_minute": Target(20, 30, "the pack", "pack")}


@pytest.fixture
def home(say: Say, home: Path) -> Path:
    """Answers of an older version: a third attempt, an import for a pack that is gone, one without its recording.

    The fourth is of today, and holds numbers that no measuring gives.
    """
    sound = say("I would smile before I pick up. Then I apologise, and I listen to the details and take notes.")
    made = tape(home / "recordings", rate_hz=sound.sample_rate_hz)
    made.write(sound.samples)
    practised = made.finish(Circumstances(question=A1, mutes=(Span(0.0, 0.1),)))
    imported, fresh = home / "recordings" / "imported.wav", home / "recordings" / "fresh.wav"
    soundfile.write(imported, sound.samples, sound.sample_rate_hz)
    soundfile.write(fresh, sound.samples[: len(sound.samples) // 2], sound.sample_rate_hz)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", "classic-questions", "en", started_at=STARTED)
        journal.keep(session, replace(report(question=A1), source="attempt-3.flac"), practised, STARTED, attempt=3)
        other = journal.start_session("imported", OWN.pack, "en", started_at=LATER)
        journal.keep(other, replace(report(question=OWN), targets=BY_PACK), imported, LATER, attempt=1)
        journal.keep(session, report(), home / "recordings" / "gone.flac", LATER, attempt=4)
        journal.keep(session, report(), fresh, LATER, attempt=5)
        journal.correct(1, [(FILLERS[0], "struck"), (FILLERS[1], "confirmed")])
    with sqlite3.connect(home / "journal.db") as db:
        db.execute("UPDATE answers SET measures_version = '0.1.0' WHERE id < 4")
    return home


def _corrections(home: Path) -> list[tuple[int, str]]:
    with sqlite3.connect(home / "journal.db") as db:
        return db.execute("SELECT answer_id, verdict FROM corrections ORDER BY start_s").fetchall()


def test_old_answers_are_measured_in_their_place(home: Path) -> None:
    """Time, attempt, question and corrections stay, the numbers are new, and held against the targets of today."""
    with Journal.open(home, read_only=True) as journal:
        before = journal.answers()
    (home / "targets.toml").write_text("[targets]\nwords_per_minute = { low = 300, high = 400 }\n")
    assert "2 answers were not measured by this version: `voicerehearsal analyze --again`" in run("history").stderr
    done = run("analyze", "--again", "--jobs", "2")
    assert (done.returncode, done.stdout) == (0, "")
    assert "The recording of answer 3 is gone: it cannot be measured again.\n" in done.stderr
    assert "Answer 1 is measured again (1 of 2)." in done.stderr
    assert "2 of 2 measured again." in done.stderr
    with Journal.open(home, read_only=True) as journal:
        after = journal.answers()
        stays = ("id", "session_id", "kind", "language", "question", "attempt", "started_at", "recording")
        for old, new in zip(before, after, strict=True):
            assert [getattr(new, field) for field in stays] == [getattr(old, field) for field in stays]
        practised, imported, fresh = journal.report(1), journal.report(2), journal.report(4)
        assert [answer.id for answer in outdated(journal, gone=True)] == [3]
        assert (outdated(journal), count_outdated(journal)) == ([], 0)
    assert practised is not None
    assert practised.transcript is not None
    assert "listen" in practised.transcript.text
    assert (practised.source, practised.question) == ("attempt-3.flac", A1)
    own = {"words_per_minute": Target(300, 400, "your own", "own")}
    assert practised.pace is not None
    assert (practised.targets, practised.pace.verdict) == (own, "slow")
    assert practised.mutes == (Span(0.0, 0.1),)
    assert practised.keywords is not None
    assert {point.id for point in practised.keywords.points if point.covered} >= {"smile", "apologise"}
    assert imported is not None
    assert imported.transcript is not None
    assert "listen" in imported.transcript.text
    assert imported.targets == {**BY_PACK, **own}
    assert imported.keywords == report(question=OWN).keywords
    assert imported.length is not None
    assert (imported.length.target_s, imported.length.verdict) == ((60.0, 120.0), "short")
    assert "keywords" not in imported.missing
    assert fresh == report()
    assert _corrections(home) == [(1, "struck"), (1, "confirmed")]
    assert "--again" not in run("history").stderr
    again = run("analyze", "--again")
    assert again.returncode == 0
    assert again.stderr.splitlines() == [
        "No answer is outdated.",
        "The recording of answer 3 is gone: it cannot be measured again.",
    ]


def test_recordings_that_are_gone_are_counted_in_one_line_and_named_ones_fail(home: Path) -> None:
    """Without paths nothing fails for want of what cannot be had; a recording that is named is one sentence."""
    with sqlite3.connect(home / "journal.db") as db:
        db.execute("UPDATE answers SET measures_version = '0.1.0', recording = 'recordings/gone' || id WHERE id <> 1")
        db.execute("UPDATE answers SET measures_version = '2000' WHERE id = 1")
        db.execute("UPDATE answers SET recording = 'recordings/gone1' WHERE id = 1")
    done = run("analyze", "--again")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "No answer is outdated.",
        "The recordings of 4 answers are gone: they cannot be measured again.",
    ]
    assert "--again" not in run("history").stderr
    named = run("analyze", "--again", home / "recordings" / "gone3")
    assert (named.returncode, named.stdout) == (1, "")
    assert "The recording of answer 3 is gone" in one_sentence(named.stderr)


def test_what_was_usual_weighs_the_remarks_of_an_answer_whose_pack_is_gone(home: Path) -> None:
    """The recording knows what was usual; measured again without its pack, the answer has the remarks of that."""
    from voicerehearsal import wiring
    from voicerehearsal.coaching.remarks import remarks

    usual = {"words_per_minute": Usual(140.0, 8.0, 9), "steadiness": Usual(0.1, 0.01, 9)}
    sound = soundfile.read(home / "recordings" / "imported.wav", dtype="int16")[0]
    made = tape(home / "recordings", rate_hz=16_000, started_at=LATER)
    made.write(sound)
    recording = made.finish(Circumstances(question=OWN, usual=usual))
    with Journal.open(home) as journal:
        session = journal.start_session("practice", OWN.pack, "en")
        answer = journal.keep(session, replace(report(question=OWN), keywords=None), recording, LATER, attempt=1)
    found = wiring.measure_again(answer)
    assert found.question == OWN
    assert found.remarks == remarks(found, usual) != remarks(found, {})


def test_named_recordings_are_measured_again_whatever_their_age(home: Path, tmp_path: Path) -> None:
    """The answer of today too; the report printed is the one that is kept; what no answer has is one sentence."""
    fresh = home / "recordings" / "fresh.wav"
    done = run("analyze", "--again", fresh, "--json")
    assert done.returncode == 0
    with Journal.open(home, read_only=True) as journal:
        kept = journal.report(4)
        assert kept is not None
        assert kept.transcript is not None
        assert json.loads(done.stdout)["transcript"]["text"] == kept.transcript.text != "good morning"
        assert journal.answer(4).attempt == 5
        assert [answer.id for answer in outdated(journal)] == [1, 2]
    stranger = tmp_path / "stranger.wav"
    stranger.write_bytes(fresh.read_bytes()[:-2])
    refused = run("analyze", "--again", stranger)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert one_sentence(refused.stderr) == "No answer in the journal has stranger.wav. --save keeps it."


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    """An empty journal, and none at all, have no outdated answers."""
    done = run("analyze", "--again", environment={"VOICEREHEARSAL_HOME": str(tmp_path / "none")})
    assert (done.returncode, done.stdout) == (0, "")
    assert "No answer is outdated" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("arguments", [(), ("--again", "--language", "zh"), ("--again", "--json")])
def test_calls_that_mean_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """No recording at all; a language for whatever is outdated; one report of who knows how many."""
    done = run("analyze", *arguments, environment={"VOICEREHEARSAL_HOME": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, "")
    one_sentence(done.stderr)


def test_words_are_not_lost_for_want_of_a_model(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a recogniser the stored report stays, and it is said why."""
    from voicerehearsal import wiring
    from voicerehearsal.engines import model_store
    from voicerehearsal.errors import JournalError
    from voicerehearsal.wiring import hearing

    monkeypatch.setattr(model_store, "model_places", lambda: (tmp_path / "no-models",))
    hearing.load.cache_clear()
    try:
        with Journal.open(home, read_only=True) as journal:
            answer, stored = journal.answer(1), journal.report(1)
        found = wiring.measure_again(answer)
        assert found.transcript is None
        with pytest.raises(JournalError, match="keeps its report, because the new one is without words"):
            wiring.keep_again(answer, found)
    finally:
        hearing.load.cache_clear()
    with Journal.open(home, read_only=True) as journal:
        assert journal.report(1) == stored
        assert 1 in [answer.id for answer in outdated(journal)]
