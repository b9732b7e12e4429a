"""The three readings of a smile calibration, held in a thread of their own while pages look on."""

from __future__ import annotations

import logging
import queue
import threading
import time
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from voicerehearsal.errors import RehearsalError
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicerehearsal.measures.calibration import Calibration
    from voicerehearsal.ports import Key, Microphone
    from voicerehearsal.rehearsal.calibrating import Face
    from voicerehearsal.rehearsal.events import Listening
    from voicerehearsal.rehearsal.listen import Heard
    from voicerehearsal.studio.hub import Hub
    from voicerehearsal.values import Language

Phase = Literal["idle", "opening", "ready", "reading", "judging", "done", "failed"]
Wish = Literal["begin", "end", "again", "back", "cancel"]

_TICK_S = 0.05
_WAIT_S = 0.5
_DESERTED_AFTER_S = 30.0
_ENDS_WITHIN_S = 10.0


class State(msgspec.Struct, frozen=True):
    """What pages are told.

    Attributes:
        phase: What goes on; "ready" waits for the reader.
        number: Which reading, from 1.
        language: What is read.
        microphone: Its name, once it is known.
        why: Why the reading is to be read once more, "" mostly.
        result: How well the smile can be told, once it is known.
        error: What made it impossible.
    """

    phase: Phase = "idle"
    number: int = 1
    language: str = "en"
    microphone: str = ""
    why: str = ""
    result: Result | None = None
    error: dict[str, str] | None = None


class Result(msgspec.Struct, frozen=True):
    """What came of it: whether the smile can be told, how often of 100, and the words for it."""

    tellable: bool
    neutral: int
    irritated: int | None
    told: str
    mind: str


class _LeftError(Exception):
    """The reader wants no more."""


