"""A few sentences heard for their sound alone: a reading for the calibration, or the greeting before a call."""

from __future__ import annotations

from collections.abc import Generator
from typing import Literal

from voicerehearsal.ports import Controls, Microphone
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.events import Listening
from voicerehearsal.rehearsal.listen import Ear, Heard

_POLL_S = 0.05


def hear_reading(
    *, microphone: Microphone, ear: Ear, endpointer: Endpointer, controls: Controls, limit_s: float
) -> Generator[Listening, None, Heard | Literal["stopped"] | None]:
    """Listen until a key, a silence after the first sound, or `limit_s`; yields the state block by block.

    Args:
        microphone: Started.
        ear: A fresh one, without a scribe.
        endpointer: The ear's own.
        controls: The reader's keys: end, or stop.
        limit_s: The longest reading.

    Returns:
        What was heard; None when it was ended before the first sound, "stopped" when the reader wants to leave.

    Raises:
        DeviceError: The microphone went away.
    """
    recorded_s = 0.0
    while not endpointer.over and recorded_s < limit_s:
        key = controls.poll()
        if key == "stop":
            return "stopped"
        if key == "end" and not endpointer.started:
            return None
        if key == "end":
            break
        try:
            block = microphone.read(_POLL_S)
        except EOFError:  # a file instead of a microphone
            break
        if block is None:
            continue
        recorded_s += len(block.samples) / microphone.sample_rate_hz
        ear.hear(block.samples)
        yield Listening(
            elapsed_s=recorded_s,
            level_dbfs=endpointer.level_dbfs,
            silence_s=endpointer.silence_s,
            end_silence_s=endpointer.end_silence_s,
            left_s=limit_s - recorded_s,
            muted=False,
        )
    return ear.finish()
