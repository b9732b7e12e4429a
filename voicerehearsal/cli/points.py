"""`points`: the talking points of an answer, on what evidence, each to be heard and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from voicerehearsal.cli.by_ear import Ear
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.measures.point_corrections import JudgedPoint, PointVerdict
    from voicerehearsal.values import Evidence, PointResult, QuestionRef, Report

Unsaid = Literal["next", "leave"]

_HINT = "y it makes the point · n it does not · r again · Enter next · q leaves"


def points(
    answer: Annotated[int | None, typer.Argument(help="Number of the answer, see history; else the last.")] = None,
    made: Annotated[list[str] | None, typer.Option(help="This point was made.", metavar="POINT")] = None,
    words: Annotated[str | None, typer.Option(help="What you said when you made it.", metavar="TEXT")] = None,
    not_made: Annotated[list[str] | None, typer.Option(help="This point was not made.", metavar="POINT")] = None,
    undo: Annotated[list[str] | None, typer.Option(help="Take back what you said of it.", metavar="POINT")] = None,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the talking points of an answer with their evidence and correct them; at a terminal, hear the doubtful ones.

    Reports and trends follow at once, corrections are kept when the answer is measured again, and later answers to the
    question are heard with what was learned.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results

    said = _said(made or [], not_made or [], undo or [])
    wording = _wording(words, made or [])
    with wiring.open_journal(read_only=not said) as journal:
        found = journal.answer(answer)
        before = journal.points(found.id)
        if said:
            verdicts = _verdicts(found, journal.report(found.id), before, said, wording)
            journal.correct_points(found.id, verdicts)
        report, listed = journal.report(found.id), journal.points(found.id)
    if as_json:
        print_json(_as_json(found, report, listed))
        return
    _show(found, report, listed)
    if said:
        for point, verdict in verdicts.items():
            _say_what_is_remembered(found.question, point, verdict)
        return
    keys = Keys()
    if any(map(_to_be_heard, listed)) and keys.available and results().is_terminal:
        _go_through(found, listed, keys, speaker)


def _said(made: list[str], not_made: list[str], undo: list[str]) -> dict[str, str]:
    """What is said of each point, by what the user calls it; raises UsageError when two things are said of one."""
    from voicerehearsal.errors import UsageError

    every = [(name, how) for how, names in (("made", made), ("not", not_made), ("undo", undo)) for name in names]
    said = dict(every)
    for name, how in every:
        if said[name] != how:
            raise UsageError(f"Two things are said of {name}", "Give one of --made, --not-made and --undo.")
    return said


def _wording(words: str | None, made: list[str]) -> str:
    """What was said, in one line; raises UsageError when it is nothing, or not clear which point it makes."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.formats import printable

    if words is None:
        return ""
    if len(set(made)) != 1:
        raise UsageError("--words is what you said to make one point", "Give exactly one --made POINT with it.")
    if not any(letter.isalnum() for letter in words):
        raise UsageError("There is not a word in --words", "Give what you said, or leave it out to insist.")
    return " ".join(printable(words).split())


def _verdicts(
    answer: Answer, report: Report | None, listed: Sequence[JudgedPoint], said: Mapping[str, str], wording: str
) -> dict[str, PointVerdict | None]:
    """The verdicts by id of the point; raises UsageError when the answer does not have one of the points."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.formats import printable
    from voicerehearsal.measures.point_corrections import made, not_made

    if not listed:
        raise UsageError(f"Answer {answer.id}: {_unknown(report)}", "Nothing was changed.")
    by_id = {one.measured.id: one.measured for one in listed}
    for name in said:
        if name not in by_id:
            there_are = f"there are: {', '.join(by_id)}"
            raise UsageError(
                f"Answer {answer.id} has no point “{printable(name)}”; {there_are}", "Nothing was changed."
            )
    return {
        name: None if how == "undo" else made(by_id[name], wording) if how == "made" else not_made(by_id[name])
        for name, how in said.items()
    }


def _show(answer: Answer, report: Report | None, listed: Sequence[JudgedPoint]) -> None:
    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.presenting.point_rows import COLUMNS

    if not listed:
        talk().print(f"Answer {answer.id}: {_unknown(report)}.", markup=False, soft_wrap=True)
        return
    print_table(results(), COLUMNS, [row for one in listed for row in _rows(one)], quoted=(0, 4))
    made = sum(one.result.covered for one in listed)
    results().print(f"{made} of {len(listed)} points.", markup=False, soft_wrap=True)


def _rows(one: JudgedPoint) -> Iterator[tuple[str, ...]]:
    """A point's rows; of one that the user struck, what was wrongly taken for it."""
    from dataclasses import replace

    from voicerehearsal.presenting.point_rows import point_rows
    from voicerehearsal.values import Evidence

    if one.verdict is None or one.verdict.verdict == "made":
        yield from point_rows(one.result)
        return
    heard = {evidence.text: evidence for evidence in _taken_for(one.measured)}
    struck = [
        replace(heard.get(wording, Evidence("", None, None)), text=f"not: {wording}", how="yours", certainty=1.0)
        for wording in one.verdict.wordings
    ]
    yield from point_rows(replace(one.result, evidence=tuple(struck) or (Evidence("", None, None, "yours"),)))


