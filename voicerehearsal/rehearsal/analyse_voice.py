"""The sections of a report that are about the voice: fillers, steady tone, the smile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicerehearsal.measures.calibration import Calibration
from voicerehearsal.measures.filled_pause_cues import STAND_INS
from voicerehearsal.measures.filled_pauses import find_filled_pauses
from voicerehearsal.measures.filler_phrases import find_filler_phrases
from voicerehearsal.measures.fillers import measure_fillers
from voicerehearsal.measures.phrase_places import SURE_WORD
from voicerehearsal.measures.quality import measure_quality
from voicerehearsal.measures.smile import measure_smile
from voicerehearsal.measures.sound import Sounds
from voicerehearsal.measures.surges import LEAST_PAST_S, find_surges
from voicerehearsal.measures.timeline import duration_s, without
from voicerehearsal.measures.tone import ToneResult, measure_tone
from voicerehearsal.measures.trust import VoiceDoubt, voice_doubt
from voicerehearsal.rehearsal.listen import Heard
from voicerehearsal.values import Audio, Filler, Fillers, Pauses, Report, Smile, Span, Surge, Usual, Word

_LIKELY = 0.5
"""Confidence from which a filled pause is likelier than not."""

NOT_CALIBRATED = "not calibrated"

Missing = dict[str, str]
"""Why something is missing, by "section" or "section.number"."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker's smile calibration and its name."""

    name: str
    calibration: Calibration


def with_voice(
    report: Report,
    *,
    sounds: Sounds,
    heard: Heard,
    words: Sequence[Word] | None,
    pauses: Pauses,
    usual: Mapping[str, Usual],
    profile: Profile | str,
) -> Report:
    """`report` with the sections about the voice, each as far as this recording can be trusted.

    Args:
        report: With its `audio`.
        sounds: Everything that was heard without a word understood.
        heard: The answer.
        words: What was recognised, without ghosts; None without a recogniser.
        pauses: Of the same answer.
        usual: What is usual for the speaker, by name of measure.
        profile: The speaker's smile calibration, or why there is none.
    """
    doubt = doubt_of(sounds, report.audio)
    fillers, no_fillers = _fillers(report, sounds, heard, words, pauses, doubt)
    tone = _tone(report, sounds, words, usual, doubt)
    smile, no_smile = _smile(sounds, report.mutes, profile, doubt)
    missing = report.missing | no_fillers | tone.missing | no_smile
    return replace(report, fillers=fillers, tone=tone.tone, smile=smile, missing=missing)


def quality_of(heard: Heard, sounds: Sounds, mutes: Sequence[Span] = ()) -> Audio:
    """The recording of what was heard."""
    return measure_quality(
        samples=heard.samples,
        sounding=sounds.sounding,
        mutes=mutes,
        tally=heard.tally,
        sample_rate_hz=heard.sample_rate_hz,
        channels=heard.channels,
        duration_s=heard.tally.samples / heard.sample_rate_hz,
    )


def doubt_of(sounds: Sounds, audio: Audio) -> VoiceDoubt:
    """What about the voice cannot be trusted in this recording."""
    return voice_doubt(
        bands=sounds.tracks.bands,
        voicing=sounds.tracks.voicing,
        voice=sounds.tracks.voice,
        sounding=sounds.sounding,
        audio=audio,
    )


def words_proper(*, words: Sequence[Word], fillers: Fillers | None) -> tuple[Word, ...]:
    """The words that were not a filled pause: recognisers write "the" or "and" where someone said "um".

    Where it is not likely that there was one, only a word that is written in its place, or a doubtful one, gives way. A
    word that the speaker wrote stays.
    """
    pauses = [event for event in fillers.events if event.kind == "filled_pause"] if fillers is not None else []
    return tuple(word for word in words if word.corrected or not any(_stands_for(word, pause) for pause in pauses))


def _stands_for(word: Word, pause: Filler) -> bool:
    if not pause.start_s <= (word.start_s + word.end_s) / 2 < pause.end_s:
        return False
    return pause.confidence >= _LIKELY or word.text in STAND_INS or word.confidence < SURE_WORD


def _fillers(
    report: Report,
    sounds: Sounds,
    heard: Heard,
    words: Sequence[Word] | None,
    pauses: Pauses,
    doubt: VoiceDoubt,
) -> tuple[Fillers | None, Missing]:
    """Filled pauses from the sound and filler phrases from the words."""
    if doubt.fillers is not None:
        return None, {"fillers": doubt.fillers}
    filled = find_filled_pauses(
        bands=sounds.tracks.bands,
        voice=sounds.tracks.voice,
        sounding=sounds.sounding,
        words=words,
        language=report.language,
    )
    if filled.reason is not None:
        return None, {"fillers": filled.reason}
    phrases: tuple[Filler, ...] = ()
    if words is not None:
        phrases = find_filler_phrases(words=words, sounding=sounds.sounding, language=report.language)
    fillers = measure_fillers(
        filled_pauses=filled.events,
        phrases=phrases,
        span=Span(pauses.first_sound_s, pauses.last_sound_s),
        mutes=report.mutes,
    )
    return fillers, {} if words is not None else {"fillers.phrases": heard.no_words_because}


def _tone(
    report: Report, sounds: Sounds, words: Sequence[Word] | None, usual: Mapping[str, Usual], doubt: VoiceDoubt
) -> ToneResult:
    """Steady tone, against the speaker's own habit once there is one."""
    bands, sounding, nuclei_s = sounds.tracks.bands, sounds.sounding, sounds.nuclei_s
    surges: tuple[Surge, ...] = ()
    if doubt.level is None:
        surges = find_surges(bands=bands, sounding=sounding, nuclei_s=nuclei_s, mutes=report.mutes, words=words)
    result = measure_tone(
        voice=sounds.tracks.voice,
        bands=bands,
        sounding=sounding,
        nuclei_s=nuclei_s,
        language=report.language,
        mutes=report.mutes,
        surges=surges,
        usual=usual,
        doubt=doubt,
    )
    if result.tone is not None and duration_s(spans=without(spans=sounding, cut=report.mutes)) < 2 * LEAST_PAST_S:
        result.missing.setdefault("tone.surges", "too little speech to compare with")
    return result


def _smile(
    sounds: Sounds, mutes: Sequence[Span], profile: Profile | str, doubt: VoiceDoubt
) -> tuple[Smile | None, Missing]:
    """The smile against the speaker's own readings."""
    timbre = sounds.tracks.timbre
    if isinstance(profile, str):
        return None, {"smile": profile}
    assert timbre is not None, "heard without what a smile is told by"
    if doubt.formants is not None:
        return None, {"smile": doubt.formants}
    smile = measure_smile(
        timbre=timbre,
        bands=sounds.tracks.bands,
        calibration=profile.calibration,
        profile=profile.name,
        mutes=mutes,
    )
    unknown = [number for number in ("score", "uncertainty", "audible") if getattr(smile, number) is None]
    return smile, {f"smile.{number}": smile.reason or "it cannot be told" for number in unknown}
