"""The best attempt at each question, to be heard the night before: what went well once can go well again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from voicerehearsal.coaching.targets import PACE, Targets
from voicerehearsal.measures.pauses import DEAD_AIR_S
from voicerehearsal.values import Language, Report

Order = tuple[float, ...]
"""What attempts are put in order by; the smallest is the best."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a question, as its numbers have it without its report; None where one is not known.

    Attributes:
        answer_id: Its number.
        when: When it was given.
        coverage: Share of the talking points made, 0–1.
        rate: Words or characters per minute.
        fillers_per_minute: Filled pauses and filler phrases.
        longest_pause_s: The longest silence inside.
        steadiness: 0–1.
    """

    answer_id: int
    when: datetime
    coverage: float | None = None
    rate: float | None = None
    fillers_per_minute: float | None = None
    longest_pause_s: float | None = None
    steadiness: float | None = None


def order_of(attempt: Attempt, targets: Targets, language: Language, report: Report | None = None) -> Order:
    """Where an attempt stands among those at the same question: the smaller, the better.

    What an interviewer hears first comes first:

    1. the share of talking points made: an answer that says little is not saved by saying it well;
    2. phrases that hurt, such as "I'm a perfectionist": each undoes a point;
    3. how many of these are wrong: pace outside its target, dead air, more fillers than the target allows, a length
       outside the question's own;
    4. how far the pace is from its target, then how steady the voice is;
    5. of equal ones the newest: it is nearest to how the speaker talks today.

    A number that is not known is never better than one that is. Without the `report`, hurting phrases and length are
    taken to be right, so that the order with it is never smaller.

    Args:
        attempt: Its numbers.
        targets: What it is held against.
        language: What was spoken.
        report: The whole report, where it has been read.
    """
    band = targets.of(PACE[language])
    off_pace = math.inf if attempt.rate is None else 0.0 if band is None else band.distance(attempt.rate)
    return (
        math.inf if attempt.coverage is None else -attempt.coverage,
        len(report.keywords.cautions) if report is not None and report.keywords is not None else 0,
        len(_wrong(attempt, targets, language, report)),
        off_pace,
        math.inf if attempt.steadiness is None else -attempt.steadiness,
        -attempt.when.timestamp(),
        -attempt.answer_id,
    )


def best_attempt(
    attempts: Iterable[Attempt], targets: Targets, language: Language, read: Callable[[int], Report | None]
) -> tuple[Attempt, Report] | None:
    """The best of the attempts at one question, with its report; None when nothing was heard in any.

    Reports are read in the order of what the numbers promise, and no further than one could still be the best.

    Args:
        attempts: At the same question, in any order.
        targets: What they are held against.
        language: What was spoken.
        read: From the number of an answer to its report.
    """
    found: tuple[Order, Attempt, Report] | None = None
    promised = sorted(((order_of(one, targets, language), one) for one in attempts), key=lambda pair: pair[0])
    for promise, attempt in promised:
        if found is not None and found[0] <= promise:
            break
        report = read(attempt.answer_id)
        if report is None or report.pauses is None:
            continue
        order = order_of(attempt, targets, language, report)
        if found is None or order < found[0]:
            found = (order, attempt, report)
    return None if found is None else found[1:]


def made_good(attempt: Attempt, report: Report, targets: Targets) -> list[str]:
    """What makes an attempt good, a few words each."""
    good = []
    if report.keywords is not None and any(point.covered for point in report.keywords.points):
        made = sum(point.covered for point in report.keywords.points)
        good.append(f"{made} of {len(report.keywords.points)} points")
    band, fillers = targets.of(PACE[report.language]), targets.of("fillers_per_minute")
    if attempt.rate is not None and band is not None and band.distance(attempt.rate) == 0:
        good.append(f"a good pace ({attempt.rate:.0f} {_UNITS[report.language]} a minute)")
    if attempt.fillers_per_minute is not None and fillers is not None and fillers.high is not None:
        good += ["few fillers"] if attempt.fillers_per_minute <= fillers.high else []
    if attempt.longest_pause_s is not None and attempt.longest_pause_s < DEAD_AIR_S:
        good.append("no dead air")
    if report.tone is not None and report.tone.verdict in ("steady", "lively"):
        good.append(f"a {report.tone.verdict} voice")
    return good


def points_missing(report: Report) -> list[str]:
    """The talking points that were not made."""
    return [] if report.keywords is None else [point.label for point in report.keywords.points if not point.covered]


def to_mend(attempt: Attempt, report: Report, targets: Targets) -> list[str]:
    """What is still amiss in how the points were made, a few words each, in the order of `order_of`."""
    cautions = [] if report.keywords is None else [f"the phrase “{hit.text}”" for hit in report.keywords.cautions]
    return [*cautions, *_wrong(attempt, targets, report.language, report)]


def _wrong(attempt: Attempt, targets: Targets, language: Language, report: Report | None) -> list[str]:
    """What is wrong with how it was said."""
    band, fillers = targets.of(PACE[language]), targets.of("fillers_per_minute")
    wrong = []
    if attempt.rate is None:
        wrong.append("a pace that could not be measured")
    elif band is not None and band.distance(attempt.rate) > 0:
        fast = band.high is not None and attempt.rate > band.high
        wrong.append(f"too {'fast' if fast else 'slow'} ({attempt.rate:.0f} {_UNITS[language]} a minute)")
    if attempt.longest_pause_s is None or attempt.longest_pause_s >= DEAD_AIR_S:
        known = attempt.longest_pause_s is not None
        wrong.append(f"a silence of {attempt.longest_pause_s:.1f} s" if known else "pauses that could not be measured")
    if fillers is not None and fillers.high is not None:
        if attempt.fillers_per_minute is None:
            wrong.append("fillers that could not be counted")
        elif attempt.fillers_per_minute > fillers.high:
            wrong.append(f"too many fillers ({attempt.fillers_per_minute:.0f} a minute)")
    if report is not None and report.length is not None and report.length.verdict in ("short", "long"):
        wrong.append(f"too {report.length.verdict} ({report.length.speaking_s:.0f} s)")
    return wrong


_UNITS: dict[Language, str] = {"en": "words", "zh": "characters"}
