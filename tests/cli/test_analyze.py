"""`analyze` on real sound files of every kind, and on files that are none."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from tests.conftest import Say
from tests.journal.tapes import ASKED, STARTED, tape
from tests.journal.test_store import trends_of
from tests.program import one_sentence, report, run, run_apart
from voicerehearsal import wiring
from voicerehearsal.engines import model_store
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.store import Journal
from voicerehearsal.values import Sound
from voicerehearsal.wiring import hearing

TEXT = "I would smile before I pick up. Then I apologise, and I listen to the details and take notes."
ANSWER = {"smile", "apologise", "listen"}


@pytest.fixture(scope="module")
def spoken(say: Say) -> Sound:
    """An answer with half a second of silence before it."""
    sound = say(TEXT)
    return Sound(np.concatenate([np.zeros(sound.sample_rate_hz // 2, np.int16), sound.samples]), sound.sample_rate_hz)


@pytest.fixture
def answer(spoken: Sound, tmp_path: Path) -> Path:
    """The same as a WAV file whose name has spaces and other letters."""
    path = tmp_path / "meine Antwort ü 回答.wav"
    soundfile.write(path, spoken.samples, spoken.sample_rate_hz)
    return path


def test_a_report_has_the_shape_of_the_contract(answer: Path, home: Path) -> None:
    """Every section and key is there; sections that cannot be given are null with a reason."""
    found = report(answer, "--pack", "complaint-calls", "--question", "a1")
    assert found["schema"] == "voicerehearsal.report/1"
    assert found["source"] == answer.name
    assert found["question"] == {"pack": "complaint-calls", "id": "a1"}
    assert {p["id"] for p in found["keywords"]["points"] if p["covered"]} >= {"smile", "apologise"}
    assert "listen" in found["transcript"]["text"]
    assert found["pace"]["unit"] == "wpm"
    assert found["pauses"]["first_sound_s"] == pytest.approx(0.5, abs=0.3)
    assert found["audio"]["channels"] == 1
    assert found["length"]["verdict"] == "short"
    assert found["fillers"].keys() >= {"events", "count", "per_minute"}
    assert found["tone"].keys() >= {
        "pitch_median_hz", "pitch_range_st", "pitch_sd_st", "liveliness", "loudness_sd_db",
        "loudness_drift_db_per_minute", "endings", "surges", "steadiness", "verdict",
    }  # fmt: skip
    assert 80 < found["tone"]["pitch_median_hz"] < 300
    assert found["smile"] is None
    assert found["missing"]["smile"] == "not calibrated"
    assert found["pauses"]["response_latency_s"] is None
    assert found["missing"]["pauses.response_latency_s"]
    words = found["transcript"]["words"]
    span_s = found["pauses"]["last_sound_s"] - found["pauses"]["first_sound_s"]
    assert found["pace"]["words_per_minute"] == pytest.approx(60 * len(words) / span_s, rel=1e-3)


def test_measuring_nothing_is_saved_and_nothing_is_made(answer: Path, home: Path) -> None:
    """Without --save the data folder is not even created."""
    report(answer)
    assert not home.exists()


@pytest.mark.parametrize(
    ("name", "rate_hz", "channels", "subtype"),
    [
        ("telephone.wav", 8_000, 1, "PCM_16"),
        ("studio.wav", 96_000, 1, "PCM_24"),
        ("stereo.flac", 44_100, 2, "PCM_16"),
        ("float.wav", 48_000, 1, "FLOAT"),
        ("surround.wav", 16_000, 6, "PCM_32"),
        ("small.ogg", 22_050, 1, "VORBIS"),
        ("small.mp3", 44_100, 2, "MPEG_LAYER_III"),
        ("old.wav", 11_025, 1, "PCM_U8"),
    ],
)
def test_any_rate_any_channels_any_kind(
    spoken: Sound, tmp_path: Path, name: str, rate_hz: int, channels: int, subtype: str
) -> None:
    """The same answer in eight formats: the points are heard, and rate and channels are the file's own."""
    samples = soxr.resample(spoken.samples / 32768, spoken.sample_rate_hz, rate_hz)
    soundfile.write(tmp_path / name, np.repeat(samples[:, None], channels, axis=1), rate_hz, subtype=subtype)
    found = report(tmp_path / name, "--pack", "complaint-calls", "--question", "a1")
    assert found["audio"]["sample_rate_hz"] == rate_hz
    assert found["audio"]["channels"] == channels
    assert found["audio"]["duration_s"] == pytest.approx(spoken.duration_s, abs=0.06)
    assert found["keywords"]["coverage"] >= 2 / 8


