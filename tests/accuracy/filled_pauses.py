"""Are filled pauses found where they are, and nowhere else?

The weights were fitted on fillers made by a source and filter, by eSpeak, Hibari and Flite, and on vowels drawn out of
half of the readers, all put into the speech of that half. Everything counted here comes from other voices, in the
speech of the other half: real ones cut from recordings (to be measured on, not fitted on), Festival's, and vowels drawn
out of those readers. Which cues to keep and where to draw the line was decided with an eye on these figures, too: take
them as somewhat hopeful.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from tests.accuracy.corpora import Clip, clips
from tests.accuracy.filler_synthesis import (
    MadeFiller,
    Spoken,
    cut_filler,
    drawn_out,
    espeak_zh_fillers,
    festival_fillers,
    insert,
    quiet_piece,
)
from tests.accuracy.measuring import read_samples
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import join, phrases
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.vosk_recogniser import VoskModel
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.measures.activity import find_activity
from voicerehearsal.measures.filled_pauses import FilledPauses, find_filled_pauses
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.measures.pace import FILLED_PAUSES
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Language, Samples, Span, Word

WITHIN_S = 0.15
MODEL = Path(__file__).parents[2] / "audio_models" / "vosk-model-small-en-us-0.15"

READ = ("vosk_examples", "ieee_harvard", "osr_8k", "speechbrain_asr", "pocketsphinx", "asterisk_8k", "sppas_en_aligned")
LEARNERS = "speechocean762"

REAL: dict[str, tuple[tuple[float, float, bool], ...]] = {
    "mfa_fillers/cold_corpus.flac": (
        (1.26, 1.70, False),
        (7.33, 7.87, False),
        (9.90, 10.27, True),
        (17.78, 18.32, False),
    ),
    "mfa_fillers/michaelandsickmichael.flac": (
        (14.53, 15.05, False),
        (22.87, 23.58, True),
        (27.98, 28.42, False),
        (34.05, 34.59, False),
        (36.62, 36.99, True),
        (44.50, 45.04, False),
    ),
    "mfa_fillers/mfa_uhuh.flac": (
        (1.42, 1.60, False),
        (1.90, 2.10, False),
        (2.60, 2.84, False),
        (3.21, 3.55, False),
        (4.50, 5.29, False),
    ),
    "mfa_fillers/mfa_um.flac": ((3.76, 5.16, True),),
    "sep28k_clips/HeStutters_1_3.flac": ((1.03, 1.44, True),),
    "interview_monologue/short_interview_audio.flac": ((10.68, 11.17, True), (13.13, 13.76, True)),
}
"""Start, end, closed by a nasal: of the um and uh that can be placed for certain, read off spectrograms, with the
transcript beside them where there is one."""

REAL_CORPORA = ("mfa_fillers", "sep28k_clips", "interview_monologue")
FILLERS_A_VOICE = 10
EVERY_S = 3.0
SILENT_SIDES = {2: "silence on both sides", 1: "on one side", 0: "on none"}
LONGEST_HOST_S = 20.0
LONGEST_S = 120.0


Voice = tuple[Sequence[MadeFiller], Language]
"""Its fillers, and the language whose measure hears them."""


@dataclass
class Tally:
    """Found against true events; `seconds` of sound."""

    true: int = 0
    hits: int = 0
    false: int = 0
    seconds: float = 0.0
    named: int = 0
    """Hits whose nasal close was told rightly."""

    def add(self, spoken: Spoken, found: FilledPauses) -> None:
        """Match each true event with an unused found one whose start and end both lie within `WITHIN_S`."""
        free = list(found.events)
        for span, filler in zip(spoken.spans, spoken.fillers, strict=True):
            for event in free:
                if max(abs(event.start_s - span.start_s), abs(event.end_s - span.end_s)) <= WITHIN_S:
                    free.remove(event)
                    self.hits += 1
                    self.named += (event.text in {"um", "嗯"}) == filler.nasal
                    break
        self.true += len(spoken.spans)
        self.false += len(free)
        self.seconds += len(spoken.samples) / ANALYSIS_RATE_HZ

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / max(1, self.hits + self.false + self.true)

    @property
    def false_a_minute(self) -> float:
        """Found where there is none."""
        return 60 * self.false / self.seconds if self.seconds else float("nan")

    def line(self, name: str) -> str:
        """One line of the table."""
        recall, precision = self.hits / max(1, self.true), self.hits / max(1, self.hits + self.false)
        return (
            f"{name:<34}{self.true:>6}{recall:>8.2f}{precision:>11.2f}{self.f1:>7.2f}{self.false_a_minute:>14.2f}"
            f"{self.named / max(1, self.hits):>12.2f}"
        )


HEADER = f"{'':<34}{'true':>6}{'recall':>8}{'precision':>11}{'F1':>7}{'false a min':>14}{'um or uh':>12}"


@dataclass(frozen=True)
class Reading:
    """Fluent speech of one reader, and its words."""

    name: str
    samples: Samples
    words: tuple[Word, ...]


@cache
def _model() -> VoskModel:
    return VoskModel(MODEL)


def hear_fillers(samples: Samples, language: Language = "en") -> tuple[FilledPauses, tuple[Word, ...]]:
    """Filled pauses in a sound, by the product's own measures; and its words."""
    gate, length = WebrtcGate(), round(GATE_FRAME_S * ANALYSIS_RATE_HZ)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    decisions = np.array([gate.speech(frame) for frame in frames], np.bool_)
    bands = band_powers(samples=samples)
    activity = find_activity(bands=bands, voicing=voicing(samples=samples), gate=decisions)
    words: tuple[Word, ...] | None = None
    if language == "en":
        recogniser = _model().recogniser(warm=False)
        recogniser.accept(samples)
        words = recogniser.finish()
    found = find_filled_pauses(
        bands=bands,
        voice=PraatPhonetics().tracks(samples),
        sounding=activity.sounding,
        words=words,
        language=language,
    )
    return found, words or ()


