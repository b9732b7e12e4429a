"""What to practise next: spaced repetition over questions and weaknesses.

Nothing is stored: the schedule is read off the answers there are, so that better advice re-orders old ones too. The
memory model is FSRS (Ye et al. 2022, `fsrs`): a question that went well comes back later each time, one that went badly
tomorrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from voicerehearsal.coaching.targets import DEFAULTS, PACE, Targets, aim
from voicerehearsal.values import Language, Question, QuestionRef

if TYPE_CHECKING:
    from fsrs import Rating

RETENTION = 0.9
"""A question is due when the chance that it still sits falls below this: the default of FSRS."""

LONGEST_DAYS = 60
"""Nobody prepares an interview for longer: whatever sits is heard again after two months at the latest."""

SITS = 0.8
"""Share of the talking points from which an answer sits; our own choice: one of five may be missed."""

HALF = 0.5
"""Below half of its points an answer is to be learned anew."""

WEAKNESSES = (
    "words_per_minute",
    "characters_per_minute",
    "fillers_per_minute",
    "pause_longest_s",
    "response_latency_s",
    "falling_endings",
    "surges",
    "smile_score",
)
"""The measures that a person can set out to better, in the order in which they are named when several are due."""


DUE, NEW, LATER = 0, 1, 2

Urgency = Callable[[Question], tuple[int, float]]
"""`DUE`, `NEW` or `LATER`, and the time that tells one from another; smaller comes first."""


@dataclass(frozen=True, slots=True)
class Review:
    """A question as it was answered once, as far as the schedule cares; numbers that are not known are None.

    It was answered in one go, or in `answers` that belong together: the replies of a role-play, an answer that was cut
    into.
    """

    when: datetime
    coverage: float | None = None
    rate: float | None = None
    fillers_per_minute: float | None = None
    answers: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands: last answered, due again, `answers` so far, and how many of its points the last made."""

    question: QuestionRef
    last: datetime
    due: datetime
    answers: int
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class Weakness:
    """A measure outside its target: how it was `last`, when it is due again."""

    metric: str
    value: float
    due: datetime


def standing(
    question: QuestionRef, reviews: Sequence[Review], language: Language, targets: Targets = DEFAULTS
) -> Standing:
    """How a question stands after its reviews, oldest first, at least one."""
    ratings = [(review.when, rating_of(review, language, targets)) for review in reviews]
    answers = sum(review.answers for review in reviews)
    return Standing(question, reviews[-1].when, _due(ratings), answers, reviews[-1].coverage)


def rating_of(review: Review, language: Language, targets: Targets = DEFAULTS) -> Rating:
    """How well an answer went, on the scale of FSRS.

    Easy: every point made, at a good pace, without many fillers. Without known points: hard, since it was practised and
    nobody knows how well.
    """
    from fsrs import Rating

    if review.coverage is None:
        return Rating.Hard
    if review.coverage < HALF:
        return Rating.Again
    if review.coverage < SITS:
        return Rating.Hard
    low, high = targets.rate_band(language).amber
    paced = review.rate is not None and low <= review.rate <= high
    fluent = review.fillers_per_minute is not None and _on_target(
        "fillers_per_minute", review.fillers_per_minute, targets
    )
    return Rating.Easy if review.coverage >= 1.0 and paced and fluent else Rating.Good


def weakness(metric: str, values: Sequence[tuple[datetime, float]], targets: Targets = DEFAULTS) -> Weakness | None:
    """The measure as something to work on, from its latest values, oldest first; None when the last is on target."""
    if not values or _on_target(metric, values[-1][1], targets):
        return None
    from fsrs import Rating

    ratings = [(when, Rating.Good if _on_target(metric, value, targets) else Rating.Again) for when, value in values]
    return Weakness(metric, values[-1][1], _due(ratings))


def overdue(standings: Iterable[Standing], now: datetime) -> list[QuestionRef]:
    """The questions that are due, longest overdue first."""
    return [stands.question for stands in sorted(standings, key=lambda s: s.due) if stands.due <= now]


def unready(standings: Iterable[Standing]) -> Standing | None:
    """Of the questions that do not sit yet (`SITS`), the one whose last answer left out most."""
    shaky = [(one.coverage, one) for one in standings if one.coverage is not None and one.coverage < SITS]
    return min(shaky, key=lambda pair: (pair[0], pair[1].due))[1] if shaky else None


def by_urgency(pack: str, standings: Mapping[QuestionRef, Standing], now: datetime) -> Urgency:
    """What to sort the questions of a pack by: due ones, longest overdue first; new ones; the others."""

    def urgency(question: Question) -> tuple[int, float]:
        stands = standings.get(QuestionRef(pack, question.id))
        if stands is None:
            return NEW, 0.0
        return (DUE if stands.due <= now else LATER), stands.due.timestamp()

    return urgency


def _due(ratings: Sequence[tuple[datetime, Rating]]) -> datetime:
    """When FSRS would see it again; days, not minutes, since a person rehearses once a day."""
    from fsrs import Card, Scheduler

    scheduler = Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
    card = Card(card_id=1, due=ratings[0][0])
    for when, rating in ratings:
        card, _ = scheduler.review_card(card, rating, when)
    return card.due


def _on_target(metric: str, value: float, targets: Targets) -> bool:
    """Whether a value is no weakness: for a pace, inside the amber band; of fillers, none at all is none either."""
    for language, name in PACE.items():
        if metric == name:
            low, high = targets.rate_band(language).amber
            return low <= value <= high
    target = aim(metric, targets.of(metric))
    return target is None or target.distance(value) == 0
