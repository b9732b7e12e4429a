"""Any rate to the rate of analysis, as it streams, through the SoX resampler."""

from __future__ import annotations

import numpy as np

from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples


class SoxrResampler:
    """Int16 mono at `sample_rate_hz` in, int16 mono at `ANALYSIS_RATE_HZ` out.

    Blocks are regrouped before the conversion, so the same sound gives the same samples whatever its chunking.
    """

    def __init__(self, sample_rate_hz: int) -> None:
        import soxr

        self._block = max(1, sample_rate_hz // 10)
        self._rest: Samples = np.empty(0, np.int16)
        self._stream = (
            None
            if sample_rate_hz == ANALYSIS_RATE_HZ
            else soxr.ResampleStream(sample_rate_hz, ANALYSIS_RATE_HZ, 1, dtype="float32", quality="HQ")
        )

    def feed(self, samples: Samples) -> Samples:
        """Convert what has come; some of it may be held back until the next call."""
        if self._stream is None:
            return samples
        joined = np.concatenate((self._rest, samples))
        whole = len(joined) - len(joined) % self._block
        self._rest = joined[whole:]
        parts = [self._convert(joined[at : at + self._block], last=False) for at in range(0, whole, self._block)]
        return np.concatenate(parts) if parts else np.empty(0, np.int16)

    def finish(self) -> Samples:
        """The samples held back."""
        return np.empty(0, np.int16) if self._stream is None else self._convert(self._rest, last=True)

    def _convert(self, samples: Samples, *, last: bool) -> Samples:
        assert self._stream is not None
        out = self._stream.resample_chunk(samples.astype(np.float32), last=last)
        converted: Samples = np.clip(np.rint(out), -32768, 32767).astype(np.int16)
        return converted
