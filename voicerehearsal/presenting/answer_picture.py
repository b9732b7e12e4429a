"""What the picture of one answer over time is drawn from: tracks of its sound, and everything that happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec
import numpy as np

from voicerehearsal.coaching.pace_curve import pace_curve
from voicerehearsal.languages import in_words
from voicerehearsal.measures.levels import HOP_S, BandPowers, decibels
from voicerehearsal.measures.pitch import track_pitch
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import Filler, Language, Pauses, Report, Samples, Span, VoiceTracks, Word

MOST_PEAKS = 2000
"""Pairs of extremes in one picture: more than a screen has columns for."""
STEP_S = 0.05
"""Between two values of pitch or loudness."""
MOST_AT_ONCE_S = 600.0
"""Of a longer stretch only the peaks are drawn; pitch and loudness come when somebody looks closer."""

_FRAMES = round(STEP_S / HOP_S)
_LEAST_VOICED = 2  # of the frames of one step


class Peaks(msgspec.Struct, frozen=True):
    """The lowest and the highest sample of each of n equal stretches, full scale ±127."""

    low: list[int]
    high: list[int]


class Tracks(msgspec.Struct, frozen=True):
    """What runs through the whole of a stretch of the recording.

    Attributes:
        start_s: Where the stretch begins.
        end_s: Where it ends.
        peaks: Its waveform.
        pitch_st: Every `STEP_S`, semitones about the speaker's median; None where there is no pitch to trust.
        loudness_db: Every `STEP_S`, dB below full scale; [] in a stretch longer than `MOST_AT_ONCE_S`, as `pitch_st`.
        step_s: `STEP_S`.
    """

    start_s: float
    end_s: float
    peaks: Peaks
    pitch_st: list[float | None] = []
    loudness_db: list[int] = []
    step_s: float = STEP_S


class Said(msgspec.Struct, frozen=True):
    """A word as it stands in the text, or a filled pause between two words.

    Attributes:
        at: Its place in the transcript; None for a filled pause.
        filler: Its place among the fillers; None when it belongs to none.
        corrected: Whether the speaker changed it.
    """

    text: str
    start_s: float
    end_s: float
    confidence: float
    at: int | None = None
    filler: int | None = None
    corrected: bool = False


class Point(msgspec.Struct, frozen=True):
    """A talking point; `at_s` is where it was first made, or what came nearest to it when it was missed."""

    id: str
    label: str
    covered: bool
    at_s: float | None


class Mark(msgspec.Struct, frozen=True):
    """A stretch with something to say of it."""

    start_s: float
    end_s: float
    text: str = ""
    kind: str = ""
    confidence: float = 1.0


class AnswerPicture(msgspec.Struct, frozen=True, kw_only=True):
    """One answer over time; one that was not measured has nothing but its sound.

    Attributes:
        answer: Its number.
        language: What was spoken.
        duration_s: Length of the recording.
        tracks: Of its sound; None when they come later or never.
        no_tracks: Why they never come.
        median_hz: The speaker's pitch here.
        words: What was said.
        pauses: Silences, of a kind.
        fillers: In the order of the report.
        surges: With how much faster and louder.
        mutes: Where the speaker muted.
        points: Talking points.
        remarks: Those that point at a moment, of a kind.
        pace: Moments with words (in Chinese: characters) a minute.
        pace_target: Where the pace should lie.
        blank: What stands between two words.
    """

    answer: int
    language: Language
    duration_s: float
    tracks: Tracks | msgspec.Raw | None
    no_tracks: str
    median_hz: float | None = None
    words: list[Said] = []
    pauses: list[Mark] = []
    fillers: list[Mark] = []
    surges: list[Mark] = []
    mutes: list[Mark] = []
    points: list[Point] = []
    remarks: list[Mark] = []
    pace: list[tuple[float, float | None]] = []
    pace_target: tuple[float, float] | None = None
    blank: Literal["", " "] = " "


def answer_picture(
    answer_id: int,
    report: Report,
    *,
    tracks: Tracks | msgspec.Raw | None = None,
    no_tracks: str = "",
    pace_target: tuple[float, float] | None = None,
) -> AnswerPicture:
    """The picture of an answer that was measured; the arguments are those of `AnswerPicture`."""
    fillers = () if report.fillers is None else report.fillers.events
    tone = report.tone
    return AnswerPicture(
        answer=answer_id,
        language=report.language,
        duration_s=report.audio.duration_s,
        tracks=tracks,
        no_tracks=no_tracks,
        median_hz=None if tone is None else tone.pitch_median_hz,
        words=said_in(report),
        pauses=[] if report.pauses is None else [Mark(p.start_s, p.end_s, kind=p.kind) for p in report.pauses.silences],
        fillers=[Mark(one.start_s, one.end_s, one.text, one.kind, one.confidence) for one in fillers],
        surges=[
            Mark(one.start_s, one.end_s, f"{100 * (one.rate_ratio - 1):.0f} %, {one.level_rise_db:+.0f} dB")
            for one in (() if tone is None else tone.surges)
        ],
        mutes=[Mark(mute.start_s, mute.end_s) for mute in report.mutes],
        points=list(_points(report)),
        remarks=[
            Mark(one.start_s, one.start_s if one.end_s is None else one.end_s, in_words(one.text), one.kind)
            for one in report.remarks
            if one.start_s is not None
        ],
        pace=[(round(at_s, 2), None if rate is None else round(rate, 1)) for at_s, rate in pace_curve(report)],
        pace_target=pace_target,
        blank="" if report.language == "zh" else " ",
    )


def draw_tracks(
    *,
    samples: Samples,
    voice: VoiceTracks | None,
    bands: BandPowers | None,
    within: Span,
    pauses: Pauses | None,
    mutes: tuple[Span, ...],
    median_hz: float | None,
) -> Tracks:
    """The tracks of one stretch of a recording.

    Args:
        samples: Its sound at any rate.
        voice: Its pitch, from a `Phonetics`; None to leave it out.
        bands: Its loudness, from `levels.band_powers`; None to leave it out.
        within: Where in the recording the stretch lies.
        pauses: Of the whole answer; None when nothing was heard, and then there is no pitch.
        mutes: Of the whole answer.
        median_hz: The speaker's median in the whole answer; None to take that of the stretch.
    """
    if voice is None or bands is None:
        return Tracks(within.start_s, within.end_s, peaks_of(samples))
    heard: tuple[Span, ...] = ()
    if pauses is not None:
        silences = [Span(one.start_s, one.end_s) for one in pauses.silences]
        spoken = without(spans=(Span(pauses.first_sound_s, pauses.last_sound_s),), cut=silences)
        heard = _moved(spoken, within)
    return Tracks(
        within.start_s,
        within.end_s,
        peaks_of(samples),
        _pitch_st(voice, bands, heard, _moved(mutes, within), median_hz),
        _loudness_db(bands),
    )


def peaks_of(samples: Samples, most: int = MOST_PEAKS) -> Peaks:
    """The lowest and the highest sample of at most `most` equal stretches, none of them nearer to 0 than it was."""
    count = min(most, len(samples))
    if not count:
        return Peaks([], [])
    edges = np.arange(count) * len(samples) // count
    low = np.minimum.reduceat(samples, edges).astype(np.int32)
    high = np.maximum.reduceat(samples, edges).astype(np.int32)
    return Peaks(np.maximum(low >> 8, -127).tolist(), np.minimum(-(-high >> 8), 127).tolist())


def _moved(spans: tuple[Span, ...], within: Span) -> tuple[Span, ...]:
    """What of `spans` lies in the stretch, in its own time."""
    inside = ((max(one.start_s, within.start_s), min(one.end_s, within.end_s)) for one in spans)
    return tuple(Span(start - within.start_s, end - within.start_s) for start, end in inside if end > start)


def _pitch_st(
    voice: VoiceTracks,
    bands: BandPowers,
    heard: tuple[Span, ...],
    mutes: tuple[Span, ...],
    median_hz: float | None,
) -> list[float | None]:
    steps = min(len(voice.f0_hz), len(bands)) // _FRAMES
    track = track_pitch(voice=voice, bands=bands, sounding=heard, mutes=mutes) if heard else None
    if track is None:
        return [None] * steps
    frames = track.semitones[: steps * _FRAMES].reshape(steps, _FRAMES)
    enough = np.count_nonzero(~np.isnan(frames), axis=1) >= _LEAST_VOICED
    values = np.full(steps, np.nan)
    values[enough] = np.nanmedian(frames[enough], axis=1)
    if median_hz is not None:
        values += 12 * np.log2(track.median_hz / median_hz)
    return [None if np.isnan(value) else round(float(value), 1) for value in values]


def _loudness_db(bands: BandPowers) -> list[int]:
    steps = len(bands) // _FRAMES
    power = bands[: steps * _FRAMES].sum(axis=1).reshape(steps, _FRAMES).mean(axis=1)
    levels: list[int] = np.rint(decibels(power)).astype(int).tolist()
    return levels


def said_in(report: Report) -> list[Said]:
    """What was said in the order of time, filled pauses between the words."""
    fillers = () if report.fillers is None else report.fillers.events
    words = () if report.transcript is None else report.transcript.words
    said = [
        Said(word.text, word.start_s, word.end_s, round(word.confidence, 2), at, _phrase(word, fillers), word.corrected)
        for at, word in enumerate(words)
    ]
    said += [
        Said(one.text, one.start_s, one.end_s, round(one.confidence, 2), filler=at)
        for at, one in enumerate(fillers)
        if one.kind == "filled_pause"
    ]
    return sorted(said, key=lambda one: one.start_s + one.end_s)


def _phrase(word: Word, fillers: tuple[Filler, ...]) -> int | None:
    """Which filler phrase a word belongs to."""
    middle_s = (word.start_s + word.end_s) / 2
    of_phrase = (at for at, one in enumerate(fillers) if one.kind == "phrase" and one.start_s <= middle_s <= one.end_s)
    return next(of_phrase, None)


def _points(report: Report) -> Iterator[Point]:
    for point in () if report.keywords is None else report.keywords.points:
        said = [one.start_s for one in point.evidence if one.start_s is not None]
        near = None if point.nearest is None else point.nearest.start_s
        yield Point(point.id, point.label, point.covered, min(said, default=None) if point.covered else near)
