"""Filled pauses from the sound: found where they are, and not where they are not."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy.filler_synthesis import MadeFiller, filler_of
from tests.accuracy.synthesis import Wave, phrases
from tests.measures.made_sound import int16, white_noise
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.filled_pauses import LEAST_CONFIDENCE, FilledPauses, find_filled_pauses
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.values import ANALYSIS_RATE_HZ, Language, Samples, Span, Word

WITHIN_S = 0.15


def find(
    samples: Samples,
    *,
    words: tuple[Word, ...] | None = None,
    language: Language = "en",
) -> FilledPauses:
    """Filled pauses in a sound, by the sound alone unless words are given."""
    gate = WebrtcGate()
    frames = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    bands = band_powers(samples=samples)
    activity = find_activity(
        bands=bands, voicing=voicing(samples=samples), gate=np.array([gate.speech(frame) for frame in frames], np.bool_)
    )
    return find_filled_pauses(
        bands=bands,
        voice=PraatPhonetics().tracks(samples),
        sounding=activity.sounding,
        words=words,
        language=language,
    )


@cache
def fluent() -> Wave:
    """Four phrases of the natural voice with short and long pauses."""
    return _joined(tuple(phrase.wave for phrase in phrases("hibari")[:4]), (0.3, 0.6, 0.4))


@cache
def um(*, nasal: bool = True) -> MadeFiller:
    """A woman's schwa of 0.45 s, as low as such voices go when they hesitate."""
    return filler_of(length_s=0.45, pitch_hz=170, fall_st=1.0, vowel_hz=(580, 1450, 2700, 3900), nasal=nasal)


@cache
def hesitant(*, nasal: bool = True) -> tuple[Wave, Span]:
    """A phrase, a filled pause between silences of 0.3 s, two phrases; and where the filled pause is."""
    first, second, third = (phrase.wave for phrase in phrases("hibari")[:3])
    wave = _joined((first, um(nasal=nasal).wave * np.float32(0.06), second, third), (0.3, 0.3, 0.5))
    start_s = 0.5 + len(first) / ANALYSIS_RATE_HZ + 0.3
    return wave, Span(start_s, start_s + len(um(nasal=nasal).wave) / ANALYSIS_RATE_HZ)


def _joined(waves: tuple[Wave, ...], gaps_s: tuple[float, ...]) -> Wave:
    """In a quiet room, half a second of it before and after."""
    silence = [np.zeros(round(gap_s * ANALYSIS_RATE_HZ), np.float32) for gap_s in (0.5, *gaps_s, 0.5)]
    pieces = [silence[0]]
    for wave, gap in zip(waves, silence[1:], strict=True):
        pieces += [wave, gap]
    clean = np.concatenate(pieces)
    return clean + white_noise(len(clean) / ANALYSIS_RATE_HZ, 2e-4)[: len(clean)]


@pytest.mark.parametrize("nasal", [True, False])
def test_found_where_it_is_and_nowhere_else(nasal: bool) -> None:
    """One filled pause, its edges within 150 ms, written by how it closes."""
    wave, truth = hesitant(nasal=nasal)
    (event,) = find(int16(wave)).events
    assert event.start_s == pytest.approx(truth.start_s, abs=WITHIN_S)
    assert event.end_s == pytest.approx(truth.end_s, abs=WITHIN_S)
    assert event.text == ("um" if nasal else "uh")
    assert event.kind == "filled_pause"
    assert LEAST_CONFIDENCE <= event.confidence <= 1


@pytest.mark.parametrize(("nasal", "text"), [(True, "嗯"), (False, "呃")])
def test_written_in_the_language_of_the_answer(nasal: bool, text: str) -> None:
    """In Chinese the same sounds are 嗯 and 呃."""
    assert [event.text for event in find(int16(hesitant(nasal=nasal)[0]), language="zh").events] == [text]


def test_fluent_speech_holds_none() -> None:
    """In fluent speech nothing is found, and that is not for a reason."""
    assert find(int16(fluent())) == FilledPauses((), None)


