"""Finding the smile calibration that a recording is to be measured against."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voicerehearsal.measures.calibration import Calibration, calibrate
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED, Profile
from voicerehearsal.wiring.smiles import DEFAULT_PROFILE, find_profile, keep_profile


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    """Any; what it was made from does not matter here."""
    rows = np.random.default_rng(0).normal(0, 1, (2, 200, 17)).astype(np.float32)
    found = calibrate(neutral=[rows[0]], smiling=[rows[1]]).calibration
    assert found is not None
    return found


def test_who_never_calibrated_is_not_calibrated(home: Path) -> None:
    """Without a name and without a calibration there is nothing wrong, and nothing is created."""
    assert find_profile(None) == NOT_CALIBRATED
    assert not home.exists()


@pytest.mark.usefixtures("home")
def test_a_calibration_is_found_by_its_name(calibration: Calibration) -> None:
    """The named one, and the default one where none is named."""
    keep_profile(Profile(DEFAULT_PROFILE, calibration))
    keep_profile(Profile("work", calibration))
    assert find_profile("work") == Profile("work", calibration)
    assert find_profile(None) == Profile(DEFAULT_PROFILE, calibration)


@pytest.mark.usefixtures("home")
def test_a_calibration_that_is_gone_is_not_replaced_by_another(calibration: Calibration) -> None:
    """A recording made with a calibration that is not here is not measured against somebody else's."""
    keep_profile(Profile(DEFAULT_PROFILE, calibration))
    assert find_profile("work") == "its calibration 'work' is not here"


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"version":'])
def test_a_damaged_calibration_says_so(home: Path, content: bytes) -> None:
    """Named or not, it is the damage that is reported."""
    (home / "profiles").mkdir(parents=True)
    (home / "profiles" / f"{DEFAULT_PROFILE}.json").write_bytes(content)
    for name in (None, DEFAULT_PROFILE):
        why = find_profile(name)
        assert isinstance(why, str)
        assert why.startswith(f"the calibration {DEFAULT_PROFILE!r} is damaged")
