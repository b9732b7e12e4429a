"""What a rehearsal that died has left is saved; a rehearsal that lives is not touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.journal.tapes import ANSWERED, RATE_HZ, STARTED, heard, sound, tape
from tests.reports import A1, report
from voicerehearsal.engines import flac
from voicerehearsal.journal import au
from voicerehearsal.journal.recordings import Tape
from voicerehearsal.journal.recovery import IDLE_S, Recovered, Recovery, left_behind
from voicerehearsal.journal.store import Journal


def recover(home: Path, *, later_s: float = IDLE_S + 1) -> list[Recovered]:
    """Recover `home` as if `later_s` had passed."""
    recovery = Recovery(
        encode=flac.encode_flac,
        read_comment=flac.read_comment,
        length_and_rate=flac.length_and_rate,
        clock=lambda: datetime.now(UTC) + timedelta(seconds=later_s),
    )
    with Journal.open(home) as journal:
        return recovery.run(journal)


def abandoned(home: Path, seconds: float = 1.0, *, seed: int = 7, **how: object) -> Path:
    """A raw recording whose process is gone."""
    recording = tape(home / "recordings", **how)  # type: ignore[arg-type]
    if seconds:
        recording.write(sound(seconds, seed=seed))
    recording._file.close()
    return recording.path


def test_a_killed_rehearsal_is_saved_with_its_question(tmp_path: Path) -> None:
    """After a real SIGKILL the sound is FLAC, in the journal, under its question and marked as not measured."""
    script = f"""
        import time
        from pathlib import Path
        from tests.journal.tapes import sound, tape
        recording = tape(Path({str(tmp_path / "recordings")!r}))
        recording.write(sound(2.0))
        print("written", flush=True)
        time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert recover(tmp_path) == []  # alive, however long it has been silent
        process.send_signal(signal.SIGKILL)
    (saved,) = recover(tmp_path)
    assert saved.failure is None
    assert saved.answer is not None
    assert (saved.answer.question, saved.answer.started_at, saved.answer.kind) == (A1, STARTED, "practice")
    assert (saved.answer.recovered, saved.answer.measured, saved.answer.rate) == (True, False, None)
    assert (saved.answer.duration_s, saved.answer.sample_rate_hz) == (2.0, RATE_HZ)
    assert np.array_equal(heard(saved.recording), sound(2.0))
    assert list((tmp_path / "recordings").iterdir()) == [saved.recording]
    assert recover(tmp_path) == []


def test_a_live_tape_is_not_touched_while_others_are_saved(tmp_path: Path) -> None:
    """Beside a dead recording, one in use keeps writing and finishes as if nothing had happened."""
    live = tape(tmp_path / "recordings")
    live.write(sound(1.0, seed=1))
    dead = abandoned(tmp_path, seed=2)
    assert [one.recording for one in recover(tmp_path)] == [dead.with_suffix(".flac")]
    live.write(sound(1.0, seed=3))
    finished = live.finish(ANSWERED)
    assert np.array_equal(heard(finished), np.concatenate([sound(1.0, seed=1), sound(1.0, seed=3)]))


def test_what_is_left_behind_is_counted_until_it_is_saved(tmp_path: Path) -> None:
    """Raw sound and packed sound that no answer has count; a tape without sound, and what is in the journal, do not."""

    def left(later_s: float = IDLE_S + 1) -> int:
        with Journal.open(tmp_path) as journal:
            return left_behind(journal, clock=lambda: datetime.now(UTC) + timedelta(seconds=later_s))

    assert left() == 0
    abandoned(tmp_path)
    abandoned(tmp_path, 0.0)
    packed = tape(tmp_path / "recordings")
    packed.write(sound(1.0))
    packed.finish(ANSWERED)
    assert (left(0), left()) == (0, 2)
    assert len(recover(tmp_path)) == 2
    assert left() == 0


def test_what_was_just_written_is_not_touched(tmp_path: Path) -> None:
    """Where there are no locks between processes, ten seconds of rest are the sign."""
    left = abandoned(tmp_path)
    assert recover(tmp_path, later_s=IDLE_S - 2) == []
    assert left.exists()
    assert len(recover(tmp_path)) == 1


