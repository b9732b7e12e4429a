"""The nouns: frozen values that every room shares, with a unit under every field.

Times are seconds from the start of the recording. `None` means "cannot be known from this recording"; the report's
`missing` then says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
"""Mono sound, shape (n,), full scale ±32768."""

Language = Literal["en", "zh"]

ANALYSIS_RATE_HZ = 16_000
"""The rate of all sound that recogniser, gate and measures see."""

GATE_FRAME_S = 0.020
"""Length of one speech-gate decision."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, `start_s` ≤ `end_s`."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; `confidence` 0–1, and 1 where the speaker `corrected` it."""

    text: str
    start_s: float
    end_s: float
    confidence: float
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the recogniser heard, as far as the speaker did not know better."""

    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Sound as a microphone hands it over: int16 mono, shape (n,), at the microphone's own rate.

    `time_s` is when its first sample was in the air, on the clock that the speaker shares; None from a file.
    """

    samples: Samples
    time_s: float | None


@dataclass(frozen=True, slots=True)
class Sound:
    """A whole sound in memory: int16 mono, shape (n,)."""

    samples: Samples
    sample_rate_hz: int

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class VoiceTracks:
    """The pitch of a voice: float32 rows every 10 ms, row i around (i + ½) · 10 ms.

    Attributes:
        f0_hz: Fundamental frequency, 0 where unvoiced, shape (n,).
        strength: Periodicity of that choice 0–1, 0 where unvoiced, shape (n,).
    """

    f0_hz: NDArray[np.float32]
    strength: NDArray[np.float32]


# ---- questions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """One thing a good answer says; `order` where the sequence matters.

    `phrases` are found word by word; `examples` are whole sentences that make the point, compared by their meaning, and
    `unlike` are sentences that sound near and do not make it. `{time}` and `{number}` in any of them stand for a stated
    time and a number.
    """

    id: str
    label: str
    phrases: tuple[str, ...]
    order: int | None = None
    examples: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """Phrases that hurt an answer, and why."""

    phrases: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Caller:
    """The other side of a role-play, whose first line is the question's text.

    Attributes:
        upset: How upset they begin, 0 (friendly) to 4 (about to hang up).
        softer: What they say when a reply has calmed them, in order.
        harder: What they say when it has not, in order of their anger.
        content: What they say when they are calm at last, before they hang up.
        fed_up: What they say as they hang up in anger.
    """

    upset: int
    softer: tuple[str, ...]
    harder: tuple[str, ...]
    content: str
    fed_up: str


QuestionKind = Literal["open", "closed", "choice", "consultative", "specific"]
"""The kinds of question that service on the telephone tells apart."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One round of a questioning drill.

    Either `says` is a question whose `kind` is to be named, or `find_out` is what is to be asked for, by a question of
    that kind.
    """

    kind: QuestionKind
    says: str = ""
    find_out: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a pack; `target_s` is the wished length of the answer (min, max) in seconds."""

    id: str
    text: str
    target_s: tuple[float, float] | None = None
    judged: str = ""
    advice: str = ""
    model_answer: str = ""
    follow_ups: tuple[str, ...] = ()
    points: tuple[TalkingPoint, ...] = ()
    cautions: tuple[Caution, ...] = ()
    follows: str | None = None
    """Id of the question this one follows up, None for a main question."""
    when_missed: tuple[str, ...] = ()
    """Points of the question it follows: an interviewer asks this one when one of them was left out."""
    coaching_zh: str = ""
    """A word of coaching in Chinese, for those who learn in that language."""
    caller: Caller | None = None
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A question pack as read from its file; `targets` by name of measure, where its author states some."""

    id: str
    title: str
    language: Language
    questions: tuple[Question, ...]
    targets: dict[str, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionRef:
    """Which question an answer belongs to."""

    pack: str
    id: str


class Usual(NamedTuple):
    """What is usual for a speaker in one measure: median of earlier `answers`, 1.48 × their median deviation."""

    median: float
    spread: float
    answers: int


NOTHING_USUAL: Mapping[str, Usual] = {}
"""Of a speaker without earlier answers."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a rehearsal knows of an answer and its sound cannot tell; stored inside the recording.

    Attributes:
        language: What was spoken.
        question: What was asked.
        question_end_s: When the question's last sample was heard, on the recording's clock (negative: before it began).
        mutes: Where the speaker muted.
        lost_blocks: Blocks of sound that the computer was too busy to take.
        usual: What was usual for the speaker before this answer, by name of measure.
        profile: The smile calibration it was measured against.
        interrupted: Whether the interviewer cut in, at its end or before it, so that it is only a part of an answer.
    """

    language: Language = "en"
    question: QuestionRef | None = None
    question_end_s: float | None = None
    mutes: tuple[Span, ...] = ()
    lost_blocks: int = 0
    usual: dict[str, Usual] = field(default_factory=dict)
    profile: str | None = None
    interrupted: bool = False


# ---- what an answer is measured against -----------------------------------------------------------------------------


Whose = Literal["default", "pack", "own", "own_for_pack"]
"""Who states a target: the program, a question pack, the person, the person for one pack; the later ones win."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a measure should lie (`low` to `high`, either may be open), the source of that advice, and whose it is."""

    low: float | None
    high: float | None
    source: str
    whose: Whose = "default"

    def distance(self, value: float) -> float:
        """How far a value lies outside, in the measure's unit; 0 inside and on the limits."""
        below = 0.0 if self.low is None else self.low - value
        above = 0.0 if self.high is None else value - self.high
        return max(0.0, below, above)


