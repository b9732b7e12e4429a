"""The command line with a data folder of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests import program


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the data folder `home`, both outputs piped; apart where its streams are to be others."""
    runner = program.run_apart if "PYTHONIOENCODING" in environment else program.run
    return runner(*arguments, environment={"VOICEREHEARSAL_HOME": str(home), "TZ": "UTC", **environment})
