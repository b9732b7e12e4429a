"""What the studio's tests share: one browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.studio.serving import chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium; what is expected of its pages may take as long as a busy test computer needs."""
    expect.set_options(timeout=40_000)
    with chromium() as started:
        yield started
