"""Fillers confirmed and struck, in a real SQLite file."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journal.test_store import START, fill, trends_of
from tests.reports import FILLERS, report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.errors import JournalError
from voicerehearsal.formats import report_from_json, report_to_json
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.store import Journal
from voicerehearsal.measures.fillers import measure_fillers
from voicerehearsal.values import Filler, Report, Span

RATE = METRICS["fillers_per_minute"]
UM, UH, YOU_KNOW, LAST = FILLERS


def _events(journal: Journal, answer_id: int) -> tuple[Filler, ...]:
    found = journal.report(answer_id)
    assert found is not None
    assert found.fillers is not None
    return found.fillers.events


def _with(*events: Filler) -> Report:
    """A report whose measuring found these filled pauses."""
    found = measure_fillers(filled_pauses=events, phrases=(), span=Span(1.1, 71.0), mutes=(Span(3.0, 4.0),))
    return report_from_json(report_to_json(replace(report(), fillers=found)))


def _rates(journal: Journal) -> list[float]:
    return [round(point.value, 3) for point in journal.series(RATE, "en")]


def test_report_and_trend_follow_a_correction_at_once(tmp_path: Path) -> None:
    """A struck filler is gone from the report and its rate; the list still has it, marked; other answers stand."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [report(), report()])
        journal.correct(answer, [(UM, "struck"), (UH, "confirmed")])
        assert _events(journal, answer) == (replace(UH, confidence=1.0), YOU_KNOW, LAST)
        assert [(one.filler.text, one.verdict) for one in journal.fillers(answer)] == [
            ("um", "struck"),
            ("uh", "confirmed"),
            ("you know", None),
            ("um", None),
        ]
        assert _rates(journal) == [3.483, round(60 * 3 / 68.9, 3)]
        heard = journal.series(METRICS["filled_pauses_per_minute"], "en")[1].value
        assert heard == pytest.approx(60 * 2 / 68.9, abs=1e-3)
        assert journal.report(answer - 1) == report()
    with Journal.open(tmp_path, read_only=True) as journal:
        assert _events(journal, answer) == (replace(UH, confidence=1.0), YOU_KNOW, LAST)


def test_remarks_speak_of_what_is_left(tmp_path: Path) -> None:
    """Advice about fillers goes when they were none, and comes back when that is taken back."""
    many = tuple(Filler("um", 2.0 * n + 5.0, 2.0 * n + 5.4, "filled_pause", 0.9) for n in range(20))
    measured = replace(_with(*many), keywords=None, tone=None)
    measured = replace(measured, remarks=remarks(measured))
    assert "fillers" in [remark.measure for remark in measured.remarks if remark.kind == "change"]
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [measured])
        journal.correct(answer, [(filler, "struck") for filler in many])
        after = journal.report(answer)
        assert after is not None
        assert "fillers" not in [remark.measure for remark in after.remarks if remark.kind == "change"]
        journal.correct(answer, [(filler, None) for filler in many])
        assert journal.report(answer) == measured


def test_confirming_makes_a_doubtful_filler_one_to_speak_of(tmp_path: Path) -> None:
    """Three doubtful ones close together are no fault until the speaker says they were fillers, nor once struck."""
    doubtful = tuple(Filler("um", at, at + 0.4, "filled_pause", 0.4) for at in (30.0, 32.0, 34.0))
    measured = replace(_with(*doubtful), keywords=None, tone=None, smile=None)
    measured = replace(measured, remarks=remarks(measured))
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [measured])
        for verdict, blamed in (("confirmed", True), ("struck", False), (None, False)):
            journal.correct(answer, [(filler, verdict) for filler in doubtful])
            found = journal.report(answer)
            assert found is not None
            assert found.fillers is not None
            assert found.fillers.clusters == ((Span(30.0, 34.4),) if blamed else ())
            assert ("fillers" in [one.measure for one in found.remarks if one.kind == "change"]) == blamed


@pytest.mark.parametrize(("kind", "change"), [("practice", "fillers"), ("demonstration", "tone"), ("imported", "tone")])
def test_remarks_are_weighed_by_what_was_usual_before_the_session(tmp_path: Path, kind: Kind, change: str) -> None:
    """A correction weighs as the first remarks did: not by the session's own answers, and only in a practice.

    Flat and full of fillers: fillers are unusual for who hardly had any before, and usual for who had as many since.
    """
    many = tuple(Filler("um", 9.0 * n + 5.0, 9.0 * n + 5.4, "filled_pause", 0.9) for n in range(8))
    base = _with(*many)
    assert base.tone is not None
    tone = replace(base.tone, verdict="monotone", pitch_sd_st=1.2, surges=(), endings=None)
    flat = replace(base, tone=tone, keywords=None, smile=None)
    before = [replace(_with(*many[: n % 3]), tone=tone) for n in range(6)]
    with Journal.open(tmp_path) as journal:
        fill(journal, before)
        later = START + timedelta(days=30)
        session = journal.start_session(kind, None, "en", started_at=later)
        for n in range(9):
            last = journal.keep(session, flat, None, later + timedelta(minutes=n), attempt=n + 1).id
        journal.correct(last, [(many[0], "confirmed")])
        found = journal.report(last)
    assert found is not None
    assert [one.measure for one in found.remarks if one.kind == "change"] == [change]


