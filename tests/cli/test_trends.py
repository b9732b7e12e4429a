"""`trends` on journals of synthetic answers: table, points, picture, JSON."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.cli.running import run
from tests.journal.test_store import fill
from tests.reports import report
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.journal.store import Journal

RATES = [172.0, 168.0, 160.0, 171.0, 150.0, 149.0, 144.0]


@pytest.fixture
def practised(tmp_path: Path) -> Path:
    """A home with seven English answers and a demonstration that is much faster."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=rate) for rate in RATES])
        fill(journal, [report(rate=999.0)], kind="demonstration")
    return tmp_path


def test_the_table_shows_every_measure_in_eighty_columns(practised: Path) -> None:
    """Count, first, latest, median and target of the speech rate are what went in; nobody sees the demonstration."""
    result = run(practised, "trends")
    lines = result.stdout.splitlines()
    (pace,) = [line for line in lines if line.startswith("speech rate")]
    assert pace.split() == ["speech", "rate,", "words/min", "7", "172", "144", "150", "█▇▅█▃▂▁", "130–160"]
    assert len(lines) == 1 + len([metric for metric in METRICS.values() if metric.pace_unit != "cpm"])
    assert max(map(len, lines)) <= 80
    assert "999" not in result.stdout
    assert result.stderr == ""


def test_a_terminal_without_unicode_gets_ascii(practised: Path) -> None:
    """Not one byte above 127, and no failure."""
    result = run(practised, "trends", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert "130-160" in result.stdout
    assert "words/min^2" in result.stdout


def test_one_measure_point_by_point(practised: Path) -> None:
    """A line an answer, oldest first, with the median of the last five."""
    lines = run(practised, "trends", "--metric", "words_per_minute").stdout.splitlines()
    assert lines[0] == "speech rate, words/min, English, target 130–160"
    assert [line.split()[-2:] for line in lines[2:]] == [
        [f"{rate:.0f}", f"{middle:.0f}"]
        for rate, middle in zip(RATES, [172, 170, 168, 170, 168, 160, 150], strict=True)
    ]


def test_few_answers_say_that_it_is_too_early(tmp_path: Path) -> None:
    """Below five answers a line says so; from five on there is no such line."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 4)
        early = run(tmp_path, "trends").stderr
        fill(journal, [report()])
    assert "too early to tell" in early
    assert "too early" not in run(tmp_path, "trends").stderr


def test_two_languages_are_two_tables(tmp_path: Path) -> None:
    """Chinese characters and English words a minute never share one."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=140.0)])
        fill(journal, [report(rate=222.0, language="zh")])
    english, chinese = run(tmp_path, "trends").stdout.split("Chinese\n")
    assert english.startswith("English\n")
    assert "speech rate, words/min" in english
    assert "222" not in english
    assert "speech rate, characters/min" in chinese
    assert "words/min" not in chinese


def test_json_has_every_point_of_one_measure(practised: Path) -> None:
    """The schema's name, the target with its source, and all points when one measure is asked for."""
    content = json.loads(run(practised, "trends", "--metric", "words_per_minute", "--json").stdout)
    assert content["schema"] == "voicerehearsal.trends/1"
    (trend,) = content["trends"]
    assert [point["value"] for point in trend["points"]] == RATES
    assert (trend["count"], trend["median"], trend["too_early"], trend["language"]) == (7, 150.0, False, "en")
    assert (trend["target"]["low"], trend["target"]["high"]) == (130.0, 160.0)
    assert trend["target"]["source"]
    assert trend["latest"]["question"] == {"pack": "classic-questions", "id": "a1"}


def test_json_of_an_empty_home(tmp_path: Path) -> None:
    """A program gets an empty list, and no folder is made."""
    result = run(tmp_path / "none", "trends", "--json")
    assert json.loads(result.stdout)["trends"] == []
    assert not (tmp_path / "none").exists()


def test_an_unknown_measure_is_wrong_usage(practised: Path) -> None:
    """Exit code 2, a hint, and the list of names in one line."""
    result = run(practised, "trends", "--metric", "word_per_minute")
    assert result.returncode == 2
    assert "Did you mean words_per_minute?" in result.stderr


def test_a_picture_has_dots_line_and_band(practised: Path, tmp_path: Path) -> None:
    """The PNG holds each of its three colours; the SVG is XML and names its measures as text."""
    from matplotlib.image import imread

    png, svg = tmp_path / "trend.png", tmp_path / "trend.svg"
    assert run(practised, "trends", "--metric", "words_per_minute", "--plot", str(png)).returncode == 0
    picture = np.round(np.asarray(imread(png))[..., :3] * 255).astype(int)
    assert picture.shape[1] == 1350
    for colour, least in (((0xD5, 0x5E, 0x00), 300), ((0xD9, 0xF0, 0xEA), 20_000), ((0x33, 0x8E, 0xC1), 300)):
        assert np.count_nonzero((abs(picture - colour) <= 3).all(axis=-1)) > least
    assert run(practised, "trends", "--plot", str(svg)).returncode == 0
    text = "".join(ElementTree.fromstring(svg.read_bytes()).itertext())
    assert all(title in text for title in ("Speech rate", "Response latency", "Pauses", "Talking points made"))


@pytest.mark.parametrize(("name", "code"), [("trend.jpg", 2), ("none/trend.png", 1)])
def test_a_picture_that_cannot_be_drawn_is_one_sentence(practised: Path, name: str, code: int) -> None:
    """An unknown kind is wrong usage; a folder that is not there is a failure."""
    result = run(practised, "trends", "--plot", str(practised / name))
    assert result.returncode == code
    assert name in result.stderr.replace("\n", "")
    assert not (practised / name).exists()


def test_there_is_no_picture_of_nothing(tmp_path: Path) -> None:
    """An empty journal is a failure with a way out, and no file."""
    result = run(tmp_path, "trends", "--plot", str(tmp_path / "trend.png"))
    assert result.returncode == 1
    assert "nothing to draw yet" in result.stderr
    assert list(tmp_path.iterdir()) == []
