"""Does a long history make the program slow? A hundred thousand answers beside ten; `python -m tests.bench scale`."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.many_answers import RARE, build, check_rows, plan
from tests.bench.processes import PROGRAM, Row, run

FEW = 10
MANY = 100_000
ROUNDS = 5
LIMIT_S = 0.3

FAVOURITE = "c1"
"""The question that was asked most: every fourth answer is to it."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("history",),
    ("history", "--search", "the"),
    ("history", "--search", RARE),
    ("history", "--question", FAVOURITE),
    ("history", "--pack", "complaint-calls-zh", "--kind", "drill"),
    ("history", "--tag", "best"),
    ("trends",),
    ("trends", "--metric", "words_per_minute"),
    ("trends", "--question", FAVOURITE),
    ("trends", "--question", FAVOURITE, "--metric", "words_per_minute"),
    ("trends", "--by", "week"),
    ("compare", "3", "4"),
    ("compare", "--question", FAVOURITE),
)
"""What is asked of both journals; some words are said by nearly everybody, one by nearly nobody."""


def rows(folder: Path) -> Iterator[Row]:
    """What is more than with ten answers, in seconds; the journals are made in `folder`, the large one is removed."""
    few, many = folder / "few", folder / "many"
    build(few, plan(FEW))
    started_s = time.perf_counter()
    kept = plan(MANY)
    build(many, kept)
    size_gb = sum(file.stat().st_size for file in many.glob("journal.db*")) / 1e9
    print(
        f"(a journal of {MANY} answers: {size_gb:.2f} GB, {time.perf_counter() - started_s:.0f} s to write)", flush=True
    )
    check_rows(many, kept, folder / "real")
    os.sync()  # the disk is done with it before anything is timed
    for command in COMMANDS:
        more_s = median(_wall_s(command, many) - _wall_s(command, few) for _ in range(ROUNDS))
        yield f"seconds more with {MANY} answers: {' '.join(command)}", more_s, LIMIT_S
    shutil.rmtree(many)


def _wall_s(command: tuple[str, ...], home: Path) -> float:
    return run([PROGRAM, *command], {"VOICEREHEARSAL_HOME": str(home)}).wall_s
