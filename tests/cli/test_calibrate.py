"""`calibrate` from recordings and at the microphone, and what the smile in an answer is measured against."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.cli.test_terminal import Terminal
from tests.conftest import Say
from tests.on_card import Running
from tests.program import one_sentence, report, run, start
from tests.virtual_card import VirtualCard
from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.rehearsal.calibrating import SENTENCES
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.values import Samples, Sound

READ = " ".join(SENTENCES["en"][1:3])
ANSWER = "First I listen to the whole story without a word, then I tell the caller what I will do about it, and when."
ROOM_DB = -35.0
"""A quiet room under the voice. A made voice alone is cleaner than any microphone: between its harmonics lies nothing
but what rounding leaves there, and that changes with gain and telephone."""


@pytest.fixture(scope="module")
def folder(say: Say, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Readings and answers of a made voice: plain, with a smile added, and pressed for irritation."""
    folder = tmp_path_factory.mktemp("readings")
    read, answer = say(READ), say(ANSWER)
    sounds = {
        "neutral": read,
        "smiling": with_smile(read),
        "irritated": _pressed(read),
        "noisy": read,
        "answer": answer,
        "answer-smiling": with_smile(answer),
    }
    for seed, (name, sound) in enumerate(sounds.items()):
        heard = _in_a_room(sound, -5.0 if name == "noisy" else ROOM_DB, seed)
        soundfile.write(folder / f"{name}.wav", _times(heard.samples, -13), heard.sample_rate_hz)
        if name == "answer":
            soundfile.write(folder / "answer-louder.wav", _times(heard.samples, -1), heard.sample_rate_hz)
            soundfile.write(folder / "answer-softer.wav", _times(heard.samples, -25), heard.sample_rate_hz)
        if name.startswith("answer"):
            line = through_phone_line(heard)
            soundfile.write(folder / f"{name}-phone.wav", _times(line.samples, -13), line.sample_rate_hz)
    return folder


def _in_a_room(sound: Sound, background_db: float, seed: int) -> Sound:
    """With steady noise so far under the voice, and nothing clipped."""
    voice = sound.samples.astype(float)
    level = np.sqrt(np.mean(voice[np.abs(voice) > 50] ** 2))
    heard = voice + np.random.default_rng(seed).normal(0, level * 10 ** (background_db / 20), len(voice))
    return Sound((heard * min(1.0, 32_000 / np.abs(heard).max())).astype(np.int16), sound.sample_rate_hz)


def _times(samples: Samples, gain_db: float) -> Samples:
    return np.round(samples * 10 ** (gain_db / 20)).astype(np.int16)


def _pressed(sound: Sound) -> Sound:
    """More of 700–2000 Hz, as in a pressed, irritated voice; nothing moved upwards."""
    spectrum = np.fft.rfft(sound.samples.astype(float))
    hz = np.fft.rfftfreq(len(sound.samples), 1 / sound.sample_rate_hz)
    spectrum *= np.where((hz > 700) & (hz < 2000), 2.5, 1.0)
    samples = np.fft.irfft(spectrum, len(sound.samples))
    return Sound((samples * 20_000 / np.abs(samples).max()).astype(np.int16), sound.sample_rate_hz)


def _readings(folder: Path, *faces: str) -> list[str]:
    return [part for face in faces for part in (f"--{face}", str(folder / f"{face}.wav"))]


