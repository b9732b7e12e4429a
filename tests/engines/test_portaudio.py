"""Microphone and speaker on a virtual sound card, through the real PortAudio."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.virtual_card import VirtualCard
from voicerehearsal.engines.portaudio_devices import list_devices, turn
from voicerehearsal.engines.portaudio_microphone import PortAudioMicrophone
from voicerehearsal.engines.portaudio_speaker import PortAudioSpeaker
from voicerehearsal.errors import DeviceError, UsageError
from voicerehearsal.values import Block, Samples, Sound

RATE_HZ = 48_000


@pytest.fixture(scope="module")
def on_card(card: VirtualCard) -> Iterator[VirtualCard]:
    """PortAudio in this process sees the virtual card and nothing else."""
    before = dict(os.environ)
    os.environ.update(card.environment)
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()
    yield card
    sounddevice._terminate()
    os.environ.clear()
    os.environ.update(before)
    sounddevice._initialize()


@pytest.fixture
def microphone(on_card: VirtualCard) -> Iterator[PortAudioMicrophone]:
    """The card's microphone, started."""
    device = PortAudioMicrophone()
    device.start()
    yield device
    device.stop()


@pytest.fixture
def speaker(on_card: VirtualCard) -> Iterator[PortAudioSpeaker]:
    """The card's speaker, awake."""
    device = PortAudioSpeaker()
    woken = device.play(Sound(np.zeros(RATE_HZ // 5, np.int16), RATE_HZ))
    _wait(lambda: woken.done, 6.0)
    yield device
    device.close()


def _wait(condition: object, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.01)


def _tone(seconds: float, rate_hz: int = RATE_HZ) -> Samples:
    return (8000 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate_hz)) / rate_hz)).astype(np.int16)


def _listen(microphone: PortAudioMicrophone, seconds: float) -> list[Block]:
    blocks: list[Block] = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        block = microphone.read(0.1)
        if block is not None:
            blocks.append(block)
    return blocks


def _hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax())


def test_what_is_played_into_the_microphone_is_heard(
    on_card: VirtualCard, microphone: PortAudioMicrophone, tmp_path: Path
) -> None:
    """A tone played into the card arrives with its pitch and length, and no block is lost."""
    soundfile.write(tmp_path / "tone.wav", _tone(1.0), RATE_HZ)
    on_card.speak(tmp_path / "tone.wav")
    heard = np.concatenate([block.samples for block in _listen(microphone, 2.5)])
    loud = np.flatnonzero(np.abs(heard.astype(int)) > 2000)
    assert (loud[-1] - loud[0]) / microphone.sample_rate_hz == pytest.approx(1.0, abs=0.02)
    second = heard[loud[0] : loud[0] + microphone.sample_rate_hz]
    assert _hz(second) == pytest.approx(440, abs=2)
    assert microphone.lost_blocks == 0


def test_blocks_follow_each_other_in_time(microphone: PortAudioMicrophone) -> None:
    """The times of the blocks advance by their own length, within 30 ms."""
    blocks = _listen(microphone, 1.0)
    first_s = blocks[0].time_s
    assert first_s is not None
    expected_s = first_s + sum(len(block.samples) for block in blocks[:-1]) / microphone.sample_rate_hz
    assert blocks[-1].time_s == pytest.approx(expected_s, abs=0.03)


def test_speaker_and_microphone_share_a_clock(
    on_card: VirtualCard, speaker: PortAudioSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the speaker looped to a microphone, a tone is captured when its playback says it is heard, within 50 ms."""
    monkeypatch.setenv("PULSE_SOURCE", "vspeaker.monitor")
    microphone = PortAudioMicrophone()
    microphone.start()
    try:
        silence = np.zeros(RATE_HZ, np.int16)
        playback = speaker.play(Sound(np.concatenate([silence, _tone(0.2)]), RATE_HZ))
        blocks = _listen(microphone, 2.0)
    finally:
        microphone.stop()
    assert playback.done
    onset = next(
        block.time_s + int(loud[0]) / microphone.sample_rate_hz
        for block in blocks
        if block.time_s is not None and len(loud := np.flatnonzero(np.abs(block.samples.astype(int)) > 2000))
    )
    assert playback.end_time_s is not None
    assert onset == pytest.approx(playback.end_time_s - 0.2, abs=0.05)


def test_playback_can_be_cut_short(speaker: PortAudioSpeaker) -> None:
    """Stopped in the middle it is done at once, and its position stays near where it was cut."""
    playback = speaker.play(Sound(_tone(5.0), RATE_HZ))
    _wait(lambda: playback.position_s > 0.5, 6.0)
    playback.stop()
    assert playback.done
    assert 0.5 <= playback.position_s < 1.0


def test_a_sound_at_another_rate_keeps_its_length(speaker: PortAudioSpeaker) -> None:
    """A second at 8 kHz takes a second on a card that runs at another rate."""
    began = time.monotonic()
    playback = speaker.play(Sound(_tone(1.0, 8_000), 8_000))
    _wait(lambda: playback.done, 6.0)
    assert playback.position_s == pytest.approx(1.0, abs=0.01)
    assert time.monotonic() - began == pytest.approx(1.1, abs=0.4)


def test_a_microphone_that_is_unplugged_is_noticed_within_two_seconds(on_card: VirtualCard) -> None:
    """The sound server silently moves the stream to another source; that is noticed, and the device named."""
    microphone = PortAudioMicrophone()
    microphone.start()
    try:
        _listen(microphone, 0.3)
        on_card.unplug()
        began = time.monotonic()
        with pytest.raises(DeviceError, match="went away"):
            _listen(microphone, 4.0)
        assert time.monotonic() - began < 2.0
    finally:
        microphone.stop()
        on_card.plug_in()


def test_an_unknown_name_lists_what_there_is(on_card: VirtualCard) -> None:
    """The error for a device name that does not exist names those that do."""
    with pytest.raises(UsageError, match=r"no microphone called 'Studio 9000'.*pulse"):
        PortAudioMicrophone("Studio 9000")
    with pytest.raises(UsageError, match="no speaker called"):
        PortAudioSpeaker("Studio 9000")


def test_part_of_a_name_is_enough(on_card: VirtualCard) -> None:
    """Names are matched by a part, whatever the case."""
    assert PortAudioMicrophone("PUL").name == "pulse"


def test_devices_are_listed(on_card: VirtualCard) -> None:
    """Both ends of the card are listed and one device is the system's own choice."""
    devices = list_devices()
    assert any(device.inputs and device.outputs for device in devices)
    assert sum(device.chosen for device in devices) >= 1


def test_a_microphone_that_refuses_to_open_is_one_sentence(on_card: VirtualCard) -> None:
    """A device that refuses to open gives one sentence with its name and what to do."""
    microphone = PortAudioMicrophone("pulse")
    microphone.sample_rate_hz = 3  # no sound card runs at three samples a second
    with pytest.raises(DeviceError, match=r"'pulse' is busy or refused .*--microphone"):
        microphone.start()


def test_devices_are_not_read_while_portaudio_looks_again() -> None:
    """Who asks for them meanwhile waits: in between there is no list at all."""
    list_devices()
    reader = threading.Thread(target=list_devices)
    with turn:
        reader.start()
        reader.join(0.2)
        assert reader.is_alive()
    reader.join(5)
    assert not reader.is_alive()
