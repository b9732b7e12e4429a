"""`replay` on the virtual card: what the speaker plays, what is shown, and where it begins."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.cli.test_terminal import Terminal
from tests.journal.test_store import START
from tests.program import one_sentence, run_apart
from tests.reports import report
from tests.virtual_card import VirtualCard
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Filler, Fillers, Silence, Transcript, Word

RATE_HZ = 16_000  # of the recording, and of what is recorded of the speaker
DURATION_S = 12.0
NAMES = ("zero", "one", "two", "three", "four", "five")
WORDS = tuple(Word(name, float(at), at + 0.6, 1.0) for at, name in enumerate(NAMES))


@pytest.fixture
def answered(card: VirtualCard, tmp_path: Path) -> dict[str, str]:
    """A journal with one answer, a buzz of 100 Hz and all its harmonics, a word a second; the environment to use it."""
    t = np.arange(round(DURATION_S * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 100 * n * t + n * n) for n in range(1, 79))
    recording = tmp_path / "home" / "recordings" / "a.flac"
    recording.parent.mkdir(parents=True)
    soundfile.write(recording, (buzz / np.abs(buzz).max() * 0.5).astype(np.float32), RATE_HZ)
    plain = report(duration_s=DURATION_S)
    assert plain.pauses is not None
    found = replace(
        plain,
        transcript=Transcript(" ".join(word.text for word in WORDS), WORDS),
        pauses=replace(plain.pauses, silences=(Silence(4.0, 4.9, "short"),)),
        fillers=Fillers((Filler("um", 6.0, 6.4, "filled_pause", 0.9),), 1, 5.0, 0.03, ()),
    )
    with Journal.open(tmp_path / "home") as journal:
        session = journal.start_session("practice", "classic-questions", "en", started_at=START)
        journal.keep(session, found, recording, START, attempt=1)
    return {**card.environment, "VOICEREHEARSAL_HOME": str(tmp_path / "home")}


@contextmanager
def heard(card: VirtualCard, path: Path) -> Iterator[Path]:
    """Record the speaker into `path` meanwhile."""
    recorder = card.hear(path)
    time.sleep(0.5)
    try:
        yield path
        time.sleep(0.5)
    finally:
        recorder.terminate()
        recorder.wait(5)


def loud_part(path: Path) -> NDArray[np.float64]:
    """What was recorded, from the first sound to the last, without the second or more that a waking card stalls."""
    samples, rate_hz = soundfile.read(path)
    assert rate_hz == RATE_HZ
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    stretches = np.split(loud, np.flatnonzero(np.diff(loud) > RATE_HZ) + 1)
    part: NDArray[np.float64] = np.concatenate([samples[one[0] : one[-1] + 1] for one in stretches])
    return part


def band_db(samples: NDArray[np.float64], low_hz: float, high_hz: float) -> float:
    """The level of a band against that of the whole."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    return float(10 * np.log10(power[(hz > low_hz) & (hz < high_hz)].sum() / power.sum() + 1e-12))


def test_the_speaker_plays_what_was_asked_for(card: VirtualCard, answered: dict[str, str], tmp_path: Path) -> None:
    """Piped, it plays to the end: plainly, brighter about F3 with a smile, and nothing above 4 kHz by telephone."""
    bands = {}
    for options in ((), ("--smile",), ("--phone-line",)):
        with heard(card, tmp_path / "heard.wav") as path:
            done = run_apart("replay", *options, "--from", "10", environment=answered)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        samples = loud_part(path)
        assert len(samples) / RATE_HZ == pytest.approx(DURATION_S - 10, abs=0.3)
        bands[options] = {band: band_db(samples, *band) for band in ((2500, 3500), (4200, 7500))}
    plain, smiling, by_phone = bands.values()
    assert smiling[2500, 3500] > plain[2500, 3500] + 1
    assert by_phone[4200, 7500] < plain[4200, 7500] - 30


def test_keys_switch_and_jump_and_the_screen_says_so(answered: dict[str, str]) -> None:
    """`s` and `t` come and go at once, `f` goes on a second before the next filler."""
    terminal = Terminal("replay", "--smile", "--from", "2", environment=answered)
    terminal.wait_for("next filler")
    terminal.wait_for("0:02 smile added")
    terminal.press("t")
    terminal.wait_for("0:02 smile added phone line")
    terminal.press("s")
    terminal.wait_for("0:03 phone line")
    terminal.press("s")
    terminal.wait_for("smile added phone line")
    terminal.press("f")
    terminal.wait_for("0:05 smile added phone line")
    terminal.press("+")
    terminal.wait_for("1.1× smile added phone line")
    terminal.press(" ")
    terminal.wait_for("smile added phone line paused")
    terminal.press("q")
    assert terminal.finish() == 0


def test_nothing_more_to_go_to_stays_where_it_is(answered: dict[str, str]) -> None:
    """`f` and `p` after the last filler and pause do nothing, and it plays on to the end by itself."""
    terminal = Terminal("replay", "--from", "9", environment=answered)
    terminal.wait_for("0:09")
    for key in "fp":
        terminal.press(key)
    terminal.wait_for("0:11")
    assert terminal.finish() == 0


@pytest.mark.parametrize("beyond", ["12.5", "inf"])
def test_beyond_the_end_is_one_sentence(answered: dict[str, str], beyond: str) -> None:
    """What does not exist cannot be heard; the words say how long it is."""
    done = run_apart("replay", "--from", beyond, environment=answered)
    assert done.returncode == 2
    assert "12.0 s" in one_sentence(done.stderr)
