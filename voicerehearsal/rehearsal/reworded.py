"""The report of an answer whose words the speaker knows better: what rests on words anew, the rest as it was heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicerehearsal.coaching.judgement import Habits
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.coaching.targets import held_against
from voicerehearsal.measures.filler_phrases import find_filler_phrases
from voicerehearsal.measures.fillers import measure_fillers
from voicerehearsal.measures.pace import FILLED_PAUSES, measure_pace
from voicerehearsal.measures.timeline import without
from voicerehearsal.rehearsal.analyse import written
from voicerehearsal.rehearsal.analyse_voice import words_proper
from voicerehearsal.rehearsal.understanding import Understanding
from voicerehearsal.values import Filler, Fillers, Pace, Pauses, Question, Report, Span, Transcript, Word

POINTS_AS_HEARD = "the question pack is not here; points were looked for in the words as they were heard"
"""Why the points of an answer do not follow its corrected words."""


def reworded(
    report: Report, words: tuple[Word, ...], *, question: Question | None, understanding: Understanding, usual: Habits
) -> Report:
    """`report` measured with `words` in place of those that were recognised.

    Pace, filler phrases and talking points follow; the answer is not heard again, so pauses, filled pauses, syllables,
    tone and smile stay as they are.

    Args:
        report: As it was measured, with pauses and a transcript.
        words: What was said, in the order of time.
        question: What was asked; None when its pack is not here or it is not known.
        understanding: What talking points are recognised by, beside their words.
        usual: What was usual for the speaker, by which the remarks are weighed.
    """
    pauses = report.pauses
    assert pauses is not None, "nothing was said"
    fillers = _fillers(report, words, pauses)
    made = replace(
        report,
        transcript=Transcript(written(words, report.language), words),
        fillers=fillers,
        pace=_pace(report, words_proper(words=words, fillers=fillers), pauses),
        missing=dict(report.missing),
    )
    if report.keywords is not None and question is not None:
        made = _with_points(made, question, words, understanding)
    elif report.keywords is not None:
        made.missing["keywords.words"] = POINTS_AS_HEARD
    return replace(made, remarks=remarks(made, usual))


def _with_points(report: Report, question: Question, words: tuple[Word, ...], understanding: Understanding) -> Report:
    keywords, why_by_words = understanding.covered(question, report.question, words, report.language)
    missing = {name: reason for name, reason in report.missing.items() if name != "keywords.meaning"}
    if why_by_words:
        missing["keywords.meaning"] = why_by_words
    return replace(report, keywords=keywords, missing=missing)


def _pace(report: Report, words: Sequence[Word], pauses: Pauses) -> Pace:
    """The pace by these words; syllables are heard in the sound, whatever they were."""
    pace = measure_pace(
        words=words,
        nuclei_s=(),
        pauses=pauses,
        mutes=report.mutes,
        language=report.language,
        band=held_against(report).rate_band(report.language),
    )
    heard = report.pace
    return replace(
        pace,
        syllables_per_second=None if heard is None else heard.syllables_per_second,
        articulation_syllables_per_second=None if heard is None else heard.articulation_syllables_per_second,
    )


def _fillers(report: Report, words: Sequence[Word], pauses: Pauses) -> Fillers | None:
    """Filled pauses as they were heard and as the speaker writes them, and the filler phrases of these words."""
    if report.fillers is None:
        return None
    span = Span(pauses.first_sound_s, pauses.last_sound_s)
    heard = [event for event in report.fillers.events if event.kind == "filled_pause"]
    stated = [
        Filler(word.text, word.start_s, word.end_s, "filled_pause", 1.0)
        for word in words
        if word.corrected and word.text in FILLED_PAUSES and not any(_meet(word, event) for event in heard)
    ]
    # Stretches of speech lie further apart than the shortest silence, so that the silences tell where they were.
    sounding = without(spans=(span,), cut=[Span(one.start_s, one.end_s) for one in pauses.silences])
    return measure_fillers(
        filled_pauses=sorted([*heard, *stated], key=lambda event: event.start_s),
        phrases=find_filler_phrases(words=words, sounding=sounding, language=report.language),
        span=span,
        mutes=report.mutes,
    )


def _meet(word: Word, event: Filler) -> bool:
    return word.start_s < event.end_s and event.start_s < word.end_s
