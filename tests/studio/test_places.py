"""What is said of the terminal elsewhere is said of the studio here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.asking import ask
from voicerehearsal.engines import model_store
from voicerehearsal.errors import ModelError
from voicerehearsal.journal.store import Journal
from voicerehearsal.studio.app import build
from voicerehearsal.studio.places import place_for, said_here


def test_a_missing_recogniser_leads_to_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way the program was installed, the command gives way to the page, and the rest stays as it is."""
    for checkout in (None, model_store._PACKAGE):
        monkeypatch.setattr(model_store, "_checkout", lambda found=checkout: found)
        command = model_store.ListedModel("m", "zh", "Chinese", "Apache-2.0", ()).install_command
        said = str(ModelError("There is no Chinese model", f"Run: {command}"))
        assert said_here(said) == (
            "There is no Chinese model. Install it in the settings, under “Words: the recogniser”."
        )
        assert place_for(said) == ("settings#models", "Settings")
    for other in (f"Fetch it elsewhere and run: {command} --from FILE", "You rehearse well."):
        assert (said_here(other), place_for(other)) == (other, None)


def test_an_error_tells_where_in_the_studio_it_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is not there leads to the list of those that are, on its page and to a script."""
    monkeypatch.setenv("VOICEREHEARSAL_HOME", str(tmp_path))
    with Journal.open(tmp_path) as journal:
        journal.start_session("practice", "classic-questions", "en")
    app = build("/s")
    shown = ask(app, "GET", "answers/999", accept="text/html").text
    assert "voicerehearsal history" not in shown
    assert ">All answers</a>" in shown
    told = ask(app, "GET", "answers/999/picture.json").json
    assert told["cure"] == "Your answers are in the list."
    assert told["place"] == {"path": "history", "title": "All answers"}
