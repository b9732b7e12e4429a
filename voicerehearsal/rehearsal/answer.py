"""Hearing one answer from the end of the question to the speaker's key, a long silence, or whatever else ends it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace

import numpy as np

from voicerehearsal.errors import DeviceError, JournalError, RehearsalError
from voicerehearsal.ports import Controls, Microphone, Tape
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.events import EndedBy, Listening
from voicerehearsal.rehearsal.listen import Ear
from voicerehearsal.values import Block, Circumstances, Samples, Span

_POLL_S = 0.05
_TAIL_S = 0.1
"""The room still sounds of the question for about this long; the recording begins after it."""
_ONE_CLOCK_S = 2.0
_GAP_S = 0.4
"""Longer than the stop of a consonant and most breaths inside a phrase, as short as listeners take their turn."""
_CUT_IN_STEP_S = 0.1


@dataclass(slots=True)
class AnswerTake:
    """An answer being taken down.

    Attributes:
        microphone: Started, at the moment the answer may begin.
        tape: Where the sound goes first.
        ear: Where it goes then.
        endpointer: The ear's own.
        controls: The speaker's keys.
        time_limit_s: Longest answer, None without limit.
        asked: What is known of the answer before it begins.
        question_end_s: Microphone clock at the end of the question; None when it was not heard.
        cut_in_after_s: From when on the interviewer cuts in at the next gap, counted from the first sound; None: never.
        began_s: Microphone clock at the first sample kept; None from a file.
        recorded_s: How much is on the tape.
        mutes: Where the speaker muted so far.
        error: What cut the answer short, if something did.
    """

    microphone: Microphone
    tape: Tape
    ear: Ear
    endpointer: Endpointer
    controls: Controls
    time_limit_s: float | None
    asked: Circumstances
    question_end_s: float | None
    cut_in_after_s: float | None = None
    began_s: float | None = None
    recorded_s: float = 0.0
    mutes: list[Span] = field(default_factory=list)
    error: RehearsalError | None = None
    _muted_at_s: float | None = None
    _first_sound_s: float | None = None
    _interrupted: bool = False
    _lost_before: int = 0

    def __post_init__(self) -> None:
        self._lost_before = self.microphone.lost_blocks

    @property
    def circumstances(self) -> Circumstances:
        """What is known of the answer so far that its sound cannot tell."""
        if not self.microphone.live:
            end_s: float | None = 0.0  # a file stands for a microphone that opens as the question ends
        elif self.question_end_s is None or self.began_s is None:
            end_s = None
        else:
            end_s = round(self.question_end_s - self.began_s, 4)
        lost = self.microphone.lost_blocks - self._lost_before
        return replace(
            self.asked,
            question_end_s=end_s,
            mutes=tuple(self.mutes),
            lost_blocks=lost,
            interrupted=self.asked.interrupted or self._interrupted,
        )

    def listen(self) -> Generator[Listening, None, EndedBy]:
        """Yield the state of the answer block by block; returns what ended it."""
        while True:
            ended = self._obey_keys()
            if ended is None:
                ended = self._take_block()
            if ended is None and self.endpointer.over:
                ended = "silence"
            if ended is None and self.time_limit_s is not None and self.recorded_s >= self.time_limit_s:
                ended = "time_limit"
            if ended is not None:
                self._unmute()
                return ended
            yield self._state()

    def _obey_keys(self) -> EndedBy | None:
        match self.controls.poll():
            case "end":
                return "key"
            case "stop":
                return "stopped"
            case "mute":
                if self._muted_at_s is None:
                    self._muted_at_s = self.recorded_s
                    self.ear.muted = True
                else:
                    self._unmute()
        return None

    def _unmute(self) -> None:
        if self._muted_at_s is not None:
            self.mutes.append(Span(self._muted_at_s, self.recorded_s))
            self.tape.note(self.circumstances)
        self._muted_at_s = None
        self.ear.muted = False

    def _take_block(self) -> EndedBy | None:
        try:
            block = self.microphone.read(_POLL_S)
            if block is not None:
                return self._take(self._from_opening(block))
        except EOFError:
            return "end_of_file"
        except (DeviceError, JournalError) as error:
            self.error = error
            return "lost"
        return None

    def _take(self, samples: Samples) -> EndedBy | None:
        """Keep a block; where the interviewer may cut in, piece by piece, and nothing of it after that."""
        if self.cut_in_after_s is None:
            self._keep(samples)
            return None
        piece = round(_CUT_IN_STEP_S * self.microphone.sample_rate_hz)
        for at in range(0, len(samples), piece):
            self._keep(samples[at : at + piece])
            if self._at_a_gap(self.cut_in_after_s):
                self._interrupted = True
                return "interrupted"
        return None

    def _at_a_gap(self, cut_in_after_s: float) -> bool:
        if self._first_sound_s is None and self.endpointer.started:
            self._first_sound_s = self.recorded_s
        if self._first_sound_s is None or self._muted_at_s is not None:
            return False
        late_enough = self.recorded_s - self._first_sound_s >= cut_in_after_s
        return late_enough and self.endpointer.silence_s >= _GAP_S

    def _from_opening(self, block: Block) -> Samples:
        """The part of a block that belongs to the answer: the question must not be heard in it."""
        if self.recorded_s or block.time_s is None or self.question_end_s is None:
            return block.samples
        early_s = self.question_end_s + _TAIL_S - block.time_s
        if early_s > _ONE_CLOCK_S:  # microphone and speaker of different systems: two clocks, nothing to compare
            self.question_end_s = None
            return block.samples
        early = max(0, round(early_s * self.microphone.sample_rate_hz))
        self.began_s = block.time_s + early / self.microphone.sample_rate_hz
        return block.samples[early:]

    def _keep(self, samples: Samples) -> None:
        if len(samples) == 0:
            return
        if self._muted_at_s is not None:
            samples = np.zeros_like(samples)
        self.tape.write(samples)
        if not self.recorded_s:
            self.tape.note(self.circumstances)
        self.recorded_s += len(samples) / self.microphone.sample_rate_hz
        self.ear.hear(samples)

    def _state(self) -> Listening:
        left_s = None if self.time_limit_s is None else max(0.0, self.time_limit_s - self.recorded_s)
        return Listening(
            elapsed_s=self.recorded_s,
            level_dbfs=self.endpointer.level_dbfs,
            silence_s=self.endpointer.silence_s,
            end_silence_s=self.endpointer.end_silence_s,
            left_s=left_s,
            muted=self._muted_at_s is not None,
        )
