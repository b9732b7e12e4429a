"""Where the default targets come from, as far as it is known: who found what, and what is our own choice."""

from __future__ import annotations

from typing import NamedTuple

from voicerehearsal.coaching.targets import Target
from voicerehearsal.measures.activity import MIN_SILENCE_S


class Source(NamedTuple):
    """Where a default comes from: in a few words, and what was found, one sentence each."""

    short: str
    found: tuple[str, ...]


class Supported(NamedTuple):
    """The widest range in which a source puts a measure, and who stands at its ends."""

    low: float
    high: float
    why: str


SOURCES: dict[str, Source] = {
    "words_per_minute": Source(
        "Microsoft, Huru, Read.ai",
        (
            "Microsoft advises 100–165 words a minute, Huru 140–160, Read.ai 130–175; the target lies between them.",
            "Feiler & Powell 2015: speaking too slowly reads as nervous.",
            "The amber band, 20 words on either side, is our own choice.",
        ),
    ),
    "characters_per_minute": Source(
        "speakers, call centres",
        (
            "Adults who speak spontaneously: men 226 ± 26, women 199 ± 40 characters a minute.",
            "Broadcasters: 250–270; quality rules of call centres flag more than 280; one hotline rule asks for 120.",
            "The target, and its amber band of 30 characters on either side, are our own choice among these.",
        ),
    ),
    "response_latency_s": Source(
        "Ziano & Wang 2021",
        (
            "Ziano & Wang 2021: an answer that comes 2 s late already sounds less sincere.",
            "A story takes longer to begin; 4 s for it is our own choice. More than 30 s is against the service "
            "rules of the source material.",
        ),
    ),
    "pause_longest_s": Source(
        "Lundholm Fors 2015",
        (
            "Lundholm Fors 2015: a silence of 4 s hurts an answer.",
            "Liu 2022: pauses of 0.6 s sound most natural.",
            f"de Jong & Bosker 2013: silences count as pauses from {MIN_SILENCE_S:g} s on.",
            "3 s, where the line begins to sound dead, is our own choice below the 4 s.",
        ),
    ),
    "fillers_per_minute": Source(
        "Quantified, HBR 2018",
        (
            "Quantified, in Harvard Business Review 2018: about one a minute is best, five the average, and none "
            "at all is not the aim.",
            "Fillers that come close together are noticed more than their number.",
        ),
    ),
    "filler_share": Source(
        "fillers a minute", ("The five fillers a minute that are the average, at 0.6 s at most each; our own sum.",)
    ),
    "pitch_sd_st": Source(
        "Hincks & Edlund 2009",
        ("Liveliness below, turned into semitones, as Hincks & Edlund 2009 showed it to Chinese students of English.",),
    ),
    "liveliness": Source(
        "Hincks 2004, 2005",
        (
            "Hincks 2004, 2005: in windows of 10 s the pitch of twenty student talks varied by 0.11 to 0.235 of its "
            "mean.",
            "A share and not Hertz, so that low and high voices are judged alike.",
        ),
    ),
    "loudness_drift_db_per_minute": Source(
        "half the power",
        (
            "3 dB is half the power. A change of 1 dB in speech is hardly heard, 3 dB plainly is; the limit is our own "
            "choice.",
        ),
    ),
    "falling_endings": Source(
        "the source material",
        (
            "Service rule of the source material: statements, not questions, in the tone of voice.",
            "At least half of the phrase ends is our own choice.",
        ),
    ),
    "surges": Source(
        "the source material",
        ("The source material: whoever is provoked grows faster and louder at once; the aim is none.",),
    ),
    "smile_score": Source(
        "your own calibration",
        (
            "0 is your own straight-faced reading, 1 your smiling one; from half way on it is nearer to the smile.",
            "A smile raises pitch and formants (Tartter 1980), is heard over the telephone (Zacher & Niemitz 2003) and "
            "in several kinds (Drahota 2008). Cues differ between speakers, so it is told against your own "
            "readings only.",
        ),
    ),
    "coverage": Source("our own choice", ("Most of the question's own talking points; 0.6 is our own choice.",)),
    "snr_db": Source(
        "our own measurements",
        ("Below it the edges of pauses and the syllables begin to blur: measured on this program (`make accuracy`).",),
    ),
}
"""By name of measure, what its default rests on."""

SUPPORTED: dict[str, Supported] = {
    "words_per_minute": Supported(100, 175, "advice runs from 100 (Microsoft) to 175 (Read.ai)"),
    "characters_per_minute": Supported(120, 280, "rules run from 120 (a hotline) to 280 (flagged by call centres)"),
    "response_latency_s": Supported(0, 4, "2 s already sounds less sincere (Ziano & Wang 2021)"),
    "pause_longest_s": Supported(0.6, 4, "0.6 s sounds natural (Liu 2022), 4 s hurts (Lundholm Fors 2015)"),
    "fillers_per_minute": Supported(1, 5, "one a minute is best, five the average (Harvard Business Review 2018)"),
    "liveliness": Supported(0.11, 0.235, "twenty student talks lay between 0.11 and 0.235 (Hincks 2004, 2005)"),
    "pitch_sd_st": Supported(2, 4.5, "the talks that Hincks measured lay, in semitones, about between 2 and 4.5"),
}


def doubt(name: str, target: Target) -> str | None:
    """Why a stated target lies outside what the sources support; None when it does not, or nobody says.

    A target lies outside when its middle does, or its one limit.
    """
    supported = SUPPORTED.get(name)
    limits = [limit for limit in (target.low, target.high) if limit is not None]
    if supported is None or not limits:
        return None
    middle = sum(limits) / len(limits)
    return None if supported.low <= middle <= supported.high else supported.why
