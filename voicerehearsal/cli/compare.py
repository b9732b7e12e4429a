"""`compare`: two attempts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.presenting.compared import Compared


class _Chosen(NamedTuple):
    """Two answers, and why just these two."""

    a: Answer
    b: Answer
    why: str


def compare(
    first: Annotated[int | None, typer.Argument(metavar="A", help="Number of an answer, see history.")] = None,
    second: Annotated[int | None, typer.Argument(metavar="B", help="Number of another.")] = None,
    question: Annotated[
        str | None, typer.Option(help="The last attempt at this question and the best before it.", metavar="ID")
    ] = None,
    pack: Annotated[str | None, typer.Option(help="Pack of that question.", metavar="ID")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    play: Annotated[bool, typer.Option("--play", help="Play both, one after the other.")] = False,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.")] = None,
) -> None:
    """Show two answers side by side: what changed by more than usual, the points, the words.

    With one number: that answer and the attempt before it. With none: the last answer and the attempt before it.
    """
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.journal.home import data_home
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.presenting.compared import compared

    _check(first, question, pack, play=play, as_json=as_json)
    with Journal.open(data_home(), read_only=True) as journal:
        a, b, why = _chosen(journal, first, second, question, pack)
        pair = compared(journal, a, b)
    if as_json:
        from voicerehearsal.cli.compare_json import as_content
        from voicerehearsal.cli.tables import print_json

        print_json(as_content(a, b, why, pair.comparison, pair.pieces, blank=pair.blank))
        return
    _show(results(), pair, why)
    if not pair.alike:
        talk().print(
            "They were not both measured by this version: `voicerehearsal analyze --again` measures them alike.",
            style="dim",
            markup=False,
            soft_wrap=True,
        )
    _listen(pair, speaker, play=play)


def _check(first: int | None, question: str | None, pack: str | None, *, play: bool, as_json: bool) -> None:
    from voicerehearsal.errors import UsageError

    if first is not None and (question is not None or pack is not None):
        raise UsageError("Answers are compared by their numbers or by their question, not both", "Leave one out.")
    if pack is not None and question is None:
        raise UsageError("--pack goes with --question", "Name the question too.")
    if play and as_json:
        raise UsageError("--play and --json do not go together", "Leave one out.")


# ---- which two ------------------------------------------------------------------------------------------------------


def _chosen(journal: Journal, first: int | None, second: int | None, question: str | None, pack: str | None) -> _Chosen:
    """The two answers that are meant.

    Raises:
        UsageError: There are no such two.
    """
    from voicerehearsal.errors import UsageError

    if first is not None and second is not None:
        if first == second:
            raise UsageError(
                f"Answer {first} is the same as answer {second}", "Name two; `voicerehearsal history` lists them."
            )
        return _Chosen(journal.answer(first), journal.answer(second), "")
    if question is not None:
        return _last_and_best(journal, question, pack)
    return _with_the_one_before(journal, _latest(journal) if first is None else journal.answer(first))


def _latest(journal: Journal) -> Answer:
    """The newest answer to a question that was measured, demonstrations only where there is nothing else."""
    from voicerehearsal.presenting.compared import latest_answer

    return latest_answer(journal) or journal.answer()


def _with_the_one_before(journal: Journal, later: Answer) -> _Chosen:
    from voicerehearsal.errors import UsageError
    from voicerehearsal.presenting.compared import attempt_before

    if later.question is None:
        raise UsageError(
            f"It is not known which question answer {later.id} answers",
            "Name two answers: `voicerehearsal compare A B`.",
        )
    before = attempt_before(journal, later)
    if before is None:
        asked = f"--pack {later.question.pack} --question {later.question.id}"
        raise UsageError(
            f"Answer {later.id} is the first to {later.question.pack} {later.question.id}",
            f"Answer it again, `voicerehearsal practice {asked}`, or name two answers.",
        )
    return _Chosen(before, later, f"answer {later.id} and the attempt before it")


def _last_and_best(journal: Journal, question_id: str, pack: str | None) -> _Chosen:
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.attempts import attempts, latest_pack_with
    from voicerehearsal.journal.best_answers import best_of
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.values import QuestionRef

    pack = pack or latest_pack_with(journal, question_id)
    found = [] if pack is None else attempts(journal, QuestionRef(pack, question_id))
    if pack is None or len(found) < 2:
        named = f"{pack} {question_id}" if pack else question_id
        times = "has one answer" if found else "has no answer yet"
        cure = f"`voicerehearsal practice {f'--pack {pack} ' if pack else ''}--question {question_id}` asks it."
        raise UsageError(f"The question {named} {times}, and it takes two to compare", cure)
    last, before = journal.answer(found[0]), found[1:]
    best = best_of(journal, before, last.language, targets_for(pack))
    why = "the last attempt and the one before it"
    if len(before) > 1:
        # The best of 30 attempts by the same speaker is beyond the usual spread of the next one in 1 of 5 (simulation).
        how = "most points, then best said; the best of many is partly luck"
        why = f"the last attempt and the best of the {len(before)} before it: {how}"
    return _Chosen(journal.answer(before[0]) if best is None else best[0], last, why)


# ---- showing --------------------------------------------------------------------------------------------------------


def _show(console: Console, pair: Compared, why: str) -> None:
    from rich.text import Text

    from voicerehearsal.cli.compare_view import show_measures, show_points, show_transcripts
    from voicerehearsal.languages import in_words
    from voicerehearsal.presenting.said import nothing_heard

    names = (f"no. {pair.answers[0].id}", f"no. {pair.answers[1].id}")
    for name, answer in zip(names, pair.answers, strict=True):
        console.print(Text(f"{name}: {_described(answer)}", style="bold"), soft_wrap=True)
    if why:
        told = in_words(why)
        console.print(Text(f"({told[0].upper()}{told[1:]}.)", style="dim"), soft_wrap=True)
    console.print()
    for name, report in zip(names, pair.reports, strict=True):
        if report.pauses is None:
            console.print(Text(f"{name}: {nothing_heard(report)}", style="yellow"), soft_wrap=True)
    show_measures(console, pair.comparison, names)
    console.print()
    show_points(console, pair.comparison)
    console.print()
    if pair.no_words:
        console.print(Text(_no_words(pair, names), style="dim"), soft_wrap=True)
    else:
        show_transcripts(console, pair.pieces, names, blank=pair.blank)


def _no_words(pair: Compared, names: tuple[str, str]) -> str:
    """Why there are no two transcripts to align, by the names of the answers where it lies with them."""
    from voicerehearsal.presenting.compared import words_of

    silent = [name for name, report in zip(names, pair.reports, strict=True) if not words_of(report)]
    if silent:
        return f"What was said in {' and '.join(silent)} is not known, so the words cannot be compared."
    return pair.no_words


def _described(answer: Answer) -> str:
    from voicerehearsal.presenting.times import clock, local_time

    asked = f"{answer.question.pack} {answer.question.id}" if answer.question is not None else "no question"
    demonstration = ", demonstration" if answer.kind == "demonstration" else ""
    return f"{asked}, {local_time(answer.started_at)}, {clock(round(answer.length_s))}{demonstration}"


# ---- listening ------------------------------------------------------------------------------------------------------


def _listen(pair: Compared, speaker: str | None, *, play: bool) -> None:
    """Play both when asked to; at a terminal then either by its key, elsewhere say how they can be heard."""
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.terminal import results, talk

    keys = Keys()
    a, b = (answer.id for answer in pair.answers)
    at_terminal = keys.available and results().is_terminal
    if not at_terminal and not play:
        talk().print(f"To listen: `voicerehearsal replay {a}`, `voicerehearsal replay {b}`.", style="dim", markup=False)
        return
    with keys.listening():
        for number in (0, 1) if play else ():
            _play(pair, number, keys, speaker, forgiving=at_terminal)
        while at_terminal and not keys.interrupted:
            talk().print(f"\n1 plays no. {a} · 2 plays no. {b} · q leaves", style="dim", markup=False)
            key = _next_key(keys)
            if key is None:
                break
            _play(pair, int(key) - 1, keys, speaker, forgiving=True)
    if keys.interrupted:
        raise KeyboardInterrupt


def _next_key(keys: Keys) -> str | None:
    """The number that was pressed; None to leave."""
    while not keys.interrupted:
        key = keys.read(0.2)
        if key in ("1", "2"):
            return key
        if key in ("q", "\x1b", "\r", "\n"):
            return None
    return None


def _play(pair: Compared, number: int, keys: Keys, speaker: str | None, *, forgiving: bool) -> None:
    """Play one of the two; when that cannot be, `forgiving` says so and goes on."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.replay import play
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import RehearsalError

    try:
        heard_on = wiring.speaker(speaker)
        try:
            talk().print(f"no. {pair.answers[number].id}", style="bold", markup=False)
            play(talk(), keys, wiring.replay_of(pair.answers[number], heard_on), pair.reports[number])
        finally:
            heard_on.close()
    except RehearsalError as error:
        if not forgiving:
            raise
        talk().print(str(error), style="yellow", markup=False, soft_wrap=True)
