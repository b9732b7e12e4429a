"""Before the call: say the greeting, and hear whether the smile arrives at the other end of the line."""

from __future__ import annotations

from collections.abc import Callable, Generator

from voicerehearsal.ports import Controls, Microphone, Playback
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.analyse_voice import Profile
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.events import Event, Greeting, SmileChecked
from voicerehearsal.rehearsal.listen import NewEar
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.rehearsal.reading import hear_reading
from voicerehearsal.values import ANALYSIS_RATE_HZ, Circumstances, Sound

GREETING_S = 10.0
_END_SILENCE_S = 1.0


def check_smile(
    *,
    microphone: Microphone,
    new_ear: NewEar,
    profile: Profile,
    controls: Controls,
    play: Callable[[Sound], Playback | None],
) -> Generator[Event, None, bool]:
    """Listen to a greeting of up to ten seconds, say whether the smile is in it, and let the speaker hear it.

    A key skips it, or cuts the listening short. Returns False when the speaker wants to leave.

    Raises:
        DeviceError: The microphone went away.
    """
    yield Greeting(limit_s=GREETING_S)
    endpointer = Endpointer(end_silence_s=_END_SILENCE_S)
    ear = new_ear(sample_rate_hz=microphone.sample_rate_hz, scribe=None, endpointer=endpointer, with_timbre=True)
    heard = yield from hear_reading(
        microphone=microphone, ear=ear, endpointer=endpointer, controls=controls, limit_s=GREETING_S
    )
    if heard is None:
        return True
    if heard == "stopped":
        return False
    report = analyse(heard, source="greeting", circumstances=Circumstances(), question=None, profile=profile)
    reason = report.missing.get("smile", "") if report.smile is None else report.smile.reason or ""
    yield SmileChecked(report.smile, reason)
    if report.smile is None:
        return True
    return _listened(play(through_phone_line(Sound(heard.samples, ANALYSIS_RATE_HZ))), microphone, controls)


def _listened(playback: Playback | None, microphone: Microphone, controls: Controls) -> bool:
    """Wait for the end of the playback, or for a key; False when the speaker wants to leave."""
    while playback is not None and not playback.done:
        microphone.read(0.05)
        key = controls.poll()
        if key is not None:
            playback.stop()
        if key == "stop":
            return False
    return True
