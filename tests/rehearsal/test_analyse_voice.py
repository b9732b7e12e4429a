"""The sections about the voice: which words count, and what is left out where it cannot be trusted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.conftest import Say
from tests.reports import report
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.soxr_resampler import SoxrResampler
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.measures.tracks import Tracks
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.analyse_voice import words_proper
from voicerehearsal.rehearsal.listen import Ear
from voicerehearsal.values import Circumstances, Filler, Fillers, Report, Samples, Sound, Word


def _measured(sound: Sound) -> Report:
    """Without a recogniser."""
    ear = Ear(
        sample_rate_hz=sound.sample_rate_hz,
        resampler=SoxrResampler(sound.sample_rate_hz),
        gate=WebrtcGate(),
        phonetics=PraatPhonetics(),
        with_timbre=True,
    )
    ear.hear(sound.samples)
    return analyse(ear.finish(), source="a", circumstances=Circumstances(), question=None)


@pytest.mark.parametrize(
    ("text", "sure", "likely", "counts"),
    [
        ("the", 0.9, 0.9, False),
        ("the", 0.9, 0.3, False),
        ("sorry", 1.0, 0.3, True),
        ("sorry", 0.4, 0.3, False),
        ("sorry", 1.0, 0.9, False),
    ],
)
def test_a_word_under_a_filled_pause(text: str, sure: float, likely: float, counts: bool) -> None:
    """It is no word where the pause is likely, or where it is one that recognisers write in its place, or doubtful."""
    word = Word(text, 1.0, 1.4, sure)
    found = report().fillers
    assert found is not None
    fillers = replace(found, events=(Filler("um", 1.0, 1.4, "filled_pause", likely),))
    assert words_proper(words=[word], fillers=fillers) == ((word,) if counts else ())


def test_words_beside_filled_pauses_and_under_phrases_count() -> None:
    """What is said before and after an "um" is said, and so is "you know"."""
    words = (Word("the", 0.5, 0.9, 1.0), Word("the", 1.5, 1.9, 1.0))
    um = Filler("um", 1.0, 1.4, "filled_pause", 0.9)
    phrase = Filler("you know", 0.4, 2.0, "phrase", 0.9)
    assert words_proper(words=words, fillers=Fillers((um, phrase), 2, 1.0, 0.1, ())) == words
    assert words_proper(words=words, fillers=None) == words


def test_tracks_do_not_depend_on_how_the_sound_arrives(say: Say) -> None:
    """Followed block by block, pitch and timbre are the same, bit for bit, as of the whole sound at once."""
    samples = say("First I listen to the whole story, then I tell the caller what I will do about it.").samples
    together, bit_by_bit = (Tracks(PraatPhonetics(), with_timbre=True) for _ in range(2))
    for end in range(0, len(samples), 1777):
        bit_by_bit.follow(samples=samples[:end])
    one, other = together.finish(samples=samples), bit_by_bit.finish(samples=samples)
    np.testing.assert_array_equal(one.voice.f0_hz, other.voice.f0_hz)
    np.testing.assert_array_equal(one.voice.strength, other.voice.strength)
    assert one.timbre is not None
    assert other.timbre is not None
    np.testing.assert_array_equal(one.timbre, other.timbre)
    assert len(one.voice.f0_hz) == len(one.timbre) == len(samples) // 160


@pytest.mark.parametrize("count", [0, 100, 159, 161])
def test_tracks_of_next_to_nothing(count: int) -> None:
    """Down to no sample at all there is a row for each whole 10 ms."""
    tracks = Tracks(PraatPhonetics(), with_timbre=True).finish(samples=np.zeros(count, np.int16))
    assert len(tracks.voice.f0_hz) == len(tracks.bands) == count // 160


def _hum() -> Samples:
    at_s = np.arange(8 * 16_000) / 16_000
    return (4000 * sum(np.sin(2 * np.pi * 110 * n * at_s) / n for n in range(1, 9))).astype(np.int16)


def _noisy(samples: Samples) -> Samples:
    noise = np.random.default_rng(0).normal(0, np.std(samples.astype(float)), len(samples))
    return np.clip(samples / 2 + noise, -32768, 32767).astype(np.int16)


def test_what_cannot_be_trusted_is_null_with_a_reason(say: Say) -> None:
    """Silence, a hum, and a voice drowned in noise: fillers and pitch are not given, and the report says why."""
    voice = say("First I listen to the whole story, then I tell the caller what I will do about it, and when.")
    drowned = Sound(_noisy(voice.samples), voice.sample_rate_hz)
    for sound in (Sound(np.zeros(64_000, np.int16), 16_000), Sound(_hum(), 16_000), drowned):
        found = _measured(sound)
        assert found.fillers is None
        assert found.missing["fillers"]
        assert found.tone is None or found.tone.pitch_sd_st is None
        assert found.missing.get("tone") or found.missing["tone.pitch_sd_st"]
        assert found.smile is None
        assert found.missing["smile"]