@pytest.mark.parametrize("other", ["dead", "inverted"])
def test_a_channel_that_would_spoil_the_mix_is_left_out(spoken: Sound, tmp_path: Path, other: str) -> None:
    """A dead second channel costs no level; one with reversed polarity does not cancel the voice."""
    second = np.zeros_like(spoken.samples) if other == "dead" else -spoken.samples
    mono, stereo = tmp_path / "mono.wav", tmp_path / "stereo.wav"
    soundfile.write(mono, spoken.samples, spoken.sample_rate_hz)
    soundfile.write(stereo, np.stack([spoken.samples, second], axis=1), spoken.sample_rate_hz)
    alone, found = report(mono), report(stereo)
    assert found["transcript"] == alone["transcript"]
    assert found["audio"]["level_dbfs"] == pytest.approx(alone["audio"]["level_dbfs"], abs=0.01)


def test_the_same_file_gives_the_same_report_byte_for_byte(answer: Path) -> None:
    """Two processes, and one of four at a time, print the same line."""
    first = run_apart("analyze", answer, "--json").stdout
    together = run("analyze", answer, answer, answer, answer, "--jsonl", "--jobs", "4").stdout
    assert together.splitlines() == [first.strip()] * 4


def test_jsonl_keeps_the_order_and_names_what_failed(answer: Path, tmp_path: Path) -> None:
    """A line a file in the order given; a failed one has source and error; exit code 1 when done."""
    text = tmp_path / "notes.wav"
    text.write_text("This is not sound.\n" * 100)
    done = run("analyze", text, answer, tmp_path / "missing.wav", "--jsonl", "--jobs", "2")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["source"] for line in lines] == ["notes.wav", answer.name, "missing.wav"]
    assert set(lines[0]) == set(lines[2]) == {"source", "error"}
    assert "not a sound file" in lines[0]["error"]
    assert "There is no file" in lines[2]["error"]
    assert lines[1]["schema"] == "voicerehearsal.report/1"


@pytest.mark.parametrize("form", ["--jsonl", "--no-jsonl"])
@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_odd_names_stop_nothing(tmp_path: Path, form: str) -> None:
    """Names that are not UTF-8, of a good file and of none, and one too long for any file: the rest is measured."""
    silence = np.zeros(16_000, np.int16)
    good = _written(tmp_path / "good.wav", silence)
    odd = tmp_path / os.fsdecode(b"caf\xe9.wav")
    odd.write_bytes(good.read_bytes())
    files = [odd, tmp_path / os.fsdecode(b"none\xff.wav"), tmp_path / ("x" * 300), good]
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    done = run_apart("analyze", *files, *([form] if form == "--jsonl" else []), environment=strict)
    assert done.returncode == 1
    assert "unexpected" not in done.stderr
    if form == "--jsonl":
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert [line["source"] for line in lines] == ["caf\ufffd.wav", "none\ufffd.wav", "x" * 300, "good.wav"]
        assert ["error" in line for line in lines] == [False, True, True, False]
        assert "none\ufffd.wav" in lines[1]["error"]
    else:
        assert done.stdout.index("caf\ufffd.wav") < done.stdout.index("good.wav")
        assert done.stderr.count("x" * 300) == 1


