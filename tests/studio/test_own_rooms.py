"""Packs, settings, one's own data and the calibration: what the studio keeps, and what it refuses to keep."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.conftest import Say
from tests.studio.serving import Served, served
from voicerehearsal import wiring
from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.journal.own_packs import own_packs_folder
from voicerehearsal.journal.settings import Settings, checked_settings
from voicerehearsal.ports import Microphone
from voicerehearsal.rehearsal.calibrating import SENTENCES
from voicerehearsal.studio.calibrating import CalibrationRoom, State
from voicerehearsal.studio.check_up import CheckUp
from voicerehearsal.studio.hub import Hub
from voicerehearsal.values import Block, Sound

Ask = Callable[..., tuple[int, dict[str, object]]]
_JOB = "Your tasks:\n- Lead a team of eight agents on the phone\n- Analyse complaints every week\n"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio that nobody has practised in."""
    with served(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture(scope="module")
def ask(studio: Served) -> Ask:
    """Do something in the studio; its status and what it answers, a page as {"page": text}."""
    prefix, headers = studio.enter()

    def asked(method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        status, _, text = studio.ask(f"{prefix}/{path}", method=method, headers=headers, body=raw)
        return status, json.loads(text) if text.startswith("{") else {"page": text}

    return asked


def test_a_pack_begun_from_a_job_description_is_checked_and_only_kept_whole(studio: Served, ask: Ask) -> None:
    """Every duty is a question; a broken text is refused with its lines and the file stays; a whole one is kept."""
    assert ask("POST", "act/packs/new", {"title": "Team lead", "language": "en", "source": _JOB}) == (
        200,
        {"id": "team-lead"},
    )
    file = own_packs_folder(studio.home) / "team-lead.toml"
    text = file.read_text("utf-8")
    assert "Analyse complaints every week" in str(ask("GET", "packs/team-lead")[1]["page"])
    broken = text.replace("target_s = [45, 120]", "target_s = [120, 45]", 1)
    status, checked = ask("PUT", "packs/team-lead/check", {"text": broken})
    line = broken.splitlines().index("target_s = [120, 45]") + 1
    assert (status, [one["line"] for one in checked["problems"]]) == (200, [line])  # type: ignore[attr-defined]
    assert ask("PUT", "packs/team-lead/text", {"text": broken})[0] == 409
    assert file.read_text("utf-8") == text
    assert ask("PUT", "packs/team-lead/text", {"text": text + "# mine\n"}) == (200, {"id": "team-lead"})
    assert file.read_text("utf-8") == text + "# mine\n"


def test_packs_are_reached_by_id_and_uploads_are_bounded(studio: Served, ask: Ask) -> None:
    """A copy is an own pack, one that came along is not removed or written, and no path or huge file gets in."""
    assert ask("POST", "act/packs/copy", {"pack": "crm"}) == (200, {"id": "my-crm"})
    assert ask("POST", "act/packs/remove", {"pack": "my-crm"})[0] == 204
    assert ask("POST", "act/packs/remove", {"pack": "crm"})[0] == 400
    assert ask("PUT", "packs/crm/text", {"text": ""})[0] == 400
    assert ask("GET", "packs/..%2f..%2fsettings")[0] == 404
    assert ask("PUT", "act/packs/upload", b"\xff\xfe" * 9)[0] == 400
    assert ask("PUT", "act/packs/upload", b"#" * 1_000_001)[0] == 400
    elsewhere = str(own_packs_folder(studio.home) / "team-lead.toml")
    assert ask("POST", "act/start", {"pack": elsewhere})[0] == 400
    assert ask("POST", "act/packs/say", {"pack": elsewhere, "question": "q1"})[0] == 400
    pack = b'[pack]\nid = "sent"\ntitle = "<b>Sent</b>"\nlanguage = "en"\n[[question]]\nid = "q"\ntext = "Why?"\n'
    assert ask("PUT", "act/packs/upload", pack) == (200, {"id": "sent"})
    assert "<b>Sent" not in str(ask("GET", "packs")[1]["page"])


def test_a_setting_holds_from_the_next_page_on(studio: Served, ask: Ask) -> None:
    """What is chosen is in the file and on every page; what cannot be is refused with how it can be."""
    assert ask("PUT", "settings", {"theme": "dark"})[0] == 200
    assert checked_settings(studio.home) == Settings(theme="dark")
    assert 'data-theme="dark"' in str(ask("GET", "packs")[1]["page"])
    status, told = ask("PUT", "settings", {"end_silence_s": 0.1})
    assert (status, "0.5 to 60" in str(told["cure"])) == (400, True)
    assert checked_settings(studio.home) == Settings(theme="dark")


def test_everything_is_deleted_when_the_word_is_typed_and_not_before(studio: Served, ask: Ask) -> None:
    """Nothing goes by mistake; then the settings go, and own packs stay."""
    assert ask("POST", "act/data/delete-everything", {"word": "yes"})[0] == 400
    assert checked_settings(studio.home).theme == "dark"
    assert ask("POST", "act/data/delete-everything", {"word": "delete"})[0] == 204
    assert checked_settings(studio.home) == Settings()
    assert ask("GET", "packs/team-lead")[0] == 200


def test_the_check_up_tells_every_part_as_it_is_found() -> None:
    """Findings grow one by one, and the last word says whether a rehearsal could be held."""
    told: list[Mapping[str, object]] = []
    CheckUp(lambda _, data: told.append(data)).start()
    deadline_s = time.monotonic() + 30
    while not told or told[-1]["going_on"]:
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    counts = [len(one["findings"]) for one in told]  # type: ignore[arg-type]
    assert counts == [*range(counts[-1] + 1), counts[-1]]
    assert isinstance(told[-1]["able"], bool)


class _Reader:
    """A microphone before which the next of some sound files is read each time it is opened."""

    live = False
    lost_blocks = 0

    def __init__(self, files: list[Path]) -> None:
        self._next = wiring.files_for_microphones(files)
        self._now: Microphone = wiring.files_for_microphones(files)()
        self.name, self.sample_rate_hz = "files", self._now.sample_rate_hz

    def start(self) -> None:
        self._now = self._next()
        self._now.start()

    def read(self, timeout_s: float) -> Block | None:
        return self._now.read(timeout_s)

    def stop(self) -> None:
        self._now.stop()


def test_three_readings_teach_it_a_smile(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silent reading is asked for once more; after the three the smile is known, kept, and said how well."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    read = say(" ".join(SENTENCES["en"][1:3]))
    pressed = Sound(np.convolve(read.samples, [1, -0.97], "same").astype(np.int16), read.sample_rate_hz)
    nothing = Sound(read.samples[:0], read.sample_rate_hz)
    files = [
        _in_a_room(tmp_path / f"{number}.wav", sound)
        for number, sound in enumerate((nothing, read, with_smile(read), pressed))
    ]
    room = CalibrationRoom(Hub(), lambda _: _Reader(files))
    room.start("en", None)
    _wait(room, lambda now: now.phase == "ready")
    room.wish("begin")
    _wait(room, lambda now: bool(now.why))
    for number in (1, 2, 3):
        _wait(room, lambda now, number=number: (now.phase, now.number) == ("ready", number))  # type: ignore[misc]
        room.wish("begin")
    _wait(room, lambda now: now.phase == "done")
    result = room.state.result
    assert result is not None
    assert result.tellable
    assert f"{result.neutral} times in 100" in result.told
    assert wiring.profile_called(wiring.DEFAULT_PROFILE).calibration.tellable


def _in_a_room(path: Path, sound: Sound) -> Path:
    """As a file, with the room's noise, and with the silence that ends a reading."""
    padded = np.concatenate([0.3 * sound.samples, np.zeros(round(3.3 * sound.sample_rate_hz))])
    noisy = padded + np.random.default_rng(len(path.name)).normal(0, 30, len(padded))
    soundfile.write(path, noisy.astype(np.int16), sound.sample_rate_hz)
    return path


def _wait(room: CalibrationRoom, until: Callable[[State], bool]) -> None:
    deadline_s = time.monotonic() + 30
    while not until(room.state):
        assert room.state.phase != "failed", room.state.error
        assert time.monotonic() < deadline_s, room.state
        time.sleep(0.02)
