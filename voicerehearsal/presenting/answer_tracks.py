"""The tracks of kept answers for their pictures: computed when somebody looks, and remembered for a while."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from voicerehearsal import wiring
from voicerehearsal.errors import SoundFileError
from voicerehearsal.journal.answers import Answer
from voicerehearsal.presenting.answer_picture import MOST_AT_ONCE_S, draw_tracks
from voicerehearsal.values import Pauses, Report, Span

_REMEMBERED = 48
"""Stretches, as JSON of at most 150 kB each."""


def tracks_of(answer: Answer, report: Report | None, within: Span | None = None) -> msgspec.Raw:
    """The tracks of an answer, or of a stretch of it, as JSON; without a report they have no pitch.

    Raises:
        SoundFileError: Its recording is gone or cannot be read.
    """
    recording = answer.recording
    if recording is None or not recording.exists():
        raise SoundFileError(f"The recording of answer {answer.id} is gone", "It was moved or deleted outside.")
    end_s = answer.duration_s if report is None else report.audio.duration_s
    start_s = 0.0 if within is None else min(max(0.0, within.start_s), end_s)
    whole = Span(start_s, end_s if within is None else min(max(start_s, within.end_s), end_s))
    pauses, mutes, tone = (None, (), None) if report is None else (report.pauses, report.mutes, report.tone)
    median_hz = None if tone is None else tone.pitch_median_hz
    return msgspec.Raw(_tracks(recording, recording.stat().st_mtime_ns, whole, pauses, mutes, median_hz))


@lru_cache(maxsize=_REMEMBERED)
def _tracks(
    recording: Path,
    changed: int,
    within: Span,
    pauses: Pauses | None,
    mutes: tuple[Span, ...],
    median_hz: float | None,
) -> bytes:
    voice = bands = None
    if within.duration_s <= MOST_AT_ONCE_S:
        sound, voice, bands = wiring.hear_voice(recording, within)
    else:
        sound = wiring.read_part(recording, within)
    return msgspec.json.encode(
        draw_tracks(
            samples=sound.samples,
            voice=voice,
            bands=bands,
            within=within,
            pauses=pauses,
            mutes=mutes,
            median_hz=median_hz,
        )
    )
