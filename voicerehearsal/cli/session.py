"""A rehearsal in the terminal, from the ring to the look back: what `practice` and `demo` share."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from voicerehearsal.cli.comments import show_comments
from voicerehearsal.cli.glance import in_three_lines, look_back
from voicerehearsal.cli.report_view import show_report
from voicerehearsal.cli.screen import Screen
from voicerehearsal.cli.targets import show_held_against
from voicerehearsal.cli.terminal import results, talk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.journal.recordings import Kind
    from voicerehearsal.journal.store import Answer, Journal
    from voicerehearsal.ports import Microphone, Speaker
    from voicerehearsal.rehearsal.course import Course, Done
    from voicerehearsal.rehearsal.interview import Interview, Manner
    from voicerehearsal.rehearsal.replay import Replay
    from voicerehearsal.rehearsal.step import Step
    from voicerehearsal.values import Report, Usual

_KEYS_HINT = "Enter ends an answer · m mutes · q leaves"
_LOOK_BACK = 3
_AMONG = 40
"""Latest answers that are looked among for those: exercises on kinds of question, many in a row, are none."""
_CHOICES = {"r": "replay", "a": "again", "t": "targets", "\r": "next", "\n": "next", " ": "next", "q": "leave"}


def hold(
    journal: Journal,
    course: Course,
    *,
    manner: Manner,
    kind: Kind,
    next_microphone: Callable[[], Microphone],
    speaker: Speaker | None,
    heard_through: str,
    kind_of_practice: str | None = None,
) -> None:
    """Say what is used, then hold a session; raises as `Session.run`."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.coaching.judgement import PERSONAL
    from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED
    from voicerehearsal.rehearsal.interview import Interview

    own = kind == "practice"
    manner = replace(manner, usual=journal.usual(PERSONAL, manner.language) if own else {})
    recent = journal.answers(limit=_AMONG, kinds=(kind,))
    earlier = [one for one in recent if one.kind_of_practice != "questioning"][:_LOOK_BACK]
    voice = wiring.interviewer_or_none(manner.language)
    keys = Keys()
    archive = wiring.JournalArchive(journal, kind, manner.pack, manner.language, kind_of_practice)
    interview = Interview(
        equipment=wiring.equipment(
            language=manner.language,
            next_microphone=next_microphone,
            speaker=speaker,
            voice=voice,
            profile=wiring.find_profile(None) if own else NOT_CALIBRATED,
        ),
        manner=manner,
        archive=archive,
        controls=keys,
    )
    used = {
        "microphone": heard_through,
        "speaker": "none, the questions are shown" if speaker is None else speaker.name,
        "voice": "none, the questions are shown" if voice is None else voice.name,
        "recogniser": wiring.recogniser_in_words(manner.language),
    }
    talk().print(" · ".join(f"{part}: {name}" for part, name in used.items()), style="dim", markup=False)
    listen_again = None
    if speaker is not None:
        listen_again = lambda answer: wiring.replay_of(journal.answer(answer), speaker)  # noqa: E731
    try:
        in_words = partial(in_three_lines, journal, archive) if own else tuple
        Session(interview, keys, listen_again, earlier, in_words, usual=manner.usual).run(course)
    finally:
        if speaker is not None:
            speaker.close()


