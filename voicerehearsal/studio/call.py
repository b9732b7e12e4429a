"""One sitting as pages see it: the steps that the terminal takes, each told as a change of the whole state."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from voicerehearsal.coaching.schedule import by_urgency
from voicerehearsal.errors import DeviceError, InUseError, RehearsalError, UnsavedError
from voicerehearsal.journal.standings import read_standings
from voicerehearsal.languages import _, in_words
from voicerehearsal.presenting.own_targets import targets_for
from voicerehearsal.presenting.report_rows import smile_in_words
from voicerehearsal.presenting.sitting import Sitting
from voicerehearsal.presenting.taken_steps import (
    after,
    beside_earlier,
    has_comments,
    is_looked_back_on,
    is_pause,
    onward,
)
from voicerehearsal.rehearsal.course import Comment, Done
from voicerehearsal.rehearsal.events import (
    Asked,
    Ended,
    Event,
    Greeting,
    HungUp,
    Listening,
    Ringing,
    Saved,
    SmileChecked,
    Warned,
)
from voicerehearsal.rehearsal.follow_up import asked_besides
from voicerehearsal.rehearsal.sound_check import FAINT_DBFS
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.studio.hands import Choice, Hands
from voicerehearsal.studio.looked_back import look_back_on
from voicerehearsal.studio.messages import (
    Can,
    CommentShown,
    Failure,
    Level,
    PackShown,
    QuestionShown,
    SmileShown,
    Snapshot,
    Used,
)

_POLL_S = 0.2
_RINGS_S = 60.0
_DESERTED_AFTER_S = 30.0
_UNHEARD_AFTER_S = 30.0
_FOLLOWED_UP = (None, "drill", "interview", "notes")
"""Kinds in which a question may be asked besides; the others are one thing from beginning to end."""


class Call:
    """One sitting, from the ring to the look back, followed in the thread that it is held in."""

    def __init__(
        self,
        sitting: Sitting,
        hands: Hands,
        *,
        tell: Callable[..., Snapshot],
        tick: Callable[[Level], None],
        alone_s: Callable[[], float],
    ) -> None:
        """Ready to be held.

        Args:
            sitting: What is held.
            hands: What the person does; also the sitting's controls.
            tell: Takes what changes in the snapshot, by name, and returns the whole of it.
            tick: Takes the level while someone listens.
            alone_s: For how long no page has been open, in seconds; 0 while one is.
        """
        self._sitting = sitting
        self._hands = hands
        self._tell = tell
        self._tick = tick
        self._alone_s = alone_s
        self._done: list[Done] = []
        self._of_course: list[Done] = []
        self._besides: set[str] = set()
        self._kept: dict[int, int] = {}
        """Numbers of answers by the place of their step in `_done`."""
        self._rings_since_s = 0.0
        self._spoke = False
        self._flows = False
        self._unheard: str | None = None
        """What was said of a microphone from which nothing came."""

    def hold(self) -> None:
        """Ring until the person picks up, take the steps of the course, look back, whatever failed in between."""
        sitting = self._sitting
        texts = list(sitting.course.texts())
        self._tell(
            doing=_("The microphone is being opened."),
            pack=PackShown(sitting.pack.id, sitting.pack.title, sitting.pack.language),
            practice=sitting.kind,
            demonstration=sitting.demonstration,
            of=len(texts) if sitting.kind is None else None,
            used=Used(**sitting.used),
        )
        failure: RehearsalError | None = None
        try:
            sitting.interview.prepare(texts)
            sitting.interview.load_early(sitting.course.next([]))
            for event in sitting.interview.ring(self._picked_up):
                self._show(event)
            if not sitting.interview.stopped:
                self._tell(phase="preparing", doing=_("The question is being prepared."))
                self._follow()
        except RehearsalError as error:
            failure = error
        self._look_back(sitting.interview.failure or failure)

    def _picked_up(self) -> bool:
        """Whether the call is answered; one that nobody answers ends by itself."""
        self._leave_if_alone()
        if time.monotonic() - self._rings_since_s > _RINGS_S and not self._hands.picked_up:
            self._warn(_("Nobody picked up."))
            self._hands.hang_up()
        return self._hands.picked_up

    def _leave_if_alone(self) -> None:
        if self._alone_s() > _DESERTED_AFTER_S:
            self._hands.hang_up()

    # ---- steps ------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Take step after step until the course is over or the person leaves."""
        interview = self._sitting.interview
        step = self._next()
        while step is not None and not interview.stopped:
            taken = self._take(step)
            following = self._next()
            if has_comments(taken) and step.question.id not in self._besides:
                self._tell(comments=_shown(self._sitting.course.comments(self._of_course)))
            if interview.stopped or interview.failure is not None:
                return
            if is_pause(taken):
                beside = self._beside()
                self._report(taken, following, beside)
                if following is not None:
                    interview.get_ready(following)
                choice = self._choose()
                if choice == "hang_up":
                    return
                if choice == "again":
                    following = step.once_more()
                elif choice == "follow_up" and beside is not None:
                    self._besides.add(beside.question.id)
                    following = beside
            step = following

    def _next(self) -> Step | None:
        """What the course says; a question that was asked besides is not asked again."""
        course = self._sitting.course
        step = course.next(self._of_course)
        while step is not None and step.attempt == 1 and step.question.id in self._besides:
            self._of_course.append(Done(step))
            step = course.next(self._of_course)
        return step

    def _beside(self) -> Step | None:
        """What a follow-up would ask; its voice is made while the report is looked at."""
        sitting = self._sitting
        if sitting.kind not in _FOLLOWED_UP or sitting.demonstration:
            return None
        standings = read_standings(sitting.journal, sitting.pack.language, targets_for(sitting.pack))
        step = asked_besides(sitting.pack, self._done, by_urgency(sitting.pack.id, standings, datetime.now(UTC)))
        texts = list(sitting.course.texts())
        if step is not None and not {*step.spoken} <= {*texts}:
            sitting.interview.prepare([*texts, *step.spoken])
        return step

    def _take(self, step: Step) -> Done:
        taken = Done(step)
        self._spoke = False
        with contextlib.closing(self._sitting.interview.ask(step)) as events:
            for event in events:
                taken = after(taken, event)
                self._show(event)
        self._done.append(taken)
        if step.question.id not in self._besides:
            self._of_course.append(taken)
        return taken

    def _report(self, taken: Done, following: Step | None, beside: Step | None) -> None:
        """How the attempt compares, and where the way leads on."""
        from voicerehearsal.presenting.comparing import again_in_lines

        comparison = beside_earlier(self._done, self._sitting.usual)
        attempt = taken.step.attempt - 1
        self._tell(
            phase="report",
            compared=() if comparison is None else tuple(again_in_lines(comparison, attempt=attempt)),
            against=None if comparison is None else self._answer_to(taken.step.question.id, attempt),
            onward=onward(taken.step, following),
            can=Can(again=True, next=True, follow_up=beside is not None, hang_up=True),
        )

    def _answer_to(self, question: str, attempt: int) -> int | None:
        """The number of the whole answer to that attempt at a question."""
        for at, one in reversed([*enumerate(self._done)]):
            if one.step.question.id == question and one.step.attempt == attempt and one.ended_by != "interrupted":
                return self._kept.get(at)
        return None

    def _choose(self) -> Choice:
        choice = None
        while choice is None:
            self._leave_if_alone()
            choice = self._hands.choice(_POLL_S)
        return choice

    # ---- events -----------------------------------------------------------------------------------------------------

    def _show(self, event: Event) -> None:
        match event:
            case Ringing():
                self._rings_since_s = time.monotonic()
                self._tell(phase="ringing", doing="")
            case Warned():
                self._unheard = event.text if event.until_heard else self._unheard
                self._warn(event.text)
            case Greeting():
                self._tell(phase="greeting")
            case SmileChecked():
                self._tell(smile=_smile(event))
            case Asked():
                self._ask(event)
            case Listening():
                self._listen(event)
            case Ended():
                self._tell(phase="measuring", ended_by=event.by, mutes_from_s=None, warnings=(), comments=())
            case Saved():
                self._save(event)
            case HungUp():
                self._warn(_("The other side has hung up."))
            case _:
                pass

    def _warn(self, text: str) -> None:
        self._tell(warnings=(*self._tell().warnings, text))

    def _ask(self, asked: Asked) -> None:
        step, language = asked.step, self._sitting.pack.language
        flowed = bool(self._done) and self._done[-1].step.flows
        begun = dict.fromkeys(one.step.question.id for one in [*self._done, Done(step)])
        self._hands.forget_keys()
        self._flows = step.flows
        self._tell(
            phase="asking" if step.listens else "speaking",
            doing="",
            step=len(begun),
            question=QuestionShown(
                id=step.question.id,
                text=step.headline,
                why=step.because,
                lines=step.shown,
                attempt=1 if step.lines else step.attempt,
                language=language,
                pack=self._sitting.pack.id,
            ),
            spoken=asked.spoken,
            ended_by=None,
            answer=None,
            compared=(),
            against=None,
            onward=None,
            **({} if flowed else {"comments": ()}),
        )

    def _listen(self, listening: Listening) -> None:
        now = self._tell()
        if now.phase == "asking":
            now = self._tell(phase="listening")
        if listening.muted != (now.mutes_from_s is not None):
            self._tell(mutes_from_s=listening.elapsed_s if listening.muted else None)
        if self._unheard is not None and listening.level_dbfs > FAINT_DBFS:
            self._tell(warnings=tuple(text for text in self._tell().warnings if text != self._unheard))
            self._unheard = None
        self._spoke = self._spoke or listening.silence_s > 0
        if not self._spoke and listening.elapsed_s > _UNHEARD_AFTER_S:
            self._leave_if_alone()
        self._tick(
            Level(
                elapsed_s=listening.elapsed_s,
                level_dbfs=listening.level_dbfs,
                silence_s=listening.silence_s,
                end_silence_s=listening.end_silence_s,
                left_s=listening.left_s,
                muted=listening.muted,
            )
        )

    def _save(self, saved: Saved) -> None:
        """The report is there; where the way leads on takes a moment more."""
        interview = self._sitting.interview
        self._kept[len(self._done)] = saved.answer_id
        changes: dict[str, Any] = {}
        now = self._tell()
        talks_on = now.ended_by == "interrupted" or self._flows
        if not (talks_on or interview.stopped or interview.failure is not None):
            changes = {"phase": "report"}
        self._tell(
            answer=saved.answer_id,
            answers=(*now.answers, saved.answer_id),
            answers_to=(*now.answers_to, now.question.text if now.question else ""),
            sitting=self._sitting.archive.session_id,
            **changes,
        )

    # ---- the end ----------------------------------------------------------------------------------------------------

    def _look_back(self, failure: RehearsalError | None) -> None:
        reports = [one.report for one in self._done if one.report is not None and is_looked_back_on(one.step)]
        self._tell(
            phase="over" if failure is None else "failed",
            doing="",
            question=None,
            comments=_shown(self._sitting.course.result(self._of_course)),
            look_back=look_back_on(self._sitting, reports) if reports else None,
            error=None if failure is None else failed(failure, demonstrable=not reports),
            onward=None,
        )


def failed(error: RehearsalError, *, demonstrable: bool) -> Failure:
    """What pages are told of `error`; without a microphone a second voice may show a rehearsal, where none was held."""
    shows = isinstance(error, DeviceError) and not isinstance(error, InUseError)
    unsaved = isinstance(error, UnsavedError)
    return Failure(
        error.what,
        _("Free some space, then save it here.") if unsaved else error.cure,
        demonstration=demonstrable and shows,
        device=isinstance(error, DeviceError),
        unsaved=unsaved,
    )


def _shown(comments: Sequence[Comment]) -> tuple[CommentShown, ...]:
    return tuple(CommentShown(one.text, one.good, one.table) for one in comments)


def _smile(checked: SmileChecked) -> SmileShown:
    if checked.smile is None or checked.smile.score is None:
        return SmileShown(None, _("The smile cannot be told: {reason}.").format(reason=in_words(checked.reason)))
    text = _("On the phone: {smile}.").format(smile=in_words(smile_in_words(checked.smile)))
    return SmileShown(checked.smile.audible, text)
