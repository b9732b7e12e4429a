"""An interviewer who cuts in: the answer ends at a gap, and goes on where the interviewer wants it to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from voicerehearsal.rehearsal.course import Comment, Course, Done
from voicerehearsal.rehearsal.follow_up import left_out
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Language

SHARE = 0.5
"""Of the answers: often enough to be expected, too seldom to be sure of."""

AFTER_S = (12.0, 20.0)
"""From when on the interviewer cuts in: a first thought has been finished by then."""

CUT_INS: dict[Language, tuple[str, ...]] = {
    "en": ("Let me stop you there.", "Sorry to interrupt.", "Let me jump in here."),
    "zh": ("我打断您一下。", "不好意思，先停一下。", "请等一下。"),
}
PROBES: dict[Language, tuple[str, ...]] = {
    "en": ("So what came of it?", "What exactly was your part in that?", "Can you put that in one sentence?"),
    "zh": ("那么，结果怎么样？", "您自己具体做了什么？", "能用一句话概括一下吗？"),
}


class Interrupted:
    """Another course, in which about half of the answers are cut off once, between 12 and 20 s after their beginning.

    What follows a cut-in is never cut off itself.
    """

    def __init__(self, course: Course, language: Language, chance: random.Random) -> None:
        self._course = course
        self._language: Language = language
        self._seed = chance.getrandbits(64)
        self.result = course.result

    def texts(self) -> Sequence[str]:
        """What the course says, and everything that is said when cutting in."""
        return [*self._course.texts(), *CUT_INS[self._language], *PROBES[self._language]]

    def next(self, done: Sequence[Done]) -> Step | None:
        """As the course says; after an answer that was cut off, its next question at once, or a probe."""
        step = self._course.next(done)
        chance = random.Random(f"{self._seed} {len(done)}")  # noqa: S311 - a game, and the same for the same `done`
        if done and done[-1].ended_by == "interrupted":
            return self._cut_in(done[-1].step, step, chance)
        if step is None or not step.listens or step.flows or chance.random() >= SHARE:
            return step
        return replace(step, cut_in_after_s=chance.uniform(*AFTER_S))

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """As the course says; after the rest of an answer that was cut off, what both parts made together."""
        comments = self._course.comments(done)
        if not done[-1].step.goes_on:
            return comments
        parts = [one.report for one in done[-2:] if one.report is not None and one.report.keywords is not None]
        points = len(done[-1].step.question.points)
        if not parts or not points:
            return comments
        missed = [point.label for point in left_out(parts)]
        together = f"Both parts together: {points - len(missed)} of {points} points."
        return [Comment(f"{together} Left out: {'; '.join(missed)}." if missed else together), *comments]

    def _cut_in(self, before: Step, step: Step | None, chance: random.Random) -> Step:
        stop = chance.choice(CUT_INS[self._language])
        if step is not None and step.question.follows == before.question.id:
            return replace(step, lines=(stop, *step.spoken), because="")
        probe = chance.choice(PROBES[self._language])
        again = before.once_more()
        return replace(again, lines=(stop, probe), heading="", because="", cut_in_after_s=None, goes_on=True)
