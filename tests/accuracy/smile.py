"""The smile on acted happy, neutral and angry speech: calibrated on some sentences, tested on the speaker's others."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soxr

from tests.accuracy import corpora
from tests.accuracy.corpora import Clip
from tests.accuracy.measuring import read_samples
from tests.accuracy.scoring import Check, heading
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.measures.calibration import LIKE_IRRITATED, Calibration, area_under_curve, calibrate
from voicerehearsal.measures.levels import BandPowers
from voicerehearsal.measures.smile import measure_smile
from voicerehearsal.measures.smile_features import Timbre, clear_frames, comparable_rows, timbre
from voicerehearsal.measures.tracks import Tracks
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Smile, Sound

_CORPORA = ("emodb_de", "nemo_pl")
_LABELS = ("neutral", "happy", "angry")
_SENTENCES = (1, 2, 3)  # to calibrate with
_DRAWS = 4  # of calibration sentences, a speaker
_LONG_S = 10.0  # of voiced speech: several files as one answer
_GAIN = 4.0  # 12 dB

Way = Callable[[Samples], Samples]


@dataclass(frozen=True)
class Measured:
    """One recording as the smile sees it."""

    timbre: Timbre
    bands: BandPowers

    @property
    def rows(self) -> Timbre:
        """What a calibration takes of it."""
        return comparable_rows(timbre=self.timbre, clear=clear_frames(timbre=self.timbre, bands=self.bands))


@dataclass(frozen=True)
class Trial:
    """One test recording under one calibration, as it is and, if wanted, by telephone."""

    speaker: str
    draw: int
    label: str
    whole: bool
    plain: Smile
    phone: Smile | None
    recordings: tuple[Measured, ...]
    calibration: Calibration


class Recordings:
    """Recordings measured once, plainly and through the phone line."""

    def __init__(self, root: Path) -> None:
        self.clips = [clip for clip in corpora.clips(root) if clip.corpus in _CORPORA]
        self._kept: dict[tuple[Path, Way], Measured] = {}

    def measured(self, clip: Clip, way: Way) -> Measured:
        """As the product hears it."""
        key = (clip.path, way)
        if key not in self._kept:
            self._kept[key] = measure(way(read_samples(clip.path)))
        return self._kept[key]


def measure(samples: Samples) -> Measured:
    """Tracks and timbre of a sound, int16 mono at the analysis rate."""
    tracks = Tracks(PraatPhonetics()).finish(samples=samples)
    return Measured(timbre(samples=samples, voice=tracks.voice), tracks.bands)


def plain(samples: Samples) -> Samples:
    """As recorded."""
    return samples


def by_phone(samples: Samples) -> Samples:
    """Through the phone line and back at the analysis rate."""
    line = through_phone_line(Sound(samples, ANALYSIS_RATE_HZ))
    wave = soxr.resample(line.samples.astype(np.float32), line.sample_rate_hz, ANALYSIS_RATE_HZ)
    return np.clip(np.round(wave), -32768, 32767).astype(np.int16)


def check(root: Path) -> list[Check]:
    """All tables."""
    heading("Smile: calibrated on some sentences of a speaker, tested on the others")
    recordings = Recordings(root)
    checks: list[Check] = []
    for corpus in _CORPORA:
        for count in _SENTENCES:
            most = count == _SENTENCES[-1]
            trials = list(_trials(recordings, corpus, count, ways=(plain, by_phone) if most else (plain,)))
            reached = _told_apart(corpus, count, trials)
            if most:
                checks += [*reached, *_by_phone(corpus, trials)]
    return [*checks, *_twice(recordings), *_gain(recordings)]


def _trials(recordings: Recordings, corpus: str, count: int, ways: tuple[Way, ...]) -> Iterator[Trial]:
    """Every test recording of every speaker under calibrations of `count` sentences."""
    clips = [clip for clip in recordings.clips if clip.corpus == corpus]
    labels = [label for label in _LABELS if any(_label(clip) == label for clip in clips)]
    for speaker in sorted({clip.speaker for clip in clips}):
        own = [clip for clip in clips if clip.speaker == speaker]
        for draw, sentences in enumerate(_chosen(own, labels, count)):
            readings = {
                label: [
                    recordings.measured(clip, plain).rows
                    for clip in own
                    if _label(clip) == label and clip.transcript in sentences
                ]
                for label in labels
            }
            found = calibrate(
                neutral=readings["neutral"], smiling=readings["happy"], irritated=readings.get("angry", ())
            ).calibration
            if found is None:
                continue
            for clip in own:
                if clip.transcript not in sentences:
                    heard = tuple(recordings.measured(clip, way) for way in ways)
                    smiles = [_smile(one, found) for one in heard]
                    by_line = smiles[1] if len(ways) > 1 else None
                    yield Trial(speaker, draw, _label(clip), _whole(clip), smiles[0], by_line, heard, found)


def _chosen(clips: list[Clip], labels: list[str], count: int) -> list[tuple[str, ...]]:
    """Some combinations of sentences that were said in every way."""
    said = {label: {clip.transcript for clip in clips if _label(clip) == label} for label in labels}
    shared = sorted(set.intersection(*said.values()))
    combinations = list(itertools.combinations(shared, count))
    order = np.random.default_rng(0).permutation(len(combinations))[:_DRAWS]
    return [combinations[at] for at in order]


def _whole(clip: Clip) -> bool:
    """Whether the recording holds the whole sentence; most of emodb_de's longer ones are cut after 2 s."""
    return clip.corpus != "emodb_de" or "complete=yes" in clip.extra


