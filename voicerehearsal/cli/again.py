"""`analyze --again`: kept answers measured as they would be measured today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from voicerehearsal.cli.together import Given
    from voicerehearsal.errors import RehearsalError
    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.values import Report


def measured_again(
    files: Sequence[tuple[str, Path]], given: Given, jobs: int
) -> Iterator[tuple[str, Report | RehearsalError, bool]]:
    """Measure the answers of `files` again, or all that are outdated; their place, time and corrections stay.

    Each is kept as soon as it is measured, so whoever interrupts this can go on later; how far it is is told. An
    outdated answer whose recording is gone is no failure: it is told of, and stays as it is.

    Args:
        files: Recordings with the names to call them by; none: of every outdated answer.
        given: What was spoken and asked after all, for recordings that are named.
        jobs: How many at a time.

    Yields:
        Name, the report as it is in the journal now or what went wrong, and whether all is well.

    Raises:
        UsageError: Something is given, and no recording is named.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.cli.together import Given, in_order
    from voicerehearsal.errors import RehearsalError, UsageError

    if not files and given != Given():
        raise UsageError("--language, --pack, --question and --profile are for recordings that are named", "Name them.")

    def measure(one: tuple[str, Answer | RehearsalError]) -> Report | RehearsalError:
        if isinstance(one[1], RehearsalError):
            return one[1]
        try:
            return wiring.measure_again(
                one[1], language=given.language, asked=given.asked, profile=given.profile, targets=given.targets
            )
        except RehearsalError as error:
            return error

    found = _answers_of(files) if files else _outdated()
    done = 0
    for nth, ((name, answer), measured) in enumerate(zip(found, in_order(measure, found, jobs), strict=True), 1):
        outcome = _kept(answer, measured)
        well = not isinstance(outcome, RehearsalError)
        if well:
            done += 1
            talk().print(f"{name} is measured again ({nth} of {len(found)}).", style="dim", markup=False)
        yield name, outcome, well
    summary = f"{done} of {len(found)} measured again." if found else "No answer is outdated."
    talk().print(summary, markup=False)
    if not files:
        _tell_of_gone()


def _tell_of_gone() -> None:
    """Say in one line which outdated answers, or how many, can never be measured again."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.journal.outdated import outdated

    with wiring.open_journal(read_only=True) as journal:
        gone = outdated(journal, gone=True)
    if not gone:
        return
    one = f"The recording of answer {gone[0].id} is gone: it cannot be measured again."
    many = f"The recordings of {len(gone)} answers are gone: they cannot be measured again."
    talk().print(one if len(gone) == 1 else many, style="dim", markup=False, soft_wrap=True)


def _kept(answer: Answer | RehearsalError, measured: Report | RehearsalError) -> Report | RehearsalError:
    """The report as it is in the journal now, or why there is none."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import RehearsalError

    if isinstance(answer, RehearsalError) or isinstance(measured, RehearsalError):
        return measured
    try:
        return wiring.keep_again(answer, measured)
    except RehearsalError as error:
        return error


def _outdated() -> list[tuple[str, Answer | RehearsalError]]:
    from voicerehearsal import wiring
    from voicerehearsal.journal.outdated import outdated

    with wiring.open_journal(read_only=True) as journal:
        return [(f"Answer {answer.id}", answer) for answer in outdated(journal)]


def _answers_of(files: Sequence[tuple[str, Path]]) -> list[tuple[str, Answer | RehearsalError]]:
    """The answer of every file, once, or why there is none."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import RehearsalError

    found: list[tuple[str, Answer | RehearsalError]] = []
    seen: set[int] = set()
    with wiring.open_journal(read_only=True) as journal:
        for name, path in files:
            try:
                answer = journal.answer_like(path)
            except RehearsalError as error:
                found.append((name, error))
                continue
            if answer is None:
                found.append((name, RehearsalError(f"No answer in the journal has {name}", "--save keeps it.")))
            elif answer.id not in seen:
                seen.add(answer.id)
                found.append((name, answer))
    return found