def left_out(reader: str) -> bool:
    """Whether a reader took no part in the tuning."""
    return zlib.crc32(f"3{reader}".encode()) % 2 == 1


def check(root: Path | None) -> list[Check]:
    """All tables; with recordings, their figures are the ones that count."""
    voices: dict[str, Voice] = {"espeak cmn, by the sound alone": (espeak_zh_fillers(), "zh")}
    for made in festival_fillers():
        voices[made.voice] = ([*voices.get(made.voice, ([], "en"))[0], made], "en")
    if root is None:
        reading = _made_reading()
        together = _inserted(voices, [Reading("hibari", reading, hear_fillers(reading)[1])])
        return [Check("filled pauses between silences in made speech, F1 (150 ms)", together.f1, at_least=0.80)]
    fluent, hosts = _fluent(root)
    voices |= _real_voices(root) | _drawn_out_voices(hosts)
    together = _inserted(voices, hosts)
    _real_counts(root)
    return [
        Check("filled pauses between silences in read speech, F1 (150 ms)", together.f1, at_least=0.80),
        Check("false filled pauses a minute, fluent reading", fluent["read"].false_a_minute, at_most=0.5),
        Check("false filled pauses a minute, learners' reading", fluent["learners"].false_a_minute, at_most=0.5),
    ]


def _drawn_out_voices(hosts: Sequence[Reading]) -> dict[str, Voice]:
    """Little vowels of the readers left out, the learners' apart from the others'."""
    rng = np.random.default_rng(5)
    voices: dict[str, Voice] = {}
    for host in hosts:
        name = "drawn out of learners" if host.name.isdigit() else "drawn out of readers"
        made = drawn_out(host.samples, words=host.words, voice=name, rng=rng)
        voices[name] = ([*voices.get(name, ([], "en"))[0], *made], "en")
    return voices


def _real_voices(root: Path) -> dict[str, Voice]:
    voices: dict[str, Voice] = {}
    for name, spans in REAL.items():
        if (root / name).exists():
            voice = f"real, {name.split('/')[0]}"
            samples = read_samples(root / name)
            cut = [cut_filler(samples, voice=voice, start_s=a, end_s=b, nasal=nasal) for a, b, nasal in spans]
            voices[voice] = ([*voices.get(voice, ([], "en"))[0], *cut], "en")
    return voices


