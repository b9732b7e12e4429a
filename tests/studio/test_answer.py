"""The answer page's routes over a real journal: what they show, what they keep, and what they refuse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from tests.studio.answers import LENGTH_S, three_answers
from tests.studio.asking import ask
from voicerehearsal.studio.app import build


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three answers, made once."""
    return three_answers(tmp_path_factory.mktemp("three"))


@pytest.fixture
def app(three: Path, home: Path) -> Iterator[Starlette]:
    """The studio over a copy of the three answers."""
    shutil.copytree(three, home, dirs_exist_ok=True)
    built = build("/x")
    yield built
    built.state.stage.close()


def test_the_page_holds_what_its_first_view_needs(app: Starlette) -> None:
    """Words, marks and report stand in the page itself; buttons lead to the moments of points and remarks."""
    shown = ask(app, "GET", "answers/1", accept="text/html")
    assert shown.status == 200
    assert '"text":"word0"' in shown.text
    assert 'data-at="4.0" data-until="4.9"' in shown.text  # the point
    assert 'data-at="1.0" data-until="11.0"' in shown.text  # the remark


def test_the_second_attempt_leads_to_the_first(app: Starlette) -> None:
    """Both are compared by a link, the earlier one first."""
    assert "compare?a=1&amp;b=2" in ask(app, "GET", "answers/2", accept="text/html").text


def test_the_picture_has_tracks_of_the_whole_and_of_a_part(app: Starlette) -> None:
    """The sound is drawn from its recording: as far as asked for, no finer than a screen shows."""
    whole = ask(app, "GET", "answers/1/picture.json").json
    assert len(whole["tracks"]["peaks"]["high"]) == 2000
    assert len(whole["tracks"]["loudness_db"]) == 20 * LENGTH_S
    part = ask(app, "GET", "answers/1/picture.json?from=10&to=12").json
    assert (part["start_s"], part["end_s"], len(part["pitch_st"])) == (10.0, 12.0, 40)
    assert max(part["peaks"]["high"]) == pytest.approx(0.3 * 128, abs=1)


def test_a_picture_without_its_recording_says_why(app: Starlette) -> None:
    """What was measured is still shown."""
    picture = ask(app, "GET", "answers/2/picture.json").json
    assert picture["tracks"] is None
    assert "gone" in picture["no_tracks"]
    assert picture["pauses"]


@pytest.mark.parametrize(
    ("path", "status", "what"),
    [
        ("answers/99", 404, "There is no answer 99"),
        (f"answers/{10**20}", 404, f"There is no answer {10**20}"),
        ("answers/99/report", 404, "There is no answer 99"),
        ("answers/1/picture.json?from=3", 404, "A stretch goes"),
        ("answers/1/picture.json?from=9&to=8", 404, "A stretch goes"),
        ("answers/1/picture.json?from=nan&to=8", 404, "A stretch goes"),
        ("answers/..", 404, "There is no such page"),
    ],
)
def test_what_is_not_there_is_said(app: Starlette, path: str, status: int, what: str) -> None:
    """One sentence for each, never a trace of the inside."""
    refused = ask(app, "GET", path)
    assert refused.status == status
    assert what in refused.json["message"]


def test_an_answer_that_was_not_measured_can_be_heard_and_measured(app: Starlette) -> None:
    """Its page offers both; once measured, it has a report."""
    assert "data-measure" in ask(app, "GET", "answers/3", accept="text/html").text
    picture = ask(app, "GET", "answers/3/picture.json").json
    assert (picture["words"], len(picture["tracks"]["loudness_db"])) == ([], 60)
    assert ask(app, "POST", "answers/3/measure").status == 204
    assert "data-measure" not in ask(app, "GET", "answers/3", accept="text/html").text
    assert ask(app, "POST", "answers/2/measure").status == 500  # its recording is gone


def test_a_report_stands_alone(app: Starlette) -> None:
    """As a piece of another page it is one article without style or script of its own, with what was said."""
    drawn = ask(app, "GET", "answers/1/report").text
    assert drawn.strip().startswith("<article")
    assert "word59" in drawn
    for forbidden in ("<script", "style=", "onclick", "<html"):
        assert forbidden not in drawn


