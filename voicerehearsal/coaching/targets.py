"""Every threshold that a judgement rests on, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from voicerehearsal.values import Language, RateBand

RATE_BANDS: dict[Language, RateBand] = {
    "en": RateBand(target=(130.0, 160.0), amber=(110.0, 180.0), unit="wpm"),
    "zh": RateBand(target=(180.0, 250.0), amber=(150.0, 280.0), unit="cpm"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a measure should lie (`low` to `high`, either may be open) and the source of that advice."""

    low: float | None
    high: float | None
    source: str


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
    "longest_s": Target(None, 3.0, "a silence of 4 s hurts an answer (Lundholm Fors 2015)"),
    "coverage": Target(0.6, None, "most of the question's own talking points"),
    "snr_db": Target(15.0, None, "below it, pause edges and syllables begin to blur (make accuracy)"),
}

SLOW_FIRST_REPLY_S = 30.0
"""Service rule of the source material: the first reply comes within 30 seconds."""

LONG_PAUSES_PER_MINUTE = 4.0
"""More long pauses (≥ 1.5 s) than this a minute: our own choice, about one every second sentence."""
