"""The numbers of a report that are followed from answer to answer, and how each is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from voicerehearsal.coaching.judgement import SHORTEST_S
from voicerehearsal.errors import UsageError
from voicerehearsal.values import Report


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of a report.

    Attributes:
        name: What it is called on the command line and in the journal.
        label: What people read.
        unit: Its unit, "" for a bare number.
        path: Section of the report, field, and so on down to a number; to a list: how many are in it.
        decimals: How many are worth showing.
        version: Raised whenever the way of measuring changes: numbers of two versions are never put side by side.
        pace_unit: Only kept from reports whose pace has this unit; None: from all.
    """

    name: str
    label: str
    unit: str
    path: tuple[str, ...]
    decimals: int
    version: int = 1
    pace_unit: Literal["wpm", "cpm"] | None = None


WITHOUT_FILLED_PAUSES = 2
"""Version of the rates that count words: since it, words that were a filled pause in the sound are left out."""

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "words_per_minute",
            "speech rate",
            "words/min",
            ("pace", "words_per_minute"),
            0,
            version=WITHOUT_FILLED_PAUSES,
            pace_unit="wpm",
        ),
        Metric(
            "characters_per_minute",
            "speech rate",
            "characters/min",
            ("pace", "characters_per_minute"),
            0,
            version=WITHOUT_FILLED_PAUSES,
            pace_unit="cpm",
        ),
        Metric(
            "articulation_words_per_minute",
            "articulation rate",
            "words/min",
            ("pace", "articulation_words_per_minute"),
            0,
            version=WITHOUT_FILLED_PAUSES,
            pace_unit="wpm",
        ),
        Metric("syllables_per_second", "syllable rate", "syll/s", ("pace", "syllables_per_second"), 2),
        Metric(
            "articulation_syllables_per_second",
            "articulated syllables",
            "syll/s",
            ("pace", "articulation_syllables_per_second"),
            2,
        ),
        Metric(
            "drift_per_minute",
            "pace drift",
            "words/min²",
            ("pace", "drift_per_minute"),
            1,
            version=WITHOUT_FILLED_PAUSES,
            pace_unit="wpm",
        ),
        Metric(
            "drift_characters",
            "pace drift",
            "characters/min²",
            ("pace", "drift_per_minute"),
            1,
            version=WITHOUT_FILLED_PAUSES,
            pace_unit="cpm",
        ),
        Metric("response_latency_s", "response latency", "s", ("pauses", "response_latency_s"), 1),
        Metric("pause_count", "number of pauses", "", ("pauses", "count"), 0),
        Metric("pauses_per_minute", "pauses", "/min", ("pauses", "per_minute"), 1),
        Metric("pause_mean_s", "mean pause", "s", ("pauses", "mean_s"), 2),
        Metric("pause_longest_s", "longest pause", "s", ("pauses", "longest_s"), 1),
        Metric("pause_ratio", "share of silence", "", ("pauses", "ratio"), 2),
        Metric("phonation_s", "time voiced", "s", ("pauses", "phonation_s"), 0),
        Metric("fillers_per_minute", "fillers", "/min", ("fillers", "per_minute"), 1),
        Metric("filled_pauses_per_minute", "filled pauses", "/min", ("fillers", "filled_pauses_per_minute"), 1),
        Metric("filler_share", "share of fillers", "", ("fillers", "share"), 3),
        Metric("speaking_s", "length", "s", ("length", "speaking_s"), 0),
        Metric("coverage", "talking points made", "", ("keywords", "coverage"), 2),
        Metric("pitch_sd_st", "pitch variation", "semitones", ("tone", "pitch_sd_st"), 1),
        Metric("pitch_range_st", "pitch range", "semitones", ("tone", "pitch_range_st"), 1),
        Metric("liveliness", "liveliness", "", ("tone", "liveliness"), 2),
        Metric("pitch_median_hz", "pitch", "Hz", ("tone", "pitch_median_hz"), 0),
        Metric("loudness_sd_db", "loudness variation", "dB", ("tone", "loudness_sd_db"), 1),
        Metric("loudness_drift_db_per_minute", "loudness drift", "dB/min", ("tone", "loudness_drift_db_per_minute"), 1),
        Metric("harmonicity_db", "harmonicity", "dB", ("tone", "harmonicity_db"), 1),
        Metric("steadiness", "steadiness", "", ("tone", "steadiness"), 2),
        Metric("falling_endings", "endings that fall", "", ("tone", "endings", "falling_share"), 2),
        Metric("surges", "surges", "", ("tone", "surges"), 0),
        Metric("smile_score", "smile", "", ("smile", "score"), 2),
        Metric("level_dbfs", "level", "dBFS", ("audio", "level_dbfs"), 1),
        Metric("snr_db", "level over noise", "dB", ("audio", "snr_db"), 0),
    )
}
"""By name, in the order in which they are shown: pace first."""


def metric_called(name: str) -> Metric:
    """The metric of this name, or the only one of this label, with its unit or without, as tables show it.

    Raises:
        UsageError: There is none; the message lists them, and the likeliest one first.
    """
    if name in METRICS:
        return METRICS[name]
    read = name.split(",")[0].strip().lower()
    labelled = [metric for metric in METRICS.values() if read == metric.label]
    if len(labelled) == 1:
        return labelled[0]
    near = [metric.name for metric in labelled] or (
        get_close_matches(name, METRICS, n=1)
        or [metric.name for metric in METRICS.values() if name and read in (*metric.path, *metric.label.split())][:1]
    )
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise UsageError(f"There is no measure called “{name}”", f"{hint}There are: {', '.join(METRICS)}.")


def numbers(report: Report) -> Iterator[tuple[Metric, float]]:
    """Every metric that `report` has a number for; what its `missing` explains is no number, not even an empty list.

    An utterance shorter than `SHORTEST_S`, such as a name called out in a drill, has none: its rates mean nothing.
    """
    if report.length is not None and report.length.speaking_s < SHORTEST_S:
        return
    for metric in METRICS.values():
        if metric.pace_unit is not None and (report.pace is None or report.pace.unit != metric.pace_unit):
            continue
        if _is_missing(report, metric.path):
            continue
        value: Any = report
        for name in metric.path:
            value = None if value is None else getattr(value, name)
        if value is not None:
            yield metric, float(len(value) if isinstance(value, tuple) else value)


def _is_missing(report: Report, path: tuple[str, ...]) -> bool:
    """Whether `missing` has the number or what it is part of, as "tone.endings" of "tone.endings.falling_share"."""
    return any(".".join(path[:depth]) in report.missing for depth in range(1, len(path) + 1))
