"""The data of the picture: nothing that stands out is lost in it, and everything lies at its moment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.reports import report, reports
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.presenting.answer_picture import (
    MOST_PEAKS,
    STEP_S,
    Tracks,
    answer_picture,
    draw_tracks,
    peaks_of,
    said_in,
)
from voicerehearsal.values import ANALYSIS_RATE_HZ, Report, Samples, Span, VoiceTracks

_samples = arrays(np.int16, st.integers(0, 3 * MOST_PEAKS), elements=st.integers(-32768, 32767))


@settings(max_examples=60)
@given(samples=_samples, most=st.integers(1, 60))
def test_peaks_reach_as_far_as_the_sound_does(samples: Samples, most: int) -> None:
    """However few pairs there are, none hides an extreme, and none reaches a whole step too far."""
    peaks = peaks_of(samples, most)
    assert len(peaks.low) == len(peaks.high) == min(most, len(samples))
    for part, low, high in zip(
        np.split(samples, [at * len(samples) // len(peaks.low) for at in range(1, len(peaks.low))])
        if len(samples)
        else [],
        peaks.low,
        peaks.high,
        strict=True,
    ):
        assert 256 * high >= min(int(part.max()), 127 * 256) > 256 * (high - 1)
        assert 256 * low <= max(int(part.min()), -127 * 256) < 256 * (low + 1)


def _drawn(seconds: float, *, f0_hz: float, median_hz: float | None, within: Span | None = None) -> Tracks:
    """The tracks of an even hum of so many seconds, where the answer has a pause from 5.0 to 5.7 s."""
    times = np.arange(round(seconds * ANALYSIS_RATE_HZ)) / ANALYSIS_RATE_HZ
    samples = (8000 * np.sin(2 * np.pi * f0_hz * times)).astype(np.int16)
    rows = round(100 * seconds)
    voice = VoiceTracks(np.full(rows, f0_hz, np.float32), np.full(rows, 0.95, np.float32))
    return draw_tracks(
        samples=samples,
        voice=voice,
        bands=band_powers(samples=samples),
        within=within or Span(0.0, seconds),
        pauses=report().pauses,
        mutes=(Span(3.0, 4.0),),
        median_hz=median_hz,
    )


def test_pitch_is_told_in_semitones_about_the_speakers_own_median() -> None:
    """A hum an octave above the answer's median lies at 12 where the speaker sounds, and nowhere in pause and mute."""
    tracks = _drawn(8.0, f0_hz=240.0, median_hz=120.0)
    assert len(tracks.pitch_st) == len(tracks.loudness_db) == round(8.0 / STEP_S)

    def at(second: float) -> float | None:
        return tracks.pitch_st[int(second / STEP_S)]

    assert at(2.0) == at(4.5) == at(7.0) == pytest.approx(12.0, abs=0.1)
    assert at(0.5) is at(3.5) is at(5.3) is None


def test_a_part_of_an_answer_looks_as_it_does_in_the_whole() -> None:
    """Pauses and mutes lie where they lie in the answer, whichever stretch is drawn."""
    whole = _drawn(8.0, f0_hz=150.0, median_hz=None)
    part = _drawn(5.0, f0_hz=150.0, median_hz=None, within=Span(2.0, 7.0))
    assert part.pitch_st == whole.pitch_st[round(2.0 / STEP_S) : round(7.0 / STEP_S)]
    assert (part.start_s, part.end_s) == (2.0, 7.0)


def test_loudness_is_what_the_sound_has() -> None:
    """The hum is 12 dB below a full-scale sine; silence is at the floor."""
    loud = _drawn(2.0, f0_hz=200.0, median_hz=None).loudness_db
    assert loud[20] == pytest.approx(20 * np.log10(8000 / 32768) - 3, abs=2)
    silence = np.zeros(ANALYSIS_RATE_HZ, np.int16)
    voice = VoiceTracks(np.zeros(100, np.float32), np.zeros(100, np.float32))
    tracks = draw_tracks(
        samples=silence, voice=voice, bands=band_powers(samples=silence), within=Span(0, 1), pauses=None, mutes=(),
        median_hz=None,
    )  # fmt: skip
    assert set(tracks.loudness_db) == {-110}
    assert set(tracks.pitch_st) == {None}


@settings(max_examples=40)
@given(made=reports())
def test_everything_that_was_said_is_shown_once(made: Report) -> None:
    """In the order of time, filled pauses between the words, and the words of a filler phrase told as such."""
    words = () if made.transcript is None else made.transcript.words
    fillers = () if made.fillers is None else made.fillers.events
    said = said_in(made)
    assert sorted(one.at for one in said if one.at is not None) == list(range(len(words)))
    spoken = [one for one in said if one.at is None]
    assert len(spoken) == sum(one.kind == "filled_pause" for one in fillers)
    assert [one.start_s + one.end_s for one in said] == sorted(one.start_s + one.end_s for one in said)
    assert all(fillers[one.filler].kind == "phrase" for one in said if one.at is not None and one.filler is not None)


def test_marks_lie_at_their_moments() -> None:
    """Points at their first evidence, remarks without a moment nowhere, and words of a filler phrase told as such."""
    made = report()
    assert made.transcript is not None
    phrase = replace(made.transcript.words[0], text="you know", start_s=20.8, end_s=21.2)
    made = replace(made, transcript=replace(made.transcript, words=(*made.transcript.words, phrase)))
    picture = answer_picture(7, made, pace_target=(130.0, 160.0))
    assert [(point.id, point.at_s) for point in picture.points] == [("apologise", 4.0)]
    assert [(one.kind, one.start_s, one.end_s) for one in picture.remarks] == [("praise", 1.0, 11.0)]
    assert [(one.kind, one.start_s) for one in picture.pauses] == [("short", 5.0)]
    assert [one.text for one in picture.words] == ["good", "morning", "um", "uh", "you know", "um"]
    assert picture.words[4].filler == 2
    assert picture.surges[0].text == "20 %, +5 dB"
    assert picture.median_hz == 118.0
