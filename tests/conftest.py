"""What the tests share: a virtual sound card, a voice that says what a test wants, a data folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.virtual_card import VirtualCard, available
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.values import Sound

Say = Callable[[str], Sound]


@pytest.fixture(scope="session")
def card() -> Iterator[VirtualCard]:
    """A sound card for the whole run."""
    if not available():
        pytest.skip("PulseAudio is not installed; `make test` installs it")
    virtual = VirtualCard()
    yield virtual
    virtual.close()


@pytest.fixture(scope="session")
def voice_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where rendered sentences are kept for the run, by all processes that test at a time."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "voice-cache"


@pytest.fixture
def furnished(voice_cache: Path, tmp_path: Path) -> Path:
    """A data folder of somebody who has heard the questions before: the voice's cache is the run's own."""
    home = tmp_path / "home"
    home.mkdir()
    voice_cache.mkdir(exist_ok=True)
    (home / "voice-cache").symlink_to(voice_cache, target_is_directory=True)
    return home


@pytest.fixture(scope="session")
def say(voice_cache: Path) -> Say:
    """Say an English text in the best voice there is."""
    voice = InterviewerVoice(language="en", cache=voice_cache)
    return lambda text: read_sound(voice.render([text])[0])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for one test, with spaces and other letters in its name."""
    folder = tmp_path / "mein Übungsheft 练习"
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(folder))
    return folder