def _label(clip: Clip) -> str:
    return clip.path.parent.name


def _smile(measured: Measured, calibration: Calibration) -> Smile:
    """With a score wherever there is enough voice, whether or not the readings of so few words can be told apart."""
    return measure_smile(
        timbre=measured.timbre,
        bands=measured.bands,
        calibration=replace(calibration, tellable=True),
        profile="test",
    )


def _scores(trials: list[Trial], label: str, speaker: str | None = None, *, phone: bool = False) -> list[float]:
    smiles = [
        trial.phone if phone else trial.plain
        for trial in trials
        if trial.label == label and speaker in (None, trial.speaker)
    ]
    return [smile.score for smile in smiles if smile is not None and smile.score is not None]


def _auc(trials: list[Trial], against: str, speaker: str | None = None, *, phone: bool = False) -> float:
    happy = _scores(trials, "happy", speaker, phone=phone)
    other = _scores(trials, against, speaker, phone=phone)
    return area_under_curve(happy, other) if happy and other else float("nan")


def _told_apart(corpus: str, count: int, trials: list[Trial]) -> list[Check]:
    speakers = sorted({trial.speaker for trial in trials})
    checks = []
    for against, target in (("neutral", 0.95), ("angry", 0.85)):
        if not _scores(trials, against):
            continue
        each = np.array([_auc(trials, against, speaker) for speaker in speakers])
        pooled = _auc(trials, against)
        print(
            f"{corpus:10} {count} sentences  happy against {against:8} AUC {pooled:.3f}   by speaker: mean "
            f"{np.nanmean(each):.3f}, lowest {np.nanmin(each):.3f}   ({len(speakers)} speakers, {len(trials)} trials)"
        )
        whole = [trial for trial in trials if trial.whole]
        name = f"smile, {corpus}, {count} sentences: happy against {against}"
        if len(whole) < len(trials):
            pooled = _auc(whole, against)
            print(f"{'':10} tested on whole sentences alone ({len(whole)} trials): {pooled:.3f}")
            name += ", whole sentences"
        checks.append(Check(name, pooled, at_least=target))
    for label in _LABELS:
        values = _scores(trials, label)
        if values:
            low, middle, high = np.percentile(values, (10, 50, 90))
            own = [trial.plain for trial in trials if trial.label == label]
            within = [
                abs(s.score - middle) <= s.uncertainty for s in own if s.score is not None and s.uncertainty is not None
            ]
            print(
                f"{'':10} {label:8} score median {middle:5.2f}, 80 % within {low:5.2f} … {high:5.2f}; median within "
                f"its uncertainty {np.mean(within):.2f}; called audible {np.mean([bool(s.audible) for s in own]):.2f}; "
                f"no score {np.mean([s.score is None for s in own]):.3f}"
            )
    readings = {(trial.speaker, trial.draw): trial.calibration for trial in trials}
    tellable = float(np.mean([c.tellable for c in readings.values()]))
    print(
        f"{'':10} readings: cross-validated AUC against neutral median "
        f"{np.median([c.auc_neutral for c in readings.values()]):.2f}, tellable {tellable:.2f}, like the irritated one "
        f"{np.mean([c.reason == LIKE_IRRITATED for c in readings.values()]):.2f}, "
        f"spread {np.median([c.spread for c in readings.values()]):.2f}"
    )
    return [*checks, Check(f"smile, {corpus}, {count} sentences: readings tellable", tellable, at_least=0.9)]


