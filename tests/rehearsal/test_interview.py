"""A step of a rehearsal, from files that stand for a microphone: cut-ins, and the voice measured as an answer is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.conftest import Say
from voicerehearsal import wiring
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.errors import VoiceError
from voicerehearsal.ports import Key, Voice
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED
from voicerehearsal.rehearsal.events import Asked, Ended, Event, HungUp, Measured, VoiceMeasured
from voicerehearsal.rehearsal.interview import Interview, Manner
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Question

QUESTION = Question(id="q", text="What do you do?", target_s=(60.0, 90.0), model_answer="I listen, and I take notes.")


class NoKeys:
    """Nobody presses a key."""

    def poll(self) -> Key | None:
        """None."""
        return None


def events_of(step: Step, answers: Sequence[Path], voice: Voice | None = None) -> list[Event]:
    """Everything that happens in `step`, answered by the first of the files."""
    with wiring.open_journal() as journal:
        interview = Interview(
            equipment=wiring.equipment(
                language="en",
                next_microphone=wiring.files_for_microphones(answers),
                speaker=None,
                voice=voice,
                profile=NOT_CALIBRATED,
            ),
            manner=Manner(pack="small"),
            archive=wiring.JournalArchive(journal, "practice", "small", "en"),
            controls=NoKeys(),
        )
        return list(interview.ask(step))


def only(kind: type[Event], events: Sequence[Event]) -> list[Event]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


@pytest.fixture
def two_sentences(say: Say, tmp_path: Path) -> tuple[Path, float]:
    """An answer with a gap of 0.7 s in its middle, and when the gap begins."""
    first, second = say("I listen to the customer, and I take notes."), say("Then I say that I am sorry.")
    gap = np.zeros(round(0.7 * first.sample_rate_hz), np.int16)
    path = tmp_path / "answer.wav"
    soundfile.write(path, np.concatenate((first.samples, gap, second.samples)), first.sample_rate_hz)
    return path, first.duration_s


def test_the_interviewer_cuts_in_at_the_first_gap_after_a_while(two_sentences: tuple[Path, float], home: Path) -> None:
    """The recording ends 0.4 s into the gap, is not called short, and measured again it says the same."""
    path, gap_s = two_sentences
    events = events_of(Step(QUESTION, cut_in_after_s=1.0), [path])
    (ended,), (measured,) = only(Ended, events), only(Measured, events)
    assert isinstance(ended, Ended)
    assert isinstance(measured, Measured)
    assert ended.by == "interrupted"
    report = measured.report
    assert report.audio.duration_s == pytest.approx(gap_s + 0.4, abs=0.25)
    assert report.transcript is not None
    assert "notes" in report.transcript.text
    assert "sorry" not in report.transcript.text
    assert report.length is not None
    assert report.length.verdict is None
    assert report.missing["length.verdict"] == "the interviewer cut in"
    assert not [remark for remark in report.remarks if remark.measure == "length"]
    (recording,) = (home / "recordings").iterdir()
    again = wiring.measure_file(recording, name="again", language=None, asked=("small", QUESTION))
    assert again.length == report.length
    assert again.missing["length.verdict"] == "the interviewer cut in"


def test_without_a_gap_after_that_nobody_cuts_in(two_sentences: tuple[Path, float], home: Path) -> None:
    """The answer is heard to its end, and is as short as it is."""
    events = events_of(Step(QUESTION, cut_in_after_s=4.8), [two_sentences[0]])
    (ended,), (measured,) = only(Ended, events), only(Measured, events)
    assert isinstance(ended, Ended)
    assert isinstance(measured, Measured)
    assert ended.by == "end_of_file"
    assert measured.report.length is not None
    assert measured.report.length.verdict == "short"


def test_the_voice_is_measured_as_an_answer_is(
    two_sentences: tuple[Path, float], voice_cache: Path, home: Path
) -> None:
    """Its report has the words, the pace and the pauses of its own reading; nothing of it is kept."""
    step = Step(QUESTION, lines=("I listen to the customer.", "I take notes."), measures_voice=True)
    events = events_of(step, [two_sentences[0]], InterviewerVoice(language="en", cache=voice_cache))
    (voice,) = only(VoiceMeasured, events)
    assert isinstance(voice, VoiceMeasured)
    assert voice.report.transcript is not None
    assert voice.report.transcript.text == "i listen to the customer i take notes"
    assert voice.report.pauses is not None
    assert voice.report.pauses.count == 1
    assert len(list((home / "recordings").iterdir())) == 1
    with pytest.raises(VoiceError, match="no voice that could be measured"):
        events_of(step, [two_sentences[0]])


def test_a_last_line_is_not_answered(home: Path) -> None:
    """Whoever hangs up is not answered: nothing is recorded, and the line is dead."""
    events = events_of(Step(QUESTION, lines=("Goodbye!",), listens=False, hangs_up=True), [])
    assert [type(event) for event in events] == [Asked, HungUp]
    assert not (home / "recordings").exists()
