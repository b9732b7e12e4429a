"""The sections of a report that are about the voice: fillers, steady tone, the smile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicerehearsal.measures.filled_pauses import find_filled_pauses
from voicerehearsal.measures.filler_phrases import find_filler_phrases
from voicerehearsal.measures.fillers import measure_fillers
from voicerehearsal.measures.sound import Heard
from voicerehearsal.measures.surges import find_surges
from voicerehearsal.measures.tone import ToneResult, measure_tone
from voicerehearsal.measures.trust import VoiceDoubt
from voicerehearsal.values import Filler, Fillers, Language, Pauses, Span, Surge, Usual, Word


@dataclass(frozen=True, slots=True)
class FillersHeard:
    """The contract's `fillers`, and why something of it is missing: keys "fillers" or "fillers.kind"."""

    fillers: Fillers | None
    missing: dict[str, str]


def analyse_fillers(
    *,
    found: Heard,
    words: Sequence[Word] | None,
    suspects: Sequence[Word] | None,
    no_words_because: str,
    pauses: Pauses,
    mutes: Sequence[Span],
    language: Language,
    doubt: VoiceDoubt,
) -> FillersHeard:
    """Filled pauses from the sound and filler phrases from the words, each as far as it can be had."""
    if doubt.fillers is not None:
        return FillersHeard(None, {"fillers": doubt.fillers})
    filled = find_filled_pauses(
        bands=found.tracks.bands,
        voice=found.tracks.voice,
        sounding=found.sounding,
        words=words,
        suspects=suspects,
        language=language,
    )
    if filled.reason is not None:
        return FillersHeard(None, {"fillers": filled.reason})
    phrases: tuple[Filler, ...] = ()
    missing = {"fillers.phrases": no_words_because}
    if words is not None:
        phrases = find_filler_phrases(words=words, sounding=found.sounding, language=language)
        missing = {}
    fillers = measure_fillers(
        filled_pauses=filled.events,
        phrases=phrases,
        span=Span(pauses.first_sound_s, pauses.last_sound_s),
        mutes=mutes,
    )
    return FillersHeard(fillers, missing)


def analyse_tone(*, found: Heard, mutes: Sequence[Span], usual: Mapping[str, Usual], doubt: VoiceDoubt) -> ToneResult:
    """Steady tone, against the speaker's own habit once there is one."""
    surges: tuple[Surge, ...] = ()
    if doubt.level is None:
        surges = find_surges(bands=found.tracks.bands, sounding=found.sounding, nuclei_s=found.nuclei_s, mutes=mutes)
    return measure_tone(
        voice=found.tracks.voice,
        bands=found.tracks.bands,
        sounding=found.sounding,
        nuclei_s=found.nuclei_s,
        mutes=mutes,
        surges=surges,
        usual=usual,
        doubt=doubt,
    )


def words_proper(*, words: Sequence[Word], fillers: Fillers | None) -> tuple[Word, ...]:
    """The words that were not a filled pause: recognisers write "the" or "and" where someone said "um"."""
    pauses = [event for event in fillers.events if event.kind == "filled_pause"] if fillers is not None else []
    return tuple(
        word
        for word in words
        if not any(pause.start_s <= (word.start_s + word.end_s) / 2 < pause.end_s for pause in pauses)
    )
