"""The voice's own reading of some lines, measured as an answer is, to be compared with one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from voicerehearsal.ports import Voice
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.listen import NewEar, Scribe
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Circumstances, Language, Report, Sound

_BLOCK_S = 0.5


@dataclass(slots=True)
class VoiceReading:
    """A reading that is being measured in a thread of its own, while the speaker listens to it and answers.

    Attributes:
        voice: Who reads.
        step: What: its lines, for its question.
        language: Which language.
        sound_of: Makes one sound of the voice's files for the lines.
        new_ear: Makes the ear.
        new_scribe: Makes who writes the words down.
    """

    voice: Voice
    step: Step
    language: Language
    sound_of: Callable[[Voice, Step], Sound]
    new_ear: NewEar
    new_scribe: Callable[[], Scribe]
    _stopped: bool = False
    _scribe: Scribe | None = None
    _report: Future[Report] = field(init=False)

    def __post_init__(self) -> None:
        thread = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._report = thread.submit(self._measure)
        thread.shutdown(wait=False)

    def report(self) -> Report:
        """How the voice read it, waited for; raises VoiceError when it cannot."""
        return self._report.result()

    def stop(self) -> None:
        """It is not wanted any more; harmless when it is done."""
        self._stopped = True
        if self._scribe is not None:
            self._scribe.close()

    def _measure(self) -> Report:
        sound = self.sound_of(self.voice, self.step)
        self._scribe = self.new_scribe()
        try:
            ear = self.new_ear(
                sample_rate_hz=sound.sample_rate_hz,
                scribe=self._scribe,
                endpointer=Endpointer(end_silence_s=sound.duration_s),
                with_timbre=False,
            )
            block = round(_BLOCK_S * sound.sample_rate_hz)
            for at in range(0, 0 if self._stopped else len(sound.samples), block):
                ear.hear(sound.samples[at : at + block])
            said = Circumstances(language=self.language)
            return analyse(ear.finish(), source=self.voice.name, circumstances=said, question=self.step.question)
        finally:
            self._scribe.close()
