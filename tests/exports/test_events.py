"""TextGrids, captions and labels, read back by the programs that they are for."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import parselmouth
import pysubs2
import pytest
import srt
from hypothesis import given, settings
from hypothesis import strategies as st
from parselmouth.praat import call

from tests.reports import report, reports
from voicerehearsal.exports.audacity import to_labels
from voicerehearsal.exports.captions import LINE, Cue, cues, to_captions
from voicerehearsal.exports.events import TIERS, Event, join
from voicerehearsal.exports.textgrid import tier, to_textgrid
from voicerehearsal.values import (
    Evidence,
    Filler,
    Fillers,
    Keywords,
    Language,
    Pauses,
    PointResult,
    Report,
    Silence,
    Surge,
    Transcript,
    Word,
)

ENGLISH = "i am very sorry about that <b> & i will call you back today before five without fail as i said just now"
CHINESE = "非常 抱歉 给 您 带来 了 不便 我 马上 为 您 查询 一下 订单 的 情况 然后 在 今天 下午 五点 之前 给 您 回 电话"


def answer(language: Language = "en") -> Report:
    """An answer of evenly spoken words with a pause of a second after the sixth, and everything else that is marked."""
    texts = (CHINESE if language == "zh" else ENGLISH).split()
    starts = [1.0 + 0.4 * n + (1.0 if n >= 6 else 0.0) for n in range(len(texts))]
    words = tuple(Word(text, start, start + 0.4, 0.9) for text, start in zip(texts, starts, strict=True))
    base = report(language=language, duration_s=20.0)
    assert base.tone is not None
    return replace(
        base,
        transcript=Transcript(join(texts), words),
        pauses=Pauses(1.0, 1.0, words[-1].end_s, 8.0, (Silence(3.4, 4.4, "short"),), 1, 5.0, 1.0, 1.0, 0.1),
        fillers=Fillers(
            (Filler('"um"', 5.0, 5.4, "filled_pause", 0.9), Filler("那个", 5.2, 5.6, "phrase", 0.9)), 2, 9.0, 0.1, ()
        ),
        keywords=Keywords(
            (
                PointResult("apologise", "Apologise 道歉", True, (Evidence("sorry", 1.8, 2.6),)),
                PointResult("missed", "Missed", False, (), Evidence("near", 2.0, 3.0)),
            ),
            0.5,
            None,
            (),
        ),
        tone=replace(base.tone, surges=(Surge(6.0, 8.0, 1.25, 4.5),)),
    )


def read_by_praat(file: Path) -> dict[str, list[tuple[float, float, str]]]:
    """Every interval of every tier, as Praat reads them."""
    grid = parselmouth.Data.read(str(file))
    return {
        call(grid, "Get tier name...", t): [
            (
                call(grid, "Get start point...", t, i),
                call(grid, "Get end point...", t, i),
                call(grid, "Get label of interval...", t, i),
            )
            for i in range(1, 1 + call(grid, "Get number of intervals...", t))
        ]
        for t in range(1, 1 + call(grid, "Get number of tiers"))
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_praat_reads_every_tier(tmp_path: Path, language: Language) -> None:
    """Words, phrases, silences, fillers, points and surges are at their times, quotation marks and Chinese included."""
    file = tmp_path / "a.TextGrid"
    file.write_text(to_textgrid(answer(language)), "utf-8")
    tiers = read_by_praat(file)
    assert list(tiers) == list(TIERS)
    labelled = {name: [one for one in intervals if one[2]] for name, intervals in tiers.items()}
    texts = (CHINESE if language == "zh" else ENGLISH).split()
    assert [text for _, _, text in labelled["words"]] == texts
    assert [text for _, _, text in labelled["phrases"]] == [join(texts[:6]), join(texts[6:])]
    assert labelled["silences"] == [(pytest.approx(3.4), pytest.approx(4.4), "pause")]
    assert [text for _, _, text in labelled["fillers"]] == ['"um"', '"um" + 那个', "那个"]
    assert labelled["points"] == [(pytest.approx(1.8), pytest.approx(2.6), "Apologise 道歉")]
    assert labelled["surges"] == [(6.0, 8.0, "surge: 1.25 x faster, +4.5 dB")]
    for intervals in tiers.values():
        assert (intervals[0][0], intervals[-1][1]) == (0.0, 20.0)
        assert all(one[1] == other[0] for one, other in pairwise(intervals))


@settings(max_examples=40)
@given(spans=st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=12), duration=st.integers(1, 50))
def test_a_tier_is_filled_and_loses_nothing(spans: list[tuple[int, int]], duration: int) -> None:
    """Intervals follow each other from beginning to end, and at every moment the label names what happens then."""
    events = [Event(start / 8, (start + length) / 8, f"e{n}") for n, (start, length) in enumerate(spans)]
    intervals = tier(events, duration / 8)
    assert (intervals[0].start_s, intervals[-1].end_s) == (0.0, duration / 8)
    assert all(one.end_s == other.start_s for one, other in pairwise(intervals))
    for one in intervals:
        middle = (one.start_s + one.end_s) / 2
        assert one.end_s > one.start_s
        assert sorted(filter(None, one.label.split(" + "))) == sorted(
            e.label for e in events if e.start_s <= middle < e.end_s
        )


@pytest.mark.filterwarnings("ignore:Overflow in SubRip")
@settings(deadline=None, max_examples=15)
@given(made=reports())
def test_anything_measured_makes_captions_and_labels(made: Report) -> None:
    """Captions never overlap or run backwards and fit their lines, and labels are lines of three cells."""
    made = replace(made, audio=replace(made.audio, duration_s=60.0))
    shown = cues(made)
    assert all(0 <= cue.start_ms < cue.end_ms for cue in shown)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(shown))
    if made.transcript and made.transcript.words:
        assert all(len(cue.lines) <= 2 and max(map(len, cue.lines)) <= LINE[made.language] for cue in shown)
    assert all(line.count("\t") == 2 for line in to_labels(made).splitlines())
    assert to_captions(made, "vtt").count(" --> ") == len(shown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_captions_can_be_read_in_time(language: Language) -> None:
    """A pause breaks them, all words are there in order, and each stays for a second where it can."""
    made = answer(language)
    shown = cues(made)
    said = (CHINESE if language == "zh" else ENGLISH).split()
    assert join(part for cue in shown for part in cue.lines) == join(said)
    assert join(shown[0].lines) == join(said[:6])
    assert (shown[0].start_ms, shown[1].start_ms) == (1000, 4400)
    assert all(cue.end_ms - cue.start_ms >= 1000 for cue in shown)


def test_a_word_alone_stays_for_a_second() -> None:
    """It is shown longer than it sounds, into the silence after it or else before it, and never over its neighbours."""
    words = (Word("yes", 0.2, 0.4, 1.0), Word("no", 1.9, 2.0, 1.0))
    made = replace(report(duration_s=2.1), transcript=Transcript("yes no", words))
    assert [(cue.start_ms, cue.end_ms) for cue in cues(made)] == [(200, 1200), (1200, 2100)]


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_ffmpeg_reads_the_captions(tmp_path: Path, form: Literal["srt", "vtt"]) -> None:
    """A player shows the same texts at the same times, marks of markup and Chinese included."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    for made in (answer("en"), answer("zh")):
        file = tmp_path / f"a.{form}"
        file.write_text(to_captions(made, form), "utf-8")
        read = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(file), "-f", "ass", "-"], capture_output=True, check=True
        ).stdout.decode()
        shown = [(e.start, e.end, e.plaintext.replace("\\{", "{")) for e in pysubs2.SSAFile.from_string(read)]
        assert [text for _, _, text in shown] == [_as_shown(cue, form) for cue in cues(made)]
        for (start, end, _), cue in zip(shown, cues(made), strict=True):  # ASS counts in hundredths
            assert (start, end) == (pytest.approx(cue.start_ms, abs=10), pytest.approx(cue.end_ms, abs=10))


