"""One rehearsal: the phone rings, a question is read, the answer is heard to its end, measured and kept."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from voicerehearsal.coaching.targets import DEFAULTS, Targets
from voicerehearsal.errors import DeviceError, JournalError, RehearsalError, UnsavedError, VoiceError
from voicerehearsal.ports import Archive, Controls, Microphone, Playback, Speaker, Voice
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED, Profile
from voicerehearsal.rehearsal.answer import AnswerTake
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.events import (
    Asked,
    Ended,
    Event,
    HungUp,
    Measured,
    Ringing,
    Saved,
    VoiceMeasured,
    Warned,
)
from voicerehearsal.rehearsal.listen import NewEar, Scribe
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.rehearsal.ring import hang_up_tone, ring_tone
from voicerehearsal.rehearsal.smile_check import check_smile
from voicerehearsal.rehearsal.sound_check import is_silent, microphone_trouble
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.rehearsal.understanding import BY_WORDS_ALONE, Understanding
from voicerehearsal.rehearsal.utterance import one_after_another
from voicerehearsal.rehearsal.voice_reading import VoiceReading
from voicerehearsal.values import Circumstances, Language, Question, QuestionRef, Report, Samples, Sound, Usual

T = TypeVar("T")

_CHECK_S = 0.5
_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a rehearsal is held with; the makers are called once an answer.

    `profile` is the speaker's smile calibration, or why there is none.
    """

    next_microphone: Callable[[], Microphone]
    speaker: Speaker | None
    voice: Voice | None
    new_scribe: Callable[[], Scribe]
    new_ear: NewEar
    read_sound: Callable[[Path], Sound]
    profile: Profile | str = NOT_CALIBRATED
    understanding: Understanding = BY_WORDS_ALONE


@dataclass(frozen=True, slots=True)
class Manner:
    """How a rehearsal is held."""

    pack: str
    language: Language = "en"
    end_silence_s: float = 4.0
    time_limit_s: float | None = None
    phone_line: bool = False
    smile_check: bool = True
    usual: Mapping[str, Usual] = field(default_factory=dict)
    targets: Targets = DEFAULTS