def test_the_last_verdict_counts_and_can_be_taken_back(tmp_path: Path) -> None:
    """Correcting twice replaces; taking all back gives the report that was measured, byte for byte."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [report()])
        journal.correct(answer, [(UM, "struck")])
        journal.correct(answer, [(UM, "confirmed")])
        assert _events(journal, answer)[0] == replace(UM, confidence=1.0)
        journal.correct(answer, [(replace(UM, confidence=1.0), None), (LAST, None)])
        assert journal.report(answer) == report()
        assert _rates(journal) == [3.483]


def test_corrections_hold_when_the_recording_is_measured_again(tmp_path: Path) -> None:
    """A newer measuring with other edges, one filler fewer and one more: struck stays struck, confirmed comes back."""
    recording = tmp_path / "recordings" / "a.flac"
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        answer = journal.keep(session, report(), recording, START, attempt=1).id
        journal.correct(answer, [(UM, "struck"), (UH, "confirmed")])
        moved, new = Filler("uh", 12.06, 12.5, "filled_pause", 0.95), Filler("um", 50.0, 50.4, "filled_pause", 0.8)
        assert journal.keep(session, _with(moved, new), recording, START, attempt=1).id == answer
        assert _events(journal, answer) == (replace(UH, confidence=1.0), new)
        assert _rates(journal) == [round(60 * 2 / 68.9, 3)]
        journal.correct(answer, [(moved, None), (UH, None)])
        assert _events(journal, answer) == (moved, new)


def test_a_correction_stays_while_a_measuring_cannot_tell(tmp_path: Path) -> None:
    """An answer whose fillers cannot be measured any more has none in trends; once they can, the verdict holds."""
    recording = tmp_path / "recordings" / "a.flac"
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        answer = journal.keep(session, report(), recording, START, attempt=1).id
        journal.correct(answer, [(UM, "struck")])
        journal.keep(session, replace(report(), fillers=None), recording, START, attempt=1)
        assert (journal.fillers(answer), _rates(journal)) == ((), [])
        journal.keep(session, report(), recording, START, attempt=1)
        assert _events(journal, answer) == (UH, YOU_KNOW, LAST)


def test_a_correction_keeps_the_version_of_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of an older measuring that are corrected do not pass for numbers of today's."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [report()])
        monkeypatch.setitem(METRICS, RATE.name, replace(RATE, version=RATE.version + 1))
        journal.correct(answer, [(UM, "struck")])
        assert journal.series(METRICS[RATE.name], "en") == []
        assert _rates(journal) == [round(60 * 3 / 68.9, 3)]


def test_a_demonstration_can_be_corrected_and_stays_out_of_trends(tmp_path: Path) -> None:
    """Its report follows, and no number appears."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [report()], kind="demonstration")
        journal.correct(answer, [(UM, "struck")])
        assert _events(journal, answer) == (UH, YOU_KNOW, LAST)
        assert trends_of(journal) == []


def test_corrections_of_no_answer_are_refused_whole(tmp_path: Path) -> None:
    """An answer that is not there takes nothing, in one sentence."""
    with Journal.open(tmp_path) as journal:
        answer = fill(journal, [report()])
        with pytest.raises(JournalError, match="refused an entry"):
            journal.correct(answer + 1, [(UM, "struck")])
        assert journal.report(answer) == report()


_CORRECT_FOR_EVER = """
import sys, itertools
from pathlib import Path
from tests.reports import FILLERS
from voicerehearsal.journal.store import Journal
with Journal.open(Path(sys.argv[1])) as journal:
    print("ready", flush=True)
    for n in itertools.count():
        journal.correct(1, [(filler, ("struck", "confirmed", None)[(n + at) % 3]) for at, filler in enumerate(FILLERS)])
"""


def test_a_process_that_is_killed_leaves_report_and_trend_in_step(tmp_path: Path) -> None:
    """Wherever it dies, all verdicts of one call are there or none, and the trend has the rate of the report."""
    chance = random.Random(5)
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()])
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", _CORRECT_FOR_EVER, tmp_path], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.02, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        process.stdout.close()
        with Journal.open(tmp_path) as journal:
            verdicts = [one.verdict for one in journal.fillers(1)]
            assert verdicts[3] == verdicts[0]
            assert set(verdicts) in ({None}, {"struck", "confirmed", None})
            found = journal.report(1)
            assert found is not None
            assert found.fillers is not None
            assert journal.series(RATE, "en")[0].value == found.fillers.per_minute
