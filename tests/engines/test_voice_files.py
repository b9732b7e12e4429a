"""Rendered files: what is refused, what is cut away, what is kept for how long, and what other systems need."""

from __future__ import annotations

import os
import threading
import time
import wave
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from voicerehearsal.engines.installed_voices import how_to_get_a_voice
from voicerehearsal.engines.voice_cache import VoiceCache
from voicerehearsal.engines.voice_files import even_out, flaw
from voicerehearsal.engines.voice_worker import first_that_speaks, rewrite_as_wav, wait_until_settled

RATE_HZ = 22_050


def write(path: Path, samples: np.ndarray, *, channels: int = 1) -> Path:
    soundfile.write(path, np.repeat(samples[:, None], channels, axis=1), RATE_HZ, subtype="PCM_16", format="WAV")
    return path


def tone(duration_s: float, level: float) -> np.ndarray:
    t = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return level * np.sin(2 * np.pi * 200 * t)


def test_a_good_file_has_no_flaw(tmp_path: Path) -> None:
    """A second of sound where about a second was expected."""
    assert flaw(write(tmp_path / "a.wav", tone(1, 0.3)), (0.5, 2)) is None


def test_flaws_are_named(tmp_path: Path) -> None:
    """Missing, not a sound file, silent, too short, too long, stereo, cut off: each is told from the others."""
    good = write(tmp_path / "a.wav", tone(1, 0.3))
    assert flaw(tmp_path / "none.wav", (0.5, 2)) == "no file was written"
    assert flaw(write(tmp_path / "b.wav", tone(1, 0.001)), (0.5, 2)) == "it is silent"
    assert flaw(write(tmp_path / "c.wav", tone(0, 0.1)), (0, 2)) == "it is silent"
    assert flaw(good, (2, 5)) == "it lasts 1.0 s where 2.0 to 5.0 s were expected"
    assert flaw(good, (0.1, 0.5)) == "it lasts 1.0 s where 0.1 to 0.5 s were expected"
    assert "not 16-bit mono" in str(flaw(write(tmp_path / "d.wav", tone(1, 0.3), channels=2), (0.5, 2)))
    (tmp_path / "e.wav").write_bytes(good.read_bytes()[:-1_000])
    assert "cut off" in str(flaw(tmp_path / "e.wav", (0.5, 2)))
    (tmp_path / "f.wav").write_text("not a sound")
    assert "cannot be read" in str(flaw(tmp_path / "f.wav", (0.5, 2)))
    assert "cannot be read" in str(flaw(tmp_path, (0.5, 2)))


@pytest.mark.parametrize("level", [0.02, 0.1, 0.9])
def test_evening_out(level: float, tmp_path: Path) -> None:
    """Silence before and after goes but for 80 ms, pauses inside stay, and the level becomes −22 dBFS within 1 dB."""
    silence = np.zeros(RATE_HZ // 2)
    parts = (silence, tone(1, level), silence, tone(1, level), silence, silence)
    file = write(tmp_path / "a.wav", np.concatenate(parts))
    even_out(file)
    samples, rate_hz = soundfile.read(file)
    assert rate_hz == RATE_HZ
    assert len(samples) / RATE_HZ == pytest.approx(2.5 + 2 * 0.08, abs=0.02)
    assert 20 * np.log10(np.sqrt(np.mean(samples**2))) == pytest.approx(-22, abs=1)


def test_a_peak_is_never_clipped(tmp_path: Path) -> None:
    """Soft speech with one loud knock is raised only as far as the knock allows."""
    samples = tone(2, 0.01)
    samples[RATE_HZ] = 0.9
    file = write(tmp_path / "a.wav", samples)
    even_out(file)
    assert 0.9 < np.abs(soundfile.read(file)[0]).max() < 0.96


def test_the_cache_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    """Down to the limit, but nothing that is asked for now; other people's files are left alone."""
    cache = VoiceCache(tmp_path, limit_bytes=2_500)
    places = [cache.place("text", number) for number in range(5)]
    for age, place in enumerate(reversed(places)):
        place.write_bytes(bytes(1_000))
        os.utime(place, (time.time() - 100 * age, time.time() - 100 * age))
    (tmp_path / "notes.txt").write_bytes(bytes(5_000))
    cache.touch(places[1])
    cache.trim(spare=[places[0]])
    assert {place for place in places if place.exists()} == {places[0], places[1]}
    assert (tmp_path / "notes.txt").exists()


def test_the_cache_clears_up_after_killed_programs(tmp_path: Path) -> None:
    """Unfinished work goes after an hour; work in progress does not."""
    cache = VoiceCache(tmp_path)
    with cache.workshop() as current:
        left = tmp_path / "making-left"
        left.mkdir()
        (left / "0.wav").write_bytes(b"half")
        os.utime(left, (0, 0))
        cache.trim(spare=())
        assert current.exists()
        assert not left.exists()
    assert not current.exists()


def test_trimming_a_cache_that_does_not_exist(tmp_path: Path) -> None:
    """There is nothing to forget, and nothing is made."""
    VoiceCache(tmp_path / "none").trim(spare=())
    assert not (tmp_path / "none").exists()


def test_what_macos_saves_becomes_wav(tmp_path: Path) -> None:
    """AIFF under a WAV file's name is rewritten with the same samples; a WAV file is not touched."""
    file = tmp_path / "a.wav"
    soundfile.write(file, tone(1, 0.3), RATE_HZ, subtype="PCM_16", format="AIFF")
    before = soundfile.read(file, dtype="int16")[0]
    rewrite_as_wav(file)
    with wave.open(str(file)) as opened:
        assert (opened.getnchannels(), opened.getsampwidth(), opened.getframerate()) == (1, 2, RATE_HZ)
    assert (soundfile.read(file, dtype="int16")[0] == before).all()
    facts = file.stat()
    rewrite_as_wav(file)
    assert file.stat().st_mtime_ns == facts.st_mtime_ns


def test_a_file_is_waited_for_until_it_stops_growing(tmp_path: Path) -> None:
    """Written in pieces 20 ms apart after a delay, it is complete when the wait is over."""
    file = tmp_path / "a.wav"

    def write_slowly() -> None:
        time.sleep(0.1)
        with file.open("wb", buffering=0) as opened:
            for _ in range(6):
                opened.write(bytes(100))
                time.sleep(0.02)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    wait_until_settled(str(file))
    assert file.stat().st_size == 600
    writer.join()


def test_a_systems_voice_is_chosen_by_language() -> None:
    """Language tags come as en_US, zh-CN or not at all; the first that fits is taken, none is an error."""
    voices = [
        SimpleNamespace(id="silent", languages=None),
        SimpleNamespace(id="hans", languages=["de-DE"]),
        SimpleNamespace(id="ting", languages=["zh-CN"]),
        SimpleNamespace(id="alex", languages=["en_US"]),
    ]
    assert first_that_speaks("en", voices) == "alex"
    assert first_that_speaks("zh", voices) == "ting"
    with pytest.raises(LookupError, match="none of the system's 2 voices"):
        first_that_speaks("en", voices[:2])


@pytest.mark.parametrize(
    ("system", "words"),
    [("darwin", "System Settings"), ("win32", "Time & language"), ("linux", "libespeak-ng1")],
)
def test_how_to_get_a_voice_depends_on_the_system(system: str, words: str) -> None:
    """macOS and Windows have voices to add, elsewhere there is a package to install."""
    assert words in how_to_get_a_voice("zh", system=system)
