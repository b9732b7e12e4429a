"""A virtual sound card: a private PulseAudio with one speaker and one microphone made of null sinks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

NEEDED = ("pulseaudio", "pactl", "paplay", "parec")


def available() -> bool:
    """Whether the programs the card needs are installed."""
    return all(shutil.which(program) for program in NEEDED)


class VirtualCard:
    """The card; programs use it when started with `environment`.

    What is played into `vmic_in` comes out of the microphone `vmic`; the speaker is `vspeaker`.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="card"))
        self._folder.chmod(0o700)
        self.environment: Mapping[str, str] = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(self._folder),
            "PULSE_RUNTIME_PATH": str(self._folder / "pulse"),
            "PULSE_SERVER": f"unix:{self._folder}/pulse/native",
        }
        self._start()
        self.control("load-module", "module-null-sink", "sink_name=vspeaker", "rate=48000")
        self.control("load-module", "module-null-sink", "sink_name=vmic_in", "rate=48000", "channels=1")
        self.plug_in()
        self.control("set-default-sink", "vspeaker")

    def control(self, *arguments: str) -> str:
        """Run pactl and return what it printed."""
        done = subprocess.run(["pactl", *arguments], env=self.environment, capture_output=True, text=True, timeout=10)
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def plug_in(self) -> None:
        """Give the card its microphone."""
        self._microphone = self.control(
            "load-module", "module-remap-source", "source_name=vmic", "master=vmic_in.monitor"
        )
        self.control("set-default-source", "vmic")

    def unplug(self) -> None:
        """Take the microphone away."""
        self.control("unload-module", self._microphone)

    def speak(self, path: Path) -> subprocess.Popen[bytes]:
        """Play a sound file into the microphone and return at once."""
        return subprocess.Popen(["paplay", "--device=vmic_in", str(path)], env=self.environment)

    def hear(self, path: Path) -> subprocess.Popen[bytes]:
        """Record what the speaker plays into a WAV file until the process is terminated."""
        command = ["parec", "--device=vspeaker.monitor", "--file-format=wav", "--rate=16000", "--channels=1", str(path)]
        return subprocess.Popen(command, env=self.environment)

    def close(self) -> None:
        """Stop the sound server."""
        subprocess.run(["pulseaudio", "--kill"], env=self.environment, capture_output=True, timeout=10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        (self._folder / "pulse").mkdir(mode=0o700)
        command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "--disallow-exit=no"]
        command += ["-L", f"module-native-protocol-unix socket={self._folder}/pulse/native"]
        command += ["-L", "module-always-sink"]
        log = (self._folder / "log").open("w")
        subprocess.Popen(command, env={**self.environment, "PULSE_SERVER": ""}, stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            probe = subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, timeout=10)
            if probe.returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"PulseAudio did not start: {(self._folder / 'log').read_text()}")
