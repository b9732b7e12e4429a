"""From what was heard to the report: every measure called once, and a reason wherever one cannot be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.coaching.targets import DEFAULTS, Targets, held_against
from voicerehearsal.measures.length import measure_length
from voicerehearsal.measures.pace import measure_pace
from voicerehearsal.measures.pauses import measure_pauses, span_duration_s
from voicerehearsal.measures.sound import hear
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED, Profile, quality_of, with_voice, words_proper
from voicerehearsal.rehearsal.listen import Heard
from voicerehearsal.rehearsal.understanding import BY_WORDS_ALONE, Understanding
from voicerehearsal.values import (
    Audio,
    Circumstances,
    Language,
    Pace,
    Pauses,
    Question,
    Report,
    Span,
    Transcript,
    Word,
)

_NO_QUESTION = "no question was given"
_NO_PACK = "its question pack is not here; name it with --pack and --question"
_CUT_IN = "the interviewer cut in"
_TRUNCATED = "The file ends before its header says it should; what is there was measured."


def analyse(
    heard: Heard,
    *,
    source: str,
    circumstances: Circumstances,
    question: Question | None,
    profile: Profile | str = NOT_CALIBRATED,
    understanding: Understanding = BY_WORDS_ALONE,
    targets: Targets = DEFAULTS,
    truncated: bool = False,
) -> Report:
    """The report of one answer.

    Args:
        heard: Its sound, gate decisions and words.
        source: What to call it.
        circumstances: What its sound cannot tell.
        question: What was asked, None when not known.
        profile: The speaker's smile calibration, or why there is none.
        understanding: What talking points are recognised by, beside their words.
        targets: What it is held against; the report keeps those that somebody stated.
        truncated: Whether the file stopped before its end.
    """
    mutes = circumstances.mutes
    found = hear(tracks=heard.tracks, gate=heard.gate)
    audio = quality_of(heard, found, mutes)
    report = Report(
        source=source,
        language=circumstances.language,
        question=circumstances.question,
        question_end_s=circumstances.question_end_s,
        mutes=mutes,
        audio=replace(audio, warnings=_more_warnings(audio, circumstances, truncated)),
        targets=dict(targets.stated),
    )
    pauses = measure_pauses(sounding=found.sounding, mutes=mutes, question_end_s=circumstances.question_end_s)
    if pauses is None:
        return _nothing_said(report, heard)
    words = None if heard.words is None else _backed_by_sound(heard.words, found.sounding)
    report = with_voice(
        replace(report, pauses=pauses),
        sounds=found,
        heard=heard,
        words=words,
        pauses=pauses,
        usual=circumstances.usual,
        profile=profile,
    )
    report = _with_words(report, words, heard.no_words_because, found.nuclei_s, pauses, question)
    if question is not None and words is not None:
        report = _with_points(report, question, words, understanding)
    if circumstances.interrupted:
        report = _interrupted(report)
    return replace(report, remarks=remarks(report, circumstances.usual))


def _with_words(
    report: Report,
    words: tuple[Word, ...] | None,
    no_words_because: str,
    nuclei_s: Sequence[float],
    pauses: Pauses,
    question: Question | None,
) -> Report:
    span = Span(pauses.first_sound_s, pauses.last_sound_s)
    missing = report.missing
    if words is None:
        missing["transcript"] = no_words_because
        missing["keywords"] = no_words_because
    elif question is None:
        missing["keywords"] = _NO_QUESTION if report.question is None else _NO_PACK
    pace = measure_pace(
        words=None if words is None else words_proper(words=words, fillers=report.fillers),
        nuclei_s=nuclei_s,
        pauses=pauses,
        mutes=report.mutes,
        language=report.language,
        band=held_against(report).rate_band(report.language),
    )
    missing |= _unknown_numbers(report, pauses, pace, no_words_because)
    return replace(
        report,
        transcript=None if words is None else Transcript(written(words, report.language), words),
        pace=pace,
        length=measure_length(
            speaking_s=span_duration_s(span=span, mutes=report.mutes),
            target_s=None if question is None else question.target_s,
        ),
    )


def _interrupted(report: Report) -> Report:
    """An answer that somebody else ended is not short."""
    length = report.length
    if length is not None:
        length = measure_length(speaking_s=length.speaking_s, target_s=length.target_s, interrupted=True)
        if length.verdict is None:
            report.missing["length.verdict"] = _CUT_IN
    return replace(report, length=length)


def written(words: Sequence[Word], language: Language) -> str:
    """The words as one text: Chinese has no blanks."""
    return ("" if language == "zh" else " ").join(word.text for word in words)


def _unknown_numbers(report: Report, pauses: Pauses, pace: Pace, no_words_because: str) -> dict[str, str]:
    """Why single numbers cannot be given, under "section.number"."""
    wpm = pace.unit == "wpm"
    rates = ("words_per_minute", "articulation_words_per_minute") if wpm else ("characters_per_minute",)
    other = ("characters_per_minute",) if wpm else ("words_per_minute", "articulation_words_per_minute")
    reasons = {f"pace.{number}": f"not a measure of this language ({report.language})" for number in other}
    if no_words_because:
        reasons |= dict.fromkeys((f"pace.{number}" for number in (*rates, "verdict")), no_words_because)
    if pace.drift_per_minute is None:
        reasons["pace.drift_per_minute"] = no_words_because or "fewer than three windows of 10 s"
    if pauses.response_latency_s is None:
        reasons["pauses.response_latency_s"] = "when the question ended is not known"
    if not pauses.silences:
        reasons |= dict.fromkeys(("pauses.mean_s", "pauses.longest_s"), "there was no silent pause")
    if report.audio.snr_db is None:
        reasons["audio.snr_db"] = "there is no background to compare the voice with"
    return reasons


def _with_points(report: Report, question: Question, words: tuple[Word, ...], understanding: Understanding) -> Report:
    keywords, why_by_words = understanding.covered(question, report.question, words, report.language)
    if why_by_words:
        report.missing["keywords.meaning"] = why_by_words
    return replace(report, keywords=keywords)


def _backed_by_sound(words: tuple[Word, ...], sounding: Sequence[Span]) -> tuple[Word, ...]:
    """Words that fall where somebody sounds; recognisers hear ghosts in silence (Vosk writes "the" or "huh")."""
    return tuple(
        word for word in words if any(word.start_s < span.end_s and word.end_s > span.start_s for span in sounding)
    )


def _more_warnings(audio: Audio, circumstances: Circumstances, truncated: bool) -> tuple[str, ...]:
    warnings = list(audio.warnings)
    if circumstances.lost_blocks:
        warnings.append(f"{circumstances.lost_blocks} blocks of sound were lost: the computer was too busy.")
    if truncated:
        warnings.append(_TRUNCATED)
    return tuple(warnings)


def _nothing_said(report: Report, heard: Heard) -> Report:
    """A report of an answer without speech; says why as far as the sound tells."""
    if not heard.tally.not_zero and report.mutes:
        reason = "the line was muted"
    elif not heard.tally.not_zero:
        reason = "the microphone sent only zeros; it was muted, unplugged or not permitted"
    else:
        reason = "there is sound, but no speech in it"
    sections = ("transcript", "pace", "pauses", "fillers", "keywords", "tone", "smile", "length")
    return replace(report, missing=report.missing | dict.fromkeys(sections, reason))
