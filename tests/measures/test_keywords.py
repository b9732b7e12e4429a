"""Keyword coverage: what counts as said, what does not, and what never changes the answer."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.accuracy.keywords import hibari, questions, said_and_heard
from voicerehearsal.measures.keywords import coverage, coverage_of_text
from voicerehearsal.measures.wordforms import word_set
from voicerehearsal.values import Caution, Keywords, Question, TalkingPoint, Word

APOLOGISE = ("I apologise", "apologise", "I'm sorry", "say sorry")
LISTEN = ("I listen", "listen")
CALL = ("call you back",)
NOTES = ("take notes",)


def _question(*phrases: str) -> Question:
    return Question("q", "?", points=(TalkingPoint("p", "Point", phrases),))


def _words(text: str, start_s: float = 0.0) -> tuple[Word, ...]:
    """A word every half second, 0.4 s long."""
    return tuple(Word(w, start_s + i / 2, start_s + i / 2 + 0.4, 1.0) for i, w in enumerate(text.split()))


def _made(phrases: tuple[str, ...], text: str) -> bool:
    return coverage(question=_question(*phrases), words=_words(text)).points[0].covered


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("I apologise", "first I apologized to her"),
        ("I apologise for the delay", "my apologies for that delay"),
        ("listen to the details", "I listened to all of the details"),
        ("I am sorry", "I'm so very sorry"),
        ("I am sorry", "we're sorry"),
        ("I'm sorry", "I am sorry"),
        ("cancel the order", "she cancelled her order"),
        ("show good behaviour", "they show good behavior"),
        ("organise the data", "we organized our data"),
        ("take notes", "I take a few notes"),
        ("take notes", "I took um detailed notes"),
        ("take notes", "the notes I take"),
        ("tell them exactly when", "I told her when exactly"),
        ("within 24 hours", "within twenty four hours"),
        ("within twenty-four hours", "within 24 hours"),
        ("by four p.m.", "by 4 pm"),
        ("CRM is a strategy", "c r m is a strategy"),
        ("CRM is a strategy", "see our m is a strategy"),
        ("CRM is a strategy", "sierra m is a strategy"),
        ("we track KPIs", "we track k p eyes"),
        ("Salesforce", "we use sales force here"),
        ("call back", "she wants a callback"),
        ("empathise with the caller", "empathize with the collar"),
        ("I understand how you feel", "we understood how they felt"),
        ("nobody has to repeat", "nobody ever has to repeat it"),
        ("don't take it personally", "I never take it personally"),
        ("a strategy for the whole company", "a strategy of the entire whole company"),
        ("résumé", "it is in my resume"),
        ("您觉得怎么处理", "那您觉得怎么处理比较好"),
    ],
)
def test_said_in_other_words(phrase: str, text: str) -> None:
    """Inflection, spelling, contraction, number, small gaps, order and mishearings do not hide a point."""
    assert _made((phrase,), text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("listen", "the listless glistening list"),
        ("I listen", "I learned my lesson"),
        ("take notes", "take the late train and leave a few notes"),
        ("take notes", "not that I take that"),
        ("I'm sorry", "he was a sorry sight"),
        ("I apologise", "apples and prologues"),
        ("call you back", "I called the plumber"),
        ("CRM is a strategy", "the cream is a strategy"),
        ("CRM", "some are so many"),
        ("calm voice", "come with a voice"),
        ("within 24 hours", "within twenty hours"),
        ("don't take it personally", "I took it personally"),
        ("customer satisfaction", "the custom of the country satisfied him"),
    ],
)
def test_not_said(phrase: str, text: str) -> None:
    """Parts of words, neighbours in sound and words too far apart make no point."""
    assert not _made((phrase,), text)


@pytest.mark.parametrize(
    ("phrases", "text"),
    [
        (APOLOGISE, "I would not apologise"),
        (APOLOGISE, "without apologising"),
        (APOLOGISE, "without ever apologising"),
        (APOLOGISE, "I don't think I need to apologise"),
        (APOLOGISE, "there is no need to apologise"),
        (APOLOGISE, "instead of apologising"),
        (APOLOGISE, "apologising is not something I do"),
        (APOLOGISE, "I wouldn't argue or apologise"),
        (APOLOGISE, "I would never sincerely apologise"),
        (APOLOGISE, "I am not sorry"),
        (APOLOGISE, "I don't say I'm sorry"),
        (APOLOGISE, "I refuse to apologise"),
        (APOLOGISE, "some people just say sorry"),
        (APOLOGISE, "most agents apologise"),
        (LISTEN, "I never listen"),
        (LISTEN, "I'm not good at listening"),
        (LISTEN, "I failed to listen"),
        (LISTEN, "I hardly listen"),
        (LISTEN, "I stopped listening"),
    ],
)
def test_denied_is_not_made(phrases: tuple[str, ...], text: str) -> None:
    """What a speaker denies, or leaves to other people, is not their point."""
    assert not _made(phrases, text)
    assert not _made(phrases, f"well to be honest {text}")


@pytest.mark.parametrize(
    ("phrases", "text"),
    [
        (APOLOGISE, "not only do I apologise I also call back"),
        (APOLOGISE, "I can't apologise enough"),
        (APOLOGISE, "I don't argue I apologise"),
        (APOLOGISE, "it was not my fault but I apologised"),
        (APOLOGISE, "I never hang up without apologising"),
        (APOLOGISE, "I don't mind apologising"),
        (APOLOGISE, "I didn't know the answer so I apologised"),
        (APOLOGISE, "no matter how rude they are I apologise"),
        (APOLOGISE, "no I apologise first"),
        (LISTEN, "I never fail to listen"),
        (LISTEN, "it's not that I don't listen"),
        (LISTEN, "other people shout and I listen"),
        (("stay calm",), "I help other people stay calm"),
        (("stay calm",), "I want to help other people stay calm"),
        (CALL, "why don't I call you back"),
        (CALL, "I won't forget to call you back"),
    ],
)
def test_a_not_that_denies_nothing(phrases: tuple[str, ...], text: str) -> None:
    """A negation of something else, or a double one, leaves the point made."""
    assert _made(phrases, text)


def test_written_sentences_end_a_negation() -> None:
    """In text a full stop ends the reach of a not, and a phrase does not run across it."""
    assert coverage_of_text(question=_question(*LISTEN), text="I do not talk over them. Listen first.").coverage == 1
    assert coverage_of_text(question=_question(*NOTES), text="Ask what to take. Notes come later.").coverage == 0


def test_evidence_is_the_words_as_said_with_their_times() -> None:
    """Each place where a point was made is given, overlapping phrases as one."""
    words = _words("Well I Apologised to her and then I said I'm really sorry again", start_s=10.0)
    [point] = coverage(question=_question(*APOLOGISE), words=words).points
    assert [(e.text, e.start_s, e.end_s) for e in point.evidence] == [
        ("I Apologised", 10.5, 11.4),
        ("I'm really sorry", 14.5, 15.9),
    ]


def test_text_has_evidence_without_times() -> None:
    """Written answers are quoted without the full stop, and have no times."""
    [point] = coverage_of_text(question=_question(*APOLOGISE), text="First, I'm sorry.").points
    assert [(e.text, e.start_s, e.end_s) for e in point.evidence] == [("I'm sorry", None, None)]


def _ordered(text: str) -> Keywords:
    points = tuple(TalkingPoint(p, p, (p,), order) for p, order in (("alpha", 1), ("bravo", 2), ("delta", 3)))
    return coverage(question=Question("q", "?", points=points), words=_words(text))


def test_order_and_coverage() -> None:
    """Coverage is made over all; order looks at the first time each was said, and needs two."""
    assert (_ordered("alpha bravo delta alpha").order, _ordered("alpha bravo delta").coverage) == (True, 1.0)
    assert (_ordered("delta then alpha delta").order, _ordered("delta then alpha").coverage) == (False, 2 / 3)
    assert (_ordered("bravo bravo").order, _ordered("bravo").coverage) == (None, 1 / 3)
    assert (_ordered("").order, _ordered("").coverage) == (None, 0.0)


def test_question_without_points_has_no_coverage() -> None:
    """Nothing to cover is unknown, not nought."""
    assert coverage(question=Question("q", "?"), words=_words("anything")).coverage is None


def test_cautions_with_time_and_why_unless_denied() -> None:
    """A phrase that hurts is quoted where it was said; denying it is no offence."""
    question = Question("q", "?", cautions=(Caution(("perfectionist", "I have no weaknesses"), "tired"),))
    [hit] = coverage(question=question, words=_words("I am a perfectionist")).cautions
    assert (hit.text, hit.start_s, hit.end_s, hit.why) == ("perfectionist", 1.5, 1.9, "tired")
    assert len(coverage_of_text(question=question, text="Honestly, I have no weaknesses.").cautions) == 1
    assert not coverage_of_text(question=question, text="I'm not a perfectionist.").cautions


NEUTRAL = st.lists(
    st.sampled_from(["table", "window", "yesterday", "train", "blue", "seven", "coffee", "market", "paper", "often"]),
    max_size=12,
)
PHRASES = [p for q in questions() for point in q.points for p in point.phrases if "{" not in p]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(PHRASES), NEUTRAL, NEUTRAL)
def test_words_elsewhere_change_nothing(phrase: str, before: list[str], after: list[str]) -> None:
    """A phrase said as it stands makes its point whatever neutral words surround it."""
    question = _question(phrase)
    assert coverage_of_text(question=question, text=phrase).coverage == 1
    assert coverage_of_text(question=question, text=" ".join([*before, phrase, *after])).coverage == 1


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(questions()), st.floats(0, 1000), st.randoms(use_true_random=False))
def test_case_and_clock_do_not_matter(question: Question, shift_s: float, random) -> None:  # type: ignore[no-untyped-def]
    """Other letters' case and another start of the clock give the same evidence, moved."""
    plain = _words(question.model_answer.replace(".", ""))
    cut = random.randrange(len(plain))
    plain = plain[cut : cut + 60]
    moved = tuple(Word(w.text.upper(), w.start_s + shift_s, w.end_s + shift_s, w.confidence) for w in plain)
    one, other = coverage(question=question, words=plain), coverage(question=question, words=moved)
    assert (one.coverage, one.order) == (other.coverage, other.order)
    for a, b in zip(one.points, other.points, strict=True):
        assert [e.text.upper() for e in a.evidence] == [e.text for e in b.evidence]
        assert [e.start_s + shift_s for e in a.evidence if e.start_s is not None] == [e.start_s for e in b.evidence]


