"""Packing a raw recording."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicerehearsal.engines.flac import encode_flac, length_and_rate, read_comment
from voicerehearsal.errors import SoundFileError


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Five seconds of noise at full scale."""
    path = tmp_path / "raw.au"
    soundfile.write(path, np.random.default_rng(3).integers(-32768, 32767, 80_000).astype(np.int16), 16_000)
    return path


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_packing_loses_nothing_at_any_rate(tmp_path: Path, rate_hz: int) -> None:
    """Samples, rate and comment come back as they went in, full scale included."""
    samples = np.random.default_rng(1).integers(-32768, 32768, 70_000).astype(np.int16)
    soundfile.write(tmp_path / "raw.au", samples, rate_hz)
    packed = tmp_path / "ünï 练习.flac"
    encode_flac(tmp_path / "raw.au", packed, comment='{"what": "字 é"}')
    back, rate = soundfile.read(packed, dtype="int16")
    assert np.array_equal(back, samples)
    assert rate == rate_hz
    assert read_comment(packed) == '{"what": "字 é"}'
    assert length_and_rate(packed) == (70_000 / rate_hz, rate_hz)
    assert soundfile.info(packed).subtype == "PCM_16"


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_name_that_is_not_utf8_is_packed_and_read(raw: Path) -> None:
    """Where names are bytes, any of them will do."""
    packed = raw.with_name(os.fsdecode(b"caf\xe9.flac"))
    encode_flac(raw, packed, comment="said")
    assert read_comment(packed) == "said"
    assert length_and_rate(packed) == (5.0, 16_000)


def test_packing_takes_the_place_of_a_half_finished_one(raw: Path) -> None:
    """What a killed packing left beside is overwritten, and gone afterwards."""
    packed = raw.with_suffix(".flac")
    packed.with_name("raw.flac.part").write_bytes(b"half")
    encode_flac(raw, packed, comment="")
    assert sorted(path.name for path in raw.parent.iterdir()) == ["raw.au", "raw.flac"]
    assert stat.S_ISREG(packed.stat().st_mode)


@pytest.mark.parametrize("target", ["no-folder/x.flac", "raw.au/x.flac"])
def test_a_place_that_cannot_be_written_is_one_sentence(raw: Path, target: str) -> None:
    """The error names the source, which is as it was."""
    before = raw.read_bytes()
    with pytest.raises(SoundFileError, match=r"raw\.au cannot be packed"):
        encode_flac(raw, raw.parent / target, comment="")
    assert raw.read_bytes() == before


def test_a_recording_without_sound_is_refused(tmp_path: Path) -> None:
    """A FLAC file of no samples cannot be read again, so none is made."""
    soundfile.write(tmp_path / "raw.au", np.zeros(0, np.int16), 16_000)
    with pytest.raises(SoundFileError, match="holds no sound"):
        encode_flac(tmp_path / "raw.au", tmp_path / "x.flac", comment="")
    assert not (tmp_path / "x.flac").exists()


def test_what_is_no_sound_file_has_no_comment_and_no_length(tmp_path: Path) -> None:
    """A text in disguise reads as nothing said; its length is an error."""
    (tmp_path / "x.flac").write_text("hello")
    assert read_comment(tmp_path / "x.flac") == ""
    assert read_comment(tmp_path / "none.flac") == ""
    with pytest.raises(SoundFileError, match="cannot be read"):
        length_and_rate(tmp_path / "x.flac")
