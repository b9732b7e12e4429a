"""Every threshold that a judgement rests on, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from voicerehearsal.measures import smile, tone
from voicerehearsal.values import Language, RateBand, Report
from voicerehearsal.values import Target as Target  # where the thresholds are, one looks for it

RATE_BANDS: dict[Language, RateBand] = {
    "en": RateBand(target=(130.0, 160.0), amber=(110.0, 180.0), unit="wpm"),
    "zh": RateBand(target=(180.0, 250.0), amber=(150.0, 280.0), unit="cpm"),
}


FILLERS_PER_MINUTE = (1.0, 5.0)
"""About one a minute is best and never zero, five the average (Quantified, in Harvard Business Review 2018)."""

FEW_FILLERS_PER_MINUTE = 2.0
"""From best to hardly noticed; our own choice between 1 and 5."""

SMILE_HEARD = smile.HEARD
"""Half way from the speaker's neutral reading to their smiling one."""

AUDIBLE_FADE_DB = 3.0
"""Half the power; a change of 1 dB in speech is hardly heard, 3 dB plainly is."""

LEAST_ENDINGS = 4
"""Phrase ends that it takes to speak of a habit; our own choice."""

MOSTLY = 0.5
"""Share of phrase ends from which it is a habit."""

SURE_WORDS = 0.7
"""Below this (median) confidence the recogniser was guessing: a missed point may have been made, words be others."""

LEAST_HISTORY = tone.LEAST_ANSWERS
"""Earlier answers that it takes to know what is usual for a speaker: one window of the trends."""


PACE: dict[Language, str] = {"en": "words_per_minute", "zh": "characters_per_minute"}
"""The measure of pace in each language: its target has an amber band around it."""


SPEECH_RATE_SOURCES: dict[Language, str] = {
    "en": "between the ranges of Microsoft (100–165), Huru (140–160) and Read.ai (130–175) words per minute",
    "zh": "spontaneous adults speak 199–226 characters per minute; call-centre rules flag more than 280",
}

TARGETS: dict[str, Target] = {
    "words_per_minute": Target(*RATE_BANDS["en"].target, SPEECH_RATE_SOURCES["en"]),
    "characters_per_minute": Target(*RATE_BANDS["zh"].target, SPEECH_RATE_SOURCES["zh"]),
    "response_latency_s": Target(
        None, 4.0, "2 s already lowers perceived sincerity (Ziano & Wang 2021); a story needs longer"
    ),
    "pause_longest_s": Target(None, 3.0, "a silence of 4 s hurts an answer (Lundholm Fors 2015)"),
    "fillers_per_minute": Target(
        *FILLERS_PER_MINUTE, "about 1 a minute is best, 5 the average (Quantified, Harvard Business Review 2018)"
    ),
    "filler_share": Target(None, 0.05, "the average 5 a minute, at most 0.6 s each"),
    "pitch_sd_st": Target(2.0, 4.5, "the liveliness below in semitones; as shown to learners by Hincks & Edlund 2009"),
    "liveliness": Target(
        tone.MONOTONE, tone.LIVELY, "twenty student talks lay between 0.11 and 0.235 (Hincks 2004, 2005)"
    ),
    "loudness_drift_db_per_minute": Target(-AUDIBLE_FADE_DB, AUDIBLE_FADE_DB, "3 dB, half the power, is plainly heard"),
    "falling_endings": Target(MOSTLY, None, "service rule of the source material: statements, not questions, in tone"),
    "surges": Target(None, 0.0, "the source material's sign of being provoked: faster and louder at once"),
    "smile_score": Target(SMILE_HEARD, None, "nearer to your smiling reading than to your straight-faced one"),
    "coverage": Target(0.6, None, "most of the question's own talking points"),
    "snr_db": Target(15.0, None, "below it, pause edges and syllables begin to blur (our own measurements)"),
}


@dataclass(frozen=True)
class Targets:
    """What answers are held against: what was `stated` for some measures, the defaults for the others."""

    stated: Mapping[str, Target] = field(default_factory=dict)

    def of(self, metric_name: str) -> Target | None:
        """The target of a measure; None for one that has none."""
        return self.stated.get(metric_name) or TARGETS.get(metric_name)

    def rate_band(self, language: Language) -> RateBand:
        """The pace that is good, and the amber band around it.

        A stated pace target moves the amber band with it: the margins on both sides stay those of the default (20 words
        or 30 characters a minute), since no source says how they should change.
        """
        default = RATE_BANDS[language]
        stated = self.stated.get(PACE[language])
        if stated is None or stated.low is None or stated.high is None:
            return default
        below, above = default.target[0] - default.amber[0], default.amber[1] - default.target[1]
        amber = (max(0.0, stated.low - below), stated.high + above)
        return RateBand(target=(stated.low, stated.high), amber=amber, unit=default.unit)


DEFAULTS = Targets()
"""What holds for everybody who has stated nothing else."""


def aim(metric_name: str, target: Target | None) -> Target | None:
    """What to work towards: fewer fillers than the target has are no fault, for nobody has to learn to say "um"."""
    if metric_name == "fillers_per_minute" and target is not None and target.high is not None:
        return replace(target, low=None)
    return target


def in_words(target: Target) -> str:
    """The limits: "120 to 150", "at most 4", "at least 0.6"."""
    if target.low is not None and target.high is not None:
        return f"{target.low:g} to {target.high:g}"
    return f"at least {target.low:g}" if target.low is not None else f"at most {target.high:g}"


def in_short(target: Target) -> str:
    """The limits for a table: "120–150", "≤ 4", "≥ 0.6"."""
    if target.low is None or target.high is None:
        return f"≥ {target.low:g}" if target.low is not None else f"≤ {target.high:g}"
    return f"{target.low:g}–{target.high:g}"


def owner(target: Target) -> str:
    """What a target is called after whoever states it."""
    return {"default": "the usual target", "pack": "this pack's target"}.get(target.whose, "your own target")


def held_against(report: Report) -> Targets:
    """The targets in force when `report` was made."""
    return Targets(report.targets)


SLOW_FIRST_REPLY_S = 30.0
"""Service rule of the source material: the first reply comes within 30 seconds."""

LONG_PAUSES_PER_MINUTE = 4.0
"""More long pauses (≥ 1.5 s) than this a minute: our own choice, about one every second sentence."""
