"""The one replay of the studio, on the virtual card: wishes, what is told, and who else needs the speaker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from starlette.websockets import WebSocket

from tests.engines.test_portaudio import on_card  # noqa: F401 - a fixture
from tests.reports import report
from tests.virtual_card import VirtualCard
from voicerehearsal.errors import RehearsalError, UsageError
from voicerehearsal.journal.store import Journal
from voicerehearsal.studio.hub import Hub
from voicerehearsal.studio.player import Player, Wish
from voicerehearsal.values import QuestionRef

RATE_HZ = 16_000
SECONDS = 8.0


class Heard:
    """A player and everything that it told."""

    def __init__(self, recordings: Path) -> None:
        self.recordings = recordings
        self.told: list[dict[str, Any]] = []
        self.player = Player(lambda kind, data: self.told.append({"kind": kind, **data}))

    def wish(self, **wishes: Any) -> None:
        """Do what a page asks for."""
        self.player.act(Wish(**wishes))

    @property
    def now(self) -> dict[str, Any]:
        """What was told last."""
        return self.told[-1]

    def wait_for(self, true: Callable[[dict[str, Any]], bool], timeout_s: float = 8.0) -> None:
        """Wait until what is told last is so."""
        deadline = time.monotonic() + timeout_s
        while not true(self.now):
            assert time.monotonic() < deadline, f"last told: {self.now}"
            time.sleep(0.01)


@pytest.fixture
def heard(on_card: VirtualCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:  # noqa: F811
    """A home with three answers that can be heard."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    t = np.arange(round(SECONDS * RATE_HZ)) / RATE_HZ
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        for number in (1, 2, 3):
            path = recordings / f"{number}.wav"
            soundfile.write(path, (6000 * np.sin(2 * np.pi * 150 * number * t)).astype(np.int16), RATE_HZ)
            made = report(rate=150.0, question=QuestionRef("classic-questions", "c1"))
            journal.keep(session, made, path, datetime.now(UTC), attempt=number)
    made_up = Heard(recordings)
    yield made_up
    made_up.player.close()


def test_a_wish_is_a_patch_and_everybody_is_told(heard: Heard) -> None:
    """Speed and place are kept until another answer is heard; its place is told while it sounds, then no more."""
    heard.wish(answer=1, at_s=2.0, playing=True, speed=2.0)
    heard.wait_for(lambda now: now["at_s"] > 2.5)
    heard.wish(phone_line=True)
    assert heard.now["playing"]
    assert heard.now["speed"] == 2.0
    assert heard.now["at_s"] >= 2.5
    heard.wish(playing=False)
    told, at_s = len(heard.told), heard.now["at_s"]
    time.sleep(0.3)
    assert len(heard.told) == told
    heard.wish(speed=1.0)
    assert (heard.now["playing"], heard.now["at_s"], heard.now["phone_line"]) == (False, at_s, True)
    heard.wish(answer=2)
    assert {name: heard.now[name] for name in ("answer", "at_s", "playing", "speed", "phone_line")} == {
        "answer": 2,
        "at_s": 0.0,
        "playing": False,
        "speed": 1.0,
        "phone_line": False,
    }


def test_a_loop_goes_round_and_the_end_is_a_pause(heard: Heard) -> None:
    """Looping it comes round again; without the loop it ends paused at the end, and playing begins anew."""
    heard.wish(answer=1, loop=(3.0, 3.4), playing=True)
    heard.wait_for(lambda now: now["at_s"] > 3.2)
    heard.wait_for(lambda now: now["at_s"] < 3.2)
    assert heard.now["loop"] == (3.0, 3.4)
    heard.wish(loop=None, at_s=SECONDS - 0.2)
    heard.wait_for(lambda now: not now["playing"])
    assert heard.now["at_s"] == pytest.approx(SECONDS, abs=0.01)
    heard.wish(playing=True)
    assert heard.now["at_s"] < 0.2


def test_two_answers_stay_at_hand_and_a_deleted_one_is_not_heard(heard: Heard) -> None:
    """The last two are switched without reading them again; a recording that is gone is gone from memory too."""
    for number in (1, 2, 3):
        heard.wish(answer=number, playing=True)
    assert list(heard.player._kept) == [2, 3]
    (heard.recordings / "3.wav").unlink()
    with pytest.raises(RehearsalError, match="recording of answer 3 is gone"):
        heard.wish(playing=True)
    assert list(heard.player._kept) == [2]
    assert not heard.now["playing"]


def test_a_rehearsal_silences_it(heard: Heard) -> None:
    """Silenced, it is paused where it was and holds no device; a wish later it goes on."""
    heard.wish(answer=1, at_s=1.0, playing=True)
    heard.wait_for(lambda now: now["at_s"] > 1.2)
    heard.player.silence()
    assert not heard.now["playing"]
    at_s = heard.now["at_s"]
    heard.wish(playing=True)
    heard.wait_for(lambda now: now["at_s"] > at_s + 0.2)


def test_it_sounds_as_long_as_a_page_shows_it(heard: Heard) -> None:
    """Leaving one of two pages that show what sounds changes nothing; leaving the last pauses it."""

    async def page(hub: Hub, hears: bytes, left: asyncio.Event) -> None:
        async def receive() -> dict[str, str]:
            if not connecting.is_set():
                connecting.set()
                return {"type": "websocket.connect"}
            await left.wait()
            return {"type": "websocket.disconnect"}

        async def send(_message: Any) -> None:
            pass

        connecting = asyncio.Event()
        await hub.socket(WebSocket({"type": "websocket", "query_string": b"hears=" + hears}, receive, send))

    async def leave() -> list[bool]:
        hub, sounds = Hub(), []
        hub.start()
        hub.left = heard.player.left
        leaving = [asyncio.Event() for _ in range(3)]
        pages = [
            asyncio.create_task(page(hub, hears, left))
            for hears, left in zip((b"1", b"2,1", b"2"), leaving, strict=True)
        ]
        await asyncio.sleep(0.05)
        heard.wish(answer=1, playing=True)
        for left, one in zip(leaving, pages, strict=True):
            left.set()
            await one
            await asyncio.sleep(0.1)
            sounds.append(heard.now["playing"])
        return sounds

    assert asyncio.run(leave()) == [True, False, False]


def test_what_cannot_be_is_said(heard: Heard) -> None:
    """No answer yet, no such answer, no such speed: a sentence each, and nothing sounds."""
    with pytest.raises(UsageError, match="Nothing was played yet"):
        heard.wish(playing=True)
    with pytest.raises(RehearsalError, match="77"):
        heard.wish(answer=77, playing=True)
    with pytest.raises(UsageError, match="speed"):
        heard.wish(answer=1, speed=3.0)
    assert not heard.told
