"""The set-up script on a stand-in checkout: the real script, the real `.venv`, and only the programs a test allows."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from voicerehearsal.engines.model_store import find_model, listed_model

CHECKOUT = Path(__file__).parents[1]
ENGLISH = listed_model("en").name


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that is set up, in a folder with spaces and other letters in its name."""
    made = (tmp_path / "mein Übungsheft 练习 (1)").resolve()
    (made / ".setup").mkdir(parents=True)
    (made / "audio_models").mkdir()
    for name in ("rehearse", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, made)
    shutil.copy(CHECKOUT / "pyproject.toml", made / ".setup")
    (made / ".setup/done").write_text(f"{made}\n\n", encoding="utf-8")
    (made / ".venv").symlink_to(sys.prefix)
    (made / "audio_models" / ENGLISH).symlink_to(find_model("en"))
    return made


@pytest.fixture
def few_programs(tmp_path: Path) -> Path:
    """A folder to be the whole PATH: a few of the system's small programs, no Python, no pip, no apt-get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cmp", "mkdir", "flock", "id", "readlink", "rm", "tail"):
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    return folder


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def put_program_that_shows_its_arguments(checkout: Path) -> None:
    """In the place of the real program, for what is the script's own doing."""
    (checkout / ".venv").unlink()
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to("/bin/sh")
    program = checkout / ".venv/bin/voicerehearsal"
    program.write_text('#!/bin/sh\nfor word in "$@"; do echo "<$word>"; done\n')
    program.chmod(0o755)


def with_path(folder: Path) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "REHEARSE_EXTRAS"} | {"PATH": str(folder)}


@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "busybox"])
def test_script_is_sound_for_every_shell(shell: str) -> None:
    """The script parses in every shell there is on this machine."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not on this machine")
    done = run(shell, *(["sh"] if shell == "busybox" else []), "-n", CHECKOUT / "rehearse")
    assert (done.returncode, done.stderr) == (0, "")


def test_script_looks_for_the_listed_model() -> None:
    """The English model's name in the script is that of the list."""
    assert f"english={ENGLISH}\n" in (CHECKOUT / "rehearse").read_text()


def test_everything_there_needs_nothing_else(checkout: Path, few_programs: Path) -> None:
    """With everything in place a start calls no Python but the program's own, no pip and no apt-get, and is silent."""
    done = run(checkout / "rehearse", "--setup-only", env=with_path(few_programs))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_everything_there_costs_little(checkout: Path) -> None:
    """The shell's part of a second start takes some milliseconds (at most 0.1 s even on a busy machine)."""
    times = []
    for _ in range(10):
        begun = time.monotonic()
        run(checkout / "rehearse", "--setup-only")
        times.append(time.monotonic() - begun)
    assert min(times) < 0.1


def test_arguments_go_to_the_program_and_output_is_clean(checkout: Path) -> None:
    """With arguments it is `voicerehearsal` with those arguments: same output, same exit code."""
    listed = run(checkout / "rehearse", "models", "list", "--json")
    assert json.loads(listed.stdout)["schema"] == "voicerehearsal.models/1"
    assert run(checkout / "rehearse", "models", "install", "no such").returncode == 2


def test_without_arguments_it_rehearses(checkout: Path) -> None:
    """Without arguments the program is called with `practice`."""
    put_program_that_shows_its_arguments(checkout)
    assert run(checkout / "rehearse").stdout == "<practice>\n"
    assert run(checkout / "rehearse", "a b", "*").stdout == "<a b>\n<*>\n"


def test_from_anywhere_and_through_links(checkout: Path, tmp_path: Path) -> None:
    """It works from another folder, through a chain of links, and when given to `sh` by name."""
    (tmp_path / "first").symlink_to(checkout / "rehearse")
    (tmp_path / "second").symlink_to("first")
    for command, folder in (
        ([tmp_path / "second"], Path("/")),
        (["sh", "second"], tmp_path),
        (["./rehearse"], checkout),
    ):
        done = run(*command, "--version", cwd=folder)
        assert re.match(r"voicerehearsal \d", done.stdout), done.stderr


