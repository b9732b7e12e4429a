"""Words of kept answers, corrected by the speaker, and the measures that follow."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence

from voicerehearsal.coaching.judgement import Habits
from voicerehearsal.engines.rjieba_keyphrases import cut_words
from voicerehearsal.errors import UsageError
from voicerehearsal.formats import report_from_json, report_to_json
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.store import Answer, Journal
from voicerehearsal.measures.word_corrections import (
    WordCorrection,
    corrected_words,
    judged_words,
    merged_corrections,
    spoken_words,
    stretch_of,
    unfitting,
)
from voicerehearsal.rehearsal.reworded import reworded
from voicerehearsal.values import Language, Report, Word
from voicerehearsal.wiring.asked import question_asked
from voicerehearsal.wiring.meanings import understanding

MOST_LETTERS = 1000
"""Of one correction; a longer text is no correction of a few words."""

_NOTHING_CHANGED = "Nothing was changed."

_one_at_a_time = threading.Lock()
"""Two corrections made at once would each be measured without the other."""


def correct_words(answer: Answer, corrections: Sequence[WordCorrection]) -> Report:
    """Correct words of a kept answer, measure anew what rests on words, keep both, and return the report.

    Each correction stands for the words that mostly lie between its times. Its text may have more words or fewer, or be
    "" when nothing was said there; None takes back what was corrected there. Corrections made before stay, those of
    fillers and points too; once none of words is left, the report is the first one again.

    Raises:
        UsageError: There is no transcript, no word at such a time, or a text that is too long.
        JournalError: The journal cannot be read or written.
    """
    with _one_at_a_time, Journal.open(data_home()) as journal:
        heard = journal.as_heard(answer.id)
        words = _recognised(answer, heard)
        assert heard is not None
        known = journal.word_corrections(answer.id)
        for one in corrections:
            known = merged_corrections(known=known, newer=[_settled(one, words, known, heard.language)])
        made = reworded_with(heard, known, journal.usual_then(answer.id, heard.language)) if known else None
        journal.correct_words(answer.id, known, made)
        return journal.report(answer.id) or heard


def reworded_with(report: Report, corrections: Sequence[WordCorrection], usual: Habits) -> Report:
    """`report`, measured with the words as they were recognised, as it is with the corrected ones.

    Args:
        report: Of any measuring of the answer; corrections that do not fit its words change nothing.
        corrections: None over another.
        usual: What was usual for the speaker.
    """
    report = report_from_json(report_to_json(report))
    if report.transcript is None or report.pauses is None:
        return report
    return reworded(
        report,
        corrected_words(words=report.transcript.words, corrections=corrections),
        question=question_asked(report.question),
        understanding=understanding(),
        usual=usual,
    )


def _recognised(answer: Answer, heard: Report | None) -> tuple[Word, ...]:
    if heard is not None and heard.transcript is not None:
        return heard.transcript.words
    reason = "it was not measured" if heard is None else heard.missing.get("transcript", "nothing was recognised")
    raise UsageError(f"Answer {answer.id} has no words to correct: {reason}", _NOTHING_CHANGED)


def _settled(
    one: WordCorrection, words: Sequence[Word], known: Sequence[WordCorrection], language: Language
) -> WordCorrection:
    """A correction at the very edges of words, its text as recognisers write."""
    shown = [judged.word for judged in judged_words(words=words, corrections=known)]
    waiting = [Word("", old.start_s, old.end_s, 1.0) for old in unfitting(words=words, corrections=known)]
    near = sorted([*shown, *waiting], key=lambda word: word.start_s)
    stretch = stretch_of(words=near, start_s=one.start_s, end_s=one.end_s)
    if stretch is None:
        raise UsageError(f"There is no word between {one.start_s:.2f} s and {one.end_s:.2f} s", _NOTHING_CHANGED)
    if one.text is None:
        return WordCorrection(stretch.start_s, stretch.end_s, None)
    if len(one.text) > MOST_LETTERS:
        raise UsageError(f"A correction has at most {MOST_LETTERS} letters", "Correct fewer words at a time.")
    return WordCorrection(stretch.start_s, stretch.end_s, _written(one.text, language))


def _written(text: str, language: Language) -> str:
    plain = spoken_words(unicodedata.normalize("NFC", text), language)
    if language != "zh":
        return plain
    # Blanks that the speaker set are kept; what they wrote in one go is cut as the recogniser would.
    return " ".join(word for piece in plain.split() for word in cut_words(piece))
