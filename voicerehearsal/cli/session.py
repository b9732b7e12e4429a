"""A rehearsal in the terminal, from the ring to the look back: what `practice` and `demo` share."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voicerehearsal.cli.comments import show_comments
from voicerehearsal.cli.glance import look_back
from voicerehearsal.cli.report_view import show_report
from voicerehearsal.cli.screen import Screen
from voicerehearsal.cli.targets import show_held_against
from voicerehearsal.cli.terminal import results, talk
from voicerehearsal.presenting.taken_steps import (
    after,
    beside_earlier,
    has_comments,
    is_looked_back_on,
    is_pause,
    onward,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.presenting.sitting import Sitting
    from voicerehearsal.rehearsal.course import Done
    from voicerehearsal.rehearsal.step import Step
    from voicerehearsal.values import Report

_KEYS_HINT = "Enter ends an answer · m mutes · q leaves"
_CHOICES = {"r": "replay", "a": "again", "t": "targets", "\r": "next", "\n": "next", " ": "next", "q": "leave"}


def hold(sitting: Sitting, keys: Keys) -> None:
    """Say what is used, then hold a session; raises as `Session.run`."""
    talk().print(" · ".join(f"{part}: {name}" for part, name in sitting.used.items()), style="dim", markup=False)
    Session(sitting, keys).run()


@dataclass
class Session:
    """One sitting: questions asked one after another, each answered as often as the speaker likes."""

    sitting: Sitting
    keys: Keys
    reports: list[Report] = field(default_factory=list)
    _last_kept: int | None = None
    _pending: list[Done] = field(default_factory=list)

    def run(self) -> None:
        """Ring, then take the steps of the course; then look back.

        Raises:
            RehearsalError: What made it impossible to go on; what was answered until then is kept.
            KeyboardInterrupt: The speaker left with Ctrl-C; the answer so far is kept.
        """
        course, interview = self.sitting.course, self.sitting.interview
        screen = Screen(talk())
        done: list[Done] = []
        try:
            with self.keys.listening():
                interview.prepare(course.texts())
                if self.keys.available:
                    talk().print(_KEYS_HINT, style="dim")
                for event in interview.ring():
                    screen.show(event)
                self._follow(screen, done)
        finally:
            screen.close()
        self._show_pending()
        show_comments(results(), course.result(done))
        look_back(results(), self.reports, self.sitting.earlier, self.sitting.in_words())
        if interview.failure is not None:
            raise interview.failure
        if self.keys.interrupted:
            raise KeyboardInterrupt

    def _follow(self, screen: Screen, done: list[Done]) -> None:
        """Take step after step until the course is over or the speaker leaves; each goes into `done`."""
        course, interview = self.sitting.course, self.sitting.interview
        step = course.next(done)
        while step is not None and not interview.stopped:
            taken = self._take(step, screen)
            done.append(taken)
            if taken.report is not None and not step.flows:
                self._pending.append(taken)
            following = course.next(done)
            if is_pause(taken):
                self._show_pending()
                self._compare(done)
            if has_comments(taken):
                show_comments(results(), course.comments(done))
            if interview.stopped or interview.failure is not None:
                return
            if is_pause(taken):
                choice = self._choose(onward(step, following))
                if choice == "leave":
                    return
                if choice == "again":
                    following = step.once_more()
            step = following

    def _take(self, step: Step, screen: Screen) -> Done:
        from voicerehearsal.rehearsal.course import Done
        from voicerehearsal.rehearsal.events import Measured, Saved

        taken = Done(step)
        if step.listens:
            self._last_kept = None
        with contextlib.closing(self.sitting.interview.ask(step)) as events:
            for event in events:
                screen.show(event)
                taken = after(taken, event)
                if isinstance(event, Measured) and is_looked_back_on(step):
                    self.reports.append(event.report)
                elif isinstance(event, Saved):
                    self._last_kept = event.answer_id
        return taken

    def _show_pending(self) -> None:
        """The reports that could not be shown while the conversation went on."""
        for taken in self._pending:
            name, attempt = taken.step.question.id, taken.step.attempt
            if taken.report is not None:
                show_report(results(), taken.report, title=name if attempt == 1 else f"{name}, attempt {attempt}")
        self._pending.clear()

    def _compare(self, done: Sequence[Done]) -> None:
        """How another attempt differs from the one before it."""
        from voicerehearsal.cli.compare_view import show_again

        found = beside_earlier(done, self.sitting.usual)
        if found is not None:
            show_again(results(), found, attempt=done[-1].step.attempt - 1)

    def _choose(self, onward: str) -> str:
        """What the speaker wants after a report; without a terminal always to go on, which is called `onward`."""
        if not self.keys.available:
            return "leave" if self.keys.interrupted else "next"
        listen_again = "r replay · " if self.sitting.speaker is not None and self._last_kept is not None else ""
        again = "" if onward == "again" else "a again · "
        held_against = "t targets · " if self.reports else ""
        choices = f"\n{listen_again}{again}{held_against}Enter {onward} · q leave"
        talk().print(choices, style="dim")
        while not self.keys.interrupted:
            choice = _CHOICES.get(self.keys.read(0.2) or "")
            if choice == "replay":
                self._replay()
                talk().print(choices, style="dim")
            elif choice == "targets":
                for report in self.reports[-1:]:
                    show_held_against(results(), report)
                talk().print(choices, style="dim")
            elif choice is not None:
                return choice
        return "leave"

    def _replay(self) -> None:
        from voicerehearsal.cli.replay import play
        from voicerehearsal.errors import RehearsalError

        if self.sitting.speaker is None or self._last_kept is None:
            return
        try:
            play(talk(), self.keys, self.sitting.listen_again(self._last_kept), self.reports[-1])
        except RehearsalError as error:
            talk().print(str(error), style="yellow", markup=False, soft_wrap=True)
