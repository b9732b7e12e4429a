"""The program as a person starts it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("voicerehearsal"))


def start(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start it without a terminal."""
    return subprocess.Popen(
        [PROGRAM, *map(str, arguments)],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run it to its end, two minutes at most."""
    process = start(*arguments, environment=environment)
    try:
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    return subprocess.CompletedProcess([*map(str, arguments)], process.returncode, out, err)


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