@pytest.mark.parametrize("change", ["pyproject", "moved", "cut short", "extras"])
def test_what_is_no_longer_right_is_set_up_again(checkout: Path, few_programs: Path, change: str) -> None:
    """Another pyproject.toml, another place, a set-up cut short, or extras asked for: the set-up begins again."""
    extras = {}
    if change == "pyproject":
        (checkout / "pyproject.toml").write_text("[project]\n")
    elif change == "moved":
        checkout = checkout.rename(checkout.with_name("elsewhere"))
    elif change == "cut short":
        (checkout / ".setup/done").unlink()
        (checkout / ".setup/unfinished").touch()
    else:
        extras = {"REHEARSE_EXTRAS": "dev"}
    done = run(checkout / "rehearse", "--setup-only", env=with_path(few_programs) | extras)
    assert done.returncode == 1
    assert done.stderr == "voicerehearsal needs Python 3.11 or newer: sudo apt-get install python3 python3-venv\n"
    assert done.stdout == ""


def test_python_that_is_too_old_is_one_line(checkout: Path, few_programs: Path) -> None:
    """A Python that is too old is named in the one line."""
    old = few_programs / "python3"
    old.write_text("#!/bin/sh\ncase $1 in --version) echo Python 3.9.2 ;; esac\n")
    old.chmod(0o755)
    (checkout / ".setup/done").unlink()
    done = run(checkout / "rehearse", env=with_path(few_programs))
    assert done.returncode == 1
    assert done.stderr.startswith("voicerehearsal needs Python 3.11 or newer, and this is Python 3.9.2: ")
    assert done.stderr.count("\n") == 1


def test_two_set_ups_wait_for_each_other(checkout: Path, few_programs: Path) -> None:
    """While another set-up holds the lock, this one says that it waits, and goes on when the other is done."""
    if not (few_programs / "flock").exists():
        pytest.skip("flock is not on this machine")
    (checkout / ".setup/done").unlink()
    with (checkout / ".setup/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            [checkout / "rehearse", "--setup-only"], env=with_path(few_programs), stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == "Another set-up is at work here; waiting for it.\n"
        shutil.copy(CHECKOUT / "pyproject.toml", checkout / ".setup")
        (checkout / ".setup/done").write_text(f"{checkout}\n\n", encoding="utf-8")
    assert waiting.communicate(timeout=20) == (None, "")
    assert waiting.returncode == 0


def without_library(tmp_path: Path, library: str) -> list[str]:
    """The words before a command that hide a library of the system from it and take root's rights away.

    Skips where only root could do that and we are not.
    """
    folders = [path.parent for path in Path("/usr/lib").glob(f"*/{library}")]
    hide = 'mount -t tmpfs none "$0" && mkdir "$0/up" "$0/work" && mount -t overlay none '
    hide += '-o "lowerdir=$1,upperdir=$0/up,workdir=$0/work" "$1" && rm "$1/$2" && shift 2 && '
    hide += 'exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"'
    if len(folders) != 1 or not all(map(shutil.which, ("unshare", "setpriv"))):
        pytest.skip("needs Linux with the library in its usual place")
    (tmp_path / "overlay").mkdir()
    words = ["unshare", "-m", "sh", "-c", hide, str(tmp_path / "overlay"), str(folders[0]), library]
    if run(*words, "true").returncode != 0:
        pytest.skip("hiding a library needs root and overlay mounts")
    return words


@pytest.mark.parametrize(
    ("library", "package"), [("libportaudio.so.2", "libportaudio2"), ("libespeak-ng.so.1", "libespeak-ng1")]
)
def test_missing_library_without_rights_is_one_line(
    checkout: Path, tmp_path: Path, few_programs: Path, library: str, package: str
) -> None:
    """Someone without root's rights and without a library gets one line with the exact command."""
    for name in ("apt-get", "sudo"):
        (few_programs / name).symlink_to("/bin/false")
    put_program_that_shows_its_arguments(checkout)  # the real one may lie where only its owner may look
    for folder in checkout.parents:
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o711)
    for folder in (checkout, checkout / ".setup"):
        folder.chmod(0o777)
    words = without_library(tmp_path, library)
    done = run(*words, "env", f"PATH={few_programs}", checkout / "rehearse", stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (1, "")
    expected = f"Missing on this machine: {package}. Run this, then start again: sudo apt-get install -y {package}\n"
    assert done.stderr == expected
