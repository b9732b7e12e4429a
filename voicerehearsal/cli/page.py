"""A summary as one page to print and take to a coach: pictures inside, no script, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from voicerehearsal.cli.inline_svg import inline, paints
from voicerehearsal.coaching.change import LATEST
from voicerehearsal.coaching.metrics import METRICS, numbers
from voicerehearsal.coaching.summary import FOLLOWED
from voicerehearsal.coaching.targets import PACE, Target, aim
from voicerehearsal.presenting import letter
from voicerehearsal.presenting.said import Piece, pieces
from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from jinja2 import Environment

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.summary import Given, Movement, Summary
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.presenting.letter import Period
    from voicerehearsal.values import Keywords, Language, QuestionRef, Remark, Report

MOST_QUESTIONS = 30
"""More answers than this nobody goes through with a coach."""

_ALSO_SHOWN = ("falling_endings", "speaking_s")
_REMARK_NAMES = {"praise": "Worked", "change": "To change", "exercise": "Exercise"}


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of an answer beside its target; `verdict` is "on target", "off target" or ""."""

    name: str
    value: str
    target: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Part:
    """One question with the answer shown for it."""

    ref: str
    question: str
    language: Language
    about: str
    picture: str
    rows: tuple[Row, ...]
    keywords: Keywords | None
    pieces: tuple[Piece, ...]
    remarks: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    """The person's own on all answers to the question in this time: which answer, and what."""
    tags: tuple[str, ...]


def check_page_name(path: Path) -> None:
    """Refuse a file that is not a page, before any work is done.

    Raises:
        UsageError: Its name does not end in .html.
    """
    from voicerehearsal.errors import UsageError

    if path.suffix.lower() == ".pdf":
        cure = f"Write {path.with_suffix('.html').name}, open it in a browser and print it to PDF from there."
        raise UsageError(f"{path.name} cannot be written: a page is HTML, and browsers make PDF of it", cure)
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"{path.name} is no name for a page", "It ends in .html.")


