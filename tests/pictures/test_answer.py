"""The picture of one answer and of several attempts: what is on it, read back from the SVG, and what never overlaps."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.journal.test_store import fill
from tests.reports import A1, report
from voicerehearsal.cli import app
from voicerehearsal.coaching.pace_curve import pace_curve
from voicerehearsal.coaching.targets import TARGETS
from voicerehearsal.errors import UsageError
from voicerehearsal.journal.store import Journal
from voicerehearsal.pictures.answer import draw_answer
from voicerehearsal.pictures.attempts import draw_attempts
from voicerehearsal.pictures.lanes import Lane, Mark, place
from voicerehearsal.pictures.look import DARK
from voicerehearsal.values import Evidence, Keywords, Pauses, PointResult, Report, Span, Surge, Transcript, Word

BAND = TARGETS["words_per_minute"]


def paced(words_a_second: float = 2.0, length_s: float = 60.0, *, mute: Span | None = None) -> Report:
    """A report on an answer at an even pace from second 1 on, without pauses; points and fillers at known times."""
    step_s = 1 / words_a_second
    said = tuple(Word("word", 1 + n * step_s, 1 + (n + 1) * step_s, 0.9) for n in range(int(length_s * words_a_second)))
    plain = report(duration_s=length_s + 2)
    assert plain.tone is not None
    points = (
        PointResult("sorry", "Say $orry for $5", True, (Evidence("x", 20.0, 21.0),)),
        PointResult("rueckruf", "回电", True, (Evidence("x", 30.0, 31.0),)),
        PointResult("offer", "Offer a way out", False, ()),
    )
    return replace(
        plain,
        mutes=(mute,) if mute else (),
        transcript=Transcript("word", said),
        pauses=Pauses(None, 1.0, 1 + length_s, length_s, (), 0, 0.0, None, None, 0.0),
        keywords=Keywords(points, 0.67, None, ()),
        tone=replace(plain.tone, surges=(Surge(40.0, 46.0, 1.2, 5.0),)),
    )


def texts(svg: bytes) -> str:
    """Everything that is written on a picture."""
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return "\n".join("".join(text.itertext()) for text in found)


@pytest.mark.parametrize("mute", [None, Span(20.0, 24.0)])
def test_an_even_pace_is_a_level_curve(mute: Span | None) -> None:
    """Two words a second are 120 a minute at every moment, at the ends and beside a mute too."""
    rates = [rate for _, rate in pace_curve(paced(2.0, mute=mute))]
    assert len(rates) > 100
    assert all(rate == pytest.approx(120, rel=0.06) for rate in rates if rate is not None)


def test_the_curve_follows_the_pace_and_not_the_clock() -> None:
    """A voice that doubles its pace half-way doubles the curve within the window's ten seconds."""
    slow, fast = paced(1.5, 30.0), paced(3.0, 30.0)
    assert slow.transcript is not None
    assert fast.transcript is not None
    later = tuple(replace(word, start_s=word.start_s + 30, end_s=word.end_s + 30) for word in fast.transcript.words)
    both = replace(
        paced(2.0, 60.0), transcript=Transcript("word", slow.transcript.words + later), pauses=paced(2.0).pauses
    )
    curve = dict(pace_curve(both))
    assert curve[11.0] == pytest.approx(90, rel=0.05)
    assert curve[31.0] == pytest.approx(135, rel=0.05)
    assert curve[51.0] == pytest.approx(180, rel=0.05)


def test_a_picture_says_what_was_measured() -> None:
    """Title, numbers, points made and missed, fillers, and a legend of just the marks that are there."""
    out = BytesIO()
    draw_answer(paced(), BAND, out, titles=["客户打电话来抱怨", "complaint-calls a1"], subtitle="no. 7")
    shown = texts(out.getvalue())
    assert "140 words a minute" in shown
    assert "2 of 3 points" in shown
    assert "Say $orry for $5" in shown
    assert "Missed: Offer a way out" in shown
    assert "20 % faster" in shown
    assert {"um", "you know", "filler phrase", "surge: faster and louder", "target"} <= set(shown.splitlines())
    assert not {"pause", "muted"} & set(shown.splitlines())
    assert ("回电" in shown) is ("客户打电话来抱怨" in shown)  # both, or an id in place of each
    assert ("rueckruf" in shown) is ("complaint-calls a1" in shown) is not ("回电" in shown)


def test_without_a_curve_a_sentence_says_why() -> None:
    """Nothing heard, no words, four seconds: the rest is drawn as far as it is known, alone and among others."""
    heard_nothing = replace(report(), pauses=None, pace=None, missing={"pauses": "it is silent"})
    no_words = replace(paced(), transcript=None, missing={"transcript": "There is no model"})
    among, alone = BytesIO(), BytesIO()
    draw_attempts(
        [("no. 1", no_words), ("no. 2", paced(length_s=4.0)), ("no. 3", heard_nothing)], BAND, among, titles=["a1"]
    )
    for said in ("There is no model", "Too short for a pace over time.", "I heard nothing: it is silent."):
        assert said in texts(among.getvalue())
    draw_answer(no_words, BAND, alone, DARK, titles=["a1"])
    assert "There is no model" in texts(alone.getvalue())
    assert "Say $orry for $5" in texts(alone.getvalue())


marks = st.lists(
    st.builds(
        lambda start_s, length_s, label: Mark("point", start_s, start_s + length_s, label),
        st.floats(0, 90),
        st.floats(0, 10),
        st.text("ab", max_size=40),
    ),
    min_size=1,
    max_size=12,
)


@given(marks)
def test_no_label_lies_over_another(some: list[Mark]) -> None:
    """In one row, what is drawn of two marks never touches; every mark is placed once."""
    placed = place(Lane("points", some, None), width=8.0, at=lambda s: s * 0.08, wide=lambda text: 0.07 * len(text))
    assert sorted(map(repr, (one.mark for one in placed))) == sorted(map(repr, some))
    if not any(mark.label for mark in some):
        return
    reach = []
    for one in placed:
        start, end, room = one.mark.start_s * 0.08, one.mark.end_s * 0.08, 0.07 * len(one.mark.label)
        reach.append((one.row, start - room if one.left else start, end if one.left else end + room))
    for (row, start, end), (other_row, other_start, other_end) in combinations(reach, 2):
        assert row != other_row or end <= other_start or other_end <= start


def test_the_command_draws_an_answer_and_a_question(home: Path, tmp_path: Path) -> None:
    """PNG or SVG by the name, and a sentence for what cannot be drawn."""
    with Journal.open(home) as journal:
        fill(journal, [paced(), paced(2.5)])
    picture = lambda *arguments: CliRunner().invoke(app, ["picture", *map(str, arguments)])  # noqa: E731
    assert picture("1", tmp_path / "one.png").exit_code == 0
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    assert picture("--question", A1.id, tmp_path / "all.svg").exit_code == 0
    shown = texts((tmp_path / "all.svg").read_bytes())
    assert 0 < shown.index("no. 1") < shown.index("no. 2")
    for arguments in (
        ("1", "a.gif"),
        ("x", "a.png"),
        ("--question", "zz", "a.png"),
        ("1", "--question", "a1", "a.png"),
    ):
        assert isinstance(picture(*arguments).exception, UsageError)
