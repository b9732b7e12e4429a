"""One step of a rehearsal: what is said to the speaker, and what their answer is measured against."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicerehearsal.values import Question


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next.

    Attributes:
        question: What the answer is measured against, and kept under.
        attempt: How often this question has been answered in this sitting, this time included.
        lines: What the voice says, one after the other; the question's text when empty.
        heading: What stands on the screen; the lines when empty.
        because: Why this is asked, for the screen.
        shown: What stands below the heading while the speaker answers.
        listens: Whether an answer is heard; otherwise the lines are only said.
        flows: Whether the next step follows at once, as in a conversation, without a look at the report.
        cut_in_after_s: From when on, counted from the first sound, the answer is cut off at the next gap; None: never.
        goes_on: Whether the answer goes on with one that was cut off, and is no whole one.
        measures_voice: Whether the voice's own reading of the lines is measured as well.
        hangs_up: Whether the line is dead after it.
    """

    question: Question
    attempt: int = 1
    lines: tuple[str, ...] = ()
    heading: str = ""
    because: str = ""
    shown: tuple[str, ...] = ()
    listens: bool = True
    flows: bool = False
    cut_in_after_s: float | None = None
    goes_on: bool = False
    measures_voice: bool = False
    hangs_up: bool = False

    @property
    def spoken(self) -> tuple[str, ...]:
        """What the voice says."""
        return self.lines or (self.question.text,)

    @property
    def headline(self) -> str:
        """What stands on the screen."""
        return self.heading or " ".join(self.spoken)

    def once_more(self) -> Step:
        """The same again; of an answer that was cut off, the whole question."""
        again = replace(self, lines=(), goes_on=False) if self.goes_on else self
        return replace(again, attempt=self.attempt + 1)
