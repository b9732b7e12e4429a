"""The one replay of this computer: pages wish, and all of them are told what is heard."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from voicerehearsal.errors import RehearsalError, SoundFileError, UsageError
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.settings import read_settings
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.ports import Speaker
    from voicerehearsal.rehearsal.replay import Replay
    from voicerehearsal.rehearsal.treatment import Treatment

_TICK_S = 0.05
_SPEAKER_RESTS_AFTER_S = 30.0
"""An open device costs a processor two parts in a hundred; waking it costs the listener half a second."""
_MOST_KEPT = 2
_MOST_KEPT_S = 3600.0

_Second = Annotated[float, msgspec.Meta(ge=0, le=1e6)]


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """What a listener wants otherwise than it is; what is left out stays.

    Attributes:
        answer: Which answer, else the one that was heard last; another one begins plainly and at its beginning.
        at_s: From where.
        playing: Whether it sounds.
        speed: One of `SPEEDS`.
        smile: Whether a smile is added.
        phone_line: Whether it is heard as through a telephone.
        loop: The part to be heard over and over, null for none.
    """

    answer: int | None = None
    at_s: _Second | msgspec.UnsetType = msgspec.UNSET
    playing: bool | msgspec.UnsetType = msgspec.UNSET
    speed: float | msgspec.UnsetType = msgspec.UNSET
    smile: bool | msgspec.UnsetType = msgspec.UNSET
    phone_line: bool | msgspec.UnsetType = msgspec.UNSET
    loop: tuple[_Second, _Second] | msgspec.UnsetType | None = msgspec.UNSET


class Player:
    """Plays one answer at a time; safe to be used from any thread.

    What is heard is told as `{"kind": "player", "answer", "at_s", "duration_s", "playing", "speed", "smile",
    "phone_line", "loop": [from, to] | null, "error": {"message", "cure"} | null}`: at every change, and twenty times a
    second while it sounds.
    """

    def __init__(self, publish: Callable[[str, dict[str, Any]], None]) -> None:
        """Silent; `publish` is told what is heard, from any thread."""
        self._publish = publish
        self._turn = threading.Condition(threading.RLock())
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._answer: int | None = None
        self._speaker: Speaker | None = None
        self._speaker_name: str | None = None
        self._used_s = 0.0
        self._thread: threading.Thread | None = None
        self._closed = False

    # ---- acts -------------------------------------------------------------------------------------------------------

    def act(self, wish: Wish) -> None:
        """Let it be as wished.

        Raises:
            UsageError: No answer was named and none was heard yet, there is no such answer, speed or part.
            SoundFileError: Its recording cannot be heard.
            DeviceError: The speaker is missing, busy or refuses.
        """
        from voicerehearsal.rehearsal.treatment import SPEEDS

        if wish.speed is not msgspec.UNSET and wish.speed not in SPEEDS:
            raise UsageError(_("It cannot be played at that speed"), ", ".join(f"{speed:g}" for speed in SPEEDS))
        with self._turn:
            try:
                replay = self._chosen(wish.answer)
                self._wake()
                _obey(replay, wish)
            except RehearsalError:
                self._rest()
                raise
            self._tell()
            self._look_after()

    def ready(self, answer: int) -> None:
        """Have an answer and the speaker at hand, for somebody who is about to listen; nothing else changes."""
        with self._turn:
            self._replay_of(answer).warm_up()
            self._wake()
            self._look_after()

    def silence(self) -> None:
        """Be silent and let go of the speaker: somebody else needs it."""
        with self._turn:
            self._rest()

    def left(self, unwatched: Callable[[int], bool]) -> None:
        """Pause what sounds where nobody can see it any more, by the number of the answer."""
        with self._turn:
            if self._answer is not None and unwatched(self._answer):
                self._pause()

    def close(self) -> None:
        """Be silent for good."""
        with self._turn:
            self._rest()
            self._closed = True
            self._turn.notify_all()
            for kept in self._kept.values():
                kept.replay.close()
            self._kept.clear()

    # ---- answers ----------------------------------------------------------------------------------------------------

    def _chosen(self, answer: int | None) -> Replay:
        """The replay of `answer`, plain and at its beginning if another was heard before."""
        from voicerehearsal.rehearsal.treatment import PLAIN

        wanted = self._answer if answer is None else answer
        if wanted is None:
            raise UsageError(_("Nothing was played yet"), _("Choose an answer first."))
        replay = self._replay_of(wanted)
        if wanted != self._answer:
            self._pause()
            self._answer = wanted
            replay.loop_over(None)
            replay.change_to(PLAIN)
            replay.move_to(0.0)
        return replay

    def _replay_of(self, answer: int) -> Replay:
        """An answer's replay; what was heard last is kept in memory, as long as its recording is there."""
        kept = self._kept.get(answer)
        if kept is not None and not kept.recording.exists():
            self._forget(answer)
            kept = None
        if kept is None:
            kept = _Kept(_found(answer), self._opened_speaker())
            self._kept[answer] = kept
        self._kept.move_to_end(answer)
        while len(self._kept) > 1 and (len(self._kept) > _MOST_KEPT or self._kept_s() > _MOST_KEPT_S):
            self._forget(next(other for other in self._kept if other != answer))
        return kept.replay

    def _kept_s(self) -> float:
        return sum(kept.replay.duration_s for kept in self._kept.values())

    def _forget(self, answer: int) -> None:
        if answer == self._answer:
            self._pause()
            self._answer = None
        self._kept.pop(answer).replay.close()

    @property
    def _playing(self) -> Replay | None:
        """What sounds."""
        kept = None if self._answer is None else self._kept.get(self._answer)
        return kept.replay if kept is not None and kept.replay.playing else None

    def _pause(self) -> None:
        replay = self._playing
        if replay is not None:
            replay.pause()
            self._tell()

    # ---- the speaker ------------------------------------------------------------------------------------------------

    def _opened_speaker(self) -> Speaker:
        """The speaker of the settings; when that is another than before, what is kept is played on the new one."""
        from voicerehearsal import wiring

        name = read_settings(data_home()).speaker
        if self._speaker is None or name != self._speaker_name:
            self._rest()
            self._speaker, self._speaker_name = wiring.speaker(name), name
            for kept in self._kept.values():
                kept.replay.play_on(self._speaker)
        return self._speaker

    def _wake(self) -> None:
        self._opened_speaker().wake()
        self._used_s = time.monotonic()

    def _rest(self) -> None:
        """Fall silent and close the device."""
        self._pause()
        if self._speaker is not None:
            self._speaker.close()
        self._speaker_name, self._speaker = None, None

    # ---- while it sounds --------------------------------------------------------------------------------------------

    def _look_after(self) -> None:
        """See to it that what sounds goes on, is told, and ends."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="player", daemon=True)
            self._thread.start()
        self._turn.notify_all()

    def _run(self) -> None:
        with self._turn:
            while not self._closed:
                if self._playing is not None:
                    self._go_on(self._playing)
                    self._turn.wait(_TICK_S)
                elif self._speaker is None:
                    self._turn.wait()
                else:
                    left_s = self._used_s + _SPEAKER_RESTS_AFTER_S - time.monotonic()
                    if left_s <= 0:
                        self._rest()
                    else:
                        self._turn.wait(left_s)

    def _go_on(self, replay: Replay) -> None:
        self._used_s = time.monotonic()
        try:
            replay.go_on()
        except RehearsalError as error:
            replay.pause()
            self._rest()
            self._tell({"message": error.what, "cure": error.cure})
            return
        if replay.over:
            replay.pause()
        self._tell()

    def _tell(self, error: dict[str, str] | None = None) -> None:
        kept = None if self._answer is None else self._kept.get(self._answer)
        if kept is None:
            return
        replay = kept.replay
        heard: dict[str, Any] = {
            "answer": self._answer,
            "at_s": round(replay.position_s, 3),
            "duration_s": replay.duration_s,
            "playing": replay.playing,
            "speed": replay.treatment.speed,
            "smile": replay.treatment.smile,
            "phone_line": replay.treatment.phone_line,
            "loop": replay.loop,
            "error": error,
        }
        self._publish("player", heard)


class _Kept:
    """An answer at hand: its replay, and the file that it is of."""

    def __init__(self, answer: Answer, speaker: Speaker) -> None:
        from voicerehearsal import wiring

        if answer.recording is None:
            raise SoundFileError(_("The recording of this answer was deleted"), _("Its words and measures are kept."))
        self.replay = wiring.replay_of(answer, speaker)
        self.recording: Path = answer.recording


def _found(answer: int) -> Answer:
    from voicerehearsal import wiring

    with wiring.open_journal(read_only=True) as journal:
        return journal.answer(answer)


def _obey(replay: Replay, wish: Wish) -> None:
    """Change what is wished: what sounds on is changed without a break, unless it is to begin elsewhere anyway."""
    plays = replay.playing if wish.playing is msgspec.UNSET else wish.playing
    if not plays or wish.at_s is not msgspec.UNSET:
        replay.pause()
    replay.change_to(_treatment(replay.treatment, wish))
    if wish.loop is not msgspec.UNSET:
        replay.loop_over(wish.loop)
    if wish.at_s is not msgspec.UNSET:
        replay.move_to(wish.at_s)
    if plays and not replay.playing:
        ended = replay.position_s >= replay.duration_s
        replay.play(0.0 if ended else None)


def _treatment(now: Treatment, wish: Wish) -> Treatment:
    names: tuple[Literal["speed", "smile", "phone_line"], ...] = ("speed", "smile", "phone_line")
    changes: dict[str, Any] = {name: getattr(wish, name) for name in names}
    return replace(now, **{name: value for name, value in changes.items() if value is not msgspec.UNSET})
