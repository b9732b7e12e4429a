"""The recordings in the folder that `VOICEREHEARSAL_CORPORA` names: a folder a corpus, each with a manifest.csv."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicerehearsal.measures.pace import FILLED_PAUSES, han_characters

VARIABLE = "VOICEREHEARSAL_CORPORA"

_ESPEAK_VOICE = {"emodb_de": "de", "nemo_pl": "pl"}
_VOWEL = re.compile("[aeiouyæøœɐɑɒɔəɚɛɜɝɪɨᵻʉʊʌʏɵɤɯɞɘ]|\u0329")
_TWO_VOWELS = re.compile("aɪə|aʊə|aɪɚ|aʊɚ")


@dataclass(frozen=True)
class Clip:
    """One recording of a corpus, and what its manifest says."""

    corpus: str
    path: Path
    speaker: str
    transcript: str
    extra: str

    @property
    def language(self) -> str:
        """en, zh, or what the corpus is in."""
        return "zh" if han_characters(self.transcript) else _ESPEAK_VOICE.get(self.corpus, "en")

    @property
    def words(self) -> int:
        """How many words were said, filled pauses not counted; marks of laughter and the like are no words."""
        text = re.sub(r"\[[^\]]*\]|<cutoff-[^>]*>", " ", self.transcript.lower())
        said = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.replace("<hes-", " "))
        return sum(word not in FILLED_PAUSES for word in said)

    @property
    def syllables(self) -> int:
        """How many syllables the transcript has: characters, or the vowels that eSpeak NG would speak."""
        if self.language == "zh":
            return han_characters(self.transcript)
        return _spoken_syllables(self.transcript.lower(), _ESPEAK_VOICE.get(self.corpus, "en-us"))

    @property
    def verbatim(self) -> bool:
        """Whether the transcript is what is on the recording: no cut-off words, laughter or cut-off ends."""
        complete = self.corpus != "emodb_de" or "complete=yes" in self.extra
        return bool(self.transcript) and complete and not re.search(r"[<\[]", self.transcript)


def folder() -> Path | None:
    """Where the corpora are; None when the variable is not set."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


@cache
def clips(root: Path) -> tuple[Clip, ...]:
    """All recordings of all corpora, background noises left out."""
    found = []
    for manifest in sorted(root.glob("*/manifest.csv")):
        if manifest.parent.name == "noise":
            continue
        with manifest.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                path = manifest.parent / row["file"]
                found.append(Clip(manifest.parent.name, path, row["speaker"], row["transcript"], row["extra"]))
    return tuple(found)


@cache
def _spoken_syllables(text: str, voice: str) -> int:
    spoken = subprocess.run(
        ["espeak-ng", "-v", voice, "-q", "--ipa", "--sep=_", "--", text], check=True, capture_output=True, text=True
    ).stdout
    sounds = re.split(r"[_\s]+", re.sub(r"\(\w+\)", "", spoken))
    return sum(bool(_VOWEL.search(sound)) + bool(_TWO_VOWELS.search(sound)) for sound in sounds)
