"""Do pauses begin and end where they should? On made answers, and on recordings marked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests.accuracy.marks import MARKS, Marks
from tests.accuracy.measuring import hear_samples, measure_file, read_samples
from tests.accuracy.scoring import Check, Edges, heading
from tests.accuracy.synthesis import CONDITIONS, Wave, answers
from voicerehearsal.measures.pauses import measure_pauses
from voicerehearsal.measures.sound import Sounds
from voicerehearsal.values import Pauses, Samples, Span

SYNTHETIC_WITHIN_S = 0.05
MARKED_WITHIN_S = 0.1
BACKGROUNDS = ("cafe", "street", "train", "room", "keyboard", "babble")


def on_made_answers() -> Iterator[Check]:
    """All pauses of 0.25 s and more are counted, and everything found; joints up to 0.2 s are none."""
    heading("Pause edges on made answers (all within 50 ms)")
    print(f"{'condition':<28}{'pauses':>8}{'edges F1':>10}{'first and last sound F1':>26}")
    counted = Edges()
    for condition in CONDITIONS:
        edges, ends = Edges(), Edges()
        for answer in answers(condition):
            found = measure_pauses(sounding=hear_samples(answer.samples).sounding)
            _add(edges, ends, Marks(answer.span, answer.silences), found, SYNTHETIC_WITHIN_S)
        if condition.counted:
            counted.hits, counted.true, counted.found = (
                counted.hits + edges.hits,
                counted.true + edges.true,
                counted.found + edges.found,
            )
        note = "" if condition.counted else "   (shown, not counted)"
        print(f"{condition.name:<28}{edges.true // 2:>8}{edges.f1:>10.3f}{ends.f1:>26.3f}{note}")
    yield Check("pause edges on made answers, F1 within 50 ms", counted.f1, at_least=0.95)


def on_marked_recordings(root: Path) -> Iterator[Check]:
    """Marked recordings as they are, through the product's own path; then with real backgrounds mixed in."""
    heading("Pause edges on recordings marked by hand")
    edges, ends, close = Edges(), Edges(), Edges()
    for name, marks in MARKS.items():
        if not (root / name).exists():
            continue
        found = measure_file(root / name, "zh" if "cmn" in name else "en").pauses
        own, own_ends = Edges(), Edges()
        _add(own, own_ends, marks, found, MARKED_WITHIN_S)
        _add(edges, ends, marks, found, MARKED_WITHIN_S)
        _add(close, Edges(), marks, found, SYNTHETIC_WITHIN_S)
        print(f"{name:<50}{own.true // 2:>4} pauses, edges right {own.hits}/{own.true}, found {own.found}", end="")
        print(f"; first and last sound right {own_ends.hits}/{own_ends.true}")
    print(f"within 50 ms instead of 100: F1 {close.f1:.3f}; first and last sound within 100 ms: F1 {ends.f1:.3f}")
    yield Check("pause edges on marked recordings, F1 within 100 ms", edges.f1, at_least=0.90)
    _with_backgrounds(root)


def _with_backgrounds(root: Path) -> None:
    """The marked recordings with three pauses or more in real noise; a mean over them, shown and not counted."""
    print(f"{'with real background':<24}{'20 dB':>10}{'10 dB':>10}   (edges F1 within 100 ms, not counted)")
    for background in BACKGROUNDS:
        files = sorted((root / "noise" / background).glob("*.flac"))
        if not files:
            continue
        noise = np.concatenate([_unit(read_samples(file)) for file in files])
        scores = []
        for snr_db in (20, 10):
            edges = Edges()
            for name, marks in MARKS.items():
                if len(marks.pauses) >= 3 and (root / name).exists():
                    mixed = _mixed(read_samples(root / name), noise, marks.span, snr_db)
                    found = measure_pauses(sounding=hear_samples(mixed).sounding)
                    _add(edges, Edges(), marks, found, MARKED_WITHIN_S)
            scores.append(edges.f1)
        print(f"{background:<24}{scores[0]:>10.3f}{scores[1]:>10.3f}")


def _add(edges: Edges, ends: Edges, marks: Marks, found: Pauses | None, within_s: float) -> None:
    """Count one recording; what is found inside an unsure gap counts neither way."""
    silences = [] if found is None else [Span(s.start_s, s.end_s) for s in found.silences]
    sure = [s for s in silences if not any(_inside(s, unsure) for unsure in marks.unsure)]
    edges.add_pauses(marks.pauses, sure, within_s)
    ends.add_pauses((marks.span,), [] if found is None else [Span(found.first_sound_s, found.last_sound_s)], within_s)


def _inside(silence: Span, unsure: Span) -> bool:
    return unsure.start_s - MARKED_WITHIN_S <= silence.start_s and silence.end_s <= unsure.end_s + MARKED_WITHIN_S


def _unit(samples: Samples) -> Wave:
    wave = samples.astype(np.float32)
    return wave / max(1.0, float(np.sqrt(np.mean(wave**2))))


def _mixed(samples: Samples, noise: Wave, span: Span, snr_db: float) -> Samples:
    """Half as loud, so that nothing clips, with noise of RMS so far under the answer's."""
    voice = samples[round(span.start_s * 16_000) : round(span.end_s * 16_000)].astype(np.float32)
    loudness = np.sqrt(np.mean((voice - voice.mean()) ** 2)) * 10 ** (-snr_db / 20)
    mixed = 0.5 * (samples.astype(np.float32) + loudness * np.resize(noise, len(samples)))
    return np.clip(np.round(mixed), -32768, 32767).astype(np.int16)


def nobody_speaks(root: Path) -> Iterator[Check]:
    """Backgrounds alone: how many of them are taken for speech."""
    heading("Backgrounds without a speaker")
    heard: Sequence[tuple[str, Sounds]] = [
        (f"{name}/{file.name}", hear_samples(read_samples(file)))
        for name in BACKGROUNDS
        for file in sorted((root / "noise" / name).glob("*.flac"))
    ]
    for name, found in heard:
        if found.sounding:
            print(f"{name}: taken for speech at {[(round(s.start_s, 2), round(s.end_s, 2)) for s in found.sounding]}")
    wrong = sum(bool(found.sounding) for _, found in heard)
    print(f"{wrong} of {len(heard)} taken for speech")
    yield Check("backgrounds taken for speech, share", wrong / max(1, len(heard)), at_most=0.10)
