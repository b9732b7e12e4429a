"""Pauses marked by hand on recordings of the corpora.

The corpora's own labels are a start: the phone tiers are automatic alignments inside breath groups that a person
checked, so edges of breath groups can be trusted and short inner pauses are not marked at all. Each recording was
looked at again, spectrogram over level, and marked here. Where label and picture agree, the label's number stands; it
was changed where a stop's release or a breathy end was cut off ("unsympathetic" in A040, "bored" in oriana1) and
added to where nothing was marked (ENG_M15, the interview, the end of speechbrain's file). Breaths and lip smacks are
silence. `unsure` are gaps that a person cannot decide either: as long as the limit of 0.25 s give or take the time in
which the sound dies away; what is found there is neither right nor wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from voicerehearsal.values import Span


@dataclass(frozen=True)
class Marks:
    """First and last sound, pauses, and where nobody can say."""

    span: Span
    pauses: tuple[Span, ...]
    unsure: tuple[Span, ...] = ()


def _spans(*edges: tuple[float, float]) -> tuple[Span, ...]:
    return tuple(Span(start_s, end_s) for start_s, end_s in edges)


MARKS = {
    "sppas_en_aligned/E_E_A040-O2.flac": Marks(
        Span(1.241, 20.335), _spans((3.366, 4.423), (9.066, 9.47), (13.14, 14.006), (17.406, 17.782))
    ),
    "sppas_en_aligned/fclc251.flac": Marks(Span(0.865, 1.79), ()),
    "sppas_en_aligned/head_oriana1.flac": Marks(
        Span(1.691, 14.633), _spans((4.56, 6.406), (9.804, 11.445)), _spans((8.05, 8.28), (13.12, 13.4))
    ),
    "sppas_en_aligned/head_ENG_M15_ENG_T02.flac": Marks(
        Span(1.22, 14.0), _spans((2.93, 3.37), (6.06, 6.54), (8.98, 9.57), (10.93, 11.67))
    ),
    "sppas_cmn/f1_P8.flac": Marks(
        Span(2.649, 21.719),
        _spans((5.583, 5.993), (8.392, 8.856), (11.535, 12.318), (14.483, 15.057), (16.842, 17.49), (18.3, 18.734)),
    ),
    "sppas_cmn/f5_P9.flac": Marks(
        Span(0.355, 22.34),
        _spans(
            (3.765, 4.745),
            (6.535, 7.205),
            (9.54, 10.325),
            (11.91, 12.565),
            (16.505, 17.485),
            (19.135, 19.55),
            (21.13, 21.605),
        ),
        _spans((15.0, 15.35)),
    ),
    "speechbrain_vad/train.flac": Marks(Span(0.52, 5.36), _spans((0.85, 1.32), (1.83, 2.35), (3.72, 4.13))),
    "interview_monologue/short_interview_audio.flac": Marks(
        Span(1.03, 24.1),
        _spans((5.08, 5.74), (9.93, 10.69), (12.3, 13.13), (13.76, 14.52), (18.8, 19.58), (22.02, 22.55)),
        _spans((2.8, 3.1), (14.9, 15.25), (23.9, 24.6)),
    ),
    "praatio_aligned/mary.flac": Marks(Span(0.315, 1.518), ()),
    "praatio_aligned/bobby.flac": Marks(Span(0.065, 1.117), ()),
    "praatio_aligned/damon_set_test.flac": Marks(Span(0.051, 0.865), ()),
}
