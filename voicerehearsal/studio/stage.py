"""The one rehearsal of this computer: pages watch it and act in it, and it goes on when they are closed."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from voicerehearsal.errors import DeviceError, RehearsalError, UsageError
from voicerehearsal.languages import _
from voicerehearsal.studio.hands import Hands
from voicerehearsal.studio.messages import CAN, Level, Snapshot, SoundCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.presenting.kinds import NotesBegun
    from voicerehearsal.presenting.sitting import Sitting, Told, Wishes
    from voicerehearsal.studio.hub import Hub
    from voicerehearsal.studio.sound_test import SoundTest
    from voicerehearsal.values import Language

Act = Literal["pick_up", "end", "mute", "again", "next", "follow_up", "hang_up"]

_TICK_S = 0.045
_ENDS_WITHIN_S = 30.0
_DESERTED_AFTER_S = 30.0


class OutOfPlaceError(UsageError):
    """What was asked for does not fit what is going on."""


class Stage:
    """What goes on, the same for every page; safe to be used from any thread.

    Attributes:
        hush: Called before the rehearsal uses the speaker: whatever else is heard on it falls silent.
    """

    def __init__(self, hub: Hub) -> None:
        """Nothing goes on yet; `hub` is told whatever does."""
        self.hush: Callable[[], None] = lambda: None
        self._hub = hub
        self._turn = threading.RLock()
        self._now = Snapshot()
        self._hands = Hands()
        self._thread: threading.Thread | None = None
        self._test: SoundTest | None = None
        self._skipped = False
        self._ticked_s = 0.0
        self._publish()

    @property
    def snapshot(self) -> Snapshot:
        """How it is now."""
        return self._now

    @property
    def busy(self) -> bool:
        """Whether a rehearsal or a sound check is going on."""
        return not self._now.can.start or self._test is not None

    # ---- acts -------------------------------------------------------------------------------------------------------

    def start(self, wishes: Wishes, *, demonstration: bool = False) -> None:
        """Begin a rehearsal and return at once; what is wrong with the wishes is told, as everything is.

        What is not wished for is as the settings have it.

        Raises:
            OutOfPlaceError: One is going on.
        """
        with self._turn:
            self._must_fit("start")
            self._end_test()
            self.hush()
            self._hands, self._skipped, self._now = Hands(), False, Snapshot()
            self._tell(phase="preparing", doing=_("The questions are being chosen."))
            arguments = (wishes, self._hands, demonstration)
            self._thread = threading.Thread(target=self._hold, args=arguments, name="stage", daemon=True)
            self._thread.start()

    def act(self, act: Act) -> None:
        """Do what a person asks for; raises OutOfPlaceError where that does not fit what is going on."""
        with self._turn:
            self._must_fit(act)
            match act:
                case "pick_up":
                    self._hands.pick_up()
                case "end":
                    self._end()
                case "mute":
                    self._hands.press("mute")
                case "hang_up" if self._now.phase in ("over", "failed"):
                    self._now = Snapshot()
                    self._publish()
                case "hang_up":
                    self._hands.hang_up()
                case "again" | "next" | "follow_up":
                    self.hush()
                    self._tell(can=CAN["report"])
                    self._hands.choose(act)

    def check_sound(self, *, microphone: str | None, speaker: str | None, language: Language) -> None:
        """Try a microphone and return at once; raises OutOfPlaceError during a rehearsal."""
        from voicerehearsal.studio.sound_test import SoundTest

        with self._turn:
            self._must_fit("sound_check")
            self._end_test()
            self.hush()
            self._skipped = False
            self._tell(sound_check=SoundCheck())
            self._test = test = SoundTest(
                microphone=microphone,
                speaker=speaker,
                language=language,
                tell=lambda **changes: self._tell_of_test(test, changes),
                tick=self._tick,
                alone=lambda: self._alone_s() > _DESERTED_AFTER_S,
            )
            test.start()

    def play_back(self) -> None:
        """Play what the sound check heard; raises OutOfPlaceError without one."""
        with self._turn:
            if self._test is None:
                raise OutOfPlaceError(_("No microphone is being tried"))
            self._test.play()

    def end_sound_check(self) -> None:
        """Close the microphone that is tried; harmless when none is."""
        self._end_test()

    def close(self) -> None:
        """End whatever goes on and wait for that; what is being said is kept."""
        self._end_test()
        self._hands.hang_up()
        if self._thread is not None:
            self._thread.join(_ENDS_WITHIN_S)

    def _end(self) -> None:
        """End the answer, or cut the question short: once, or a key held down would end the answer as well."""
        asking = self._now.phase == "asking"
        if not (asking and self._skipped):
            self._hands.press("end")
        self._skipped = asking

    def _end_test(self) -> None:
        test, self._test = self._test, None
        if test is not None:
            test.end()
            self._tell(sound_check=None)

    def _must_fit(self, act: str) -> None:
        if not getattr(self._now.can, act):
            raise _out_of_place(act, self._now)

    # ---- what goes on -----------------------------------------------------------------------------------------------

    def _hold(self, wishes: Wishes, hands: Hands, demonstration: bool) -> None:
        """The thread of one rehearsal."""
        from voicerehearsal import wiring
        from voicerehearsal.presenting.kinds import NotesBegun
        from voicerehearsal.presenting.own_settings import filled_in
        from voicerehearsal.studio.call import Call

        try:
            with contextlib.suppress(DeviceError):  # without any, a second voice shows a rehearsal
                wiring.look_for_devices()
            wishes = filled_in(wishes, self._warn)
            with wiring.open_journal() as journal, self._sitting(journal, wishes, hands, demonstration) as sitting:
                if isinstance(sitting, NotesBegun):
                    self._tell(phase="over", doing="", warnings=(sitting.said,))
                    return
                Call(sitting, hands, tell=self._tell, tick=self._tick, alone_s=self._alone_s).hold()
        except RehearsalError as error:
            self._fail(error)
        except Exception as error:
            logging.getLogger("voicerehearsal").exception("A rehearsal broke off")
            reason = f"{type(error).__name__}: {error}"
            self._fail(
                RehearsalError(
                    _("Something unexpected ended the rehearsal ({reason})").format(reason=reason),
                    _("What was said is kept. Start again."),
                )
            )

    @contextlib.contextmanager
    def _sitting(
        self, journal: Journal, wishes: Wishes, hands: Hands, demonstrated: bool
    ) -> Generator[Sitting | NotesBegun]:
        from voicerehearsal import wiring
        from voicerehearsal.presenting.choices import choose_pack, spoken_language
        from voicerehearsal.presenting.sitting import demonstration, sitting

        if not demonstrated:
            with sitting(journal, wishes, controls=hands, tell=self._say_first) as held:
                yield held
            return
        pack = choose_pack(wishes.pack, spoken_language(wishes.language), journal)
        speaker = wiring.speaker_or_none(wishes.speaker)
        phone_line = bool(wishes.phone_line)
        with demonstration(journal, pack, wishes.questions, speaker, phone_line=phone_line, controls=hands) as shown:
            yield shown

    def _say_first(self, told: Told) -> None:
        if told.kind == "focus":
            self._tell(focus=told.text)
        else:
            self._warn(told.text)

    def _warn(self, text: str) -> None:
        self._tell(warnings=(*self._now.warnings, text))

    def _fail(self, error: RehearsalError) -> None:
        from voicerehearsal.studio.call import failed

        self._tell(phase="failed", doing="", error=failed(error, demonstrable=not self._now.answers))

    def _alone_s(self) -> float:
        since_s = self._hub.alone_since_s
        return 0.0 if since_s is None else time.monotonic() - since_s

    # ---- telling ----------------------------------------------------------------------------------------------------

    def _tell(self, **changes: Any) -> Snapshot:  # noqa: ANN401 - whatever the snapshot holds
        """Change the snapshot and tell every page; with the phase changes what can be done."""
        with self._turn:
            if not changes:
                return self._now
            self._skipped = self._skipped and changes.get("phase") != "asking"
            if "phase" in changes and "can" not in changes:
                changes["can"] = CAN[changes["phase"]]
            self._now = msgspec.structs.replace(self._now, **changes)
            self._publish()
            return self._now

    def _publish(self) -> None:
        self._hub.publish("stage", msgspec.to_builtins(self._now))

    def _tick(self, level: Level) -> None:
        at_s = time.monotonic()
        if at_s - self._ticked_s >= _TICK_S:
            self._ticked_s = at_s
            self._hub.publish("level", msgspec.to_builtins(level))

    def _tell_of_test(self, test: SoundTest, changes: dict[str, Any]) -> None:
        """A change in the sound check, unless another one has begun."""
        if test is not self._test:
            return
        failure: RehearsalError | None = changes.pop("failure", None)
        if changes.pop("over", False):
            self._test = None
            self._tell(sound_check=None if failure is None else SoundCheck(trouble=str(failure), on=False))
        elif self._now.sound_check is not None:
            changed = msgspec.structs.replace(self._now.sound_check, **changes)
            if changed != self._now.sound_check:
                self._tell(sound_check=changed)


def _out_of_place(act: str, now: Snapshot) -> OutOfPlaceError:
    """What to say to somebody whose act does not fit."""
    sentences = {
        "start": (_("A rehearsal is going on"), _("Hang up first.")),
        "sound_check": (_("A rehearsal is going on"), _("Hang up first.")),
        "pick_up": (_("The phone is not ringing"), _("Start a rehearsal.")),
        "end": (_("Nobody is speaking"), ""),
        "mute": (_("You can mute only while you answer"), ""),
        "again": (_("There is no answer to give again now"), ""),
        "next": (_("There is no report to go on from now"), ""),
        "follow_up": (_("There is no follow-up to ask now"), ""),
        "hang_up": (_("Nobody is on the line"), ""),
    }
    return OutOfPlaceError(*sentences[act])
