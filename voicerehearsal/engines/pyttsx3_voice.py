"""The interviewer's voice through pyttsx3: questions rendered to files by a worker process, checked, and kept."""

from __future__ import annotations

import textwrap
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

from voicerehearsal.engines.installed_voices import (
    LANGUAGE_NAMES,
    Driver,
    InstalledVoice,
    available_voices,
    how_to_get_a_voice,
)
from voicerehearsal.engines.spoken_text import plausible_duration_s, spoken_text
from voicerehearsal.engines.voice_cache import VoiceCache
from voicerehearsal.engines.voice_files import even_out, flaw
from voicerehearsal.engines.voice_process import WorkerFailed, speak_to_files
from voicerehearsal.engines.voice_worker import Job
from voicerehearsal.errors import VoiceError
from voicerehearsal.values import Language

__all__ = ["Driver", "InstalledVoice", "InterviewerVoice", "available_voices", "how_to_get_a_voice"]

_KEPT_AS = 1
"""Goes up when the same request to the same engine would give another sound."""


class InterviewerVoice:
    """A voice that reads questions into WAV files.

    pyttsx3 hangs, falls silent and forgets settings when it is used directly, and an engine takes some 200 MB, so all
    speaking is done by a worker process that ends with the batch. What a voice cannot do, the next one in line does.

    Attributes:
        name: What to call the voice in use, such as "Hibari (US English)".
    """

    def __init__(
        self,
        *,
        language: Language,
        cache: Path,
        engine: Driver | None = None,
        rate_wpm: int = 165,
        time_limit_s: float = 15.0,
    ) -> None:
        """Choose the voice; nothing is loaded yet.

        Args:
            language: What the texts are written in.
            cache: Folder for the rendered files; made when first needed, kept below 100 MB.
            engine: This engine and no other; None for the best there is, falling back on the next.
            rate_wpm: Words per minute from first to last sound, 115–450; texts of short words come faster. In Chinese
                165 words stand for 205 characters.
            time_limit_s: How long one utterance may take to render.

        Raises:
            VoiceError: There is no such voice on this computer; the cure says how to get one.
        """
        self._language: Language = language
        self._rate_wpm = rate_wpm
        self._time_limit_s = time_limit_s
        self._cache = VoiceCache(cache)
        self._line = [voice for voice in available_voices(language) if engine in (None, voice.driver)]
        if not self._line:
            raise _no_voice(language, engine)
        self.name = self._line[0].name

    def render(self, texts: Sequence[str]) -> list[Path]:
        """A WAV file (16-bit mono, the engine's own rate) for each text, in order, made now or kept from before.

        Each begins and ends with the speech, 80 ms at most before and after it, at a level common to all voices.
        No process is left when it returns. What could be made is kept even when something else could not.

        Raises:
            VoiceError: A text holds nothing that can be said, no voice could say it, or the cache cannot be written.
        """
        spoken = [spoken_text(text, self._language) for text in texts]
        found: dict[str, Path] = {}
        reasons: list[str] = []
        for voice in list(self._line):
            missing = [text for text in dict.fromkeys(spoken) if text and text not in found]
            found |= self._kept(voice, missing)
            missing = [text for text in missing if text not in found]
            if missing:
                found |= self._made(voice, missing, reasons)
        self._cache.trim(spare=found.values())
        for text, said in zip(texts, spoken, strict=True):
            if not said:
                raise VoiceError(f"There is nothing to say in the text “{_short(text)}”", "Write it in words.")
            if said not in found:
                raise VoiceError(f"The text “{_short(text)}” could not be said: {'; '.join(reasons)}", self._cure())
        return [found[said] for said in spoken]

    def _kept(self, voice: InstalledVoice, texts: list[str]) -> dict[str, Path]:
        """Files from before; a damaged one counts as none."""
        found = {}
        for text in texts:
            place = self._place(voice, text)
            if flaw(place, plausible_duration_s(text, self._rate_wpm)) is None:
                self._cache.touch(place)
                found[text] = place
        return found

    def _made(self, voice: InstalledVoice, texts: list[str], reasons: list[str]) -> dict[str, Path]:
        """Files made now; what went wrong is added to `reasons`, and a voice that fails as such is not asked again."""
        found: dict[str, Path] = {}
        batches = [[text] for text in texts] if voice.speaks_once else [texts]
        try:
            for batch in batches:
                with closing(self._said(voice, batch)) as outcomes:
                    for text, wrong in outcomes:
                        if wrong is None:
                            found[text] = self._place(voice, text)
                        else:
                            reasons.append(f"{voice.name}: {wrong}")
        except WorkerFailed as failure:
            reasons.append(f"{voice.name}: {failure}")
            if len(self._line) > 1:
                self._line.remove(voice)
                self.name = self._line[0].name
        return found

    def _said(self, voice: InstalledVoice, batch: list[str]) -> Generator[tuple[str, str | None], None, None]:
        """Run one worker; yields each text with None once its file is checked and in place, or with what is wrong."""
        with self._cache.workshop() as workshop:
            files = [workshop / f"{index}.wav" for index in range(len(batch))]
            utterances = tuple((text, str(file)) for text, file in zip(batch, files, strict=True))
            rate = round(self._rate_wpm * voice.rate_factor)
            job = Job(voice.driver, voice.voice, self._language, rate, utterances)
            with closing(speak_to_files(job, time_limit_s=self._time_limit_s)) as outcomes:
                for text, file, failed in zip(batch, files, outcomes, strict=True):
                    wrong = failed or flaw(file, plausible_duration_s(text, self._rate_wpm))
                    if wrong is None:
                        with self._cache.writing():
                            even_out(file)
                        self._cache.keep(file, self._place(voice, text))
                    yield text, wrong

    def _place(self, voice: InstalledVoice, text: str) -> Path:
        return self._cache.place(
            _KEPT_AS, voice.driver, voice.version, voice.voice, self._language, self._rate_wpm, text
        )

    def _cure(self) -> str:
        if [voice.driver for voice in self._line] == ["hibari"]:
            return how_to_get_a_voice(self._language)
        return "Try again; `voicerehearsal doctor` looks at the voice."


def _no_voice(language: Language, engine: Driver | None) -> VoiceError:
    what = "No voice on this computer" if engine is None else f"The voice “{engine}” is not installed or"
    verb = "speaks" if engine is None else "does not speak"
    name = LANGUAGE_NAMES[language]
    if engine == "hibari" and language == "en":
        return VoiceError(f"{what} {verb} {name}", "Install it: pip install hibari-tts")
    return VoiceError(f"{what} {verb} {name}", how_to_get_a_voice(language))


def _short(text: str) -> str:
    """The beginning of a text, on one line, for a message."""
    return textwrap.shorten(text, 40, placeholder="…")