def test_a_sure_long_word_speaks_against_it() -> None:
    """The same sound is less likely a filled pause where the recogniser is sure of an ordinary word."""
    wave, truth = hesitant()
    sure = Word("understanding", truth.start_s - 0.2, truth.end_s + 0.2, 1.0)
    with_word = find(int16(wave), words=(sure,)).events
    without_word = find(int16(wave), words=()).events
    assert len(without_word) == 1
    assert not with_word or with_word[0].confidence < without_word[0].confidence


def test_two_stretches_never_overlap() -> None:
    """Events come in order and apart, however many there are."""
    first = phrases("hibari")[0].wave
    some = um().wave * np.float32(0.06)
    events = find(int16(_joined((first, some, some, some, first), (0.3, 0.3, 0.3, 0.3)))).events
    assert len(events) == 3
    assert all(before.end_s <= after.start_s for before, after in pairwise(events))


@settings(max_examples=6, deadline=None)
@given(gain_db=st.floats(-20, 15))
def test_the_microphones_level_does_not_matter(gain_db: float) -> None:
    """Louder or softer, the same events with the same edges (10 ms) and confidences (0.1)."""
    wave, truth = hesitant()
    (event,) = find(int16(wave * np.float32(10 ** (gain_db / 20)))).events
    (usual,) = find(int16(wave)).events
    assert (event.start_s, event.end_s) == (
        pytest.approx(usual.start_s, abs=0.011),
        pytest.approx(usual.end_s, abs=0.011),
    )
    assert event.confidence == pytest.approx(usual.confidence, abs=0.1)
    assert abs(event.start_s - truth.start_s) < WITHIN_S


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 300))
def test_silence_before_moves_everything(frames: int) -> None:
    """So much more room before the answer makes every time so much later (10 ms) and changes nothing else."""
    wave, _ = hesitant()
    later_s = frames * 0.02
    room = white_noise(later_s, 2e-4, seed=1)
    (event,) = find(int16(np.concatenate((room, wave)))).events
    (usual,) = find(int16(wave)).events
    assert event.start_s - later_s == pytest.approx(usual.start_s, abs=0.011)
    assert event.text == usual.text


SECONDS = 4.0
_TIME_S = np.arange(round(SECONDS * ANALYSIS_RATE_HZ)) / ANALYSIS_RATE_HZ
NO_SPEECH = {
    "zeros": np.zeros(len(_TIME_S), np.float32),
    "noise": white_noise(SECONDS, 0.1),
    "hum": (0.1 * np.sin(2 * np.pi * 50 * _TIME_S) + 0.03 * np.sin(2 * np.pi * 150 * _TIME_S)).astype(np.float32),
    "a chord": sum(0.05 * np.sin(2 * np.pi * hz * _TIME_S) for hz in (262, 330, 392)).astype(np.float32),
    "a tone": (0.1 * np.sin(2 * np.pi * 200 * _TIME_S)).astype(np.float32),
}


@pytest.mark.parametrize("kind", NO_SPEECH)
def test_what_is_no_speech(kind: str) -> None:
    """Noise, hum, music and silence hold none, and a reason is given where nobody speaks."""
    found = find(int16(NO_SPEECH[kind]))
    assert found.events == ()
    assert found.reason


def test_whispered() -> None:
    """A whisper has no pitch to be level: nothing is found, and the reason says so."""
    whisper = white_noise(len(fluent()) / ANALYSIS_RATE_HZ, 1.0)[: len(fluent())]
    loudness = np.sqrt(np.convolve(fluent() ** 2, np.ones(400) / 400, "same"))
    found = find(int16(whisper * loudness))
    assert found.events == ()
    assert found.reason


def test_hidden_in_noise() -> None:
    """With the background as loud as the voice nothing is claimed, and the reason says why."""
    wave, _ = hesitant()
    found = find(int16(wave + white_noise(len(wave) / ANALYSIS_RATE_HZ, 0.06, seed=3)[: len(wave)]))
    assert found.events == ()
    assert found.reason


def test_nobody_speaks() -> None:
    """Without any stretch of speech there is a reason and no event, whatever the arrays hold."""
    samples = int16(fluent())
    found = find_filled_pauses(
        bands=band_powers(samples=samples),
        voice=PraatPhonetics().tracks(samples),
        sounding=(),
        words=(),
        language="en",
    )
    assert found == FilledPauses((), "nobody speaks")
