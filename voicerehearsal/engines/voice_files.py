"""Rendered speech in WAV files: checked, cut to the speech itself, and made as loud as any other voice's."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from voicerehearsal.values import Samples, Sound

_SILENT_PEAK = 300
"""About −41 dBFS: no voice is that soft at its loudest."""

_EDGE_FRAME_S = 0.010
_EDGE_DB = -45.0
"""Frames this far below the loudest one are silence at the edges."""

_EDGE_KEPT_S = 0.080
"""Kept around the speech, for consonants softer than that."""

_LEVEL_DBFS = -22.0
"""RMS over the whole utterance; eSpeak comes at −21.5 by itself, Hibari at −27."""

_PEAK = 0.95 * 32767


def flaw(path: Path, duration_s: tuple[float, float]) -> str | None:
    """What is wrong with a rendered file, None when it is a 16-bit mono WAV, not silent, as long as it should be.

    Args:
        path: The file.
        duration_s: Shortest and longest believable duration in seconds.
    """
    try:
        sound = _read(path)
    except FileNotFoundError:
        return "no file was written"
    except (OSError, EOFError, ValueError, wave.Error) as error:
        return f"the file cannot be read ({str(error) or 'it ends too early'})"
    if not len(sound.samples) or np.abs(sound.samples.astype(np.int32)).max() < _SILENT_PEAK:
        return "it is silent"
    shortest, longest = duration_s
    if not shortest <= sound.duration_s <= longest:
        return f"it lasts {sound.duration_s:.1f} s where {shortest:.1f} to {longest:.1f} s were expected"
    return None


def even_out(path: Path) -> None:
    """Cut the silence at both ends and bring the speech to one level, in place.

    Voices leave up to 0.7 s of silence after the last sound; a question's end, from which the time to the answer is
    counted, must be where its sound ends.

    Args:
        path: A file in which `flaw` finds nothing.
    """
    sound = _read(path)
    speech = _without_silent_edges(sound).astype(np.float64)
    level = np.sqrt(np.mean(speech**2))
    gain = min(32768 * 10 ** (_LEVEL_DBFS / 20) / level, _PEAK / np.abs(speech).max())
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.sample_rate_hz)
        file.writeframes(np.rint(speech * gain).astype("<i2").tobytes())


def _without_silent_edges(sound: Sound) -> Samples:
    frame = max(1, round(_EDGE_FRAME_S * sound.sample_rate_hz))
    padded = np.pad(sound.samples.astype(np.float64), (0, -len(sound.samples) % frame))
    power = np.mean(padded.reshape(-1, frame) ** 2, axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (_EDGE_DB / 10))
    kept = round(_EDGE_KEPT_S * sound.sample_rate_hz)
    return sound.samples[max(0, loud[0] * frame - kept) : (loud[-1] + 1) * frame + kept]


def _read(path: Path) -> Sound:
    """The file's sound; raises ValueError for one that is not 16-bit mono or is cut off, and what `wave` raises."""
    with wave.open(str(path), "rb") as file:
        rate_hz, promised = file.getframerate(), file.getnframes()
        if (file.getnchannels(), file.getsampwidth()) != (1, 2) or rate_hz <= 0:
            raise ValueError("it is not 16-bit mono")
        sound = file.readframes(promised)
    if len(sound) != 2 * promised:
        raise ValueError("it is cut off")
    return Sound(np.frombuffer(sound, "<i2").astype(np.int16), rate_hz)
