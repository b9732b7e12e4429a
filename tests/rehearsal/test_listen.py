"""An answer on its way from the microphone to words, gate decisions and sound."""

from __future__ import annotations

import threading
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Say
from voicerehearsal import wiring
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.soxr_resampler import SoxrResampler
from voicerehearsal.engines.vosk_recogniser import VoskModel
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.errors import ModelError
from voicerehearsal.formats import report_to_json
from voicerehearsal.ports import Recogniser
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.listen import Ear, Heard, Scribe
from voicerehearsal.values import ANALYSIS_RATE_HZ, Circumstances, Samples

TEXT = "First I apologise to the caller, and then I listen until I know what happened."


@cache
def _model() -> VoskModel:
    return VoskModel(wiring.verified_model("en"))


def _hear(samples: Samples, rate_hz: int, cuts: list[int], *, warm: bool = False) -> Heard:
    """Let an ear hear `samples`, handed over in pieces that end at `cuts`."""
    ear = Ear(
        sample_rate_hz=rate_hz,
        resampler=SoxrResampler(rate_hz),
        gate=WebrtcGate(),
        phonetics=PraatPhonetics(),
        scribe=Scribe(lambda: _model().recogniser(warm=warm)),
    )
    for piece in np.split(samples, sorted(cuts)):
        ear.hear(piece)
    return ear.finish()


def _report(heard: Heard) -> bytes:
    return report_to_json(analyse(heard, source="answer", circumstances=Circumstances(), question=None))


_IN_ONE_PIECE: dict[int, bytes] = {}
"""The report at a rate, heard once."""


@settings(deadline=None, max_examples=6)
@given(cuts=st.lists(st.integers(0, 5 * 44_100), max_size=12), rate_hz=st.sampled_from([16_000, 44_100, 48_000]))
def test_the_report_does_not_depend_on_how_the_sound_arrives(say: Say, cuts: list[int], rate_hz: int) -> None:
    """Whatever the blocks, the same answer gives the same report, byte for byte, with the real recogniser."""
    samples = say(TEXT).samples  # at another rate it is merely another voice
    if rate_hz not in _IN_ONE_PIECE:
        _IN_ONE_PIECE[rate_hz] = _report(_hear(samples, rate_hz, []))
    assert _report(_hear(samples, rate_hz, cuts)) == _IN_ONE_PIECE[rate_hz]


def test_a_warmed_recogniser_writes_the_same_words(say: Say) -> None:
    """Warming up changes neither words, times nor confidences, so a live answer equals its recording."""
    sound = say(TEXT)
    warm = _hear(sound.samples, sound.sample_rate_hz, [], warm=True)
    assert warm.words == _hear(sound.samples, sound.sample_rate_hz, []).words
    assert warm.words


def test_what_is_said_while_the_recogniser_loads_is_not_lost(say: Say) -> None:
    """All sound handed over before the recogniser exists is recognised from its first word on."""
    sound, handed_over = say(TEXT), threading.Event()

    def load() -> Recogniser:
        assert handed_over.wait(10)
        return _model().recogniser(warm=True)

    ear = Ear(
        sample_rate_hz=sound.sample_rate_hz,
        resampler=SoxrResampler(sound.sample_rate_hz),
        gate=WebrtcGate(),
        phonetics=PraatPhonetics(),
        scribe=Scribe(load),
    )
    ear.hear(sound.samples)
    handed_over.set()
    heard = ear.finish()
    assert heard.words is not None
    assert " ".join(word.text for word in heard.words).startswith("first i apologi")


def test_without_a_recogniser_everything_else_is_heard(say: Say) -> None:
    """A missing model costs the words and nothing else, and the reason is kept."""

    def none() -> Recogniser:
        raise ModelError("There is no Chinese model")

    sound = say(TEXT)
    ear = Ear(
        sample_rate_hz=sound.sample_rate_hz,
        resampler=SoxrResampler(sound.sample_rate_hz),
        gate=WebrtcGate(),
        phonetics=PraatPhonetics(),
        scribe=Scribe(none),
    )
    ear.hear(sound.samples)
    heard = ear.finish()
    assert heard.words is None
    assert "no Chinese model" in heard.no_words_because
    report = analyse(heard, source="answer", circumstances=Circumstances(language="zh"), question=None)
    assert report.transcript is None
    assert report.pace is not None
    assert report.pace.syllables_per_second is not None
    assert report.missing["transcript"] == "There is no Chinese model"


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
def test_any_rate_becomes_the_rate_of_analysis(rate_hz: int) -> None:
    """A tone of one second keeps its length within a sample and its level within 1 %."""
    tone = (10_000 * np.sin(2 * np.pi * 1000 * np.arange(rate_hz) / rate_hz)).astype(np.int16)
    resampler = SoxrResampler(rate_hz)
    out = np.concatenate(
        [resampler.feed(tone[: rate_hz // 3]), resampler.feed(tone[rate_hz // 3 :]), resampler.finish()]
    )
    assert abs(len(out) - ANALYSIS_RATE_HZ) <= 1
    middle = out[2000:-2000].astype(float)
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(10_000 / np.sqrt(2), rel=0.01)
