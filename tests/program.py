"""The program as a person starts it: in this process, which is quicker, or as one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from voicerehearsal.cli import main

PROGRAM = str(Path(sys.executable).with_name("voicerehearsal"))


def start(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start it as a process of its own, without a terminal."""
    return subprocess.Popen(
        [PROGRAM, *map(str, arguments)],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_apart(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run it to its end as a process of its own, two minutes at most: what it does to a process is seen only there."""
    process = start(*arguments, environment=environment)
    try:
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    return subprocess.CompletedProcess([*map(str, arguments)], process.returncode, out, err)


def run(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run it to its end in this process, both outputs piped: models that are loaded stay so for the next run."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=how) for how in ("strict", "backslashreplace"))
    ended: str | int | None = 0
    with Path(os.devnull).open() as nothing, pytest.MonkeyPatch.context() as patch:
        for name, value in (environment or {}).items():
            patch.setenv(name, value)
        for name, value in (("stdin", nothing), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, value)
        patch.setattr(sys, "argv", [PROGRAM, *map(str, arguments)])
        time.tzset()
        try:
            main()
        except SystemExit as end:
            ended = end.code
    time.tzset()
    printed, said = (_written(stream) for stream in (out, err))
    return subprocess.CompletedProcess([*map(str, arguments)], int(ended or 0), printed, said)


def report(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What `analyze … --json` prints."""
    done = run("analyze", *arguments, "--json", environment=environment)
    assert done.returncode == 0, done.stderr
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed


def one_sentence(text: str) -> str:
    """An error as a person meets it: the text, after checking that it is short and no traceback."""
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) <= 2, text
    return text.strip()


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
