"""Targets as people state them in a file: `words_per_minute = { low = 120, high = 150 }`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from voicerehearsal.packs.toml_file import Table
from voicerehearsal.values import Target, Whose

MEASURES = (
    "words_per_minute", "characters_per_minute", "articulation_words_per_minute", "syllables_per_second",
    "articulation_syllables_per_second", "drift_per_minute", "drift_characters", "response_latency_s", "pause_count",
    "pauses_per_minute", "pause_mean_s", "pause_longest_s", "pause_ratio", "phonation_s", "fillers_per_minute",
    "filled_pauses_per_minute", "filler_share", "speaking_s", "coverage", "pitch_sd_st", "pitch_range_st", "liveliness",
    "pitch_median_hz", "loudness_sd_db", "loudness_drift_db_per_minute", "harmonicity_db", "steadiness",
    "falling_endings", "surges", "smile_score", "level_dbfs", "snr_db",
)  # fmt: skip
"""The measures that a target can be stated for: those that are followed from answer to answer."""

PACES = ("words_per_minute", "characters_per_minute")
"""An amber band lies around these, so they need both limits."""

Faulty = tuple[tuple[str, ...], str, str]
"""Where in the table of targets (measure, or measure and key), what is wrong there, and its cure."""

_ABSURD = 1e9
_SHAPE = "{ low = 120, high = 150 }"


def stated_faults(targets: Table, *, note: str) -> Iterator[Faulty]:
    """What is wrong with a table of targets; `note` is the key that each may have beside its limits."""
    for name, stated in targets.items():
        if name not in MEASURES:
            near = difflib.get_close_matches(name, MEASURES, n=1)
            cure = f"Did you mean '{near[0]}'?" if near else "`voicerehearsal targets` shows the measures"
            yield (name,), f'there is no measure "{name}"', cure
        elif not isinstance(stated, dict):
            yield (name,), f'the target of "{name}" is no table', f"Write {name} = {_SHAPE}"
        else:
            yield from _faults_of(name, stated, note)


SHARES = frozenset({"coverage", "pause_ratio", "filler_share", "falling_endings", "steadiness"})
"""Measures that run from 0 to 1; people read some of them in per cent, and would type that."""


def limits_fault(name: str, low: float | None, high: float | None) -> tuple[str, str] | None:
    """What is wrong with the limits of one target, and its cure."""
    if not all(limit is None or abs(limit) < _ABSURD for limit in (low, high)):
        return f'the target of "{name}" has a limit that nobody can reach', f"Write numbers, as in {_SHAPE}"
    if low is None and high is None:
        return f'the target of "{name}" has no limit', "Give low, high, or both"
    if name in PACES and (low is None or high is None):
        return f'the target of "{name}" has one limit only', "A pace needs low and high"
    if name in PACES and low is not None and low <= 0:
        return f'the target of "{name}" begins at {low:g}', "A pace is more than 0 a minute"
    beyond = next((limit for limit in (low, high) if limit is not None and not 0 <= limit <= 1), None)
    if name in SHARES and beyond is not None:
        return f'the target of "{name}" has the limit {beyond:g}', "It is a share from 0 to 1: 90 % is 0.9"
    if low is not None and high is not None and low > high:
        return f'the target of "{name}" runs from {low:g} to {high:g}', "The low limit cannot be above the high one"
    return None


def stated_targets(targets: Mapping[str, Any], source: str, whose: Whose, *, note: str) -> dict[str, Target]:
    """A table without faults as targets; `source` says whose they are, and the note of each is added to it."""
    return {
        name: Target(
            low=None if "low" not in stated else float(stated["low"]),
            high=None if "high" not in stated else float(stated["high"]),
            source=source + _noted(stated.get(note)),
            whose=whose,
        )
        for name, stated in targets.items()
    }


def _noted(note: object) -> str:
    if note is None:
        return ""
    return f", since {note.isoformat()}" if isinstance(note, date) else f": {note}"


def _faults_of(name: str, stated: Table, note: str) -> Iterator[Faulty]:
    limits: dict[str, float] = {}
    fine = True
    for key, value in stated.items():
        fault = _fault_of(key, value, note)
        if fault is not None:
            fine = False
            yield (name, key), f'the target of "{name}" {fault[0]}', fault[1]
        elif isinstance(value, int | float):
            limits[key] = value
    wrong = limits_fault(name, limits.get("low"), limits.get("high")) if fine else None
    if wrong is not None:
        yield (name,), *wrong


def _fault_of(key: str, value: object, note: str) -> tuple[str, str] | None:
    if key in ("low", "high"):
        good = type(value) in {int, float} and isinstance(value, int | float) and abs(value) < _ABSURD
        return None if good else (f'has a "{key}" that is not a number', f"Write a number, as in {_SHAPE}")
    if key != note:
        return f'has the unknown key "{key}"', f"It may have: low, high, {note}"
    if note == "since":
        return None if type(value) is date else ('has a "since" that is not a day', "Write since = 2026-11-22")
    good = isinstance(value, str) and bool(value.strip())
    return None if good else (f'has a "{key}" that is not a text', "Put it in quotation marks")
