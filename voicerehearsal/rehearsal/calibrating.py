"""The readings of a smile calibration: what is read, how it is to be read, and what is learned from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from voicerehearsal.errors import CalibrationError
from voicerehearsal.measures.calibration import Calibration, calibrate
from voicerehearsal.measures.smile_features import FRAME_S, Timbre, clear_frames, comparable_rows
from voicerehearsal.measures.sound import hear
from voicerehearsal.rehearsal.analyse_voice import doubt_of, quality_of
from voicerehearsal.rehearsal.listen import Heard
from voicerehearsal.values import Language

Face = Literal["neutral", "smiling", "irritated"]

FACES: tuple[Face, ...] = ("neutral", "smiling", "irritated")
"""In the order in which they are read."""

MANNERS: Mapping[Face, str] = {
    "neutral": "With a straight face, as you would read out a shopping list.",
    "smiling": "With a smile, as for a good friend at the door; keep it from the first word to the last.",
    "irritated": "Irritated, as if you said it for the fourth time today.",
}

SENTENCES: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "Good morning, you are speaking to the service team.",
        "I see what you mean, and I am going to look into it right away.",
        "We can send you a new one by noon on Thursday, and it will not cost you a penny.",
        "Thank you for calling.",
    ),
    "zh": (
        "您好，这里是客户服务中心，很高兴为您服务。",
        "您的意思我明白了，我现在就为您查一下。",
        "我们星期四中午以前给您寄一个新的，您不需要付任何费用。",
        "感谢您的来电。",
    ),
}
"""The same for all three readings, with every kind of vowel in them."""


def calibrated(readings: Mapping[Face, Sequence[Heard]]) -> Calibration:
    """What the readings tell about a voice.

    Args:
        readings: Each heard with its timbre; the irritated one may be missing.

    Raises:
        CalibrationError: There is too little voice in a reading, or it cannot be trusted.
    """
    rows = {face: [_clear_rows(heard) for heard in heards] for face, heards in readings.items()}
    result = calibrate(neutral=rows["neutral"], smiling=rows["smiling"], irritated=rows.get("irritated", ()))
    if result.calibration is None:
        raise CalibrationError(f"The voice cannot be calibrated: {result.reason}", "Read all the sentences aloud.")
    for face, heards in readings.items():
        for doubt in filter(None, map(why_useless, heards)):
            raise CalibrationError(
                f"The {face} reading cannot be used: {doubt}",
                "Read it again alone, in a quiet room, close to the microphone and not too loud.",
            )
    return result.calibration


def why_useless(heard: Heard) -> str | None:
    """Why the timbre of a reading cannot be trusted, as a clause; None where it can."""
    sounds = hear(tracks=heard.tracks, gate=heard.gate)
    return doubt_of(sounds, quality_of(heard, sounds)).formants


def voiced_s(heard: Heard) -> float:
    """How much clear voice there is in a reading, in seconds."""
    return len(_clear_rows(heard)) * FRAME_S


def _clear_rows(heard: Heard) -> Timbre:
    timbre = heard.tracks.timbre
    assert timbre is not None
    return comparable_rows(timbre=timbre, clear=clear_frames(timbre=timbre, bands=heard.tracks.bands))
