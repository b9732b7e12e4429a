"""Do pace and pauses agree with people? Against the raters' fluency of speechocean762, per sentence and speaker."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.accuracy.corpora import clips
from tests.accuracy.measuring import measure_file
from tests.accuracy.scoring import heading, pearson, spearman
from voicerehearsal.values import Report

CORPUS = "speechocean762"
MEASURES = (
    "speech rate (syllables)",
    "articulation rate (syllables)",
    "words per minute",
    "pauses per minute",
    "mean pause",
    "share of silence",
    "phonation",
)


def against_raters(root: Path) -> None:
    """Print the correlations; there is no target, only the direction to expect: faster and less silent is fluent."""
    sentences: list[tuple[str, float, Mapping[str, float]]] = []
    for clip in clips(root):
        rating = re.search(r"\bfluency=([\d.]+)", clip.extra)
        if clip.corpus == CORPUS and rating:
            measures = _measures(measure_file(clip.path, "en"))
            if measures:
                sentences.append((clip.speaker, float(rating[1]), measures))
    if len(sentences) < 3:
        return
    speakers: dict[str, list[tuple[float, Mapping[str, float]]]] = defaultdict(list)
    for speaker, rating_value, measures in sentences:
        speakers[speaker].append((rating_value, measures))
    heading(f"Agreement with human fluency ratings ({CORPUS})")
    print(f"{len(sentences)} sentences, {len(speakers)} speakers (means over their sentences)")
    print(f"{'measure':<32}{'sentence: Spearman':>20}{'Pearson':>9}{'speaker: Spearman':>20}{'Pearson':>9}")
    ratings = [rating_value for _, rating_value, _ in sentences]
    mean_ratings = [statistics.mean(r for r, _ in own) for own in speakers.values()]
    for name in MEASURES:
        values = [measures[name] for _, _, measures in sentences]
        means = [statistics.mean(m[name] for _, m in own) for own in speakers.values()]
        print(
            f"{name:<32}{spearman(values, ratings):>20.3f}{pearson(values, ratings):>9.3f}"
            f"{spearman(means, mean_ratings):>20.3f}{pearson(means, mean_ratings):>9.3f}"
        )


def _measures(report: Report) -> Mapping[str, float] | None:
    if report.pace is None or report.pauses is None:
        return None
    pace, pauses = report.pace, report.pauses
    span_s = pauses.last_sound_s - pauses.first_sound_s
    return {
        "speech rate (syllables)": pace.syllables_per_second or 0.0,
        "articulation rate (syllables)": pace.articulation_syllables_per_second or 0.0,
        "words per minute": pace.words_per_minute or 0.0,
        "pauses per minute": pauses.per_minute,
        "mean pause": pauses.mean_s or 0.0,
        "share of silence": pauses.ratio,
        "phonation": pauses.phonation_s / span_s,
    }