def _as_shown(cue: Cue, form: str) -> str:
    text = "\n".join(cue.lines)
    return text.replace("<", "‹").replace(">", "›") if form == "srt" else text


def test_another_reader_of_srt_sees_the_same() -> None:
    """The library `srt` finds every caption, whole."""
    made = answer("zh")
    read = list(srt.parse(to_captions(made, "srt")))
    assert [one.content for one in read] == ["\n".join(cue.lines) for cue in cues(made)]
    assert [round(1000 * one.start.total_seconds()) for one in read] == [cue.start_ms for cue in cues(made)]


def test_labels_are_as_audacity_has_them() -> None:
    """Start, end and text with tabs between, in the order of time."""
    assert to_labels(answer()).splitlines() == [
        "1.800000\t2.600000\tpoint: Apologise 道歉",
        "3.400000\t4.400000\tpause 1.0 s",
        '5.000000\t5.400000\tfiller: "um"',
        "5.200000\t5.600000\tfiller: 那个",
        "6.000000\t8.000000\tsurge: 1.25 x faster, +4.5 dB",
    ]


def test_without_words_there_are_the_pauses() -> None:
    """Captions of an answer that no recogniser heard show its silences, and a TextGrid has them in their tier."""
    for language, text in (("en", "[pause 1.0 s]"), ("zh", "[停顿 1.0 秒]")):
        made = replace(answer(language), transcript=None)  # type: ignore[arg-type]
        assert [cue.lines for cue in cues(made)] == [(text,)]
        assert '"pause"' in to_textgrid(made)