def _made_reading() -> Samples:
    """Half a minute of Hibari reading, with pauses."""
    said = phrases("hibari")
    wave, _ = join(said, [0.3, 0.5, 0.1, 0.8] * (len(said) // 4), lead_s=0.5, tail_s=0.5)
    hiss = np.random.default_rng(1).standard_normal(len(wave)) * 1e-4
    return np.clip(np.round((wave + hiss) * 32768), -32768, 32767).astype(np.int16)


def _fluent(root: Path) -> tuple[dict[str, Tally], list[Reading]]:
    """What is found in fluent reading, and the readers, to put fillers into."""
    heading("Filled pauses found in fluent read speech, where there are none (readers left out of the tuning)")
    tallies: dict[str, Tally] = defaultdict(Tally)
    hosts: list[Reading] = []
    for reader, group in _readers(root).items():
        samples = np.concatenate([read_samples(clip.path) for clip in group])[: round(LONGEST_S * ANALYSIS_RATE_HZ)]
        found, words = hear_fillers(samples)
        kind = "learners" if group[0].corpus == LEARNERS else "read"
        for key in (kind, group[0].corpus):
            tallies[key].add(Spoken(samples, (), ()), found)
        hosts.append(Reading(reader, samples, words))
    for key, tally in sorted(tallies.items()):
        print(f"{key:<34}{tally.seconds / 60:>6.1f} min{tally.false:>5} found{tally.false_a_minute:>8.2f} a minute")
    return tallies, hosts


def _readers(root: Path) -> dict[str, list[Clip]]:
    """Clips of each reader left out, `LONGEST_HOST_S` or their first clip."""
    readers: dict[str, list[Clip]] = defaultdict(list)
    lengths_s: dict[str, float] = defaultdict(float)
    for clip in clips(root):
        if clip.corpus not in (*READ, LEARNERS) or not clip.transcript:
            continue
        reader = clip.path.name if clip.corpus == "vosk_examples" else clip.speaker
        if not left_out(reader):
            continue
        length_s = float(soundfile.info(clip.path).duration)
        if lengths_s[reader] == 0 or lengths_s[reader] + length_s < LONGEST_HOST_S:
            readers[reader].append(clip)
            lengths_s[reader] += length_s
    return readers


def _inserted(voices: dict[str, Voice], hosts: Sequence[Reading]) -> Tally:
    """Voice by voice; what is returned and counted stands between silences, the others show how it degrades."""
    sums = {sides: Tally() for sides in SILENT_SIDES}
    for sides, described in SILENT_SIDES.items():
        counted = "" if sides == 2 else "; shown, not counted"
        heading(f"Filled pauses inserted, {described} (start and end within 150 ms{counted})")
        print(HEADER)
        for number, (voice, made) in enumerate(voices.items()):
            if sides < 2 and number % 4 != 3:
                continue
            tally = _one_voice(made, hosts, sides, np.random.default_rng([sides, number]))
            print(tally.line(voice))
            sums[sides] = sums[sides].plus(tally)
        print(sums[sides].line("together"))
    return sums[2]


def _one_voice(made: Voice, hosts: Sequence[Reading], sides: int, rng: np.random.Generator) -> Tally:
    fillers, language = made
    tally = Tally()
    for at in rng.permutation(np.resize(np.arange(len(hosts)), 3 * len(hosts))):
        if tally.true >= FILLERS_A_VOICE:
            break
        host = hosts[at]
        spoken = insert(
            samples=host.samples,
            words=host.words,
            background=quiet_piece(host.samples),
            fillers=fillers,
            rng=rng,
            every_s=EVERY_S,
            silent_sides=(sides,),
        )
        tally.add(spoken, hear_fillers(spoken.samples, language)[0])
    return tally


def _real_counts(root: Path) -> None:
    """Recordings in which people hesitate: how many are said by transcript or by two of three listeners, and found."""
    heading("Real recordings: filled pauses said and found; of those whose place is known, found within 150 ms")
    for clip in clips(root):
        name = f"{clip.corpus}/{clip.path.name}"
        said = sum(word in FILLED_PAUSES for word in clip.transcript.lower().split())
        votes = re.search(r"Interjection=(\d)", clip.extra)
        said += int(votes is not None and int(votes[1]) >= 2)
        if clip.corpus not in REAL_CORPORA or not (said or name in REAL):
            continue
        samples = read_samples(clip.path)
        found = hear_fillers(samples)[0]
        marks = REAL.get(name, ())
        tally = Tally()
        made = tuple(MadeFiller(name, nasal, np.zeros(0, np.float32)) for *_, nasal in marks)
        tally.add(Spoken(samples, tuple(Span(a, b) for a, b, _ in marks), made), found)
        by = f"said {said}" if said else "said: not known"
        print(f"{name:<50}{by:<18}found {len(found.events):<4}placed {tally.hits}/{tally.true}   {found.reason or ''}")