@dataclass
class Session:
    """One sitting: questions asked one after another, each answered as often as the speaker likes."""

    interview: Interview
    keys: Keys
    listen_again: Callable[[int], Replay] | None
    """From the number of a kept answer to its replay; None where there is no speaker."""
    earlier: Sequence[Answer] = ()
    """The last answers before this session, newest first."""
    in_words: Callable[[], Sequence[str]] = tuple
    """The session in a few lines, once it is over."""
    reports: list[Report] = field(default_factory=list)
    usual: Mapping[str, Usual] = field(default_factory=dict)
    """What is usual for the speaker, by name of measure."""
    _last_kept: int | None = None
    _pending: list[Done] = field(default_factory=list)

    def run(self, course: Course) -> None:
        """Ring, then take the steps of `course`; then look back.

        Raises:
            RehearsalError: What made it impossible to go on; what was answered until then is kept.
            KeyboardInterrupt: The speaker left with Ctrl-C; the answer so far is kept.
        """
        screen = Screen(talk())
        done: list[Done] = []
        try:
            with self.keys.listening():
                self.interview.prepare(course.texts())
                if self.keys.available:
                    talk().print(_KEYS_HINT, style="dim")
                for event in self.interview.ring():
                    screen.show(event)
                self._follow(course, screen, done)
        finally:
            screen.close()
        self._show_pending()
        show_comments(results(), course.result(done))
        look_back(results(), self.reports, self.earlier, self.in_words())
        if self.interview.failure is not None:
            raise self.interview.failure
        if self.keys.interrupted:
            raise KeyboardInterrupt

    def _follow(self, course: Course, screen: Screen, done: list[Done]) -> None:
        """Take step after step until the course is over or the speaker leaves; each goes into `done`."""
        step = course.next(done)
        while step is not None and not self.interview.stopped:
            taken = self._take(step, screen)
            done.append(taken)
            if taken.report is not None and not step.flows:
                self._pending.append(taken)
            following = course.next(done)
            pauses = step.listens and not step.flows and taken.ended_by != "interrupted"
            if pauses:
                self._show_pending()
                self._compare(done)
            if taken.ended_by not in (None, "interrupted"):
                show_comments(results(), course.comments(done))
            if self.interview.stopped or self.interview.failure is not None:
                return
            if pauses:
                choice = self._choose(_onward(step, following))
                if choice == "leave":
                    return
                if choice == "again":
                    following = step.once_more()
            step = following

    def _take(self, step: Step, screen: Screen) -> Done:
        from voicerehearsal.rehearsal.course import Done
        from voicerehearsal.rehearsal.events import Ended, Measured, Saved, VoiceMeasured

        taken = Done(step)
        if step.listens:
            self._last_kept = None
        with contextlib.closing(self.interview.ask(step)) as events:
            for event in events:
                screen.show(event)
                match event:
                    case Ended():
                        taken = replace(taken, ended_by=event.by)
                    case VoiceMeasured():
                        taken = replace(taken, voice=event.report)
                    case Measured():
                        taken = replace(taken, report=event.report)
                        if step.question.points or not step.flows:  # an exercise is no answer to look back on
                            self.reports.append(event.report)
                    case Saved():
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
        """How another attempt differs from the one before it; one that was cut off is none."""
        from voicerehearsal.cli.compare_view import show_again
        from voicerehearsal.coaching.comparison import compare
        from voicerehearsal.coaching.targets import held_against

        *before, taken = done
        whole = [one.report for one in before if one.step.attempt == taken.step.attempt - 1 and _is_whole(one, taken)]
        if whole and whole[-1] is not None and taken.report is not None and _is_whole(taken, taken):
            found = compare(whole[-1], taken.report, self.usual, held_against(taken.report))
            show_again(results(), found, attempt=taken.step.attempt - 1)

    def _choose(self, onward: str) -> str:
        """What the speaker wants after a report; without a terminal always to go on, which is called `onward`."""
        if not self.keys.available:
            return "leave" if self.keys.interrupted else "next"
        listen_again = "r replay · " if self.listen_again is not None and self._last_kept is not None else ""
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

        if self.listen_again is None or self._last_kept is None:
            return
        try:
            play(talk(), self.keys, self.listen_again(self._last_kept), self.reports[-1])
        except RehearsalError as error:
            talk().print(str(error), style="yellow", markup=False, soft_wrap=True)


def _is_whole(one: Done, taken: Done) -> bool:
    """Whether something was heard, to the question of `taken`, that neither was cut off nor goes on with such a one."""
    heard = one.report is not None and one.report.pauses is not None
    cut = one.ended_by == "interrupted" or one.step.goes_on
    return heard and not cut and one.step.question.id == taken.step.question.id


def _onward(step: Step, following: Step | None) -> str:
    """What comes after `step`, as a word for the key that leads there."""
    if following is None:
        return "finish"
    return "again" if following.question.id == step.question.id and not following.lines else "next"