@dataclass(frozen=True, slots=True)
class RateBand:
    """A target band for speech rate: good inside `target`, slow or fast outside `amber`; in `unit` per minute."""

    target: tuple[float, float]
    amber: tuple[float, float]
    unit: Literal["wpm", "cpm"]


# ---- the report, section by section (the contract's names) -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Audio:
    """The recording itself, and whether its measures can be trusted."""

    duration_s: float
    sample_rate_hz: int
    channels: int
    level_dbfs: float | None
    clipped_ratio: float
    snr_db: float | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateWindow:
    """Rate in one window, words (or characters) per minute, pauses included."""

    start_s: float
    end_s: float
    rate: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: per minute, and syllables per second from the sound alone."""

    words_per_minute: float | None
    articulation_words_per_minute: float | None
    characters_per_minute: float | None
    syllables_per_second: float | None
    articulation_syllables_per_second: float | None
    unit: Literal["wpm", "cpm"]
    verdict: Literal["slow", "good", "fast"] | None
    windows: tuple[RateWindow, ...]
    drift_per_minute: float | None


@dataclass(frozen=True, slots=True)
class Silence:
    """A silent pause inside the answer."""

    start_s: float
    end_s: float
    kind: Literal["short", "long", "dead_air"]


@dataclass(frozen=True, slots=True)
class Pauses:
    """Where it was silent; `per_minute` and `ratio` against the span of the answer."""

    response_latency_s: float | None
    first_sound_s: float
    last_sound_s: float
    phonation_s: float
    silences: tuple[Silence, ...]
    count: int
    per_minute: float
    mean_s: float | None
    longest_s: float | None
    ratio: float


EvidenceKind = Literal["words", "sound", "meaning", "yours"]
"""How something was recognised: by its words, by words that sound alike, by what it means, or because the user said so
before."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something was said, how it was recognised, and how certain that is 0–1."""

    text: str
    start_s: float | None
    end_s: float | None
    how: EvidenceKind = "words"
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class PointResult:
    """Whether a talking point was made, and where; `nearest` is what came closest to a point that was missed."""

    id: str
    label: str
    covered: bool
    evidence: tuple[Evidence, ...]
    nearest: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What the user corrected before: by point id, wordings that make the point, and wordings that do not."""

    accepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rejected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_LEARNED = Learned()
"""Of a user who has corrected nothing."""


@dataclass(frozen=True, slots=True)
class CautionHit:
    """A phrase that hurts, where it was said, and why it hurts."""

    text: str
    start_s: float | None
    end_s: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """Talking points made and missed; `coverage` 0–1."""

    points: tuple[PointResult, ...]
    coverage: float | None
    order: bool | None
    cautions: tuple[CautionHit, ...]


@dataclass(frozen=True, slots=True)
class Filler:
    """One filled pause heard in the sound, or one filler phrase in the words.

    Attributes:
        text: "um" or "uh" (en), "嗯" or "呃" (zh) as far as the sound tells; the phrase as it was said.
        start_s: Where it begins.
        end_s: Where it ends.
        kind: Which of the two.
        confidence: 0–1, how likely it is one; 1 where the speaker confirmed it.
    """

    text: str
    start_s: float
    end_s: float
    kind: Literal["filled_pause", "phrase"]
    confidence: float


@dataclass(frozen=True, slots=True)
class Fillers:
    """Filled pauses and filler phrases; `share` of the span they take 0–1, `clusters` where several come together."""

    events: tuple[Filler, ...]
    count: int
    per_minute: float
    share: float
    clusters: tuple[Span, ...]

    @property
    def filled_pauses_per_minute(self) -> float:
        """Those of `per_minute` that were heard in the sound."""
        heard = sum(event.kind == "filled_pause" for event in self.events)
        return self.per_minute * heard / len(self.events) if self.events else 0.0


@dataclass(frozen=True, slots=True)
class Endings:
    """How phrases end in pitch: counts; `rising_at_s` is when each of the rising ones ends."""

    falling: int
    rising: int
    level: int
    rising_at_s: tuple[float, ...] = ()

    @property
    def falling_share(self) -> float | None:
        """Share of phrases that end as statements do, 0–1; None without any."""
        count = self.falling + self.rising + self.level
        return self.falling / count if count else None


@dataclass(frozen=True, slots=True)
class Surge:
    """A stretch both faster and louder than what came before it; `rate_ratio` 1 is no change."""

    start_s: float
    end_s: float
    rate_ratio: float
    level_rise_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Pitch, loudness and how steady both are. Semitones are about the speaker's own median F0.

    `liveliness` is the median over 10-s windows of SD(F0)/mean(F0) (Hincks 2005); `harmonicity_db` is the voice's
    harmonics over its noise (low: breathy or harsh); `steadiness` 0–1.
    """

    pitch_median_hz: float | None
    pitch_range_st: float | None
    pitch_sd_st: float | None
    liveliness: float | None
    loudness_sd_db: float | None
    loudness_drift_db_per_minute: float | None
    harmonicity_db: float | None
    endings: Endings | None
    surges: tuple[Surge, ...]
    steadiness: float | None
    verdict: Literal["monotone", "steady", "lively", "unsteady"] | None


