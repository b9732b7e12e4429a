"""What a session or a week was, for its speaker: how much was practised, what moved, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import pi, sqrt
from statistics import median

from voicerehearsal.coaching.bests import Best
from voicerehearsal.coaching.change import Change, change
from voicerehearsal.coaching.comparison import ENOUGH as ENOUGH_BEFORE
from voicerehearsal.coaching.metrics import Metric
from voicerehearsal.coaching.schedule import Standing, Weakness
from voicerehearsal.coaching.targets import Target, aim
from voicerehearsal.values import Language, QuestionRef, Remark, Usual

FOLLOWED = (
    "words_per_minute",
    "characters_per_minute",
    "response_latency_s",
    "pauses_per_minute",
    "pause_longest_s",
    "fillers_per_minute",
    "coverage",
    "liveliness",
    "steadiness",
    "surges",
    "smile_score",
)
"""The measures a summary speaks of, pace first: those a person can do something about."""


_RESEMBLANCE = 0.4
"""Correlation of neighbouring answers that a word on the median must bear; the word on change is tried with as much."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, as far as a summary counts it; `speaking_s` is None where it was not measured or hardly an answer."""

    id: int
    session_id: int
    when: datetime
    language: Language
    question: QuestionRef | None
    kind_of_practice: str
    speaking_s: float | None
    recorded_s: float


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something there was; `spoken_s` is counted from the first sound of an answer to its last."""

    name: str
    sessions: int
    answers: int
    spoken_s: float


@dataclass(frozen=True, slots=True)
class Practised:
    """How much was practised: in all, on which days, by kind of practice and by pack, most answers first."""

    total: Amount
    days: tuple[date, ...]
    kinds: tuple[Amount, ...]
    packs: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """One measure in the time looked at, beside what was usual before.

    Attributes:
        metric: Which measure.
        language: What was spoken.
        count: Answers that have it, in the time looked at.
        median: Of those.
        usual: Of the answers before; None when there were none.
        target: Where it should lie.
        change: Over all answers up to the end of the time looked at.
    """

    metric: Metric
    language: Language
    count: int
    median: float
    usual: Usual | None
    target: Target | None
    change: Change

    @property
    def beside_usual(self) -> str:
        """Whether the median lies "above" or "below" the usual one, or is "as usual"; "" when that cannot be told.

        Two medians of the same speaker lie further apart than this once in twenty times, or less often, as long as an
        answer resembles the one before no more than `_RESEMBLANCE`. As in comparisons, a spread told from few answers
        is uncertain itself, hence the 4 / n (own simulation).
        """
        usual = self.usual
        if usual is None or usual.answers < ENOUGH_BEFORE or usual.spread <= 0:
            return ""
        away, count = self.median - usual.median, usual.answers
        least = 1.96 * usual.spread * (1 + 4 / count) * sqrt(_of_median(self.count) + _of_median(count))
        if abs(away) <= max(least, 10.0**-self.metric.decimals):
            return "as usual"
        return "above" if away > 0 else "below"


@dataclass(frozen=True, slots=True)
class Advice:
    """The change that was named most often: in `times` of `of` answers; its latest wording, exercise and answer."""

    measure: str
    text: str
    exercise: str
    times: int
    of: int
    answer_id: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A session or some days at a glance.

    Attributes:
        practised: How much.
        movements: What moved, in the order of `FOLLOWED`.
        bests: Personal bests, in the same order.
        due: Questions that are due, longest overdue first.
        weakness: The measure to work on, if one is due.
        advice: What was named most often, if anything was.
        unready: Of the questions answered, the one that lacks most of its points, if one does not sit yet.
        language: What was spoken last, None when nothing was.
    """

    practised: Practised
    movements: tuple[Movement, ...]
    bests: tuple[Best, ...]
    due: tuple[QuestionRef, ...]
    weakness: Weakness | None
    advice: Advice | None
    unready: Standing | None
    language: Language | None


def practised(answers: Sequence[Given]) -> Practised:
    """Count `answers`; their days are those of this computer's clock."""
    return Practised(
        total=_amount("", answers),
        days=tuple(sorted({answer.when.astimezone().date() for answer in answers})),
        kinds=_by(answers, lambda answer: answer.kind_of_practice),
        packs=_by(answers, lambda answer: answer.question.pack if answer.question else ""),
    )


def movement(
    metric: Metric,
    language: Language,
    *,
    values: Sequence[float],
    usual: Usual | None,
    history: Sequence[float],
    target: Target | None,
) -> Movement:
    """One measure's movement.

    Args:
        metric: Which measure.
        language: What was spoken.
        values: Of the time looked at, at least one.
        usual: Of the answers before.
        history: All values up to the end of that time, oldest first.
        target: Where it should lie.
    """
    found = change(history, aim(metric.name, target))
    return Movement(metric, language, len(values), median(values), usual, target, found)


def advice(answers: Iterable[tuple[int, Sequence[Remark]]]) -> Advice | None:
    """The change named most often in the remarks of `answers`, oldest first; of two named as often, the later one."""
    named: Counter[str] = Counter()
    latest: dict[str, tuple[int, int, str, str]] = {}
    count = 0
    for count, (answer_id, remarks) in enumerate(answers, 1):
        said = {remark.kind: remark for remark in remarks}
        if "change" in said:
            text, exercise = said["change"].text, said["exercise"].text if "exercise" in said else ""
            named[said["change"].measure] += 1
            latest[said["change"].measure] = (count, answer_id, text, exercise)
    if not named:
        return None
    measure = max(named, key=lambda name: (named[name], latest[name][0]))
    _, answer_id, text, exercise = latest[measure]
    return Advice(measure, text, exercise, named[measure], count, answer_id)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _of_median(count: int) -> float:
    """Variance of the median of so many answers that resemble one another, that of one being 1."""
    apart = max(1.0, count * (1 - _RESEMBLANCE) / (1 + _RESEMBLANCE))
    return pi / (2 * apart + pi - 2)


def _by(answers: Sequence[Given], name_of: Callable[[Given], str]) -> tuple[Amount, ...]:
    groups: dict[str, list[Given]] = {}
    for answer in answers:
        groups.setdefault(name_of(answer), []).append(answer)
    amounts = [_amount(name, group) for name, group in groups.items()]
    return tuple(sorted(amounts, key=lambda amount: (-amount.answers, amount.name)))


def _amount(name: str, answers: Sequence[Given]) -> Amount:
    sessions = len({answer.session_id for answer in answers})
    return Amount(name, sessions, len(answers), sum(answer.speaking_s or 0.0 for answer in answers))