def _taken_for(point: PointResult) -> tuple[Evidence, ...]:
    """What a point was recognised by, or what came nearest to it."""
    return point.evidence or (() if point.nearest is None else (point.nearest,))


def _unknown(report: Report | None) -> str:
    """Why there are no points."""
    if report is None:
        return "not measured yet; `voicerehearsal analyze --again` measures it"
    if report.keywords is not None:
        return "its question has no talking points"
    return f"its points are not known: {report.missing.get('keywords', 'not measured')}"


def _say_what_is_remembered(question: QuestionRef | None, point: str, verdict: PointVerdict | None) -> None:
    """One line: what later answers will be heard with."""
    from voicerehearsal.cli.terminal import talk

    if verdict is None:
        line = f"Taken back: {point} is as it was measured."
    elif not verdict.wordings:
        teach = "; --words teaches what you said" if verdict.verdict == "made" else ""
        line = f"Kept for this answer only: {point} was {verdict.verdict.replace('_', ' ')}{teach}."
    else:
        quoted = ", ".join(f'"{wording}"' for wording in verdict.wordings)
        does = "makes" if verdict.verdict == "made" else "does not make"
        line = f"Remembered for {'' if question is None else question.id}: {quoted} {does} {point}."
    talk().print(line, style="dim", markup=False, soft_wrap=True)


def _to_be_heard(one: JudgedPoint) -> bool:
    """Whether a point is worth asking about: made on doubtful evidence, or missed with something near it."""
    return one.doubtful or (one.verdict is None and not one.result.covered and one.result.nearest is not None)


def _go_through(answer: Answer, listed: Sequence[JudgedPoint], keys: Keys, speaker_name: str | None) -> None:
    """Play one after another and keep what is said of each at once."""
    from voicerehearsal.cli.by_ear import by_ear

    unheard = "--made POINT and --not-made POINT correct unheard."
    with by_ear(answer, keys, speaker_name, unheard=unheard) as ear:
        if ear is not None and _ask_about_each(answer, [one for one in listed if _to_be_heard(one)], ear):
            _show(answer, ear.journal.report(answer.id), ear.journal.points(answer.id))


def _ask_about_each(answer: Answer, doubtful: Sequence[JudgedPoint], ear: Ear) -> bool:
    """Whether anything was said of any of them."""
    from voicerehearsal.cli.terminal import talk

    talk().print(_HINT, style="dim")
    changed = False
    for number, one in enumerate(doubtful, 1):
        verdict = _judged_by_ear(f"{number} of {len(doubtful)}", one.measured, ear)
        if verdict == "leave":
            break
        if verdict != "next":
            ear.journal.correct_points(answer.id, {one.measured.id: verdict})
            changed = True
            _say_what_is_remembered(answer.question, one.measured.id, verdict)
    return changed


def _judged_by_ear(counted: str, point: PointResult, ear: Ear) -> PointVerdict | Unsaid:
    """Play each place until one makes the point; where all were denied, it was not made."""
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.measures.point_corrections import made, not_made

    for place in _taken_for(point):
        talk().print(f"{counted}: {_in_a_line(point, place)}", markup=False)
        choice = ear.judge(place.start_s, place.end_s)
        if choice == "yes":
            return made(point, place.text)
        if choice != "no":
            return choice
    return not_made(point)


def _in_a_line(point: PointResult, place: Evidence) -> str:
    from voicerehearsal.presenting.point_rows import hint
    from voicerehearsal.presenting.times import moment

    at = "" if place.start_s is None else f" at {moment(place.start_s)}"
    missed = "" if point.covered else "missed; nearest "
    how = hint(place) or f"by words, {place.certainty:.2f}"
    return f'{point.label}{at} ({missed}{how}): "{place.text}"'


def _as_json(answer: Answer, report: Report | None, listed: Sequence[JudgedPoint]) -> dict[str, Any]:
    keywords = None if report is None else report.keywords
    return {
        "schema": "voicerehearsal.points/1",
        "answer": answer.id,
        "question": answer.question,
        "points": [
            {
                "id": one.result.id,
                "label": one.result.label,
                "covered": one.result.covered,
                "evidence": one.result.evidence,
                "nearest": one.result.nearest,
                "verdict": None if one.verdict is None else one.verdict.verdict,
                "wordings": [] if one.verdict is None else one.verdict.wordings,
            }
            for one in listed
        ],
        "coverage": None if keywords is None else keywords.coverage,
        "order": None if keywords is None else keywords.order,
        "missing": None if listed else _unknown(report),
    }