def _by_phone(corpus: str, trials: list[Trial]) -> list[Check]:
    loss = max(
        _auc(trials, against) - _auc(trials, against, phone=True)
        for against in ("neutral", "angry")
        if _scores(trials, against)
    )
    shifts = np.array(list(_long_shifts(trials)))
    short = [
        abs(trial.phone.score - trial.plain.score)
        for trial in trials
        if trial.phone is not None and trial.plain.score is not None and trial.phone.score is not None
    ]
    print(
        f"{corpus:10} by telephone: AUC against neutral {_auc(trials, 'neutral', phone=True):.3f}, against angry "
        f"{_auc(trials, 'angry', phone=True):.3f}; shift of answers of {_LONG_S:g} s voiced: median "
        f"{np.median(shifts):+.3f}, of its size {np.median(np.abs(shifts)):.3f} ({len(shifts)} answers), of single "
        f"recordings {np.median(short):.3f}"
    )
    return [
        Check(f"smile, {corpus}: by telephone, loss of AUC", loss, at_most=0.05),
        Check(f"smile, {corpus}: by telephone, median shift", float(np.median(np.abs(shifts))), at_most=0.15),
    ]


def _long_shifts(trials: list[Trial]) -> Iterator[float]:
    """Recordings of one way of speaking joined to answers of `_LONG_S` of voiced speech."""
    key = lambda trial: (trial.speaker, trial.draw, trial.label)  # noqa: E731
    for _, group in itertools.groupby(sorted(trials, key=key), key=key):
        parts: list[Trial] = []
        for trial in group:
            parts.append(trial)
            if sum(len(part.recordings[0].rows) for part in parts) >= _LONG_S * 100:
                scores = [
                    _smile(_joined([part.recordings[way] for part in parts]), trial.calibration) for way in (0, 1)
                ]
                yield scores[1].score - scores[0].score
                parts = []


def _joined(parts: list[Measured]) -> Measured:
    frames = [min(len(part.timbre), len(part.bands)) for part in parts]
    return Measured(
        np.concatenate([part.timbre[:n] for part, n in zip(parts, frames, strict=True)]),
        np.concatenate([part.bands[:n] for part, n in zip(parts, frames, strict=True)]),
    )


def _twice(recordings: Recordings) -> list[Check]:
    """Every recording against itself, and every other frame of it against the rest: no smile to be told."""
    found: dict[str, list[bool]] = {"itself": [], "its own other frames": []}
    for clip in recordings.clips:
        rows = recordings.measured(clip, plain).rows
        for name, (first, second) in {"itself": (rows, rows), "its own other frames": (rows[::2], rows[1::2])}.items():
            calibration = calibrate(neutral=[first], smiling=[second]).calibration
            if calibration is not None:
                found[name].append(calibration.tellable)
    for name, tellable in found.items():
        print(f"a recording against {name}: tellable {np.mean(tellable):.3f} of {len(tellable)}")
    return [
        Check(f"smile: a recording against {name} is tellable", float(np.mean(tellable)), at_most=most)
        for (name, tellable), most in zip(found.items(), (0.0, 0.05), strict=True)
    ]


def _gain(recordings: Recordings) -> list[Check]:
    """The same recordings 12 dB softer and 12 dB louder, none of them clipped."""
    worst = 0.0
    for speaker in ("EB0", "WR0"):
        clips = [clip for clip in recordings.clips if clip.speaker == speaker]
        rows = {
            label: [recordings.measured(clip, plain).rows for clip in clips if _label(clip) == label][:4]
            for label in ("neutral", "happy")
        }
        found = calibrate(neutral=rows["neutral"], smiling=rows["happy"]).calibration
        assert found is not None
        for clip in clips[10:50:8]:
            wave = read_samples(clip.path).astype(np.float64)
            quiet = wave * min(1.0, 32767 / _GAIN / np.abs(wave).max())
            scores = [
                _smile(measure(np.round(quiet * gain).astype(np.int16)), found).score for gain in (1 / _GAIN, 1, _GAIN)
            ]
            worst = max(worst, abs(scores[0] - scores[1]), abs(scores[2] - scores[1]))
    print(f"12 dB of gain either way: the score moves by at most {worst:.4f}")
    return [Check("smile: 12 dB of gain either way move the score by", worst, at_most=0.02)]
