"""The role-play: a caller whose lines soften or harden by what is said to them, and how."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal.coaching.caller import (
    CallEnd,
    Turn,
    call_end,
    calming,
    follow_call,
    mood_in_words,
    provoking,
    turn_in_words,
)
from voicerehearsal.coaching.targets import SLOW_FIRST_REPLY_S
from voicerehearsal.rehearsal.course import Comment, Done
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Caller, Question

_LONGEST_QUOTE = 6
"""What is named at the end, at most."""


class RolePlay:
    """A call with the caller of one question."""

    def __init__(self, question: Question) -> None:
        """Begin a call.

        Raises:
            ValueError: The question has no caller.
        """
        if question.caller is None:
            raise ValueError(f"{question.id} has no caller")
        self._question = question
        self._caller: Caller = question.caller

    def texts(self) -> Sequence[str]:
        """Every line the caller may say."""
        caller = self._caller
        lines = [self._question.text, *caller.softer, *caller.harder, caller.content, caller.fed_up]
        return list(dict.fromkeys(lines))

    def next(self, done: Sequence[Done]) -> Step | None:
        """The caller's next line; None once the call is over, or when nobody writes down what is said."""
        if not done:
            return self._says(self._question.text, 1)
        if self._unheard(done):
            return None
        turns, end = self._call(done)
        if end is None:
            return self._says(self._line(turns), len(turns) + 1)
        if len(done) > len(turns):
            return None
        if end == "content":
            return self._says(self._caller.content, len(turns) + 1)
        return Step(self._question, lines=(self._caller.fed_up,), listens=False, hangs_up=True)

    def comments(self, done: Sequence[Done]) -> Sequence[Comment]:
        """The caller's mood; nothing on the last word, which nobody answers."""
        if self._unheard(done):
            return [Comment(f"A role-play needs the recogniser, and {_why_no_words(done[-1])}.", good=False)]
        turns, _ = self._call(done)
        if len(done) > len(turns):
            return []
        return [Comment(turn_in_words(turns[-1]), good=turns[-1].helped)]

    def result(self, done: Sequence[Done]) -> Sequence[Comment]:
        """How the call went, what calmed and what provoked."""
        turns, end = self._call(done)
        if not turns or self._unheard(done):
            return []
        first, last = mood_in_words(self._caller.upset), mood_in_words(turns[-1].after)
        comments = [self._verdict(turns, end, f"The caller was {first} at first and {last} at the end")]
        for what, good, of in (("What calmed", True, calming), ("What provoked", False, provoking)):
            named = _by_reason([of(turn) for turn in turns])
            if named:
                comments.append(Comment(f"{what}: {'; '.join(named[:_LONGEST_QUOTE])}.", good=good))
        comments += _why_not_to_say(turns)
        made = {point.id for turn in turns for point in turn.made}
        missed = [point.label for point in self._question.points if point.id not in made]
        if missed:
            comments.append(Comment(f"Not said: {'; '.join(missed)}.", good=False))
        return comments + _slow_replies(done)

    def _says(self, line: str, attempt: int) -> Step:
        return Step(self._question, attempt=attempt, lines=(line,), flows=True)

    def _line(self, turns: Sequence[Turn]) -> str:
        """The next of the softer or the harder lines; the last of them again when they have run out."""
        lines = self._caller.softer if turns[-1].helped else self._caller.harder
        said_before = sum(turn.helped == turns[-1].helped for turn in turns) - 1
        return lines[min(said_before, len(lines) - 1)]

    def _call(self, done: Sequence[Done]) -> tuple[list[Turn], CallEnd | None]:
        """The turns up to the one that decided the call, and how."""
        turns = follow_call(self._caller.upset, [one.report for one in done if one.step.listens])
        for at in range(1, len(turns) + 1):
            end = call_end(turns[:at], points=len(self._question.points))
            if end is not None:
                return turns[:at], end
        return turns, None

    def _verdict(self, turns: Sequence[Turn], end: CallEnd | None, moods: str) -> Comment:
        replies = f"{len(turns)} {'reply' if len(turns) == 1 else 'replies'}"
        match end:
            case "content":
                return Comment(f"The call ended well after {replies}. {moods}.", good=True)
            case "fed up":
                return Comment(f"The caller hung up on you after {replies}. {moods}.", good=False)
            case None:
                return Comment(f"The call was left open after {replies}. {moods}.")

    def _unheard(self, done: Sequence[Done]) -> bool:
        """Whether something was said and nobody wrote it down."""
        last = done[-1].report if done else None
        return last is not None and last.pauses is not None and last.keywords is None


def _why_not_to_say(turns: Sequence[Turn]) -> list[Comment]:
    """The phrases that hurt, under their reason."""
    said: dict[str, list[str]] = {}
    for hit in (hit for turn in turns for hit in turn.cautions):
        said.setdefault(hit.why, []).append(f'"{hit.text}"')
    return [Comment(f"{', '.join(dict.fromkeys(texts))}: {why}", good=False) for why, texts in said.items()]


def _by_reason(reasons: Sequence[Sequence[str]]) -> list[str]:
    """Reasons of one turn after another as one list, each with the replies it was given for."""
    turns: dict[str, list[str]] = {}
    for at, given in enumerate(reasons, 1):
        for reason in given:
            turns.setdefault(reason, []).append(str(at))
    return [f"{reason} ({'reply' if len(at) == 1 else 'replies'} {', '.join(at)})" for reason, at in turns.items()]


def _why_no_words(one: Done) -> str:
    reason = "" if one.report is None else one.report.missing.get("keywords", "")
    return reason.rstrip(".") or "there is none"


def _slow_replies(done: Sequence[Done]) -> list[Comment]:
    """The rule that a caller hears something within half a minute."""
    slowest = max(
        (one.report.pauses.response_latency_s or 0.0 for one in done if one.report and one.report.pauses), default=0.0
    )
    if slowest <= SLOW_FIRST_REPLY_S:
        return []
    return [Comment(f"Once the caller waited {slowest:.0f} s for your first word; reply within 30.", good=False)]