ODD_WORDS = sorted(word_set("I never not apologise sorry no without c r m see our can't enough why"))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(ODD_WORDS)))
def test_any_words_give_a_sound_result(words: list[str]) -> None:
    """However odd the words, evidence lies inside them and covered means that there is some."""
    assume(words)
    spoken = _words(" ".join(words))
    for point in coverage(question=_question(*APOLOGISE, "CRM helps"), words=spoken).points:
        assert point.covered == bool(point.evidence)
        assert all(
            0 <= e.start_s < e.end_s <= spoken[-1].end_s for e in point.evidence if e.start_s is not None and e.end_s
        )


def test_three_hundred_words_are_quick() -> None:
    """300 words against 8 points of 10 phrases take well under 100 ms of processor time, on a busy machine too."""
    points = tuple(TalkingPoint(f"p{n}", "P", tuple(PHRASES[n * 10 : n * 10 + 10])) for n in range(8))
    text = " ".join(q.model_answer for q in questions()[:3]).split()[:300]
    words = _words(" ".join(text))
    question = Question("q", "?", points=points)
    costs = []
    for _ in range(3):
        start = time.process_time()
        coverage(question=question, words=words)
        costs.append(time.process_time() - start)
    assert min(costs) < 0.1


SPOKEN = """
I smile before I answer, and then I say that I'm so sorry. I tell them I understand how you feel. I take notes,
so nobody has to repeat anything. Then I put it right, or I call them back before noon. I thank them for calling,
and I apologise once more.
"""


def test_spoken_and_heard() -> None:
    """Said by a natural voice and heard by the real recogniser, an answer makes its points, hardly another's."""
    by_id = {q.id: q for q in questions()}
    words = said_and_heard(hibari, SPOKEN)
    made = coverage(question=by_id["a1"], words=words)
    assert (made.coverage, made.order) == (1.0, True)
    assert (coverage(question=by_id["a2"], words=words).coverage or 0) < 0.3
    [smile] = made.points[0].evidence
    assert smile.text == "smile before i answer"
    assert smile.start_s is not None
    assert smile.end_s is not None
    assert 0.5 < smile.start_s < smile.end_s < 3  # half a second of quiet comes first


def test_acronym_spoken_and_heard() -> None:
    """However the recogniser spells what a voice says for CRM, it is found."""
    words = said_and_heard(hibari, "We use a CRM system called Zendesk, and we look at our KPIs.")
    assert coverage(question=_question("a CRM system called"), words=words).coverage == 1
    assert coverage(question=_question("our KPIs"), words=words).coverage == 1