class Interview:
    """A rehearsal in progress; each step yields events until it is over.

    Attributes:
        stopped: The person asked to leave.
        failure: What made it impossible to go on, None while all is well.
    """

    def __init__(self, *, equipment: Equipment, manner: Manner, archive: Archive, controls: Controls) -> None:
        self.stopped = False
        self.failure: RehearsalError | None = None
        self._equipment = equipment
        self._manner = manner
        self._archive = archive
        self._controls = controls
        self._microphone: Microphone | None = None
        self._spoken: dict[str, int] = {}
        self._voice_files: Future[list[Path]] | None = None
        self._speaker = equipment.speaker
        self._readings: dict[tuple[str, ...], VoiceReading] = {}
        self._warnings: list[str] = []
        self._asks = False

    def prepare(self, texts: Sequence[str]) -> None:
        """Begin to make the voice for all `texts`; its memory is free again before the recogniser loads."""
        voice = self._equipment.voice
        if voice is not None and self._speaker is not None:
            self._voice_files = _in_background(voice.render, texts)
            self._spoken = {text: at for at, text in enumerate(texts)}

    def load_early(self, first: Step | None) -> None:
        """Load what hears and understands the answer to `first` while it rings, once the voice is made.

        Nothing more is begun once a question sounds, which would stutter; what is left is loaded when it was heard.
        """
        _in_background(self._load, first)

    def _load(self, first: Step | None) -> None:
        with contextlib.suppress(RehearsalError):  # said when it is needed
            if self._voice_files is not None:
                self._voice_files.result()
            self._equipment.new_scribe().finish()
            if first is not None and first.listens and not (self._asks or self.stopped):
                self._understand(first)

    def get_ready(self, following: Step) -> None:
        """Begin to prepare the understanding of the answer to `following`, while nothing is said or heard."""
        if following.listens:
            _in_background(self._understand, following)

    def _understand(self, step: Step) -> None:
        ref = QuestionRef(self._manner.pack, step.question.id)
        self._equipment.understanding.get_ready(step.question, ref, self._manner.language)

    def ring(self, until: Callable[[], bool] | None = None) -> Iterator[Event]:
        """Ring, and check the microphone meanwhile, then the smile; raises DeviceError when it is busy or refused.

        Args:
            until: Rings again and again until this says that it was picked up; None: rings once.
        """
        yield Ringing()
        playback = self._play(ring_tone())
        yield from self._new_warnings()
        microphone = self._ready_microphone()
        heard: list[Samples] = []
        trouble: Warned | None = None
        checked = False
        while not self._stop_asked():
            heard += self._overheard(microphone)
            rung = playback is None or playback.done
            picked_up = rung if until is None else until()
            enough = not microphone.live or sum(map(len, heard)) >= _CHECK_S * microphone.sample_rate_hz
            if not checked and enough and (rung or picked_up):
                checked, trouble = True, _trouble(microphone, heard)
                yield from [trouble] if trouble else []
            if checked and picked_up:
                break
            if rung and checked and not picked_up:
                heard.clear()
                playback = self._play(ring_tone())
        if playback is not None:
            playback.stop()
        if trouble is None and microphone.live and self._manner.smile_check and not self.stopped:
            yield from self._check_smile(microphone)
        if self.stopped:  # nobody asks any more, and a device that is only forgotten goes on filling freed memory
            self._let_go()

    def _check_smile(self, microphone: Microphone) -> Iterator[Event]:
        profile = self._equipment.profile
        if isinstance(profile, Profile) and profile.calibration.usable:
            stays = yield from check_smile(
                microphone=microphone,
                new_ear=self._equipment.new_ear,
                profile=profile,
                controls=self._controls,
                play=self._play,
            )
            self.stopped = not stays

    def ask(self, step: Step) -> Generator[Event, None, None]:
        """Say the lines of `step`, hear the answer, measure and keep it; who stops listening loses nothing.

        Raises:
            DeviceError: The microphone is busy, refused, or went away before the answer.
            JournalError: No recording can be begun.
            VoiceError: The voice's own reading is to be measured, and there is no voice.
        """
        self._asks = True
        sound = self._sound_of(step)
        reading = self._reading_of(step)
        playback = yield from self._say(step, sound)
        if not step.listens:
            yield from self._only_said(step, playback)
            return
        scribe = self._equipment.new_scribe()
        try:
            microphone = self._ready_microphone()
            self._hear_out(playback, microphone)
            if not self._stop_asked():  # a key pressed for the question as it ended does not end the answer
                # Not earlier: it would stutter in the question, while capture only queues and never waits.
                _in_background(self._understand, step)
                yield from self._take_answer(step, microphone, scribe, playback)
        finally:
            scribe.close()
            self._let_go()
            if playback is not None:
                playback.stop()
            if reading is not None and self.stopped:
                reading.stop()
        if reading is not None and not self.stopped:
            yield VoiceMeasured(reading.report())

    def _say(self, step: Step, sound: Sound | None) -> Generator[Event, None, Playback | None]:
        if sound is not None and self._manner.phone_line:
            sound = through_phone_line(sound)
        playback = None if sound is None else self._play(sound)
        yield from self._new_warnings()
        yield Asked(step=step, spoken=playback is not None)
        return playback

    def _only_said(self, step: Step, playback: Playback | None) -> Iterator[Event]:
        """Say lines that nobody answers; a key cuts them short."""
        self._wait_for(playback)
        if step.hangs_up and not self.stopped:
            yield HungUp()
            self._wait_for(self._play(hang_up_tone()))

    def _wait_for(self, playback: Playback | None) -> None:
        while playback is not None and not playback.done and not self.stopped:
            time.sleep(_POLL_S)
            key = self._controls.poll()
            self.stopped = key == "stop"
            if key is not None:
                playback.stop()

    def _sound_of(self, step: Step) -> Sound | None:
        """The lines' sound, waited for; None without a voice, or when the person leaves meanwhile."""
        if self._voice_files is None:
            return None
        while not self._voice_files.done() and not self._stop_asked():
            time.sleep(_POLL_S)
        if self.stopped or not all(text in self._spoken for text in step.spoken):
            return None
        try:
            files = self._voice_files.result()
        except RehearsalError as error:
            self._voice_files = None
            self._warnings.append(error.going_on("The questions are shown instead."))
            return None
        return one_after_another([self._equipment.read_sound(files[self._spoken[text]]) for text in step.spoken])

    def _reading_of(self, step: Step) -> VoiceReading | None:
        """The measuring of the voice's own reading, begun before the first answer to it; None when not asked for."""
        if not step.measures_voice:
            return None
        voice = self._equipment.voice
        if voice is None:
            raise VoiceError("There is no voice that could be measured", "Run `voicerehearsal doctor`.")
        if step.spoken not in self._readings:
            self._readings[step.spoken] = VoiceReading(
                voice=voice,
                step=step,
                language=self._manner.language,
                sound_of=self._rendered,
                new_ear=self._equipment.new_ear,
                new_scribe=self._equipment.new_scribe,
            )
        return self._readings[step.spoken]

    def _rendered(self, voice: Voice, step: Step) -> Sound:
        return one_after_another([self._equipment.read_sound(path) for path in voice.render(step.spoken)])

    def _hear_out(self, playback: Playback | None, microphone: Microphone) -> None:
        """Wait for the end of the question, cut short by Enter, Space or `m`; what is heard meanwhile is dropped."""
        while playback is not None and not playback.done and not self.stopped:
            self._overheard(microphone)
            key = self._controls.poll()
            self.stopped = key == "stop"
            if key is not None:
                playback.stop()
        while playback is None and microphone.live and microphone.read(0.0) is not None:
            pass

    def _take_answer(
        self, step: Step, microphone: Microphone, scribe: Scribe, playback: Playback | None
    ) -> Iterator[Event]:
        profile = self._equipment.profile
        asked = Circumstances(
            language=self._manner.language,
            question=QuestionRef(self._manner.pack, step.question.id),
            usual=dict(self._manner.usual),
            profile=profile.name if isinstance(profile, Profile) else None,
            interrupted=step.goes_on,
        )
        endpointer = Endpointer(end_silence_s=self._manner.end_silence_s)
        ear = self._equipment.new_ear(
            sample_rate_hz=microphone.sample_rate_hz,
            scribe=scribe,
            endpointer=endpointer,
            with_timbre=isinstance(self._equipment.profile, Profile),
        )
        take = AnswerTake(
            microphone=microphone,
            tape=self._archive.new_tape(microphone.sample_rate_hz, asked),
            ear=ear,
            endpointer=endpointer,
            controls=self._controls,
            time_limit_s=self._manner.time_limit_s,
            asked=asked,
            question_end_s=None if playback is None else playback.end_time_s,
            cut_in_after_s=step.cut_in_after_s,
        )
        report, recording = None, None
        try:
            ended_by = yield from take.listen()
            self.stopped = self.stopped or ended_by == "stopped"
            self.failure = take.error
            yield Ended(by=ended_by, error=take.error)
            if take.recorded_s:
                recording = _in_background(take.tape.finish, take.circumstances)
                report = self._measured(take, step.question)
                yield Measured(report)
        finally:
            answer_id = self._keep(take, recording, report, step)
        if answer_id is not None:
            yield Saved(answer_id)

    def _keep(self, take: AnswerTake, finishing: Future[Path] | None, report: Report | None, step: Step) -> int | None:
        """Put the answer away, measured or not; what the disk refuses becomes the `failure`."""
        if not take.recorded_s:
            take.tape.discard()
            return None
        try:
            recording = take.tape.finish(take.circumstances) if finishing is None else finishing.result()
        except JournalError as error:
            self.failure = self.failure or error
            recording = take.tape.path
        try:
            return self._archive.keep(report or self._measured(take, step.question), recording, attempt=step.attempt)
        except JournalError as error:
            self.failure = self.failure or UnsavedError(
                f"The answer is not in the journal ({error.what}); its recording is safe in {recording}",
                "Free some space, then run `voicerehearsal recover`.",
            )
            return None

    def _measured(self, take: AnswerTake, question: Question) -> Report:
        return analyse(
            take.ear.finish(),
            source=take.tape.name,
            circumstances=take.circumstances,
            question=question,
            profile=self._equipment.profile,
            understanding=self._equipment.understanding,
            targets=self._manner.targets,
        )

    def _overheard(self, microphone: Microphone) -> list[Samples]:
        """What a live microphone hears while nobody is asked to speak; a file waits for its turn."""
        if not microphone.live:
            time.sleep(_POLL_S)
            return []
        block = microphone.read(_POLL_S)
        return [] if block is None else [block.samples]

    def _play(self, sound: Sound) -> Playback | None:
        """Play on the speaker; one that refuses is done without."""
        if self._speaker is None:
            return None
        try:
            return self._speaker.play(sound)
        except DeviceError as error:
            self._speaker = None
            self._warnings.append(error.going_on("The questions are shown instead."))
            return None

    def _new_warnings(self) -> Iterator[Event]:
        while self._warnings:
            yield Warned(self._warnings.pop(0))

    def _let_go(self) -> None:
        if self._microphone is not None:
            self._microphone.stop()
        self._microphone = None

    def _ready_microphone(self) -> Microphone:
        if self._microphone is None:
            self._microphone = self._equipment.next_microphone()
            self._microphone.start()
        return self._microphone

    def _stop_asked(self) -> bool:
        self.stopped = self.stopped or self._controls.poll() == "stop"
        return self.stopped


def _trouble(microphone: Microphone, heard: Sequence[Samples]) -> Warned | None:
    if not heard:
        return None
    samples = np.concatenate(heard)
    text = microphone_trouble(samples, name=microphone.name)
    return None if text is None else Warned(text, until_heard=is_silent(samples))


def _in_background(work: Callable[..., T], *arguments: object) -> Future[T]:
    """Do it in a thread of its own, while something sounds or is said."""
    thread = ThreadPoolExecutor(1, thread_name_prefix=getattr(work, "__name__", "rehearsal"))
    begun = thread.submit(work, *arguments)
    thread.shutdown(wait=False)
    return begun
