"""Filled pauses and filler phrases together: how many, how often, how much of the time, and where they crowd."""

from __future__ import annotations

from collections.abc import Sequence

from voicerehearsal.measures.pauses import span_duration_s
from voicerehearsal.measures.timeline import duration_s, inside, merged
from voicerehearsal.values import Filler, Fillers, Span

CLUSTER_GAP_S = 4.0
"""Fillers closer than this follow on each other: about one clause."""

CLUSTER_LEAST = 3
"""As many in a row are a cluster: at the average of 5 a minute three within 8 s are rare by chance."""

SURE = 0.5
"""Confidence from which a filler is more likely one than not; what is less sure is counted, and blames nobody."""


def sure_ones(*, events: Sequence[Filler]) -> tuple[Filler, ...]:
    """The fillers that are more likely some than not."""
    return tuple(event for event in events if event.confidence >= SURE)


def measure_fillers(
    *, filled_pauses: Sequence[Filler], phrases: Sequence[Filler], span: Span, mutes: Sequence[Span] = ()
) -> Fillers:
    """The contract's `fillers`.

    A filler counts where its middle lies inside the answer and outside the mutes. A filled pause that lies mostly
    inside a phrase is the same moment heard twice; the phrase stands.

    Args:
        filled_pauses: From the sound, in order.
        phrases: From the words, in order.
        span: From the first sound of the answer to the last.
        mutes: When the speaker had muted the line.

    Returns:
        Events by their beginning; `per_minute` and `share` against the span without its mutes; clusters of sure ones.
    """
    alone = [pause for pause in filled_pauses if not any(_mostly_inside(pause, phrase) for phrase in phrases)]
    events = tuple(
        sorted(
            (
                event
                for event in (*alone, *phrases)
                if inside(time_s=(event.start_s + event.end_s) / 2, span=span, cut=mutes)
            ),
            key=lambda event: event.start_s,
        )
    )
    length_s = span_duration_s(span=span, mutes=mutes)
    taken_s = duration_s(spans=merged(spans=[Span(event.start_s, event.end_s) for event in events]))
    return Fillers(
        events=events,
        count=len(events),
        per_minute=60 * len(events) / length_s if length_s > 0 else 0.0,
        share=min(1.0, taken_s / length_s) if length_s > 0 else 0.0,
        clusters=_clusters(sure_ones(events=events)),
    )


def _mostly_inside(pause: Filler, phrase: Filler) -> bool:
    shared_s = min(pause.end_s, phrase.end_s) - max(pause.start_s, phrase.start_s)
    return shared_s > (pause.end_s - pause.start_s) / 2


def _clusters(events: Sequence[Filler]) -> tuple[Span, ...]:
    """Runs of `CLUSTER_LEAST` or more, each beginning within `CLUSTER_GAP_S` of the end of those before."""
    runs: list[list[Filler]] = []
    end_s = float("-inf")
    for event in events:
        if event.start_s - end_s < CLUSTER_GAP_S:
            runs[-1].append(event)
        else:
            runs.append([event])
        end_s = max(end_s, event.end_s)
    return tuple(Span(run[0].start_s, max(event.end_s for event in run)) for run in runs if len(run) >= CLUSTER_LEAST)
