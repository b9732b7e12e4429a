"""`calibrate`: teach it your own straight face, smile and irritation, so that a smile can be told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.screen import Screen
    from voicerehearsal.measures.calibration import Calibration
    from voicerehearsal.ports import Microphone
    from voicerehearsal.rehearsal.calibrating import Face
    from voicerehearsal.rehearsal.listen import Heard
    from voicerehearsal.values import Language


def calibrate(
    profile: Annotated[str | None, typer.Option(help="Name of the calibration; else the default one.")] = None,
    neutral: Annotated[
        list[Path] | None, typer.Option(help="Recording of the straight face; may be repeated.", metavar="FILE")
    ] = None,
    smiling: Annotated[
        list[Path] | None, typer.Option(help="Recording of the smile; may be repeated.", metavar="FILE")
    ] = None,
    irritated: Annotated[
        list[Path] | None, typer.Option(help="Recording of the irritated voice; may be repeated.", metavar="FILE")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Read in this language.", metavar="en|zh")] = None,
    microphone: Annotated[str | None, typer.Option(help="Use this microphone.", metavar="NAME")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Learn how your voice smiles: three short readings of the same sentences, or recordings of them.

    With a straight face, with a smile, and irritated: without the last, excitement cannot be told from a smile. Only
    numbers are kept, no sound.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.tables import print_json
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.profiles import checked_name
    from voicerehearsal.presenting.choices import spoken_language
    from voicerehearsal.rehearsal.analyse_voice import Profile
    from voicerehearsal.rehearsal.calibrating import calibrated

    name = checked_name(wiring.DEFAULT_PROFILE if profile is None else profile)
    files: dict[Face, list[Path]] = {"neutral": neutral or [], "smiling": smiling or [], "irritated": irritated or []}
    given: Mapping[Face, list[Path]] = {face: paths for face, paths in files.items() if paths}
    if given and not ("neutral" in given and "smiling" in given):
        raise UsageError("A smile is told from a straight face", "Give --neutral FILE and --smiling FILE.")
    readings: Mapping[Face, Sequence[Heard]]
    if given:
        readings = {face: wiring.hear_readings(paths) for face, paths in given.items()}
    else:
        readings = _guided(spoken_language(language) or "en", microphone)
    found = calibrated(readings)
    path = wiring.keep_profile(Profile(name, found))
    if as_json:
        print_json(_as_json(name, found, path))
    else:
        _show(name, found)


def _guided(language: Language, name: str | None) -> dict[Face, list[Heard]]:
    """The three readings at the microphone, each once the reader is ready.

    Raises:
        UsageError: There is no terminal to guide the reader.
        KeyboardInterrupt: The reader left.
    """
    from voicerehearsal import wiring
    from voicerehearsal.cli.keys import Keys
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.errors import UsageError
    from voicerehearsal.rehearsal.calibrating import FACES, SENTENCES

    keys = Keys()
    if not keys.available:
        raise UsageError(
            "The readings need a terminal, where you can say when you are ready",
            "Or give recordings: --neutral FILE --smiling FILE --irritated FILE.",
        )
    device = wiring.microphone(name)
    talk().print(f"microphone: {device.name}", style="dim", markup=False)
    talk().print("\nYou read these sentences three times, at the distance from which you will answer:\n")
    for sentence in SENTENCES[language]:
        talk().print(f"  {sentence}", style="bold", markup=False)
    readings: dict[Face, list[Heard]] = {}
    with wiring.the_only_rehearsal(needed=True), keys.listening():
        for number, face in enumerate(FACES, 1):
            readings[face] = [_one_reading(number, face, device, keys)]
    return readings


def _one_reading(number: int, face: Face, device: Microphone, keys: Keys) -> Heard:
    """One reading, again until there is enough voice in it."""
    from voicerehearsal.cli.screen import Screen
    from voicerehearsal.cli.terminal import talk
    from voicerehearsal.presenting.calibration import why_again
    from voicerehearsal.rehearsal.calibrating import MANNERS

    screen = Screen(talk())
    while True:
        talk().print(f"\n{number} of 3. {MANNERS[face]}", markup=False)
        talk().print("Enter begins, and ends the reading; q leaves", style="dim")
        _wait_until_ready(keys)
        try:
            heard = _heard(device, keys, screen)
        finally:
            screen.close()
            device.stop()
        why = why_again(heard)
        if heard is not None and not why:
            return heard
        talk().print(f"{why}. Once more, please.", style="yellow", markup=False)


def _wait_until_ready(keys: Keys) -> None:
    while True:
        key = keys.read(0.2)
        if key == "q" or keys.interrupted:
            raise KeyboardInterrupt
        if key in ("\r", "\n", " "):
            return


def _heard(device: Microphone, keys: Keys, screen: Screen) -> Heard | None:
    """Listen to one reading, showing level and clock."""
    from voicerehearsal import wiring
    from voicerehearsal.presenting.calibration import END_SILENCE_S, LONGEST_READING_S
    from voicerehearsal.rehearsal.endpoint import Endpointer
    from voicerehearsal.rehearsal.reading import hear_reading

    device.start()
    endpointer = Endpointer(end_silence_s=END_SILENCE_S)
    ear = wiring.new_ear(sample_rate_hz=device.sample_rate_hz, scribe=None, endpointer=endpointer, with_timbre=True)
    listening = hear_reading(
        microphone=device, ear=ear, endpointer=endpointer, controls=keys, limit_s=LONGEST_READING_S
    )
    while True:
        try:
            screen.show(next(listening))
        except StopIteration as done:
            if done.value == "stopped":
                raise KeyboardInterrupt from None
            heard: Heard | None = done.value
            return heard


def _show(name: str, found: Calibration) -> None:
    """How well this voice's smile can be told, in words."""
    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import results, talk
    from voicerehearsal.presenting.calibration import verdict_of

    verdict = verdict_of(found)
    out = results()
    out.print(verdict.told, markup=False, soft_wrap=True)
    if verdict.mind:
        out.print(verdict.mind, style="yellow", markup=False, soft_wrap=True)
    used = "and used from now on" if name == wiring.DEFAULT_PROFILE else f"for `analyze --profile {name}`"
    talk().print(f"Kept as {name!r} {used}.", style="dim", markup=False)


def _as_json(name: str, found: Calibration, path: Path) -> dict[str, Any]:
    readings = {"neutral": found.neutral, "smiling": found.smiling, "irritated": found.irritated}
    return {
        "schema": "voicerehearsal.calibrate/1",
        "profile": name,
        "tellable": found.tellable,
        "reason": found.reason,
        "auc_neutral": round(found.auc_neutral, 4),
        "auc_irritated": None if found.auc_irritated is None else round(found.auc_irritated, 4),
        "readings": {
            face: None if reading is None else {"voiced_s": round(reading.voiced_s, 2)}
            for face, reading in readings.items()
        },
        "path": str(path),
    }
