"""`night-before`: the best attempt at each question, one after another, to go to bed with."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.ports import Speaker, Voice
    from voicerehearsal.values import Language, Pack, Question, Report

SCHEMA = "voicerehearsal.night-before/1"
_HINT = "Enter next · q leaves · space pauses · ← → 5 s · + - speed"
_LEAVE = ("q", "\x1b")
_NEXT = ("\r", "\n")
_TICK_S = 0.05


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question, the best answer to it, what makes it the best, the points it misses, and what else is amiss."""

    question: Question
    answer: Answer
    report: Report
    good: list[str]
    missing: list[str]
    to_mend: list[str]


def night_before(
    pack: Annotated[
        str | None, typer.Option(help="Question pack: its id, or a file; else the last practised.", metavar="ID|FILE")
    ] = None,
    language: Annotated[str | None, typer.Option(help="In this language.", metavar="en|zh")] = None,
    only_list: Annotated[bool, typer.Option("--list", help="List them, and play nothing.")] = False,
    speaker: Annotated[str | None, typer.Option(help="Play on this speaker.", metavar="NAME")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="List them as JSON.")] = False,
) -> None:
    """Hear the best attempt at each question of a pack, back to back; Enter goes on, q leaves.

    The best is the one with most talking points, then without phrases that hurt, then at a good pace, without dead air
    and with few fillers; of equal ones the newest.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.presenting.choices import spoken_language
    from voicerehearsal.presenting.own_targets import targets_for

    with wiring.open_journal(read_only=True) as journal:
        asked = _pack(journal, pack, spoken_language(language))
        chosen, unanswered = _choose(journal, asked, targets_for(asked))
    if as_json:
        print_json(_as_json(asked, chosen, unanswered))
        return
    keys = Keys()
    heard_on = None if only_list or not chosen or not keys.available else _speaker(speaker)
    if heard_on is None:
        _list(asked, chosen)
        if chosen and not only_list and not keys.available:
            talk().print("They are played where there are keys: in a terminal.", style="dim")
    else:
        with closing(heard_on), keys.listening():
            _play(asked.language, chosen, keys, heard_on)
    _name_unanswered(asked, chosen, unanswered)
    if keys.interrupted:
        raise KeyboardInterrupt


def _pack(journal: Journal, id_or_path: str | None, language: Language | None) -> Pack:
    """The pack that is named, else the one of the newest answer whose pack is here."""
    from voicerehearsal.errors import JournalError, PackError, UsageError
    from voicerehearsal.journal.best_answers import last_packs
    from voicerehearsal.presenting.choices import named_pack

    if id_or_path is not None:
        return named_pack(id_or_path, language)
    for name in last_packs(journal, language):
        try:
            return named_pack(name, language)
        except (UsageError, PackError):  # somebody's own file, which only its path can find
            continue
    raise JournalError(
        "No question of a built-in pack has been answered yet" + (f" in {language}" if language else ""),
        "Start with `voicerehearsal practice`, or name your pack's file: --pack.",
    )


def _choose(journal: Journal, pack: Pack, targets: Targets) -> tuple[list[Chosen], list[Question]]:
    """The best answers in the order of the pack, and the questions that have none; calls are held, not answered."""
    from voicerehearsal.coaching.best import made_good, points_missing, to_mend
    from voicerehearsal.journal.best_answers import best_answers
    from voicerehearsal.values import QuestionRef

    refs = {QuestionRef(pack.id, question.id): question for question in pack.questions}
    found = best_answers(journal, refs, pack.language, targets)
    chosen = [
        Chosen(
            question=refs[ref],
            answer=answer,
            report=report,
            good=made_good(attempt, report, targets),
            missing=points_missing(report),
            to_mend=to_mend(attempt, report, targets),
        )
        for ref, (answer, attempt, report) in found.items()
    ]
    return chosen, [question for ref, question in refs.items() if ref not in found and question.caller is None]


def _speaker(name: str | None) -> Speaker | None:
    """What to play on; None, after a word on it, when there is nothing. A speaker asked for by name must be there."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk

    if name is not None:
        return wiring.speaker(name)
    found = wiring.speaker_or_none(None)
    if found is None:
        talk().print("There is no speaker here, so the answers are only listed.", style="yellow")
    return found