@dataclass(frozen=True, slots=True)
class SmileWindow:
    """The smile in one stretch of the answer."""

    start_s: float
    end_s: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Smile:
    """The smile against the speaker's own readings: `score` 0 as in the neutral one, 1 as in the smiling one.

    Attributes:
        score: None when it cannot be told.
        uncertainty: Half width of the score's 90 % interval.
        audible: Whether the score is above 0.5 by more than its uncertainty; None when it cannot be told.
        reason: Why something cannot be told, or what cannot be excluded.
        profile: Name of the calibration.
        evidence: What was measured, by name, as differences from the neutral reading.
        windows: The score over time.
    """

    score: float | None
    uncertainty: float | None
    audible: bool | None
    reason: str | None
    profile: str
    evidence: dict[str, float]
    windows: tuple[SmileWindow, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """Length of the answer against the question's own target."""

    speaking_s: float
    target_s: tuple[float, float] | None
    verdict: Literal["short", "good", "long"] | None


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, pointing at a moment that can be played."""

    kind: Literal["praise", "change", "exercise"]
    measure: str
    text: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything measured on one answer, in the contract's shape.

    A section that cannot be given is None, and `missing` says why under its name; a single number that cannot be given
    is explained under "section.number". `targets` are those that somebody stated, by name of measure, when it was
    measured; every other measure was held against the default.
    """

    schema: Literal["voicerehearsal.report/1"] = "voicerehearsal.report/1"
    source: str
    language: Language
    question: QuestionRef | None
    question_end_s: float | None
    mutes: tuple[Span, ...]
    audio: Audio
    transcript: Transcript | None = None
    pace: Pace | None = None
    pauses: Pauses | None = None
    fillers: Fillers | None = None
    keywords: Keywords | None = None
    tone: Tone | None = None
    smile: Smile | None = None
    length: Length | None = None
    remarks: tuple[Remark, ...] = ()
    missing: dict[str, str] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
