"""`words`: the words of an answer, how sure the recogniser was of each, and what was said instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.cli.by_ear import Ear
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.measures.word_corrections import JudgedWord, WordCorrection
    from voicerehearsal.values import Report

_HINT = "y it was said · n it was something else · r again · Enter next · q leaves"
_COLUMNS = (("no.", True), ("at", True), ("word", False), ("sure", True), ("heard as", False))
_NEAR_S = 2.0
_NUMBERS = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def words(
    answer: Annotated[int | None, typer.Argument(help="Number of the answer, see history; else the last.")] = None,
    replace: Annotated[
        tuple[str, str] | None,
        typer.Option(help='What was said instead; "" when it was nothing.', metavar="N|FROM-TO TEXT"),
    ] = None,
    undo: Annotated[list[int] | None, typer.Option(help="Take back what you said of it.", metavar="N")] = None,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the words of an answer and correct them; at a terminal, hear each that the recogniser was unsure of.

    Pace, filler phrases, talking points, remarks and trends follow at once, and corrections are kept when the answer is
    measured again.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results

    with wiring.open_journal(read_only=True) as journal:
        found = journal.answer(answer)
        listed = journal.words(found.id)
    said = _said(found, listed, replace, undo or [])
    if said:
        wiring.correct_words(found, said)
    with wiring.open_journal(read_only=True) as journal:
        report, listed = journal.report(found.id), journal.words(found.id)
        known = journal.word_corrections(found.id)
    waiting = [one for one in known if all(word.correction != one for word in listed)]
    if as_json:
        print_json(_as_json(found, report, listed, waiting))
        return
    _show(found, report, listed, waiting, only_near=said)
    keys = Keys()
    if any(map(_is_unsure, listed)) and not said and keys.available and results().is_terminal:
        _go_through(found, listed, keys, speaker)


def _said(
    answer: Answer, listed: Sequence[JudgedWord], replace: tuple[str, str] | None, undo: list[int]
) -> list[WordCorrection]:
    """What is said of which times; raises UsageError when a number is none of a word."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.measures.word_corrections import WordCorrection

    said = []
    for number in undo:
        correction = _numbered(answer, listed, number).correction
        if correction is None:
            raise UsageError(f"Word {number} is as it was heard", "Nothing was changed.")
        said.append(WordCorrection(correction.start_s, correction.end_s, None))
    if replace is not None:
        numbers = _NUMBERS.fullmatch(replace[0].strip())
        if numbers is None:
            raise UsageError(f"“{replace[0]}” is no number of a word", 'Give --replace 5 "sorry" or --replace 5-7 "".')
        first, last = sorted(int(number) for number in (numbers[1], numbers[2] or numbers[1]))
        start, end = _numbered(answer, listed, first).word, _numbered(answer, listed, last).word
        said.append(WordCorrection(start.start_s, end.end_s, replace[1]))
    return said


def _numbered(answer: Answer, listed: Sequence[JudgedWord], number: int) -> JudgedWord:
    from voicerehearsal.errors import UsageError

    if not 1 <= number <= len(listed):
        there_are = f"they go from 1 to {len(listed)}" if listed else "it has none"
        raise UsageError(f"Answer {answer.id} has no word {number}; {there_are}", "Nothing was changed.")
    return listed[number - 1]


def _is_unsure(one: JudgedWord) -> bool:
    from voicerehearsal.measures.phrase_places import SURE_WORD

    return one.correction is None and one.word.confidence < SURE_WORD


def _show(
    answer: Answer,
    report: Report | None,
    listed: Sequence[JudgedWord],
    waiting: Sequence[WordCorrection],
    *,
    only_near: Sequence[WordCorrection],
) -> None:
    """All words, or only those near what was said just now."""
    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import results, talk

    if not listed:
        talk().print(f"Answer {answer.id}: {_unknown(report)}.", markup=False, soft_wrap=True)
        return
    shown = [
        (str(number), *_row(one))
        for number, one in enumerate(listed, 1)
        if not only_near or any(_is_near(one, said) for said in only_near)
    ]
    print_table(results(), _COLUMNS, shown, quoted=(2, 4))
    unsure, corrected = sum(map(_is_unsure, listed)), len({one.correction for one in listed} - {None})
    results().print(f"{unsure} unsure (?), {corrected} corrected by you.", markup=False, soft_wrap=True)
    for one in waiting:
        line = f"“{one.text}” waits: the words now heard from {one.start_s:.1f} s to {one.end_s:.1f} s lie elsewhere."
        talk().print(line, markup=False, soft_wrap=True)


def _is_near(one: JudgedWord, said: WordCorrection) -> bool:
    return said.start_s - _NEAR_S < one.word.end_s and one.word.start_s < said.end_s + _NEAR_S


def _unknown(report: Report | None) -> str:
    """Why there are no words."""
    if report is None:
        return "not measured yet; `voicerehearsal analyze --again` measures it"
    return f"its words are not known: {report.missing.get('transcript', 'nothing was recognised')}"


def _row(one: JudgedWord) -> tuple[str, ...]:
    from voicerehearsal.presenting.times import moment

    if one.correction is None:
        return moment(one.word.start_s), one.word.text, _sure(one), ""
    heard = " ".join(word.text for word in one.heard) or "(nothing)"
    return moment(one.word.start_s), one.word.text or "(nothing)", "yours", heard


def _sure(one: JudgedWord) -> str:
    return f"{'? ' if _is_unsure(one) else ''}{100 * one.word.confidence:.0f} %"


def _go_through(answer: Answer, listed: Sequence[JudgedWord], keys: Keys, speaker_name: str | None) -> None:
    """Play the unsure words one after another, and keep at once which of them were said."""
    from voicerehearsal.cli.by_ear import by_ear
    from voicerehearsal.cli.terminal import talk

    unheard = "--replace N TEXT corrects unheard."
    with by_ear(answer, keys, speaker_name, unheard=unheard) as ear:
        wrong = [] if ear is None else _ask_about_each(answer, listed, ear)
    for number in wrong:
        talk().print(f'voicerehearsal words {answer.id} --replace {number} "what you said"', markup=False)


def _ask_about_each(answer: Answer, listed: Sequence[JudgedWord], ear: Ear) -> list[int]:
    """The numbers of those that were something else."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.measures.word_corrections import WordCorrection

    talk().print(_HINT, style="dim")
    wrong = []
    unsure = [(number, one.word) for number, one in enumerate(listed, 1) if _is_unsure(one)]
    for count, (number, word) in enumerate(unsure, 1):
        talk().print(f"{count} of {len(unsure)}: {_row(listed[number - 1])[0]} “{word.text}”", markup=False)
        choice = ear.judge(word.start_s, word.end_s)
        if choice == "leave":
            break
        if choice == "yes":
            wiring.correct_words(answer, [WordCorrection(word.start_s, word.end_s, word.text)])
            talk().print("  said", style="dim")
        elif choice == "no":
            wrong.append(number)
    return wrong


def _as_json(
    answer: Answer, report: Report | None, listed: Sequence[JudgedWord], waiting: Sequence[WordCorrection]
) -> dict[str, Any]:
    return {
        "schema": "voicerehearsal.words/1",
        "answer": answer.id,
        "words": [
            {
                "number": number,
                "text": one.word.text,
                "start_s": one.word.start_s,
                "end_s": one.word.end_s,
                "confidence": one.word.confidence,
                "corrected": one.correction is not None,
                "heard": None if one.correction is None else [word.text for word in one.heard],
            }
            for number, one in enumerate(listed, 1)
        ],
        "waiting": waiting,
        "missing": None if listed else _unknown(report),
    }
