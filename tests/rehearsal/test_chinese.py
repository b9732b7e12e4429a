"""An answer in Chinese, from the recogniser's results to the report, and what is left without a recogniser.

The sound is a Chinese voice's; the results are made by hand in Vosk's format (mandarin/README.md).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.engines.soxr_resampler import SoxrResampler
from voicerehearsal.engines.vosk_recogniser import words_in
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.errors import ModelError
from voicerehearsal.ports import Recogniser
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.demonstration import answer_in_pieces
from voicerehearsal.rehearsal.listen import Ear, Scribe
from voicerehearsal.values import Circumstances, Question, Report, Samples, Sound, TalkingPoint, Word

SAID = (
    "那个",
    "如果客户生气，我会先道歉。",
    "然后我认真听他说，把问题记录下来。",
    "明天上午十点之前给您回电话，最后感谢您的来电。",
)
RESULTS = Path(__file__).with_name("mandarin") / "complaint.jsonl"
QUESTION = Question(
    "q",
    "客户打电话来投诉，您会怎么做？",
    points=(
        TalkingPoint("apologise", "道歉", ("先道歉", "非常抱歉"), order=1),
        TalkingPoint("listen", "倾听", ("认真听他说",), order=2),
        TalkingPoint("note", "记录", ("记录问题", "做好记录"), order=3),
        TalkingPoint("promise", "承诺时间", ("{time}给您回电话",), order=4),
        TalkingPoint("thank", "感谢", ("感谢您的来电",), order=5),
        TalkingPoint("repeat", "不用重复", ("不用再说一遍",)),
    ),
)


class WrittenBefore:
    """A recogniser whose results were written down before: the sound is not listened to."""

    def accept(self, samples: Samples) -> None:
        """Nothing to do."""

    def finish(self) -> tuple[Word, ...]:
        """The words of all results."""
        lines = RESULTS.read_text(encoding="utf-8").splitlines()
        return tuple(word for line in lines for word in words_in(line))


def _no_model() -> Recogniser:
    raise ModelError("There is no Chinese model", "Run: voicerehearsal models install zh")


@pytest.fixture(scope="module")
def sound(voice_cache: Path) -> Sound:
    """The sentences, half a second of silence before them, 0.8 s between them."""
    voice = InterviewerVoice(language="zh", cache=voice_cache)
    spoken = [read_sound(path) for path in voice.render(SAID)]
    rate_hz = spoken[0].sample_rate_hz
    parts = [np.zeros(rate_hz // 2, np.int16)]
    for piece in spoken:
        parts += [piece.samples, np.zeros(round(0.8 * rate_hz), np.int16)]
    return Sound(np.concatenate(parts), rate_hz)


def _report(sound: Sound, scribe: Scribe) -> Report:
    ear = Ear(
        sample_rate_hz=sound.sample_rate_hz,
        resampler=SoxrResampler(sound.sample_rate_hz),
        gate=WebrtcGate(),
        phonetics=PraatPhonetics(),
        scribe=scribe,
    )
    ear.hear(sound.samples)
    return analyse(ear.finish(), source="a", circumstances=Circumstances(language="zh"), question=QUESTION)


@pytest.fixture(scope="module")
def report(sound: Sound) -> Report:
    return _report(sound, Scribe(WrittenBefore))


def test_transcript_is_chinese_as_it_is_written(report: Report) -> None:
    """The text has no blanks; the words keep the recogniser's."""
    assert report.transcript is not None
    assert report.transcript.text.startswith("那个如果客户生气我会先到欠然后我认真听")
    assert [word.text for word in report.transcript.words[:3]] == ["那个", "如果", "客户"]


def test_pace_is_in_characters_a_minute(report: Report) -> None:
    """Han characters over the span; words a minute are no measure of Chinese, and that is said."""
    assert report.pace is not None
    assert report.pauses is not None
    characters = sum(map(len, "".join(word.text for word in WrittenBefore().finish()).split()))
    span_s = report.pauses.last_sound_s - report.pauses.first_sound_s
    assert report.pace.characters_per_minute == pytest.approx(60 * characters / span_s, rel=0.05)
    assert (report.pace.unit, report.pace.words_per_minute) == ("cpm", None)
    assert "not a measure of this language" in report.missing["pace.words_per_minute"]


def test_a_filler_phrase_is_heard(report: Report) -> None:
    """那个 between two silences is a filler, at its time; 然后 that joins two steps is none."""
    assert report.fillers is not None
    phrases = [event for event in report.fillers.events if event.kind == "phrase"]
    assert [event.text for event in phrases] == ["那个"]
    assert phrases[0].start_s == pytest.approx(0.57)


def test_points_are_made_in_spite_of_homophones(report: Report) -> None:
    """到欠 is 道歉, 纪录 is 记录, 来点 is 来电; each with the time where it was said, in order."""
    assert report.keywords is not None
    made = {point.id: point for point in report.keywords.points if point.covered}
    assert set(made) == {"apologise", "listen", "note", "promise", "thank"}
    assert (made["apologise"].evidence[0].text, made["apologise"].evidence[0].how) == ("到欠", "sound")
    assert made["apologise"].evidence[0].start_s == pytest.approx(4.68)
    assert (made["thank"].evidence[0].text, made["thank"].evidence[0].how) == ("感谢您的来点", "sound")
    assert made["promise"].evidence[0].text.startswith("明天上午十点之前")
    assert made["listen"].evidence[0].how == "words"
    assert report.keywords.order is True


def test_without_a_recogniser_the_sound_is_measured(sound: Sound) -> None:
    """Syllables, pauses and tone are there; what needs words is null, and says how to get it."""
    report = _report(sound, Scribe(_no_model))
    assert (report.transcript, report.keywords) == (None, None)
    for name in ("transcript", "keywords", "fillers.phrases", "pace.characters_per_minute", "pace.verdict"):
        assert "models install zh" in report.missing[name]
    assert report.pace is not None
    assert report.pace.syllables_per_second is not None
    assert 2.5 < report.pace.syllables_per_second < 6
    assert report.pauses is not None
    assert len([s for s in report.pauses.silences if s.end_s - s.start_s > 0.7]) == 3
    assert report.tone is not None
    assert report.tone.pitch_median_hz is not None


def test_a_demonstration_hesitates_in_chinese() -> None:
    """Its answer pauses after the first sentence and begins the second with 嗯."""
    question = Question("q", "?", model_answer="我会先道歉。\n然后认真听他说。最后感谢他。")
    assert answer_in_pieces(question, "zh") == ("我会先道歉。", "嗯，然后认真听他说。最后感谢他。")