@pytest.fixture(scope="module")
def calibrated(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, Any]]:
    """A data folder with the calibration "me" from three readings, and what `calibrate` said of it."""
    environment = {"VOICEREHEARSAL_HOME": str(tmp_path_factory.mktemp("home"))}
    done = run(
        "calibrate", "--profile", "me", *_readings(folder, "neutral", "smiling", "irritated"), "--json",
        environment=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return environment, json.loads(done.stdout)


def test_a_calibration_says_how_well_the_smile_can_be_told(calibrated: tuple[dict[str, str], dict[str, Any]]) -> None:
    """Its JSON has the name, the readings' lengths, and figures that say this smile can be told."""
    said = calibrated[1]
    assert said["schema"] == "voicerehearsal.calibrate/1"
    assert (said["profile"], said["tellable"]) == ("me", True)
    assert said["auc_neutral"] > 0.9
    assert said["auc_irritated"] > 0.8
    assert all(reading["voiced_s"] > 3 for reading in said["readings"].values())


def test_another_sentence_with_the_smile_scores_higher(
    folder: Path, calibrated: tuple[dict[str, str], dict[str, Any]]
) -> None:
    """Plain it is near the neutral reading, with the smile added clearly above it; gain and telephone change little."""
    names = ("answer", "answer-smiling", "answer-louder", "answer-softer", "answer-phone", "answer-smiling-phone")
    files = [folder / f"{name}.wav" for name in names]
    done = run("analyze", *files, "--profile", "me", "--jsonl", environment=calibrated[0])
    assert done.returncode == 0, done.stderr
    smiles = [json.loads(line)["smile"] for line in done.stdout.splitlines()]
    assert {smile["profile"] for smile in smiles} == {"me"}
    scores = dict(zip(names, (smile["score"] for smile in smiles), strict=True))
    assert scores["answer"] < 0.4
    assert scores["answer-smiling"] > scores["answer"] + 0.4
    assert scores["answer-louder"] == pytest.approx(scores["answer"], abs=0.02)
    assert scores["answer-softer"] == pytest.approx(scores["answer"], abs=0.02)
    assert scores["answer-phone"] == pytest.approx(scores["answer"], abs=0.15)
    assert scores["answer-smiling-phone"] == pytest.approx(scores["answer-smiling"], abs=0.15)


def test_without_the_irritated_reading_it_says_what_it_cannot_exclude(folder: Path, tmp_path: Path) -> None:
    """Two readings work and say so; the default calibration is used without being named."""
    environment = {"VOICEREHEARSAL_HOME": str(tmp_path)}
    done = run("calibrate", *_readings(folder, "neutral", "smiling"), environment=environment)
    assert done.returncode == 0, done.stderr
    assert "excitement cannot be told from a smile" in done.stdout
    smile = report(folder / "answer-smiling.wav", environment=environment)["smile"]
    assert smile["profile"] == "default"
    assert smile["score"] > 0.4
    assert "excitement" in smile["reason"]


def test_irritation_that_sounds_like_the_smile_is_named(folder: Path, tmp_path: Path) -> None:
    """The calibration is kept, and it says what it cannot tell."""
    same = [*_readings(folder, "neutral", "smiling"), "--irritated", str(folder / "smiling.wav")]
    done = run("calibrate", *same, environment={"VOICEREHEARSAL_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert "Mind that the smiling reading cannot be told from the irritated one." in done.stdout


def test_the_same_reading_twice_is_no_smile(folder: Path, tmp_path: Path) -> None:
    """Where both readings are alike it says that the smile cannot be told, and so does the report."""
    environment = {"VOICEREHEARSAL_HOME": str(tmp_path)}
    same = ["--neutral", str(folder / "neutral.wav"), "--smiling", str(folder / "neutral.wav")]
    done = run("calibrate", *same, environment=environment)
    assert done.returncode == 0, done.stderr
    assert "cannot be told" in done.stdout
    smile = report(folder / "answer.wav", environment=environment)["smile"]
    assert (smile["score"], smile["audible"]) == (None, None)
    assert smile["reason"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--smiling", "neutral.wav"], 2, "--neutral"),
        (["--neutral", "neutral.wav"], 2, "--smiling"),
        (["--neutral", "gone.wav", "--smiling", "smiling.wav"], 1, "gone.wav"),
        (["--neutral", "zeros.wav", "--smiling", "smiling.wav"], 1, "voiced speech"),
        (
            ["--neutral", "neutral.wav", "--smiling", "noisy.wav"],
            1,
            "smiling reading cannot be used: the voice is only",
        ),
        (["--profile", "../me", "--neutral", "neutral.wav", "--smiling", "smiling.wav"], 2, "name of a calibration"),
        ([], 2, "need a terminal"),
    ],
)
def test_what_cannot_be_calibrated_is_one_sentence(
    folder: Path, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    """Half a set, a missing, empty or noisy recording, a bad name, no terminal: what is wrong and what to do."""
    soundfile.write(folder / "zeros.wav", np.zeros(16_000, np.int16), 16_000)
    named = [str(folder / part) if part.endswith(".wav") else part for part in arguments]
    done = run("calibrate", *named, environment={"VOICEREHEARSAL_HOME": str(tmp_path)})
    assert done.returncode == code
    assert says in one_sentence(done.stderr)
    assert not (tmp_path / "profiles").exists()


def test_an_unknown_calibration_is_named(folder: Path, calibrated: tuple[dict[str, str], dict[str, Any]]) -> None:
    """`analyze --profile` with another name lists the one there is."""
    done = run("analyze", folder / "answer.wav", "--profile", "you", environment=calibrated[0])
    assert done.returncode == 2
    assert "there are: me" in one_sentence(done.stderr)


@pytest.mark.trial
def test_readings_at_the_microphone(card: VirtualCard, folder: Path, tmp_path: Path) -> None:
    """Enter begins each of the three; a silence ends it, or Enter; the calibration is kept under its name."""
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(tmp_path)}
    terminal = Terminal("calibrate", environment=environment)
    for number, face in enumerate(("neutral", "smiling", "irritated"), 1):
        terminal.wait_for(f"{number} of 3.")
        terminal.press("\r")
        time.sleep(2.5)  # the virtual microphone wakes
        card.speak(folder / f"{face}.wav").wait(60)
        if number > 1:
            terminal.press("\r")
    terminal.wait_for("times in 100")
    assert terminal.finish() == 0
    assert report(folder / "answer-smiling.wav", environment=environment)["smile"]["score"] > 0.4


def test_the_smile_is_checked_before_the_call(
    card: VirtualCard, folder: Path, calibrated: tuple[dict[str, str], dict[str, Any]], furnished: Path, tmp_path: Path
) -> None:
    """Who is calibrated says a greeting during the ring, reads whether the smile arrives, and hears it by telephone."""
    (furnished / "profiles").mkdir()
    kept = Path(calibrated[0]["VOICEREHEARSAL_HOME"]) / "profiles" / "me.json"
    (furnished / "profiles" / "default.json").write_bytes(kept.read_bytes())
    environment = {**card.environment, "VOICEREHEARSAL_HOME": str(furnished)}
    room = np.random.default_rng(0).normal(0, 30, 30 * 16_000).astype(np.int16)  # a microphone that is not dead
    soundfile.write(tmp_path / "room.wav", room, 16_000)
    quiet = card.speak(tmp_path / "room.wav")
    short = ("--pack", "classic-questions", "--question", "c7-f1", "--time-limit", "2")
    running = Running(start("practice", *short, environment=environment))
    try:
        running.wait_for("Say your greeting")
        card.speak(folder / "answer-smiling.wav")
        running.wait_for("On the phone: ", 30)
        running.finish()
    finally:
        running.process.kill()
        quiet.kill()
    assert "can be heard" in running.said or "hard to tell" in running.said
