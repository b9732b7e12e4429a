"""When an answer is over: a long silence after the first sound, and never while the speaker has muted."""

from __future__ import annotations

from collections import deque
from itertools import islice, takewhile

import numpy as np

from voicerehearsal.values import GATE_FRAME_S, Samples

_FLOOR_WINDOW = round(6.0 / GATE_FRAME_S)
"""The noise floor is the quietest fifth of a second of the last six seconds."""
_SMOOTH = round(0.2 / GATE_FRAME_S)
_ABOVE_FLOOR_DB = 8.0
_VOTES, _VOTERS = 4, 8
"""Sound counts as speech when four of eight frames do: a click or a key-stroke is shorter."""
_SILENT_DBFS = -90.0


class Endpointer:
    """Follows an answer frame by frame (20 ms, `GATE_FRAME_S`) and says how long it has been silent.

    A moment is speech when the gate says so and it stands out of the noise floor: the gate alone takes a steady hum or
    a café for speech and would never let an answer end. The floor is only known once there was a pause, so earlier
    moments are judged again by the floor known now; who speaks at once is heard, too.

    Attributes:
        end_silence_s: How much silence ends an answer.
        started: Whether there was speech yet.
    """

    def __init__(self, *, end_silence_s: float) -> None:
        self.end_silence_s = end_silence_s
        self.started = False
        self._levels_dbfs: deque[float] = deque(maxlen=_SMOOTH)
        self._smoothed_dbfs: deque[float] = deque(maxlen=_FLOOR_WINDOW)
        self._gated_dbfs: deque[float] = deque(maxlen=_VOTERS)
        self._voiced_dbfs: list[float] = []
        self._loudest_dbfs = _SILENT_DBFS
        self._muted_until = 0

    def hear(self, frame: Samples, *, gate: bool, muted: bool = False) -> None:
        """Take the next frame, int16, shape (320,); `gate` is the speech gate's decision on it."""
        if muted:  # says nothing about the room
            self._voiced_dbfs.append(_SILENT_DBFS)
            self._muted_until = len(self._voiced_dbfs)
            self._levels_dbfs.clear()
            self._gated_dbfs.clear()
            return
        self._levels_dbfs.append(level_dbfs(frame))
        self._smoothed_dbfs.append(sum(self._levels_dbfs) / len(self._levels_dbfs))
        self._gated_dbfs.append(self._levels_dbfs[-1] if gate else _SILENT_DBFS)
        votes = sorted(self._gated_dbfs, reverse=True)
        voiced_dbfs = votes[_VOTES - 1] if len(votes) >= _VOTES else _SILENT_DBFS
        self._voiced_dbfs.append(voiced_dbfs)
        self._loudest_dbfs = max(self._loudest_dbfs, voiced_dbfs)
        self.started = self.started or self._loudest_dbfs > self._threshold_dbfs

    @property
    def silence_s(self) -> float:
        """How long it has been silent since the last speech or mute, 0 before the first sound."""
        if not self.started:
            return 0.0
        threshold_dbfs = self._threshold_dbfs
        frames = len(self._voiced_dbfs) - self._muted_until
        silent = takewhile(lambda level: level <= threshold_dbfs, islice(reversed(self._voiced_dbfs), frames))
        return sum(1 for _ in silent) * GATE_FRAME_S

    @property
    def over(self) -> bool:
        """Whether the silence has lasted long enough to end the answer."""
        return self.silence_s >= self.end_silence_s

    @property
    def level_dbfs(self) -> float:
        """Level of the last fifth of a second."""
        return self._smoothed_dbfs[-1] if self._smoothed_dbfs else _SILENT_DBFS

    @property
    def _threshold_dbfs(self) -> float:
        return min(self._smoothed_dbfs, default=_SILENT_DBFS) + _ABOVE_FLOOR_DB


def level_dbfs(samples: Samples) -> float:
    """RMS level of int16 sound in dB, a full-scale square wave being 0; -90 for silence."""
    if len(samples) == 0:
        return _SILENT_DBFS
    power = float(np.mean(np.square(samples, dtype=np.float32)))
    return max(_SILENT_DBFS, 10.0 * float(np.log10(max(power, 1e-3) / 32768.0**2)))
