"""What can go wrong, in words for people: what happened, and what to do about it."""


class RehearsalError(Exception):
    """Base of every error a person may meet; the command line prints it as one line.

    Attributes:
        what: One clause that says what is wrong and where.
        cure: What to do about it, or "" when nothing can be done.
        exit_code: What the program exits with: 1 failed, 2 wrong usage.
    """

    exit_code = 1

    def __init__(self, what: str, cure: str = "") -> None:
        self.what = what
        self.cure = cure
        super().__init__(f"{what}. {cure}".strip() if cure else what)

    def going_on(self, instead: str) -> str:
        """The error where the program goes on all the same, with the sentence that says what it does `instead`.

        The cure stays last, because it may end with a command, without a full stop, to be copied.
        """
        return f"{self.what}. {instead} {self.cure}".strip()


class UsageError(RehearsalError):
    """The call itself was wrong: an unknown name, a bad value."""

    exit_code = 2


class DeviceError(RehearsalError):
    """A microphone or speaker is missing, busy, silent, or went away."""


class InUseError(DeviceError):
    """Another rehearsal on this computer uses the microphone."""


class ModelError(RehearsalError):
    """A recogniser's model is missing, damaged or cannot be fetched."""


class VoiceError(RehearsalError):
    """The interviewer's voice could not be made."""


class SoundFileError(RehearsalError):
    """A sound file cannot be read or written."""


class CalibrationError(RehearsalError):
    """Readings from which no smile calibration can be made."""


class PackError(RehearsalError):
    """A question pack is broken; the message names file, line and cure."""


class JournalError(RehearsalError):
    """The journal or a recording cannot be read or written."""


class UnsavedError(JournalError):
    """Sound is safe on the disk and not in its place yet; `recover` puts it there once the disk has room."""


class ExportError(RehearsalError):
    """A file cannot be exported, or what is to be imported is no whole export."""
