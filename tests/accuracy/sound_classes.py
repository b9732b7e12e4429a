"""`python -m tests.accuracy.sound_classes FOLDER`: learn the classes of speech sounds that come with the program.

Only from neutral speech under free licences: speechocean762 (Zhang et al. 2021, CC BY 4.0), and test recordings of the
Montreal Forced Aligner (MIT), PocketSphinx (BSD-2), Vosk (Apache-2.0), praatIO (MIT) and SPPAS (GPL-3).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.accuracy import corpora
from tests.accuracy.measuring import read_samples
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.measures import sound_classes
from voicerehearsal.measures.smile_features import COMPARED, SPECTRUM, clear_frames, comparable_rows, timbre
from voicerehearsal.measures.tracks import Tracks

FREE = ("speechocean762", "mfa_fillers", "pocketsphinx", "vosk_examples", "praatio_aligned", "sppas_en_aligned")
_CLASSES = 64
_ROUNDS = 40
_LEAST_FRAMES = 100  # of a speaker
_LEAST_VARIANCE = 0.05

Floats = NDArray[np.float64]


def main() -> None:
    """Learn and write."""
    frames = speech(Path(sys.argv[1]))
    scale = frames.std(axis=0)
    weights, means, variances = learn(frames / scale)
    np.savez(
        Path(sound_classes.__file__).with_name("sound_classes.npz"),
        weights=weights.astype(np.float32),
        means=means.astype(np.float32),
        variances=variances.astype(np.float32),
        scale=scale.astype(np.float32),
    )
    print(f"{len(frames)} frames, scale {np.round(scale, 2)}")


def speech(root: Path) -> Floats:
    """Clear frames of all speakers, each about their own mean, shape (n, 14)."""
    speakers: dict[str, list[Floats]] = {}
    for clip in corpora.clips(root):
        if clip.corpus in FREE:
            samples = read_samples(clip.path)
            tracks = Tracks(PraatPhonetics()).finish(samples=samples)
            rows = timbre(samples=samples, voice=tracks.voice)
            clear = comparable_rows(timbre=rows, clear=clear_frames(timbre=rows, bands=tracks.bands))
            speakers.setdefault(clip.corpus + clip.speaker, []).append(clear[:, COMPARED].astype(np.float64))
    joined = [np.concatenate(rows) for rows in speakers.values()]
    return np.concatenate([rows - rows.mean(axis=0) for rows in joined if len(rows) >= _LEAST_FRAMES])


def learn(frames: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights, means and variances of the classes by expectation and maximisation over the cepstra."""
    chosen = np.random.default_rng(0).choice(len(frames), _CLASSES, replace=False)
    classes = sound_classes.SoundClasses(
        np.full(_CLASSES, 1 / _CLASSES),
        frames[chosen],
        np.tile(frames.var(axis=0), (_CLASSES, 1)),
        np.ones(frames.shape[1]),
    )
    for _ in range(_ROUNDS):
        shares = sound_classes.class_shares(spectrum=frames[:, SPECTRUM], classes=classes)
        count = shares.sum(axis=0)[:, None]
        means = shares.T @ frames / count
        variances = np.maximum(shares.T @ frames**2 / count - means**2, _LEAST_VARIANCE)
        classes = sound_classes.SoundClasses(count[:, 0] / len(frames), means, variances, classes.scale)
    return classes.weights, classes.means, classes.variances


if __name__ == "__main__":
    main()
