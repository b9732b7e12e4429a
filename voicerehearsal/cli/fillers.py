"""`fillers`: the fillers of an answer, each to be heard, confirmed or struck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.cli.by_ear import Ear
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.measures.corrections import Judged, Verdict
    from voicerehearsal.values import Filler, Report

_HINT = "y it is one · n it is none · r again · Enter next · q leaves"
_MEANT: dict[str, Verdict] = {"yes": "confirmed", "no": "struck"}
_KINDS = {"filled_pause": "filled pause", "phrase": "phrase"}
_COLUMNS = (("no.", True), ("at", True), ("heard", False), ("kind", False), ("sure", True), ("you said", False))


def fillers(
    answer: Annotated[int | None, typer.Argument(help="Number of the answer, see history; else the last.")] = None,
    confirm: Annotated[list[int] | None, typer.Option(help="This one is a filler.", metavar="N")] = None,
    strike: Annotated[list[int] | None, typer.Option(help="This one is none.", metavar="N")] = None,
    undo: Annotated[list[int] | None, typer.Option(help="Take back what you said of it.", metavar="N")] = None,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the fillers of an answer and correct them; at a terminal, hear each and say whether it is one.

    Reports and trends follow at once, and corrections are kept when the answer is measured again. The pace stays as
    measured.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import results

    verdicts = _verdicts(confirm or [], strike or [], undo or [])
    with wiring.open_journal(read_only=not verdicts) as journal:
        found = journal.answer(answer)
        if verdicts:
            journal.correct(found.id, _by_number(found, journal.fillers(found.id), verdicts))
        report, listed = journal.report(found.id), journal.fillers(found.id)
    if as_json:
        print_json(_as_json(found, report, listed))
        return
    _show(found, report, listed)
    keys = Keys()
    if listed and not verdicts and keys.available and results().is_terminal:
        _go_through(found, listed, keys, speaker)


def _verdicts(confirm: list[int], strike: list[int], undo: list[int]) -> dict[int, Verdict | None]:
    """What is said of each number; raises UsageError when two things are said of one."""
    from voicerehearsal.errors import UsageError

    said: list[tuple[int, Verdict | None]] = [
        *((number, "confirmed") for number in confirm),
        *((number, "struck") for number in strike),
        *((number, None) for number in undo),
    ]
    verdicts = dict(said)
    for number, verdict in said:
        if verdicts[number] != verdict:
            raise UsageError(f"Two things are said of filler {number}", "Confirm it, strike it, or undo either.")
    return verdicts


def _by_number(
    answer: Answer, listed: Sequence[Judged], verdicts: dict[int, Verdict | None]
) -> list[tuple[Filler, Verdict | None]]:
    from voicerehearsal.errors import UsageError

    for number in verdicts:
        if not 1 <= number <= len(listed):
            there_are = f"they go from 1 to {len(listed)}" if listed else "it has none"
            raise UsageError(f"Answer {answer.id} has no filler {number}; {there_are}", "Nothing was changed.")
    return [(listed[number - 1].filler, verdict) for number, verdict in verdicts.items()]


def _show(answer: Answer, report: Report | None, listed: Sequence[Judged]) -> None:
    from voicerehearsal.cli.tables import print_table
    from voicerehearsal.cli.terminal import results, talk

    if report is None or report.fillers is None:
        talk().print(f"Answer {answer.id}: {_unknown(report)}", markup=False, soft_wrap=True)
        return
    rows = [(str(number), *_row(one)) for number, one in enumerate(listed, 1)]
    if rows:
        print_table(results(), _COLUMNS, rows)
    found = report.fillers
    count = "1 filler" if found.count == 1 else f"{found.count} fillers"
    share = f"{100 * found.share:.0f} % of the time"
    results().print(f"{count}, {found.per_minute:.1f} a minute, {share}.", markup=False, soft_wrap=True)


def _unknown(report: Report | None) -> str:
    if report is None:
        return "not measured yet; `voicerehearsal analyze --again` measures it."
    reason = report.missing.get("fillers", "not measured")
    again = " `voicerehearsal analyze --again` measures it anew." if reason == "not built yet" else ""
    return f"its fillers are not known: {reason}.{again}"


def _row(one: Judged) -> tuple[str, ...]:
    filler = one.filler
    minutes, seconds = divmod(filler.start_s, 60)
    at, sure = f"{minutes:.0f}:{seconds:04.1f}", f"{100 * filler.confidence:.0f} %"
    return at, filler.text, _KINDS[filler.kind], sure, one.verdict or ""


def _go_through(answer: Answer, listed: Sequence[Judged], keys: Keys, speaker_name: str | None) -> None:
    """Play one after another and keep what is said of each at once."""
    from voicerehearsal.cli.by_ear import by_ear

    unheard = "--confirm N and --strike N correct by number."
    with by_ear(answer, keys, speaker_name, unheard=unheard) as ear:
        if ear is not None and _ask_about_each(answer, listed, ear):
            _show(answer, ear.journal.report(answer.id), ear.journal.fillers(answer.id))


def _ask_about_each(answer: Answer, listed: Sequence[Judged], ear: Ear) -> bool:
    """Whether anything was said of any of them."""
    from voicerehearsal.cli.terminal import talk

    talk().print(_HINT, style="dim")
    changed = False
    for number, one in enumerate(listed, 1):
        at, text, kind, _, before = _row(one)
        talk().print(f"{number} of {len(listed)}: {text} at {at} ({before or kind})", markup=False)
        choice = ear.judge(one.filler.start_s, one.filler.end_s)
        if choice == "leave":
            break
        if choice in _MEANT:
            ear.journal.correct(answer.id, [(one.filler, _MEANT[choice])])
            changed = True
            talk().print(f"  {_MEANT[choice]}", style="dim")
    return changed


def _as_json(answer: Answer, report: Report | None, listed: Sequence[Judged]) -> dict[str, Any]:
    found = None if report is None else report.fillers
    missing = "not measured yet" if report is None else report.missing.get("fillers", "not measured")
    return {
        "schema": "voicerehearsal.fillers/1",
        "answer": answer.id,
        "fillers": [
            {
                "number": number,
                "text": one.filler.text,
                "start_s": one.filler.start_s,
                "end_s": one.filler.end_s,
                "kind": one.filler.kind,
                "confidence": one.filler.confidence,
                "verdict": one.verdict,
            }
            for number, one in enumerate(listed, 1)
        ],
        "count": None if found is None else found.count,
        "per_minute": None if found is None else found.per_minute,
        "share": None if found is None else found.share,
        "missing": missing if found is None else None,
    }
