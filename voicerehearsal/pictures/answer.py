"""One answer as a picture: its pace over time, and below it pauses, fillers, surges, mutes and talking points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicerehearsal.pictures.fonts import drawable, first_drawable
from voicerehearsal.pictures.lanes import Lane, Mark, Shape
from voicerehearsal.pictures.look import LIGHT, Look
from voicerehearsal.pictures.pace import draw_pace, has_curve, label_pauses, no_curve, rate_limits, shapes_behind
from voicerehearsal.pictures.sheet import Sheet, clock
from voicerehearsal.values import Report

if TYPE_CHECKING:
    from voicerehearsal.coaching.targets import Target

_PACE_IN, _NO_PACE_IN = 2.5, 0.6


def draw_answer(
    report: Report,
    target: Target | None,
    out: Path | BinaryIO,
    look: Look = LIGHT,
    *,
    titles: Sequence[str],
    subtitle: str = "",
) -> None:
    """Draw what was measured on one answer.

    Args:
        report: The answer.
        target: Where its pace should lie.
        out: A .png or .svg file, or a stream for SVG.
        look: The colours.
        titles: What to call it; the first that this computer has the letters for.
        subtitle: What else is known of it, before its numbers.

    Raises:
        RehearsalError: The file cannot be written.
    """
    sheet = Sheet(look, report.audio.duration_s)
    with sheet.open():
        sheet.headline(first_drawable(titles))
        if report.pauses is None:
            sheet.write(subtitle)
            sheet.write(nothing_heard(report))
        else:
            sheet.write(" · ".join(filter(None, (subtitle, key_numbers(report)))))
            _draw_heard(sheet, report, target)
        sheet.save(out)


def _draw_heard(sheet: Sheet, report: Report, target: Target | None) -> None:
    """The curve, what happened below it, what was missed, and what the marks mean."""
    curve = has_curve(report)
    if not curve:
        sheet.write(no_curve(report))
    sheet.skip(0.1)
    label_pauses(sheet, report)
    lanes = lanes_of(report)
    if curve or shapes_behind(report) or not lanes:
        pace = sheet.axes(_PACE_IN if curve else _NO_PACE_IN)
        draw_pace(pace, report, target, sheet.look, rate_limits([report], target))
    for lane in lanes:
        sheet.skip(0.1)
        sheet.lane(lane)
    sheet.put_times()
    sheet.skip(0.1)
    for line in sheet.folded(_missed(report), " · ", "Missed: "):
        sheet.write(line, size=9)
    sheet.skip(0.12)
    sheet.legend(shapes_of([report]), curve="pace" if curve else "", target=curve and target is not None)


def lanes_of(report: Report) -> list[Lane]:
    """What happened in an answer, a lane a kind; kinds that did not happen have none. The rest is behind the curve."""
    fillers = report.fillers.events if report.fillers is not None else ()
    surges = report.tone.surges if report.tone is not None else ()
    lanes = [
        Lane("fillers", [Mark(one.kind, one.start_s, one.start_s, first_drawable([one.text])) for one in fillers]),
        Lane(
            "surges",
            [Mark("surge", one.start_s, one.end_s, f"{100 * (one.rate_ratio - 1):.0f} % faster") for one in surges],
        ),
        Lane("points", _points(report), None),
    ]
    return [lane for lane in lanes if lane.marks]


def shapes_of(reports: Iterable[Report]) -> set[Shape]:
    """Every kind of mark that their pictures have."""
    found: set[Shape] = set()
    for report in reports:
        found |= shapes_behind(report)
        found |= {mark.shape for lane in lanes_of(report) for mark in lane.marks}
    return found


def _points(report: Report) -> list[Mark]:
    """Where each point was first made; its id stands in where the label cannot be drawn."""
    marks = []
    for point in report.keywords.points if report.keywords is not None else ():
        said = [one.start_s for one in point.evidence if one.start_s is not None]
        if point.covered and said:
            marks.append(Mark("point", min(said), min(said), first_drawable([point.label, point.id])))
    return marks


def key_numbers(report: Report) -> str:
    """The numbers that matter, in one line."""
    pace, pauses, fillers, keywords = report.pace, report.pauses, report.fillers, report.keywords
    numbers = []
    if pace is not None:
        rate = pace.words_per_minute if pace.unit == "wpm" else pace.characters_per_minute
        if rate is not None:
            numbers.append(f"{rate:.0f} {'words' if pace.unit == 'wpm' else 'characters'} a minute")
        elif pace.syllables_per_second is not None:
            numbers.append(f"{pace.syllables_per_second:.1f} syllables a second")
    if pauses is not None:
        longest = "" if pauses.longest_s is None else f", longest {pauses.longest_s:.1f} s"
        numbers.append(f"{pauses.count} pause{'' if pauses.count == 1 else 's'}{longest}")
    if fillers is not None:
        numbers.append(f"{fillers.count} filler{'' if fillers.count == 1 else 's'}")
    if keywords is not None and keywords.points:
        numbers.append(f"{sum(point.covered for point in keywords.points)} of {len(keywords.points)} points")
    if report.length is not None:
        numbers.append(clock(round(report.length.speaking_s)))
    return " · ".join(numbers)


def nothing_heard(report: Report) -> str:
    """The sentence for an answer without speech."""
    reason = report.missing.get("pauses", "")
    return f"I heard nothing: {reason}." if reason and drawable(reason) else "I heard nothing."


def _missed(report: Report) -> list[str]:
    points = report.keywords.points if report.keywords is not None else ()
    return [first_drawable([point.label, point.id]) for point in points if not point.covered]
