"""CPU time, wall time and peak memory of whole process trees."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAM = str(Path(sys.executable).with_name("voicerehearsal"))
TRANSCRIBER = str(Path(sys.executable).with_name("vosk-transcriber"))

Row = tuple[str, float, float]
"""What is measured, its value, its upper limit."""


@dataclass(frozen=True)
class Cost:
    """What one run of a command cost, children included."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, *, watch_memory: bool = False) -> Cost:
    """Run a command to its end; its output is dropped, a failure is raised."""
    before = os.times()
    started_s = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    peak_mb = _peak_mb(process) if watch_memory else 0.0
    _, error = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {error.decode()}")
    after = os.times()
    cpu_s = after.children_user - before.children_user + after.children_system - before.children_system
    return Cost(time.perf_counter() - started_s, cpu_s, peak_mb)


def _peak_mb(process: subprocess.Popen[bytes]) -> float:
    """The largest sum of resident memory of a process and its descendants, looked at every 5 ms."""
    peak = 0
    root = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        try:
            for member in (root, *root.children(recursive=True)):
                total += member.memory_info().rss
        except psutil.NoSuchProcess:
            pass
        peak = max(peak, total)
        time.sleep(0.005)
    return peak / 1e6
