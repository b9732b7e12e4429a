"""A rehearsal in Chinese as a newcomer meets it: before the Chinese model is there."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import soundfile

from tests.program import one_sentence, report, run
from voicerehearsal.engines.model_store import find_model, listed_model
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.errors import ModelError

SAID = "如果客户生气，我会先道歉，然后认真听他说。"


@pytest.fixture
def no_model(home: Path) -> dict[str, str]:
    """The environment of someone without the Chinese model."""
    try:
        pytest.skip(f"the Chinese model is installed: {find_model('zh')}")
    except ModelError:
        return {"VOICEREHEARSAL_HOME": str(home)}


@pytest.fixture
def answers(voice_cache: Path, tmp_path: Path) -> Path:
    """A folder with an answer by a Chinese voice."""
    folder = tmp_path / "回答"
    folder.mkdir()
    sound = read_sound(InterviewerVoice(language="zh", cache=voice_cache).render([SAID])[0])
    soundfile.write(folder / "一.wav", sound.samples, sound.sample_rate_hz)
    return folder


def test_practice_without_the_model(no_model: dict[str, str], answers: Path) -> None:
    """The Chinese question is asked, the answer kept and measured by its sound, and the model's way in is shown."""
    done = run("practice", "--language", "zh", "--answers", answers, "--count", "1", environment=no_model)
    assert done.returncode == 0, done.stderr
    assert "syllables a second" in done.stdout
    assert "models install zh" in " ".join(done.stdout.split())
    assert "Kept as answer 1." in done.stderr
    assert any("一" <= c <= "鿿" for c in done.stderr)
    kept = next((Path(no_model["VOICEREHEARSAL_HOME"]) / "recordings").glob("*.flac"))
    found = report(kept, environment=no_model)
    assert found["language"] == "zh"
    assert found["transcript"] is None
    assert "models install zh" in found["missing"]["transcript"]
    assert found["pace"]["syllables_per_second"] > 2


def test_a_demonstration_asks_which_language(home: Path) -> None:
    """A language that is not known here is wrong usage, in one sentence."""
    done = run("demo", "--language", "fr", environment={"VOICEREHEARSAL_HOME": str(home)})
    assert done.returncode == 2
    assert "zh (Chinese)" in one_sentence(done.stderr)


def test_installing_from_an_archive_that_is_another(no_model: dict[str, str], tmp_path: Path) -> None:
    """The archive is held to its sha256 as published: any other is refused in one sentence, and nothing is left."""
    other = tmp_path / "vosk-model-small-cn-0.22.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("vosk-model-small-cn-0.22/am/final.mdl", b"no model")
    done = run("models", "install", "zh", "--from", other, environment=no_model)
    assert done.returncode == 1
    assert listed_model("zh").name in " ".join(one_sentence(done.stderr).split())
    rows = json.loads(run("models", "list", "--json", environment=no_model).stdout)["models"]
    assert next(row for row in rows if row["language"] == "zh")["path"] is None
