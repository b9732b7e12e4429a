"""Where a person stands: which questions sit, which measures are off target, what was practised when."""

from __future__ import annotations

from datetime import datetime

from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.schedule import WEAKNESSES, Standing, Weakness, standing, weakness
from voicerehearsal.coaching.targets import Targets
from voicerehearsal.journal.reviews import LATEST, read_reviews
from voicerehearsal.journal.series import from_ms
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Language, QuestionRef


def read_last_practised(journal: Journal, pack: str) -> dict[str, datetime]:
    """When each question of `pack` was last answered, by id; demonstrations do not count. Raises JournalError."""
    with journal.reading() as db:
        rows = db.execute(
            "SELECT question_id, max(a.started_at_ms) FROM answers a JOIN sessions s ON s.id = a.session_id"
            " WHERE question_pack = ? AND s.kind <> 'demonstration' GROUP BY question_id",
            (pack,),
        ).fetchall()
    return {question: from_ms(ms) for question, ms in rows}


def read_standings(journal: Journal, language: Language, targets: Targets) -> dict[QuestionRef, Standing]:
    """How every question answered in `language` stands in the schedule; demonstrations do not count.

    Raises:
        JournalError: The journal cannot be read.
    """
    with journal.reading() as db:
        reviews = read_reviews(db, language)
    return {question: standing(question, answers, language, targets) for question, answers in reviews.items()}


def read_weaknesses(journal: Journal, language: Language, targets: Targets) -> list[Weakness]:
    """The measures whose latest number is off target: in the order of `WEAKNESSES`, then others with a target.

    Raises:
        JournalError: The journal cannot be read.
    """
    names = dict.fromkeys((*WEAKNESSES, *targets.stated))
    found = (
        weakness(name, [(p.when, p.value) for p in journal.series(METRICS[name], language, last=LATEST)], targets)
        for name in names
    )
    return [one for one in found if one is not None]