class CalibrationRoom:
    """One calibration at a time; acts come from pages, the state goes to all of them."""

    def __init__(self, hub: Hub, open_microphone: Callable[[str | None], Microphone] | None = None) -> None:
        """Tell `hub`; the microphones are those of this computer where no others are given."""
        self._hub = hub
        self._open_microphone = open_microphone
        self._turn = threading.Lock()
        self._wishes: queue.SimpleQueue[Wish] = queue.SimpleQueue()
        self._restart = False
        self._thread: threading.Thread | None = None
        self.state = State()

    def start(self, language: Language, microphone: str | None) -> None:
        """Begin with the first reading and return at once; one that goes on begins anew."""
        with self._turn:
            self._leave()
            self._wishes = queue.SimpleQueue()
            self._tell(State(phase="opening", language=language))
            self._thread = threading.Thread(
                target=self._hold, args=(language, microphone), name="calibration", daemon=True
            )
            self._thread.start()

    def wish(self, wish: Wish) -> None:
        """What the reader wants; what fits nothing that goes on does nothing."""
        self._wishes.put(wish)
        if wish == "cancel" and self.state.phase in ("done", "failed"):
            self._tell(State())

    def close(self) -> None:
        """End it and let go of the microphone."""
        with self._turn:
            self._leave()

    def _leave(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._wishes.put("cancel")
            self._thread.join(_ENDS_WITHIN_S)

    def _hold(self, language: Language, microphone: str | None) -> None:
        from voicerehearsal import wiring

        try:
            with wiring.the_only_rehearsal(needed=True):
                found = self._calibrated((self._open_microphone or wiring.microphone)(microphone))
            self._tell(msgspec.structs.replace(self.state, phase="done", why="", result=found))
        except _LeftError:
            self._tell(State(language=language))
        except RehearsalError as error:
            self._fail(language, error.what, error.cure)
        except Exception as error:  # pages would wait for ever
            logging.getLogger("voicerehearsal").exception("A calibration broke off")
            self._fail(language, _("Something unexpected went wrong ({error})").format(error=error), "")

    def _fail(self, language: Language, message: str, cure: str) -> None:
        self._tell(State(phase="failed", language=language, error={"message": message, "cure": cure}))

    def _calibrated(self, device: Microphone) -> Result:
        from voicerehearsal import wiring
        from voicerehearsal.rehearsal.analyse_voice import Profile
        from voicerehearsal.rehearsal.calibrating import FACES, calibrated

        readings: dict[Face, list[Heard]] = {}
        at, why = 0, ""
        while at < len(FACES):
            self._tell(
                msgspec.structs.replace(self.state, phase="ready", number=at + 1, microphone=device.name, why=why)
            )
            if self._awaited(at) == "back":
                at, why = at - 1, ""
                continue
            heard, why = self._read(device)
            if heard is not None:
                readings[FACES[at]] = [heard]
                at += 1
        self._tell(msgspec.structs.replace(self.state, phase="judging"))
        found = calibrated(readings)
        wiring.keep_profile(Profile(wiring.DEFAULT_PROFILE, found))
        return result_of(found)

    def _awaited(self, at: int) -> Wish:
        """Wait until the reader is ready, or wants to go back to the reading before."""
        while True:
            wish = self._next(_WAIT_S)
            if wish == "begin" or (wish == "back" and at > 0):
                return wish

    def _next(self, timeout_s: float) -> Wish | None:
        """The next wish; a reader who cancels, or closes every page, has left."""
        try:
            wish: Wish | None = self._wishes.get(timeout=timeout_s) if timeout_s else self._wishes.get_nowait()
        except queue.Empty:
            wish = None
        since_s = self._hub.alone_since_s
        if wish == "cancel" or (since_s is not None and time.monotonic() - since_s > _DESERTED_AFTER_S):
            raise _LeftError
        return wish

    def _read(self, device: Microphone) -> tuple[Heard | None, str]:
        """One reading; None, and why, when it has to be read once more."""
        from voicerehearsal.presenting.calibration import why_again

        self._restart = False
        device.start()
        try:
            self._tell(msgspec.structs.replace(self.state, phase="reading", why=""))
            heard = self._heard(device)
        finally:
            device.stop()
        if self._restart:
            return None, ""
        self._tell(msgspec.structs.replace(self.state, phase="judging"))
        why = why_again(heard)
        return (None, why) if why else (heard, "")

    def _heard(self, device: Microphone) -> Heard | None:
        from voicerehearsal import wiring
        from voicerehearsal.presenting.calibration import END_SILENCE_S, LONGEST_READING_S
        from voicerehearsal.rehearsal.endpoint import Endpointer
        from voicerehearsal.rehearsal.reading import hear_reading

        endpointer = Endpointer(end_silence_s=END_SILENCE_S)
        ear = wiring.new_ear(sample_rate_hz=device.sample_rate_hz, scribe=None, endpointer=endpointer, with_timbre=True)
        listening = hear_reading(
            microphone=device, ear=ear, endpointer=endpointer, controls=self, limit_s=LONGEST_READING_S
        )
        told_s = 0.0
        while True:
            try:
                now = next(listening)
            except StopIteration as done:
                return None if done.value == "stopped" else done.value
            if time.monotonic() - told_s >= _TICK_S:
                told_s = time.monotonic()
                self._hub.publish("level", _level(now))

    def poll(self) -> Key | None:
        """The reader's keys, as `hear_reading` asks for them."""
        match self._next(0.0):
            case "end":
                return "end"
            case "again":
                self._restart = True
                return "stop"
            case _:
                return None

    def _tell(self, state: State) -> None:
        self.state = state
        self._hub.publish("calibration", msgspec.to_builtins(state))


def _level(now: Listening) -> dict[str, Any]:
    return {
        "elapsed_s": round(now.elapsed_s, 2),
        "level_dbfs": round(now.level_dbfs, 1),
        "silence_s": round(now.silence_s, 2),
        "end_silence_s": now.end_silence_s,
        "left_s": now.left_s,
        "muted": now.muted,
    }


def result_of(found: Calibration) -> Result:
    """How well the smile can be told, as pages show it."""
    from voicerehearsal.presenting.calibration import verdict_of

    verdict = verdict_of(found)
    return Result(
        tellable=found.tellable,
        neutral=round(100 * found.auc_neutral),
        irritated=None if found.auc_irritated is None else round(100 * found.auc_irritated),
        told=verdict.told,
        mind=verdict.mind,
    )