def test_a_folder_is_read_in_name_order(spoken: Sound, tmp_path: Path) -> None:
    """Sound files of a folder and its sub-folders, other files left out; names as below the folder."""
    (tmp_path / "b").mkdir()
    for name in ("c.wav", "a.flac", "b/1.wav"):
        soundfile.write(tmp_path / name, spoken.samples[:24_000], spoken.sample_rate_hz)
    (tmp_path / "readme.txt").write_text("hello")
    done = run("analyze", tmp_path, "--jsonl")
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["a.flac", "b/1.wav", "c.wav"]


def _written(path: Path, samples: np.ndarray, rate_hz: int = 16_000) -> Path:
    soundfile.write(path, samples, rate_hz)
    return path


def test_nothing_said_is_a_report_with_a_reason(tmp_path: Path) -> None:
    """Silence of zeros, a quiet room, and a fifth of a second of speech are reports, exit 0, each with its reason."""
    zeros = report(_written(tmp_path / "zeros.wav", np.zeros(32_000, np.int16)))
    assert zeros["pauses"] is None
    assert "only zeros" in zeros["missing"]["pauses"]
    assert zeros["audio"]["warnings"]
    room = np.random.default_rng(1).standard_normal(48_000) * 12
    quiet = report(_written(tmp_path / "room.wav", room.astype(np.int16)))
    assert quiet["transcript"] is None
    assert "no speech" in quiet["missing"]["transcript"]
    assert quiet["remarks"] == []


def test_an_answer_of_a_fifth_of_a_second(say: Say, tmp_path: Path) -> None:
    """0.2 s of voice is measured without a fuss: no pace is claimed to be good or bad by chance of a division."""
    sound = say("Yes.")
    middle = len(sound.samples) // 2
    tenth = sound.sample_rate_hz // 10
    found = report(
        _written(tmp_path / "short.wav", sound.samples[middle - tenth : middle + tenth], sound.sample_rate_hz)
    )
    assert found["audio"]["duration_s"] == pytest.approx(0.2, abs=0.001)
    assert found["remarks"] == []


def test_a_file_cut_in_the_middle_is_measured_as_far_as_it_goes(answer: Path, tmp_path: Path) -> None:
    """A truncated WAV and a truncated FLAC give a report with a warning, not an error."""
    samples, rate_hz = soundfile.read(answer)
    soundfile.write(tmp_path / "whole.flac", samples, rate_hz)
    for whole in (answer, tmp_path / "whole.flac"):
        cut = tmp_path / f"cut{whole.suffix}"
        cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
        found = report(cut)
        assert found["transcript"]["text"].startswith("i would smile")
        assert any("ends before its header" in warning for warning in found["audio"]["warnings"]), whole.suffix


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"RIFF", "not a sound file"), (b"I am a text.\n" * 50, "not a sound file")],
)
def test_what_is_no_sound_file_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    """Empty, cut off in the header, or text with a sound file's name: one sentence, exit 1, nothing on stdout."""
    path = tmp_path / "odd.wav"
    path.write_bytes(content)
    done = run("analyze", path, "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert said in one_sentence(done.stderr)
    assert "odd.wav" in done.stderr


def test_a_file_without_samples_is_an_error(tmp_path: Path) -> None:
    """A valid header and no sound is a failure by the contract."""
    done = run("analyze", _written(tmp_path / "header.wav", np.zeros(0, np.int16)), "--json")
    assert done.returncode == 1
    assert "0 samples" in one_sentence(done.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--question", "a1"], "belong together"),
        (["--pack", "complaint-calls", "--question", "z9"], "no question"),
        (["--pack", "complaint", "--question", "a1"], "complaint-calls"),
        (["--language", "klingon"], "klingon"),
        (["--profile", "me"], "no calibration"),
        (["--json", "--jsonl"], "exclude each other"),
    ],
)
def test_wrong_usage_is_one_sentence_and_code_2(answer: Path, arguments: list[str], said: str) -> None:
    """An option that makes no sense says so, with what there is."""
    done = run("analyze", answer, *arguments)
    assert done.returncode == 2
    assert said in one_sentence(done.stderr)