def test_an_answer_that_recover_saw_first_is_completed_not_doubled(tmp_path: Path) -> None:
    """A rehearsal that keeps its answer late finds it there, and gives it the report."""
    recording = tape(tmp_path / "recordings")
    recording.write(sound(1.0))
    path = recording.finish(ANSWERED)
    (saved,) = recover(tmp_path)
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        kept = journal.keep(session, report(), path, STARTED, attempt=1)
        assert saved.answer is not None
        assert kept.id == saved.answer.id
        assert (kept.measured, kept.recovered) == (True, False)
        assert len(journal.answers()) == 1


def test_a_demonstration_is_recovered_as_one(tmp_path: Path) -> None:
    """The kind is stored in the recording, so a synthetic voice never becomes practice."""
    abandoned(tmp_path, kind="demonstration")
    (saved,) = recover(tmp_path)
    assert saved.answer is not None
    assert saved.answer.kind == "demonstration"


def test_a_tape_without_sound_is_cleared_away(tmp_path: Path) -> None:
    """A rehearsal that died before the first sound leaves nothing to save."""
    left = abandoned(tmp_path, 0)
    left.with_name("torn.au").write_bytes(left.read_bytes()[:10])
    assert recover(tmp_path) == []
    assert list((tmp_path / "recordings").iterdir()) == []


def test_a_strange_file_is_named_and_left_alone(tmp_path: Path) -> None:
    """One recording that cannot be read does not stop the others."""
    abandoned(tmp_path)
    strange = tmp_path / "recordings" / "strange.au"
    strange.write_bytes(b"not a recording" * 1000)
    failed, saved = sorted(recover(tmp_path), key=lambda one: one.failure is None)
    assert saved.answer is not None
    assert failed.recording == strange
    assert "not a recording made here" in str(failed.failure)
    assert strange.read_bytes() == b"not a recording" * 1000


def test_a_crash_between_packing_and_clearing_up(tmp_path: Path) -> None:
    """Raw and packed beside each other become one answer."""
    left = abandoned(tmp_path)
    flac.encode_flac(left, left.with_suffix(".flac"), comment=au.read_note(left))
    (saved,) = recover(tmp_path)
    assert saved.answer is not None
    assert saved.answer.question == A1
    assert not left.exists()
    assert recover(tmp_path) == []


def test_an_answer_kept_with_its_raw_tape_keeps_its_report(tmp_path: Path) -> None:
    """When packing had failed for want of room, recovering packs it and the answer stays what it was."""
    left = abandoned(tmp_path)
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        kept = journal.keep(session, report(), left, STARTED, attempt=3)
    assert recover(tmp_path) == []
    with Journal.open(tmp_path) as journal:
        answer = journal.answer(kept.id)
        assert (answer.attempt, answer.measured) == (3, True)
        assert np.array_equal(heard(answer.recording), sound(1.0))
        assert answer.recording.suffix == ".flac"


def test_an_import_that_died_is_cleared_away(tmp_path: Path) -> None:
    """The reserved name of a copy that never came holds nothing."""
    empty = tmp_path / "recordings" / "20260301-093015-imported.flac"
    empty.parent.mkdir()
    empty.touch()
    assert recover(tmp_path) == []
    assert not empty.exists()


def test_two_recoveries_at_once_save_everything_once(tmp_path: Path) -> None:
    """Two processes that recover the same folder leave each recording with one answer."""
    for n in range(6):
        left = abandoned(tmp_path, 3.0, seed=n)
        os.utime(left, (time.time() - 60,) * 2)
    script = f"""
        from pathlib import Path
        from tests.journal.test_recovery import recover
        assert not [one for one in recover(Path({str(tmp_path)!r})) if one.failure]
    """
    both = [subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    with Journal.open(tmp_path) as journal:
        answers = journal.answers(limit=100)
        assert len({answer.recording for answer in answers}) == len(answers) == 6
        assert all(np.array_equal(heard(a.recording), sound(3.0, seed=n)) for n, a in _by_name(answers))


def _by_name(answers: list) -> list:
    return list(enumerate(sorted(answers, key=lambda answer: (len(answer.recording.stem), answer.recording.stem))))


@pytest.mark.parametrize("kept", [0, 1])
def test_a_recording_that_is_in_the_journal_is_left_alone(tmp_path: Path, kept: int) -> None:
    """Only what no answer has is recovered."""
    recording: Tape = tape(tmp_path / "recordings")
    recording.write(sound(0.5))
    path = recording.finish(ANSWERED)
    with Journal.open(tmp_path) as journal:
        if kept:
            journal.keep(journal.start_session("practice", None, "en"), report(), path, STARTED, attempt=1)
    assert len(recover(tmp_path)) == 1 - kept
