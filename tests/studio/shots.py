"""`python -m tests.studio.shots FOLDER`: a picture of every page, both languages, light and dark, narrow to very wide.

For the eye: a designer's, before anything is shown to anybody.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.studio.practised import PACK, practised_home
from tests.studio.serving import chromium, go, served, visited
from voicerehearsal.engines.pyttsx3_voice import InterviewerVoice
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.journal.settings import Settings, write_settings

WIDTHS = (390, 1440, 3840)
PAGES = {
    "today": "",
    "practise": "practise",
    "history": "history",
    "nothing-found": "history?text=quokka",
    "answer": "answers/38",
    "answer-without-recording": "answers/20",
    "compare": "compare?a=37&b=38",
    "trends": "trends",
    "packs": "packs",
    "pack": f"packs/{PACK}",
    "calibrate": "calibrate",
    "settings": "settings",
    "no-such-page": "nowhere",
}
FIRST_VISIT = ("today", "practise", "history", "trends")
"""Pages that look otherwise before the first answer."""


def main() -> int:
    """Write the pictures, as folder/page-language-theme-width.png."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        empty, home = Path(name) / "empty", Path(name) / "home"
        empty.mkdir()
        home.mkdir()
        voice = InterviewerVoice(language="en", cache=Path(name) / "voice", time_limit_s=60)
        practised_home(home, lambda text: read_sound(voice.render([text])[0]))
        for data, pages, prefix in ((home, tuple(PAGES), ""), (empty, FIRST_VISIT, "first-")):
            for language in ("en", "zh"):
                write_settings(data, Settings(interface_language=language))
                with chromium() as browser, served(data) as studio, visited(browser, studio) as page:
                    for one in pages:
                        _shoot(page, PAGES[one], folder / f"{prefix}{one}-{language}")
    return 0


def _shoot(page: Page, path: str, start: Path) -> None:
    go(page, path)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 2160 if width > 2000 else 900})
            page.screenshot(path=f"{start}-{theme}-{width}.png", full_page=width < 2000)


if __name__ == "__main__":
    sys.exit(main())
