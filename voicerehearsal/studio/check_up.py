"""What a rehearsal needs, looked at part by part while the page fills."""

from __future__ import annotations

import logging
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from voicerehearsal.errors import RehearsalError
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from collections.abc import Callable


class CheckUp:
    """All checks of `doctor`, one at a time and one run at a time.

    Every finding is told as `{"kind": "check-up", "going_on": …, "findings": […], "able": …}`, all so far each time.
    """

    def __init__(self, publish: Callable[[str, dict[str, Any]], None]) -> None:
        """Tell `publish`, from any thread."""
        self._publish = publish
        self._going_on = threading.Lock()

    def start(self) -> None:
        """Look at everything anew, unless that is going on; returns at once."""
        if self._going_on.acquire(blocking=False):
            threading.Thread(target=self._run, name="check-up", daemon=True).start()

    def _run(self) -> None:
        try:
            self._look()
        finally:
            self._going_on.release()

    def _look(self) -> None:
        from voicerehearsal import health

        found: list[health.Finding] = []
        able = False
        try:
            self._tell(found, going_on=True, able=None)
            for finding in health.examine():
                found.append(finding)
                self._tell(found, going_on=True, able=None)
            able = health.able(tuple(found))
        finally:  # also where a part cannot even be looked at: the page would wait for ever
            self._tell(found, going_on=False, able=able)

    def _tell(self, found: list[Any], *, going_on: bool, able: bool | None) -> None:
        self._publish("check-up", {"going_on": going_on, "able": able, "findings": [asdict(one) for one in found]})


class Installation:
    """A model being fetched, the one thing that ever asks the network for something; one at a time.

    Told as `{"kind": "model", "language", "state", "done", "all", "line", "error"}`: bytes in `done` and `all`, the
    state "fetching", "installed" or "failed".
    """

    def __init__(self, publish: Callable[[str, dict[str, Any]], None]) -> None:
        """Tell `publish`, from any thread."""
        self._publish = publish
        self._going_on = threading.Lock()

    def start(self, language: str) -> bool:
        """Install the model for `language`; returns at once, False when another one is being installed."""
        if not self._going_on.acquire(blocking=False):
            return False
        threading.Thread(target=self._run, args=(language,), name="model", daemon=True).start()
        return True

    def _run(self, language: str) -> None:
        from voicerehearsal import wiring

        known: dict[str, Any] = {
            "language": language,
            "state": "fetching",
            "done": 0,
            "all": 0,
            "line": "",
            "error": None,
        }

        def tell(**more: object) -> None:
            known.update(more)
            self._publish("model", known)

        try:
            tell()
            wiring.install_model(
                language, say=lambda line: tell(line=line), progress=lambda done, all_: tell(done=done, all=all_)
            )
            tell(state="installed")
        except RehearsalError as error:
            tell(state="failed", error={"message": error.what, "cure": error.cure})
        except Exception as error:  # the page would wait for ever
            logging.getLogger("voicerehearsal").exception("A model was not installed")
            message = _("Something unexpected went wrong ({error})").format(error=error)
            tell(state="failed", error={"message": message, "cure": ""})
        finally:
            self._going_on.release()
