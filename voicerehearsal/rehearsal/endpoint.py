"""When an answer is over: a long silence after the first sound, and never while the speaker has muted."""

from __future__ import annotations

from collections import deque

import numpy as np

from voicerehearsal.values import GATE_FRAME_S, Samples

_FLOOR_WINDOW = round(6.0 / GATE_FRAME_S)
"""The noise floor is the quietest fifth of a second of the last six seconds."""
_SMOOTH = round(0.2 / GATE_FRAME_S)
_ABOVE_FLOOR_DB = 8.0
_VOTES, _VOTERS = 4, 8
"""Sound counts as speech when four of the last eight frames were: a click or a key-stroke is shorter."""
_SILENT_DBFS = -90.0


class Endpointer:
    """Follows an answer frame by frame (20 ms, `GATE_FRAME_S`) and says how long it has been silent.

    A frame is speech when the gate says so and it stands out of the noise floor: the gate alone takes a steady hum or
    a café for speech and would never let an answer end.
    """

    def __init__(self, *, end_silence_s: float) -> None:
        self.end_silence_s = end_silence_s
        self.started = False
        self._levels_dbfs: deque[float] = deque(maxlen=_SMOOTH)
        self._smoothed_dbfs: deque[float] = deque(maxlen=_FLOOR_WINDOW)
        self._votes: deque[bool] = deque(maxlen=_VOTERS)
        self._silent_frames = 0

    def hear(self, frame: Samples, *, gate: bool, muted: bool = False) -> None:
        """Take the next frame, int16, shape (320,); `gate` is the speech gate's decision on it."""
        self._levels_dbfs.append(level_dbfs(frame))
        self._smoothed_dbfs.append(sum(self._levels_dbfs) / len(self._levels_dbfs))
        loud = self._levels_dbfs[-1] > min(self._smoothed_dbfs) + _ABOVE_FLOOR_DB
        self._votes.append(gate and loud and not muted)
        speaking = sum(self._votes) >= _VOTES
        self.started = self.started or speaking
        self._silent_frames = 0 if speaking or muted else self._silent_frames + 1

    @property
    def silence_s(self) -> float:
        """How long it has been silent since the last speech, 0 before the first sound."""
        return self._silent_frames * GATE_FRAME_S if self.started else 0.0

    @property
    def over(self) -> bool:
        """Whether the silence has lasted long enough to end the answer."""
        return self.silence_s >= self.end_silence_s

    @property
    def level_dbfs(self) -> float:
        """Level of the last fifth of a second."""
        return self._smoothed_dbfs[-1] if self._smoothed_dbfs else _SILENT_DBFS


def level_dbfs(samples: Samples) -> float:
    """RMS level of int16 sound in dB, a full-scale square wave being 0; -90 for silence."""
    if len(samples) == 0:
        return _SILENT_DBFS
    power = float(np.mean(np.square(samples, dtype=np.float32)))
    return max(_SILENT_DBFS, 10.0 * float(np.log10(max(power, 1e-3) / 32768.0**2)))
