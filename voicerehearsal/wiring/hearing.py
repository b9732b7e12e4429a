"""Ears and recognisers."""

from __future__ import annotations

import functools
import threading
from pathlib import Path

import numpy as np

from voicerehearsal.engines import (
    model_install,
    model_store,
    praat,
    soundfiles,
    soxr_resampler,
    vosk_recogniser,
    webrtc_gate,
)
from voicerehearsal.errors import ModelError
from voicerehearsal.measures.levels import BandPowers, band_powers
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.listen import Ear, Heard, Scribe
from voicerehearsal.values import Language, Sound, Span, VoiceTracks

ListedModel = model_store.ListedModel
listed_models = model_store.listed_models
find_model = model_store.find_model
verify_model = model_store.verify
install_model = model_install.install
read_part = soundfiles.read_part

_loading = threading.Lock()


def new_ear(
    *,
    sample_rate_hz: int,
    scribe: Scribe | None,
    with_timbre: bool,
    channels: int = 1,
    endpointer: Endpointer | None = None,
) -> Ear:
    """One answer's way from a microphone or a file to what was heard."""
    return Ear(
        sample_rate_hz=sample_rate_hz,
        channels=channels,
        resampler=soxr_resampler.SoxrResampler(sample_rate_hz),
        gate=webrtc_gate.WebrtcGate(),
        phonetics=praat.PraatPhonetics(),
        scribe=scribe,
        endpointer=endpointer,
        with_timbre=with_timbre,
    )


def hear_file(reader: soundfiles.SoundFileReader, scribe: Scribe | None, *, with_timbre: bool) -> Heard:
    """A whole recording, heard the same way as a live answer."""
    try:
        ear = new_ear(
            sample_rate_hz=reader.sample_rate_hz,
            channels=reader.channels,
            scribe=scribe,
            with_timbre=with_timbre,
        )
        for block in reader.blocks():
            ear.hear(block)
        return ear.finish()
    finally:
        if scribe is not None:
            scribe.close()


def hear_voice(recording: Path, within: Span) -> tuple[Sound, VoiceTracks, BandPowers]:
    """A stretch of a recording, its pitch and its loudness, without a word understood; raises SoundFileError."""
    sound = soundfiles.read_part(recording, within)
    resampler = soxr_resampler.SoxrResampler(sound.sample_rate_hz)
    samples = np.concatenate([resampler.feed(sound.samples), resampler.finish()])
    return sound, praat.PraatPhonetics().tracks(samples), band_powers(samples=samples)


def new_scribe(language: Language, *, warm: bool) -> Scribe:
    """Who writes down the words of an answer; the model may still be loading."""
    return Scribe(lambda: model(language).recogniser(warm=warm))


def verified_model(language: Language) -> Path:
    """The folder of the model for `language`, every file checked; raises ModelError."""
    folder = find_model(language)
    verify_model(folder, language)
    return folder


def recogniser_in_words(language: Language) -> str:
    """Which recogniser model is used, or why none."""
    try:
        return model_store.find_model(language).name
    except ModelError as error:
        return f"none ({error})"


def model(language: Language) -> vosk_recogniser.VoskModel:
    """The model for `language`, verified and loaded once; raises ModelError when it is missing or damaged."""
    with _loading:
        return load(language)


@functools.cache
def load(language: Language) -> vosk_recogniser.VoskModel:
    """Load it; `model` does so for one thread at a time."""
    return vosk_recogniser.VoskModel(verified_model(language))
