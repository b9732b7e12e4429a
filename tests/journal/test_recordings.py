"""Sound reaches the disk first and stays there, whatever dies."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.tapes import ANSWERED, ASKED, RATE_HZ, STARTED, heard, sound, tape
from voicerehearsal.coaching.judgement import PERSONAL
from voicerehearsal.engines.flac import read_comment
from voicerehearsal.errors import JournalError
from voicerehearsal.journal import au
from voicerehearsal.journal.recordings import Context, Tape, context_from_text, context_to_text, copy_in, read_context
from voicerehearsal.values import Circumstances, Samples, Span, Usual


def test_a_finished_tape_is_flac_with_the_same_samples(tmp_path: Path) -> None:
    """Nothing is lost on the way into FLAC, and nothing else stays in the folder."""
    recording = tape(tmp_path / "recordings")
    pieces = [sound(0.02 * n, seed=n) for n in range(1, 20)]
    for piece in pieces:
        recording.write(piece)
    path = recording.finish(ANSWERED)
    assert path.name == recording.name == "20260301-093015-a1.flac"
    assert np.array_equal(heard(path), np.concatenate(pieces))
    assert soundfile.info(path).samplerate == RATE_HZ
    assert list(path.parent.iterdir()) == [path]


def test_every_write_is_with_the_system_at_once(tmp_path: Path) -> None:
    """Another program reads each sample as soon as the write has returned."""
    recording = tape(tmp_path)
    said = sound(0.3)
    for at in range(0, len(said), 160):
        recording.write(said[at : at + 160])
        assert np.array_equal(heard(recording.path), said[: at + 160])
    recording.discard()


def test_what_the_sound_cannot_tell_is_stored_inside(tmp_path: Path) -> None:
    """A raw tape knows what was asked; the finished one knows everything, down to the microsecond."""
    recording = tape(tmp_path)
    recording.write(sound(0.1))
    assert read_context(recording.path, read_comment=read_comment) == Context("practice", STARTED, ASKED)
    path = recording.finish(ANSWERED)
    assert read_context(path, read_comment=read_comment) == Context("practice", STARTED, ANSWERED)


@settings(deadline=None, max_examples=20)
@given(
    mutes=st.lists(st.builds(Span, st.floats(0, 1e4), st.floats(0, 1e4)), max_size=40),
    end=st.none() | st.floats(-60, 60),
    shift=st.integers(0, 10**15),
)
def test_circumstances_survive_in_the_tag(tmp_path_factory, mutes, end, shift) -> None:
    """Whatever was noted comes back equal from the FLAC file."""
    when = STARTED + timedelta(microseconds=shift)
    recording = tape(tmp_path_factory.mktemp("tag"), started_at=when)
    recording.write(sound(0.01))
    noted = Circumstances(question_end_s=end, mutes=tuple(mutes))
    path = recording.finish(noted)
    assert read_context(path, read_comment=read_comment) == Context("practice", when, noted)


def test_a_note_too_long_for_a_raw_header_still_reaches_the_flac(tmp_path: Path) -> None:
    """Hundreds of mutes do not fit in the raw header and do not break it."""
    recording = tape(tmp_path)
    recording.write(sound(0.1))
    noted = Circumstances(mutes=tuple(Span(n, n + 0.5) for n in range(500)))
    assert not au.fits(str(noted))
    context = read_context(recording.finish(noted), read_comment=read_comment)
    assert context is not None
    assert context.circumstances == noted


def test_everything_usual_and_fifty_mutes_fit_in_a_raw_header() -> None:
    """A rehearsal that dies keeps all that it knew, whatever the numbers."""
    noted = replace(
        ANSWERED,
        mutes=tuple(Span(1000.1234567891234 + n, 1000.6234567891234 + n) for n in range(50)),
        usual={name: Usual(-123.45678901234567, 123.45678901234567, 30) for name in PERSONAL},
    )
    assert au.fits(context_to_text(Context("practice", STARTED, noted)))


def test_two_tapes_of_one_second_have_two_names(tmp_path: Path) -> None:
    """A name that is taken, raw or packed, is never taken again."""
    first = tape(tmp_path)
    first.write(sound(0.1, seed=1))
    kept = first.finish(ANSWERED)
    second, third = tape(tmp_path), tape(tmp_path)
    assert len({kept.stem, second.path.stem, third.path.stem}) == 3
    second.discard()
    third.discard()
    assert np.array_equal(heard(kept), sound(0.1, seed=1))


def test_a_discarded_tape_leaves_nothing(tmp_path: Path) -> None:
    """Nothing was said, so nothing is kept."""
    recording = tape(tmp_path)
    recording.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_long_tape_is_packed_without_holding_it_in_memory(tmp_path: Path) -> None:
    """Thirty minutes take less than 30 MB beside what the program needs anyway (the sound alone has 58 MB)."""
    script = f"""
        import resource
        from pathlib import Path
        from tests.journal.tapes import ANSWERED, sound, tape
        recording, minute = tape(Path({str(tmp_path)!r})), sound(60)
        recording.write(minute[:16000])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(30):
            recording.write(minute)
        recording.finish(ANSWERED)
        print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
    """
    grown_mb = float(_run(script).stdout)
    assert grown_mb < 30


def test_a_killed_process_leaves_everything_it_had_written(tmp_path: Path) -> None:
    """SIGKILL in the middle of writing: the raw file is a valid recording of every sample that was written."""
    script = f"""
        import sys
        from pathlib import Path
        from tests.journal.tapes import sound, tape
        recording = tape(Path({str(tmp_path)!r}))
        for n in range(100000):
            recording.write(sound(0.02, seed=n))
            print(n, flush=True)
    """
    with subprocess.Popen(_python(script), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < 40:
            pass
        process.send_signal(signal.SIGKILL)
        written = 41 + len(process.stdout.read().split())
    (left,) = tmp_path.iterdir()
    samples = heard(left)
    expected = np.concatenate([sound(0.02, seed=n) for n in range(written + 1)])
    assert len(samples) >= written * 320
    assert np.array_equal(samples, expected[: len(samples)])
    assert read_context(left, read_comment=read_comment) == Context("practice", STARTED, ASKED)


def test_a_tape_cut_at_any_byte_can_be_read(tmp_path: Path) -> None:
    """Every length of the file after its header, even an odd one, is a recording of the samples before the cut."""
    recording = tape(tmp_path)
    recording.write(sound(0.01))
    whole = recording.path.read_bytes()
    cut = tmp_path / "cut.au"
    for size in range(au.HEADER_BYTES, len(whole) + 1, 7):
        cut.write_bytes(whole[:size])
        assert np.array_equal(heard(cut), sound(0.01)[: (size - au.HEADER_BYTES) // 2])
    recording.discard()


def test_a_file_size_limit_keeps_what_came_before(tmp_path: Path) -> None:
    """Where the system takes no more bytes (EFBIG), the error says how much is safe and where, and it is."""
    limit = au.HEADER_BYTES + 2 * 20_000 + 1  # an odd byte: half a sample more than 1.25 s
    script = f"""
        import resource
        from pathlib import Path
        from tests.journal.tapes import ANSWERED, sound, tape
        from voicerehearsal.errors import JournalError
        recording = tape(Path({str(tmp_path)!r}))
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
        for again in range(2):
            try:
                for _ in range(100):
                    recording.write(sound(0.3))
            except JournalError as error:
                print(error)
        recording.finish(ANSWERED)
    """
    result = _run(script)
    first, second = result.stdout.splitlines()
    (left,) = tmp_path.iterdir()
    assert first == second
    assert os.strerror(errno.EFBIG) in first
    assert "1.2 s of it are safe" in first
    assert str(left.with_suffix(".au")) in first
    assert np.array_equal(heard(left), np.concatenate([sound(0.3)] * 5)[:20_000])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 256 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_keeps_what_came_before(small_disk: Path) -> None:
    """The error comes once the disk is full; what it took is a valid recording, and packing it fails politely."""
    recording = tape(small_disk)
    said = np.concatenate([sound(0.5, seed=n) for n in range(40)])
    with pytest.raises(JournalError, match=r"No space left.* s of it are safe in .*\.au") as caught:
        _write_in_pieces(recording, said)
    samples = heard(recording.path)
    assert f"{len(samples) / RATE_HZ:.1f} s of it" in str(caught.value)
    assert len(samples) > 100_000
    assert np.array_equal(samples, said[: len(samples)])
    with pytest.raises(JournalError, match=r"safe in .*\.au"):
        recording.finish(ANSWERED)
    assert list(small_disk.iterdir()) == [recording.path]
    assert np.array_equal(heard(recording.path), samples)
    assert read_context(recording.path, read_comment=read_comment) == Context("practice", STARTED, ANSWERED)


def test_no_tape_below_a_file(tmp_path: Path) -> None:
    """A folder that cannot be made is one sentence naming it."""
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match=r"No recording can be made in .*file/recordings"):
        tape(tmp_path / "file" / "recordings")


def test_a_text_that_is_no_context_is_none() -> None:
    """Other people's comments are not ours to understand."""
    assert context_from_text("recorded on holiday") is None
    assert context_from_text('{"schema": "voicerehearsal.recording/9"}') is None
    assert context_from_text("") is None


def test_imports_are_copied_byte_for_byte_and_never_over_another(tmp_path: Path) -> None:
    """The same file twice gives two copies, the original stays."""
    original = tmp_path / "Mein Vorstellungsgespräch.WAV"
    soundfile.write(original, sound(0.2), RATE_HZ)
    copies = [copy_in(original, tmp_path / "in", started_at=STARTED) for _ in range(2)]
    assert sorted((tmp_path / "in").iterdir()) == sorted(copies)
    assert [copy.read_bytes() for copy in copies] == [original.read_bytes()] * 2
    assert copies[0].name == "20260301-093015-imported.wav"


def test_an_import_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """A source that cannot be read is one sentence, and no half of a copy."""
    with pytest.raises(JournalError, match="cannot be copied"):
        copy_in(tmp_path / "none.wav", tmp_path / "in", started_at=STARTED)
    assert list((tmp_path / "in").iterdir()) == []


def _write_in_pieces(recording: Tape, said: Samples) -> None:
    for at in range(0, len(said), 500):
        recording.write(said[at : at + 500])


def _python(script: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(script)]


def _run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_python(script), capture_output=True, text=True, check=True)
