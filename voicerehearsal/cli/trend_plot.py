"""Trends as a picture: which panels it has, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.trends import Number
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.journal.wanted import Wanted
    from voicerehearsal.pictures.trends import Panel
    from voicerehearsal.presenting.trend_sentences import Judged
    from voicerehearsal.values import QuestionRef

_MOST_QUESTIONS = 12
_TITLE_WIDTH = 34
_WIDE = 0x2E80
"""From here on a character is a Chinese one."""


def check_plot(plot: Path | None, *, per_question: bool, dark: bool, metric: Metric | None) -> None:
    """Refuse what cannot be drawn, before any work is done.

    Raises:
        UsageError: It is no picture of ours, or an option without what it goes with.
    """
    from voicerehearsal.errors import UsageError
    from voicerehearsal.pictures.look import check_picture_name

    if plot is not None:
        check_picture_name(plot)
    elif per_question or dark:
        raise UsageError(f"{'--per-question' if per_question else '--dark'} is for pictures", "Name one with --plot.")
    if per_question and metric is None:
        raise UsageError("--per-question draws one measure", "Name it with --metric.")


def draw_trends(
    journal: Journal,
    found: Sequence[Judged],
    wanted: Wanted,
    plot: Path,
    *,
    alone: bool,
    per_question: bool,
    dark: bool,
) -> None:
    """Draw what was `found` to `plot`: the headline measures, one alone, or one for each question.

    Raises:
        RehearsalError: There is nothing to draw, or the file cannot be written.
    """
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.coaching.change import chance_in_words
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.pictures.look import DARK, LIGHT
    from voicerehearsal.pictures.trends import HEADLINES, draw, draw_each

    if not found:
        raise RehearsalError("There is nothing to draw yet", "`voicerehearsal practice` asks the first question.")
    look = DARK if dark else LIGHT
    latest = max(found, key=lambda one: one.trend.latest.when).trend.language
    if per_question:
        (one,) = [one for one in found if one.trend.language == latest]
        panels = _panels_of_questions(journal, one, wanted)
        draw_each(panels, _heading(one), plot, look)
        chance = chance_in_words([panel.change for panel in panels if panel.change is not None], "question")
        talk().print(chance, style="dim", markup=False, soft_wrap=True, end="\n" if chance else "")
        return
    shown = list(found)
    if not alone:
        same = [one for one in found if one.trend.language == latest]
        shown = [one for one in same if one.trend.metric.name in HEADLINES] or same[:1]
    draw([_panel(journal, one, wanted, languages=alone and len(found) > 1) for one in shown], plot, look)


def _panel(journal: Journal, one: Judged, wanted: Wanted, *, languages: bool) -> Panel:
    from voicerehearsal.journal.trends import read_numbers
    from voicerehearsal.presenting.letter import LANGUAGES

    label = one.trend.metric.label
    with journal.reading() as db:
        numbers = read_numbers(db, one.trend.metric, one.trend.language, wanted)
    title = label[:1].upper() + label[1:] + (f" ({LANGUAGES[one.trend.language]})" if languages else "")
    return _drawn(title, one, numbers)


def _panels_of_questions(journal: Journal, one: Judged, wanted: Wanted) -> list[Panel]:
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.journal.trends import by_question, read_numbers

    with journal.reading() as db:
        numbers = read_numbers(db, one.trend.metric, one.trend.language, wanted)
        apart = by_question(db, numbers, limit=_MOST_QUESTIONS)
    if not apart:
        raise RehearsalError("None of these answers has a question", "Leave out --per-question.")
    names = _names([question for question, _ in apart])
    return [_drawn(names[question], one, of_it, alone=False) for question, of_it in apart]


def _drawn(title: str, one: Judged, numbers: Sequence[Number], *, alone: bool = True) -> Panel:
    """The panel of all numbers of a trend, with what was said of it, or of some of them."""
    from voicerehearsal.coaching.change import change
    from voicerehearsal.coaching.targets import aim
    from voicerehearsal.coaching.trends import ENOUGH, USUAL, by_period, usual_of
    from voicerehearsal.pictures.trends import Panel

    by = one.trend.by
    if by == "answer":
        whens_s, values = [when_s for when_s, _, _ in numbers], [value for _, value, _ in numbers]
    else:
        points = by_period(numbers, by)
        whens_s, values = [point.when.timestamp() for point in points], [point.value for point in points]
    usual = usual_of(values[-USUAL:]) if len(values) >= ENOUGH else None
    wished = aim(one.trend.metric.name, one.target)
    found = one.change if alone else change(values, wished)
    return Panel(title, one.trend.metric, whens_s, values, by, wished, usual, found)


def _names(questions: Sequence[QuestionRef]) -> dict[QuestionRef, str]:
    """What each panel is called: its id and how the question begins, as far as its letters can be drawn."""
    from voicerehearsal.pictures.fonts import first_drawable

    texts = {pack: _texts(pack) for pack in {question.pack for question in questions}}
    named = {}
    for question in questions:
        id_ = question.id if len(texts) == 1 else f"{question.pack} {question.id}"
        text = texts[question.pack].get(question.id, "")
        named[question] = first_drawable([_short(f"{question.id}  {text}")] if text else []) or id_
    return named


def _texts(pack: str) -> dict[str, str]:
    """The questions of a built-in pack by id; of one from elsewhere only its ids are known."""
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack

    try:
        return {question.id: question.text for question in find_pack(pack, pack_folders()).questions}
    except RehearsalError:
        return {}


def _short(text: str) -> str:
    """As much as fits over a small panel; a Chinese character is as wide as two letters."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if ord(character) >= _WIDE else 1
        if width > _TITLE_WIDTH:
            return text[:at].rstrip() + "…"
    return text


def _heading(one: Judged) -> str:
    from voicerehearsal.presenting.letter import LANGUAGES

    label = one.trend.metric.label
    return f"{label[:1].upper()}{label[1:]} by question, {LANGUAGES[one.trend.language]}"