def test_a_struck_filler_is_gone_and_comes_back(app: Starlette) -> None:
    """The correction is kept, told with the numbers that followed, and taken back by what the answer says."""
    body = {"start_s": 12.0, "end_s": 12.5, "kind": "filled_pause", "verdict": "struck"}
    struck = ask(app, "PUT", "answers/1/fillers", body).json
    assert len(struck["picture"]["fillers"]) == 3
    assert "fillers from 3.5 to 2.6/min" in struck["said"]
    assert "<article" in struck["report"]
    undone = ask(app, "PUT", f"answers/1/{struck['undo']['path']}", struck["undo"]["body"]).json
    assert len(undone["picture"]["fillers"]) == 4


def test_a_stretch_can_be_marked_as_a_filler(app: Starlette) -> None:
    """What the measure missed counts once the speaker says so; where nothing is, nothing can be struck."""
    body = {"start_s": 30.0, "end_s": 30.4, "kind": "filled_pause", "verdict": "confirmed"}
    marked = ask(app, "PUT", "answers/1/fillers", body).json
    assert ["um", 30.0] in [[one["text"], one["start_s"]] for one in marked["picture"]["fillers"]]
    nothing = {**body, "start_s": 50.0, "end_s": 50.4, "verdict": "struck"}
    assert ask(app, "PUT", "answers/1/fillers", nothing).status == 400
    assert ask(app, "PUT", "answers/1/fillers", {**body, "end_s": 29.0}).status == 400


def test_a_point_is_judged_and_taken_back(app: Starlette) -> None:
    """The report follows, and the way back restores what was said before."""
    judged = ask(app, "PUT", "answers/1/points", {"id": "apologise", "verdict": "not_made"}).json
    assert judged["picture"]["points"][0]["covered"] is False
    assert "talking points made from 75 % to 0 %" in judged["said"]
    back = ask(app, "PUT", "answers/1/points", judged["undo"]["body"]).json
    assert back["picture"]["points"][0]["covered"] is True
    assert ask(app, "PUT", "answers/1/points", {"id": "joke", "verdict": "made"}).status == 400


def test_words_are_corrected_and_taken_back(app: Starlette) -> None:
    """The new words stand in their place and say that they are the speaker's own."""
    body = {"corrections": [{"start_s": 4.5, "end_s": 6.0, "text": "one or three"}]}
    corrected = ask(app, "PUT", "answers/1/words", body).json
    changed = [one["text"] for one in corrected["picture"]["words"] if one["corrected"]]
    assert changed == ["one", "or", "three"]
    back = ask(app, "PUT", "answers/1/words", corrected["undo"]["body"]).json
    assert [one["text"] for one in back["picture"]["words"] if one["at"] is not None][:5] == [
        f"word{n}" for n in range(5)
    ]


def test_tags_and_note_are_kept(app: Starlette) -> None:
    """As a person wrote them, in their one spelling; a tag that is none is refused."""
    kept = ask(app, "PUT", "answers/1/labels", {"add": ["#Before  Coffee"], "note": "calm \n"}).json
    assert kept == {"tags": ["before coffee"], "note": "calm"}
    assert ask(app, "PUT", "answers/1/labels", {"remove": ["before coffee"]}).json == {"tags": [], "note": "calm"}
    assert ask(app, "PUT", "answers/1/labels", {"add": ["  "]}).status == 400


@pytest.mark.parametrize("body", [None, [], {"id": 3}, {"verdict": "perhaps", "id": "apologise"}])
def test_what_cannot_be_understood_changes_nothing(app: Starlette, body: object) -> None:
    """A page of an older version, or anything else."""
    assert ask(app, "PUT", "answers/1/points", body).status == 400


def test_a_deleted_answer_is_gone(app: Starlette, home: Path) -> None:
    """Page and recording."""
    assert ask(app, "DELETE", "answers/1").status == 204
    assert ask(app, "GET", "answers/1").status == 404
    assert not (home / "recordings" / "one.wav").exists()