def test_chinese_without_its_model_is_measured_by_sound(answer: Path, home: Path) -> None:
    """No Chinese model: syllables, pauses and latency are there, words are not, and the report says how to get it."""
    found = report(answer, "--language", "zh")
    if found["transcript"] is not None:
        pytest.skip("the Chinese model is installed here")
    assert "models install zh" in found["missing"]["transcript"]
    assert found["pace"]["unit"] == "cpm"
    assert found["pace"]["characters_per_minute"] is None
    assert found["pace"]["syllables_per_second"] > 2


def _saved() -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = json.loads(run("history", "--json", "--all").stdout)["answers"]
    return answers


def test_save_keeps_a_copy_and_saving_again_renews_it(answer: Path, home: Path) -> None:
    """--save copies the file byte for byte; saving that copy, the file, or any other copy again adds no answer."""
    assert run("analyze", answer, "--save").returncode == 0
    kept = list((home / "recordings").iterdir())
    assert [path.read_bytes() for path in kept] == [answer.read_bytes()]
    elsewhere = answer.with_name("elsewhere.wav")
    shutil.copyfile(answer, elsewhere)
    done = run("analyze", kept[0], answer, elsewhere, "--language", "zh", "--save")
    assert done.returncode == 0
    assert done.stderr.count("is kept as answer 1.") == 3
    assert list((home / "recordings").iterdir()) == kept
    (listed,) = _saved()
    assert listed["kind"] == "imported"
    assert listed["rate_unit"] == "cpm"


@pytest.mark.parametrize("kind", ["practice", "demonstration"])
def test_a_rehearsals_recording_keeps_its_kind_and_time(spoken: Sound, tmp_path: Path, home: Path, kind: Kind) -> None:
    """What a recording says of itself goes before the date of its file: a demonstration never becomes practice."""
    made = tape(tmp_path / "elsewhere", kind=kind, rate_hz=spoken.sample_rate_hz)
    made.write(spoken.samples)
    recording = made.finish(ASKED)
    assert run("analyze", recording, "--save").returncode == 0
    (listed,) = _saved()
    assert (listed["kind"], datetime.fromisoformat(listed["started_at"])) == (kind, STARTED)
    with Journal.open(home, read_only=True) as journal:
        assert bool(trends_of(journal)) == (kind == "practice")


def test_known_talking_points_are_not_forgotten(answer: Path, tmp_path: Path, home: Path) -> None:
    """A new report without talking points does not take the place of one with; it is said how to get them."""
    pack = tmp_path / "own.toml"
    pack.write_text(
        '[pack]\nid = "own"\ntitle = "Own"\nlanguage = "en"\n[[question]]\nid = "q1"\ntext = "What?"\n'
        '[[question.point]]\nid = "smile"\nlabel = "Smile"\nphrases = ["smile"]\n'
    )
    assert run("analyze", answer, "--save", "--pack", pack, "--question", "q1").returncode == 0
    done = run("analyze", answer, "--save", "--jsonl")
    assert done.returncode == 1
    assert json.loads(done.stdout)["keywords"] is None
    assert "keeps its stored report" in one_sentence(done.stderr)
    assert "--pack ID|FILE --question q1" in done.stderr
    (listed,) = _saved()
    assert (listed["coverage"], listed["question"]) == (1.0, {"pack": "own", "id": "q1"})
    assert run("analyze", answer, "--save", "--pack", pack, "--question", "q1").returncode == 0


def test_a_damaged_model_costs_the_words_and_is_named(
    answer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a file of the model cut short the rest is measured, and the reason names the file."""
    whole = wiring.verified_model("en")
    shutil.copytree(whole, tmp_path / "models" / whole.name)
    (tmp_path / "models" / whole.name / "conf" / "model.conf").write_text("--min-active=200\n")
    monkeypatch.setattr(model_store, "model_places", lambda: (tmp_path / "models",))
    hearing.load.cache_clear()
    try:
        found = wiring.measure_file(answer, name="answer.wav", language="en", asked=None)
    finally:
        hearing.load.cache_clear()
    assert found.transcript is None
    assert "model.conf" in found.missing["transcript"]
    assert found.pauses is not None
