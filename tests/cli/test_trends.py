"""`trends` on journals of synthetic answers: table, points, picture, JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.cli import running
from tests.journal.test_store import START, fill
from tests.reports import A1, A2, FILLERS, report
from voicerehearsal.cli import main
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.journal.store import Journal
from voicerehearsal.pictures.fonts import drawable
from voicerehearsal.values import QuestionRef

RATES = [172.0, 168.0, 160.0, 171.0, 150.0, 149.0, 144.0]
PACE = ("--metric", "words_per_minute")


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """`trends` of a home in this process, on a clock in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def trends(home: Path, *arguments: str) -> Done:
        monkeypatch.setenv("VOICEREHEARSAL_HOME", str(home))
        monkeypatch.setattr(sys, "argv", ["voicerehearsal", "trends", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    yield trends
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with seven English answers and a demonstration that is much faster."""
    home = tmp_path_factory.mktemp("practised")
    with Journal.open(home) as journal:
        fill(journal, [report(rate=rate) for rate in RATES])
        fill(journal, [report(rate=999.0)], kind="demonstration")
    return home


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen days with two answers each: a1, ever slower, in the plain practice, and a2 at 100 in a drill."""
    home = tmp_path_factory.mktemp("varied")
    with Journal.open(home) as journal:
        for day in range(14):
            for kind, made in (None, report(rate=180.0 - day)), ("drill", report(rate=100.0, question=A2)):
                when = START + timedelta(days=day, hours=0 if kind is None else 1)
                session = journal.start_session("practice", A1.pack, "en", started_at=when, kind_of_practice=kind)
                journal.keep(session, made, None, when, attempt=1)
    return home


def test_the_table_shows_every_measure_in_eighty_columns(practised: Path, run: Run) -> None:
    """Count, latest, usual and target of the speech rate are what went in; nobody sees the demonstration."""
    done = run(practised)
    lines = done.out.splitlines()
    (pace,) = [line for line in lines if line.startswith("speech rate")]
    # The median of seven is 160, and four of them lie within 11 of it: 11 · 1.4826 = 16.
    assert pace.split() == ["speech", "rate,", "wpm", "7", "144", "160±16", "█▇▅█▃▂▁", "130–160", "too", "early"]
    assert len(lines) == 1 + len([metric for metric in METRICS.values() if metric.pace_unit != "cpm"])
    assert max(map(len, lines)) <= 80
    assert "999" not in done.out


def test_a_terminal_without_unicode_gets_ascii(practised: Path) -> None:
    """Not one byte above 127, and no failure."""
    table = running.run(practised, "trends", PYTHONIOENCODING="ascii")
    assert table.returncode == 0
    assert table.stdout.isascii()
    assert "130-160" in table.stdout
    assert "160+-16" in table.stdout


def test_one_measure_point_by_point(practised: Path, run: Run) -> None:
    """A line an answer, oldest first, with the median of the last five; then what they say together."""
    lines = run(practised, *PACE).out.splitlines()
    assert lines[0] == "speech rate, words/min, English, target 130–160"
    assert [line.split()[-2:] for line in lines[2:9]] == [
        [f"{rate:.0f}", f"{middle:.0f}"]
        for rate, middle in zip(RATES, [172, 170, 168, 170, 168, 160, 150], strict=True)
    ]
    assert lines[9] == ""
    assert lines[10] == "Speech rate: too early to tell: 7 answers, 12 needed."
    assert lines[11] == "Usual for you: 160 ± 16 words/min, median and spread of the latest 7 answers."
    assert lines[12].startswith("The latest answer, 144 words/min: too early to tell its place")
    assert lines[13].startswith("Target 130–160 words/min: between the ranges of Microsoft")
    assert lines[13].endswith("`voicerehearsal targets` shows and changes targets.")


def test_a_real_change_is_said_and_noise_is_not(varied: Path, run: Run) -> None:
    """Fourteen answers that come nearer to the target by one word a day are better, with number and method."""
    table = run(varied, "--question", "a1")
    (pace,) = [line for line in table.out.splitlines() if line.startswith("speech rate")]
    assert pace.split()[-1] == "better"
    said = run(varied, "--question", "a1", *PACE).out
    assert "nearer to the target, from about 180 to about 167 words/min over 14 answers (Theil–Sen −1.00" in said
    assert "slower than all 13 other answers of yours" in said
    (steady,) = [line for line in table.out.splitlines() if line.startswith("pauses, /min")]
    assert steady.split()[-1] == "none"
    assert table.err.startswith("Chance alone lets about one measure in twelve seem to change; ")


def test_fewer_answers_than_a_change_takes_are_too_early(varied: Path, run: Run) -> None:
    """Eleven days get a line that says so, twelve get none; of one measure nothing is said about many."""
    assert "Fewer than 12 answers: too early to tell" in run(varied, "--question", "a1", "--until", "2026-03-11").err
    assert run(varied, "--question", "a1", "--until", "2026-03-12", *PACE).err == ""


@pytest.mark.parametrize(
    ("chosen", "count", "latest"),
    [
        (["--question", "a2"], 14, 100.0),
        (["--pack", "classic-questions", "--question", "a1"], 14, 167.0),
        (["--kind", "drill"], 14, 100.0),
        (["--kind", "questions"], 14, 167.0),
        (["--since", "2026-03-10", "--until", "2026-03-11", "--question", "a1"], 2, 170.0),
        (["--language", "en"], 28, 100.0),
    ],
)
def test_only_the_answers_asked_for(varied: Path, run: Run, chosen: list[str], count: int, latest: float) -> None:
    """Question, pack, kind of practice, days and language choose alike, for one measure and for all."""
    for content in (json.loads(run(varied, "--json", *chosen, *extra).out) for extra in ((), PACE)):
        pace = next(trend for trend in content["trends"] if trend["metric"] == "words_per_minute")
        assert (pace["count"], pace["latest"]["value"]) == (count, latest)
    assert content["filters"]["question"] == (
        chosen[chosen.index("--question") + 1] if "--question" in chosen else None
    )


def test_answers_that_are_not_there_are_one_sentence(varied: Path, run: Run) -> None:
    """What was asked for is repeated, and where to look."""
    done = run(varied, "--question", "a7", "--tag", "hard")
    assert (done.code, done.out) == (0, "")
    assert "(question a7, tag hard)" in done.err


def test_by_the_week_each_number_is_a_median(varied: Path, run: Run) -> None:
    """Weeks begin on Monday; 1 March 2026 was a Sunday."""
    done = run(varied, "--by", "week", "--question", "a1", *PACE)
    assert "hurts an answer" in run(varied, "--by", "week", "--metric", "pause_longest_s").out
    assert [line.split() for line in done.out.splitlines()[2:5]] == [
        ["Mon", "23", "Feb", "26", "1", "180", "180"],
        ["Mon", "02", "Mar", "26", "7", "176", "178"],
        ["Mon", "09", "Mar", "26", "6", "170", "176"],
    ]
    assert "too early to tell: 3 weeks" in done.out
    assert "Each number is the median of a week: 1 to 7 answers." in done.err
    content = json.loads(run(varied, "--by", "day", "--json", *PACE).out)
    assert content["by"] == "day"
    assert [point["answers"] for point in content["trends"][0]["points"]] == [2] * 14
    assert content["trends"][0]["latest"]["value"] == (167.0 + 100.0) / 2


def test_corrected_answers_count_as_corrected_and_other_measurings_not(tmp_path: Path, run: Run) -> None:
    """A struck filler is no filler in the trend; a number measured another way is left out, and that is said."""
    with Journal.open(tmp_path) as journal:
        last = fill(journal, [report()] * 2)
        journal.correct(last, [(FILLERS[0], "struck")])
        with journal.writing() as db:
            db.execute("INSERT INTO series (id, name, language, version) VALUES (999, 'fillers_per_minute', 'en', 77)")
            db.execute("INSERT INTO measures VALUES (999, 0, 1, 50.0)")
    done = run(tmp_path, "--metric", "fillers_per_minute", "--json")
    (trend,) = json.loads(done.out)["trends"]
    heard, corrected = [point["value"] for point in trend["points"]]
    assert corrected == pytest.approx(heard * 3 / 4, abs=0.01)
    assert trend["other_versions"] == 1
    assert "1 answer was measured in another way and is left out." in done.err


def test_two_languages_are_two_tables(tmp_path: Path, run: Run) -> None:
    """Chinese characters and English words a minute never share one."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=140.0)])
        fill(journal, [report(rate=222.0, language="zh")])
    english, chinese = run(tmp_path).out.split("Chinese\n")
    assert english.startswith("English\n")
    assert "speech rate, wpm" in english
    assert "222" not in english
    assert "speech rate, cpm" in chinese
    assert "wpm" not in chinese


def test_json_has_every_point_of_one_measure(practised: Path, run: Run) -> None:
    """The schema's name, target and baseline, what can be said, and all points when one measure is asked for."""
    content = json.loads(run(practised, *PACE, "--json").out)
    assert content["schema"] == "voicerehearsal.trends/1"
    (trend,) = content["trends"]
    assert [point["value"] for point in trend["points"]] == RATES
    assert (trend["count"], trend["median"], trend["too_early"], trend["language"]) == (7, 150.0, False, "en")
    assert (trend["target"]["low"], trend["target"]["high"]) == (130.0, 160.0)
    assert trend["target"]["source"]
    assert trend["latest"]["question"] == {"pack": "classic-questions", "id": "a1"}
    assert trend["baseline"] == {"median": 160.0, "spread": pytest.approx(11 * 1.4826), "count": 7}
    assert (trend["change"]["verdict"], trend["change"]["count"], trend["place"]["count"]) == ("too_early", 7, 6)
    assert {"slope", "low", "high", "p", "method"} <= set(trend["change"])


def test_json_of_an_empty_home(tmp_path: Path, run: Run) -> None:
    """A program gets an empty list, and no folder is made; a person gets a sentence."""
    assert json.loads(run(tmp_path / "none", "--json").out)["trends"] == []
    assert "Nothing has been measured yet. `voicerehearsal practice` asks" in run(tmp_path / "none").err
    assert not (tmp_path / "none").exists()


def test_an_unknown_measure_is_wrong_usage(practised: Path) -> None:
    """Exit code 2, a hint, and the list of names in one line."""
    result = running.run(practised, "trends", "--metric", "word_per_minute")
    assert result.returncode == 2
    assert "Did you mean words_per_minute?" in result.stderr


def test_a_picture_has_dots_line_and_band(practised: Path, tmp_path: Path, run: Run) -> None:
    """The PNG holds each of its three colours; the SVG is XML and names its measures as text."""
    from matplotlib.image import imread

    png, svg = tmp_path / "trend.png", tmp_path / "trend.svg"
    assert run(practised, *PACE, "--plot", str(png)).code == 0
    picture = np.round(np.asarray(imread(png))[..., :3] * 255).astype(int)
    assert picture.shape[1] == 1350
    for colour, least in (((0xD5, 0x5E, 0x00), 300), ((0xD9, 0xF0, 0xEA), 20_000), ((0x40, 0x95, 0xC5), 100)):
        assert np.count_nonzero((abs(picture - colour) <= 3).all(axis=-1)) > least
    assert run(practised, "--plot", str(svg), "--dark").code == 0
    text = "".join(ElementTree.fromstring(svg.read_bytes()).itertext())
    titles = ("Speech rate", "Response latency", "Pauses", "Talking points made", "usual for you", "usual 160 ± 16")
    assert all(title in text for title in titles)
    assert b"#16191d" in svg.read_bytes().lower()


@pytest.mark.filterwarnings("error:Glyph")
def test_small_panels_are_named_in_letters_that_can_be_drawn(tmp_path: Path, run: Run) -> None:
    """One panel a question, and no box for a letter that no font has."""
    with Journal.open(tmp_path) as journal:
        asked = [QuestionRef("classic-questions-zh", id_) for id_ in ("c1", "c1", "c2")]
        fill(journal, [report(rate=222.0, language="zh", question=question) for question in asked])
    svg = tmp_path / "trend.svg"
    assert run(tmp_path, "--metric", "characters_per_minute", "--per-question", "--plot", str(svg)).code == 0
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(svg.read_bytes()).findall(".//{*}text")]
    assert [text.split()[0] for text in texts if text.startswith("c")] == ["c1", "c2", "characters/min"]
    assert all(drawable(text) for text in texts)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--plot", "trend.jpg"], 2),
        ([*PACE, "--plot", "none/trend.png"], 1),
        (["--dark"], 2),
        (["--per-question", "--plot", "trend.png"], 2),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_one_sentence(
    practised: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    """An unknown kind and an option without what it goes with are wrong usage; a folder that is not there fails."""
    monkeypatch.chdir(practised)
    before = sorted(practised.iterdir())
    done = run(practised, *arguments)
    assert done.code == code
    assert done.err.count("\n") == 1
    assert [file for file in sorted(practised.iterdir()) if file.suffix != ".db-shm"] == before


def test_there_is_no_picture_of_nothing(tmp_path: Path, run: Run) -> None:
    """An empty journal is a failure with a way out, and no file."""
    done = run(tmp_path, "--plot", str(tmp_path / "trend.png"))
    assert done.code == 1
    assert "nothing to draw yet" in done.err
    assert list(tmp_path.iterdir()) == []
