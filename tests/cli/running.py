"""The program as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the command with the data folder `home`, both outputs piped and read as UTF-8."""
    return subprocess.run(
        [sys.executable, "-c", "from voicerehearsal.cli import main; main()", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"VOICEREHEARSAL_HOME": str(home), "TZ": "UTC"} | environment,
        timeout=60,
        check=False,
    )
