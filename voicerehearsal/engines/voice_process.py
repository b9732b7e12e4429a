"""The parent's end of the voice worker: starts it, waits with a limit, and never leaves it behind."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator
from typing import IO

from voicerehearsal.engines.voice_worker import Job

_GOODBYE_S = 2.0
"""How long a process that has closed its output may take to be gone."""


class WorkerFailed(Exception):  # noqa: N818 - reads as what happened
    """The worker as a whole failed; the message is a clause that says how."""


def speak_to_files(job: Job, *, time_limit_s: float) -> Generator[str | None, None, None]:
    """Have a worker do `job`; yields for each utterance, in order, None when it was made or why it was not.

    The worker is gone, and its memory with it, when the iteration ends, however it ends.

    Args:
        job: What to say.
        time_limit_s: How long one utterance may take; the first one includes the start of the worker.

    Raises:
        WorkerFailed: The voice cannot be had, took too long, or stopped in the middle.
    """
    with tempfile.TemporaryFile() as complaints:
        # -P: a file called wave.py in the folder one happens to be in must not be imported.
        command = [sys.executable, "-P", "-m", "voicerehearsal.engines.voice_worker"]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints)
        try:
            answers = _answers(worker)
            _hand_over(worker, job)
            for _ in job.utterances:
                try:
                    line = answers.get(timeout=time_limit_s)
                except queue.Empty:
                    raise WorkerFailed(f"it took longer than {time_limit_s:g} s over one sentence") from None
                if line is None:
                    raise WorkerFailed(_last_words(worker, complaints))
                answer = json.loads(line)
                if "broken" in answer:
                    raise WorkerFailed(answer["broken"])
                yield answer.get("why")
        finally:
            _end(worker)


def _answers(worker: subprocess.Popen[bytes]) -> queue.Queue[bytes | None]:
    """The worker's lines as they come, None after the last; a pipe cannot be waited on with a limit everywhere."""
    lines: queue.Queue[bytes | None] = queue.Queue()
    output = worker.stdout
    assert output is not None

    def pump() -> None:
        with output:
            for line in output:
                lines.put(line)
        lines.put(None)

    threading.Thread(target=pump, daemon=True).start()
    return lines


def _hand_over(worker: subprocess.Popen[bytes], job: Job) -> None:
    """Write the job from a thread: a stuck worker does not read, and a long job does not fit the pipe.

    Standard input stays open: its end tells the worker that nobody waits any more.
    """
    entry = worker.stdin
    assert entry is not None

    def push() -> None:
        with contextlib.suppress(OSError):  # it died before reading; the answers say so
            entry.write(job.to_line())
            entry.flush()

    threading.Thread(target=push, daemon=True).start()


def _last_words(worker: subprocess.Popen[bytes], complaints: IO[bytes]) -> str:
    """How the worker ended, with the last line it wrote to standard error."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        worker.wait(_GOODBYE_S)
    code = worker.returncode
    how = f"was stopped by signal {-code}" if code is not None and code < 0 else f"ended early with code {code}"
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
    return f"its process {how}" + (f" ({lines[-1].strip()})" if lines else "")


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Make sure that the worker is gone; after its last answer it has nothing left to do."""
    worker.kill()
    worker.wait()
    assert worker.stdin is not None
    with contextlib.suppress(OSError):
        worker.stdin.close()