def _list(pack: Pack, chosen: Sequence[Chosen]) -> None:
    from voicerehearsal.cli.terminal import results

    console = results()
    if chosen:
        console.print(f"The best attempt at each question, {pack.title}", style="bold", markup=False)
    for nth, one in enumerate(chosen, 1):
        console.print()
        _put(console, f"{nth}. {one.question.text}")
        for line in _about(one):
            _put(console, line, indent="   ", style="dim")


def _put(console: Console, text: str, *, indent: str = "", style: str = "") -> None:
    """Print a text folded at the edge, with nothing behind the words."""
    from rich.text import Text

    from voicerehearsal.cli.tables import spelled

    for line in Text(spelled(console, text)).wrap(console, console.width - len(indent)):
        console.print(indent + line.plain.rstrip(), style=style, markup=False, highlight=False, soft_wrap=True)


def _about(one: Chosen) -> list[str]:
    when = f"{one.answer.started_at.astimezone():%d %b %Y}"
    lines = [f"{one.question.id}, {when}, answer {one.answer.id}: {', '.join(one.good) or 'the only one so far'}."]
    for heading, some in (("Points missing", one.missing), ("To mend", one.to_mend)):
        if some:
            lines.append(f"{heading}: {'; '.join(some)}.")
    return lines


def _play(language: Language, chosen: Sequence[Chosen], keys: Keys, speaker: Speaker) -> None:
    """Question and answer, one pair after another, until the last or until the listener leaves."""
    from rich.text import Text

    from voicerehearsal import wiring
    from voicerehearsal.cli.console import as_it_is
    from voicerehearsal.cli.replay import play
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import RehearsalError

    console = talk()
    voice = wiring.interviewer_or_none(language)
    console.print(_HINT, style="dim", markup=False)
    for nth, one in enumerate(chosen, 1):
        console.print(Text(f"\n{nth} of {len(chosen)}", style="bold").append_text(as_it_is(f"  {one.question.text}")))
        for line in _about(one):
            console.print(line, style="dim", markup=False)
        try:
            if voice is not None and _read(voice, one.question.text, keys, speaker) in _LEAVE:
                return
            played = wiring.replay_of(one.answer, speaker)
            if keys.interrupted or play(console, keys, played, one.report, hint="") in _LEAVE:
                return
        except RehearsalError as error:
            console.print(error.going_on("The next one follows."), style="yellow", markup=False)
        if keys.interrupted:
            return


def _read(voice: Voice, text: str, keys: Keys, speaker: Speaker) -> str | None:
    """Have the question read; the key that cut it short, if one did."""
    from voicerehearsal import wiring

    playback = speaker.play(wiring.read_aloud(voice, text))
    key = None
    while not playback.done and not keys.interrupted and key not in (*_LEAVE, *_NEXT):
        key = keys.read(_TICK_S)
    playback.stop()
    return key


def _name_unanswered(pack: Pack, chosen: Sequence[Chosen], unanswered: Sequence[Question]) -> None:
    """Say which questions have no answer yet, those that follow up others last."""
    from voicerehearsal.cli.terminal import talk

    if not unanswered:
        return
    ordered = sorted(unanswered, key=lambda one: one.follows is not None)
    none = "" if chosen else f"No question of {pack.title} has a recorded answer yet. "
    talk().print(f"\n{none}Not answered yet: {', '.join(one.id for one in ordered)}.", style="dim", markup=False)
    begin = f"  voicerehearsal practice --pack {pack.id} --question {ordered[0].id}"
    talk().print(begin, style="dim", markup=False, soft_wrap=True)


def _as_json(pack: Pack, chosen: Sequence[Chosen], unanswered: Sequence[Question]) -> dict[str, Any]:
    from voicerehearsal.formats import printable

    return {
        "schema": SCHEMA,
        "pack": pack.id,
        "language": pack.language,
        "questions": [
            {
                "id": one.question.id,
                "text": one.question.text,
                "answer": one.answer.id,
                "when": one.answer.started_at,
                "recording": printable(str(one.answer.recording)),
                "good": one.good,
                "missing": one.missing,
                "to_mend": one.to_mend,
            }
            for one in chosen
        ],
        "unanswered": [question.id for question in unanswered],
    }