def write_page(journal: Journal, period: Period, answers: Sequence[Given], summary: Summary, path: Path) -> str:
    """Write the page and return a sentence that says what is in it.

    Raises:
        RehearsalError: The file cannot be written.
        JournalError: The journal cannot be read.
    """
    from voicerehearsal import __version__
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.pictures.look import DARK, LIGHT
    from voicerehearsal.presenting.own_targets import targets_for

    refs = list(dict.fromkeys(answer.question for answer in answers))
    parts = [part for ref in refs[:MOST_QUESTIONS] if (part := _part(journal, ref, answers)) is not None]
    languages = dict.fromkeys(moved.language for moved in summary.movements)
    page = (
        _templates()
        .get_template("page.html")
        .render(
            period=period,
            summary=summary,
            words=letter,
            parts=parts,
            left_out=len(refs) - len(parts),
            trends=[_trend_picture(journal, summary, language, answers[-1]) for language in languages],
            sources=_sources(summary.movements, targets_for()),
            version=__version__,
            paints=paints,
            light=LIGHT,
            dark=DARK,
        )
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise RehearsalError(f"{path} cannot be written ({error.strerror})", "Choose another place.") from error
    held = ["numbers and pictures"]
    held += [f"the words of {letter.count(len(parts), 'answer')}"] if parts else []
    held += ["your notes"] if any(part.notes for part in parts) else []
    name = period.heading[:1].lower() + period.heading[1:]
    return (
        f"{path} holds {name}: {', '.join(held)}; no sound. Whoever has the file can read it. A browser prints it or "
        "makes a PDF of it."
    )


def _templates() -> Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("voicerehearsal", "cli"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _sources(movements: Sequence[Movement], targets: Targets) -> list[tuple[str, str, str]]:
    """Every measure with a target, what it is, and who says so."""
    names = dict.fromkeys((*(moved.metric.name for moved in movements), *_ALSO_SHOWN))
    found = ((METRICS[name], targets.of(name)) for name in names)
    return [(letter.titled(metric), letter.band(metric, target), target.source) for metric, target in found if target]


def _part(journal: Journal, ref: QuestionRef | None, answers: Sequence[Given]) -> Part | None:
    """The best of the answers to a question in the time looked at; None when nothing was heard in any."""
    from voicerehearsal.journal.best_answers import best_of
    from voicerehearsal.presenting.own_targets import targets_for

    given = [answer for answer in answers if answer.question == ref]
    targets = targets_for(None if ref is None else ref.pack)
    found = best_of(journal, [answer.id for answer in given], given[-1].language, targets)
    if found is None:
        return None
    answer, _, report = found
    name = "without a question" if ref is None else f"{ref.pack} {ref.id}"
    tries = f"the best of {len(given)} answers" if len(given) > 1 else "the only answer"
    return Part(
        ref=name,
        question="Answers without a question" if ref is None else _question_text(ref) or name,
        language=report.language,
        about=f"{answer.started_at.astimezone():%A %d %B %Y, %H:%M} · {tries} in this time · answer {answer.id}",
        picture=_answer_picture(report, name, targets),
        rows=tuple(_rows(report, targets)),
        keywords=report.keywords,
        pieces=tuple(pieces(report)),
        remarks=tuple((_REMARK_NAMES[remark.kind], _timed(remark)) for remark in report.remarks),
        notes=tuple(_notes(journal, given)),
        tags=tuple(answer.tags),
    )


def _notes(journal: Journal, given: Sequence[Given]) -> Iterator[tuple[str, str]]:
    for one in given:
        answer = journal.answer(one.id)
        if answer.note:
            yield f"Answer {answer.id}, {answer.started_at.astimezone():%d %b}", answer.note


def _question_text(ref: QuestionRef) -> str:
    """What was asked, "" when the pack is not here any more."""
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.journal.own_packs import pack_folders
    from voicerehearsal.packs import find_pack, find_question

    try:
        return find_question(find_pack(ref.pack, pack_folders()), ref.id).text
    except RehearsalError:
        return ""


def _rows(report: Report, targets: Targets) -> list[Row]:
    """The measures of one answer that are followed, each beside its target."""
    shown = (*FOLLOWED, *_ALSO_SHOWN)
    found = {metric.name: (metric, value) for metric, value in numbers(report)}
    own = None if report.length is None or report.length.target_s is None else Target(*report.length.target_s, "")
    return [_row(*found[name], own if name == "speaking_s" else targets.of(name)) for name in shown if name in found]


def _row(metric: Metric, value: float, target: Target | None) -> Row:
    wished = aim(metric.name, target)
    verdict = "" if wished is None else "off target" if wished.distance(value) else "on target"
    number = letter.shown(metric, value) + letter.unit_of(metric)
    return Row(metric.label, number, letter.band(metric, target), verdict)


def _timed(remark: Remark) -> str:
    return remark.text if remark.start_s is None else f"{remark.text} [{clock(remark.start_s)}]"


def _trend_picture(journal: Journal, summary: Summary, language: Language, last: Given) -> str:
    """How the chief measures ran in one language up to the end of the time looked at."""
    from voicerehearsal.coaching.targets import aim
    from voicerehearsal.journal.progress import read_points_until
    from voicerehearsal.pictures.trends import HEADLINES, Panel, draw

    moved = [m for m in summary.movements if m.language == language and m.metric.name in HEADLINES]
    until = last.when + timedelta(milliseconds=1)
    panels = []
    for m in moved:
        with journal.reading() as db:
            points = read_points_until(db, m.metric, language, until=until, limit=LATEST)
        title = m.metric.label[:1].upper() + m.metric.label[1:]
        panel = Panel.of(title, m.metric, points, aim(m.metric.name, m.target))
        panels.append(replace(panel, usual=m.usual, change=m.change))
    said = "; ".join(f"{m.metric.label} {letter.direction_in_words(m)}" for m in moved)
    return inline(lambda out: draw(panels, out), f"Trends in {letter.LANGUAGES[language]}, one dot an answer: {said}.")


def _answer_picture(report: Report, name: str, targets: Targets) -> str:
    """The pace over one answer, and what happened in it."""
    from voicerehearsal.pictures.answer import draw_answer, key_numbers

    target = targets.of(PACE[report.language])
    return inline(
        lambda out: draw_answer(report, target, out, titles=["Pace from start to end"]),
        f"The pace over the answer ({name}), with its pauses, fillers and points: {key_numbers(report)}.",
    )
