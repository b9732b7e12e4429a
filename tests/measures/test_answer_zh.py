"""Chinese answers: what counts as said, what is denied or another's, and what never changes the answer."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.measures.answer_words import Stance
from voicerehearsal.measures.answer_zh import ChineseAnswer, split_text
from voicerehearsal.measures.characters_zh import fold_chinese
from voicerehearsal.measures.slots_zh import numbers, times


def _found(phrase: str, text: str) -> list[tuple[str, bool]]:
    """Where it was said, and whether only by sound; blanks in `text` are the recogniser's."""
    answer = ChineseAnswer(text.split() if " " in text else split_text(text))
    return [(answer.text(place), place.by_sound) for place in answer.places(phrase)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("先道歉", "我首先会向客户诚恳地道歉"),
        ("道歉", "我会跟他道个歉"),
        ("道歉", "我会给客户致歉"),
        ("记录细节", "我会把细节都记录下来"),
        ("记录问题", "我 把 客户 说 的 问题 一条条 纪录 下来"),
        ("不打断客户", "我从来不会打断顾客的话"),
        ("记录下来", "我會把細節記錄下來"),
        ("給您回電話", "我给您回一个电话"),
        ("提高百分之二十", "满意度提高了20%"),
        ("二十四小时内", "２４小时内"),
        ("两个方案", "给他2个方案"),
        ("CRM系统", "我们 用 c r m 系统"),
        ("我来负责", "这件事由我来负责"),
        ("您觉得怎么处理比较好", "那您觉得怎么处理会比较好呢"),
        ("{time}给您回电", "我会在24小時內給您回電話"),
        ("提高{number}", "满意度提高了两成"),
    ],
)
def test_said(phrase: str, text: str) -> None:
    """Function words, small gaps, order, traditional and full-width forms, figures and cuts do not hide a phrase."""
    assert [by_sound for _, by_sound in _found(phrase, text)] == [False]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("道歉", "我 会 跟 客户 到 欠"),
        ("认真倾听", "我 会 认真 请听 客户"),
        ("保持微笑", "我 保持 威小"),
        ("理解您的心情", "我 非常 理解 您 的 新情"),
        ("站在客户的角度", "我 占 在 克服 的 角度"),
    ],
)
def test_said_as_it_sounds(phrase: str, text: str) -> None:
    """What a recogniser wrote with other characters of the same sound counts, and is marked."""
    assert [by_sound for _, by_sound in _found(phrase, text)] == [True]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("客服", "我 克服 了 困难"),
        ("道歉", "我 知道 欠 他 一个 说法"),
        ("打断客户", "我从不打断客户"),
        ("记录问题", "我先做记录。问题再多也不怕"),
        ("{time}给您回电", "我会尽快给您回电"),
        ("提高{number}", "满意度一下就提高了"),
        ("最后再道歉", "我先道歉，然后听他说"),
        ("对不对", "我不跟他争对错"),
    ],
)
def test_not_said(phrase: str, text: str) -> None:
    """Homophones that are words of their own, parts of other words, and unfilled slots make no phrase."""
    assert _found(phrase, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "我不会道歉", "我从来不跟客户道歉", "没有必要道歉", "我不会因为这个向他道歉", "何必道歉呢", "道歉没有必要",
        "道歉就免了", "道歉的话我不好说", "我拒绝道歉", "有些人只是道歉", "我同事每次都先道歉", "听说应该先道歉",
        "经理总说我们要先道歉", "老师让我们先道歉", "要是我当时道歉就好了", "我本来应该先道歉",
        "要是我的话早就道歉了", "早知道我就先道歉了", "客户后来向我道歉", "要不要道歉呢",
        "要是真遇到，我会道歉。不过还没碰到过。",
    ],
)  # fmt: skip
def test_denied_or_not_ones_own(text: str) -> None:
    """Negations, what others do or say, and what would have been make no point, with and without punctuation."""
    assert _found("道歉", text) == []
    if "。" not in text:
        assert _found("道歉", "".join(c for c in text if c != "，")) == []


@pytest.mark.parametrize(
    "text",
    [
        "如果客户生气，我会先道歉", "我不争辩先道歉", "我不是不道歉", "我不得不道歉", "我不会忘记道歉",
        "不好意思，我先道歉", "去年有个客户发火，我道歉了", "不管谁对谁错我都道歉", "同事很生气，我就替他道歉",
        "经理不在，但我会道歉", "我不但道歉还送了礼物", "我没有打断他，然后道歉", "特别诚恳地道歉",
    ],
)  # fmt: skip
def test_a_not_that_denies_nothing(text: str) -> None:
    """Habits under a condition, true stories, double and other negations leave the point made."""
    assert _found("道歉", text)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("我先听他把话说完", "affirmed"),
        ("我没有让他把话说完", "negated"),
        ("有的客服只会说声对不起", "unowned"),
        ("本来应该停下来想一想的", "unowned"),
        ("要是当时问清楚就好了", "unowned"),
        ("我们主管老说要笑着接电话", "unowned"),
        ("这事不归我管，我做不了主", "unowned"),
        ("不好意思，让您久等了", "affirmed"),
    ],
)
def test_stance_of_a_stretch(text: str, stance: Stance) -> None:
    """A whole stretch is affirmed, negated, or not the speaker's own."""
    answer = ChineseAnswer(split_text(text))
    assert answer.stance(answer.stretches()[-1]) == stance


@pytest.mark.parametrize(
    "text",
    [
        "明天上午", "五点之前", "两个小时内", "下午三点", "今天下班前", "周五上午十点", "半小时以内", "24小时内",
        "三个工作日内", "下周一给您", "等我十分钟", "明晚八点前", "中午十二点以前", "月底前", "15:30", "9月3号",
        "一个小时后", "三點半您手機準響",
    ],
)  # fmt: skip
def test_stated_times(text: str) -> None:
    """A time that can be kept or broken."""
    assert times(fold_chinese(text))


@pytest.mark.parametrize(
    "text",
    [
        "尽快", "马上", "回头", "以后", "稍后", "上周五", "上个星期三", "昨天下午", "有一点快", "第二点", "三点建议",
        "过一会儿", "这几天", "今天给您添麻烦了",
    ],
)  # fmt: skip
def test_no_stated_times(text: str) -> None:
    """Soon is no time, nor is the past, nor a "point"."""
    assert not times(fold_chinese(text))


@pytest.mark.parametrize(
    "text", ["三个", "百分之二十", "两成", "一半", "20%", "3倍", "15个人", "三分之一", "两年", "1,200元"]
)
def test_numbers(text: str) -> None:
    """Counts and shares, in numerals or figures."""
    assert numbers(fold_chinese(text))


@pytest.mark.parametrize(
    "text", ["一下", "一起", "第一", "一个", "十分抱歉", "千万别", "万一", "一些", "一直", "三心二意", "第三次"]
)
def test_no_numbers(text: str) -> None:
    """Numerals inside words that count nothing."""
    assert not numbers(fold_chinese(text))


ANSWER = "我首先会向客户道歉然后认真听他说把问题记录下来明天上午十点之前给您回电话"


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(1, len(ANSWER) - 1)))
def test_cuts_change_nothing(cuts: set[int]) -> None:
    """However the recogniser cuts the words, the same characters make the same phrases."""
    edges = [0, *sorted(cuts), len(ANSWER)]
    words = [ANSWER[a:b] for a, b in pairwise(edges)]
    whole, pieces = ChineseAnswer([ANSWER]), ChineseAnswer(words)
    for phrase in ("先道歉", "认真听", "记录问题", "{time}给您回电话"):
        assert whole.places(phrase) == pieces.places(phrase)
    assert pieces.source == tuple(i for i, word in enumerate(words) for _ in word)


def test_stretches_cover_an_answer_without_punctuation() -> None:
    """Every character of a long run of speech lies in some stretch, none longer than can be compared."""
    answer = ChineseAnswer([ANSWER * 8])
    stretches = answer.stretches()
    assert {at for place in stretches for at in place.used} == set(range(8 * len(ANSWER)))
    assert len(stretches) <= 60


@pytest.mark.parametrize("text", ["", "。。。", "um ok", "🙂", "שלום 您好", "\ufeff您好"])
def test_odd_text(text: str) -> None:
    """Nothing, punctuation, other scripts: no phrase, no error."""
    answer = ChineseAnswer(split_text(text))
    assert answer.places("先道歉") == []
    assert all(answer.stance(place) == "affirmed" for place in answer.stretches())


def test_speed() -> None:
    """Eighty phrases in an answer of a minute take a fraction of the 60 ms that coverage may take."""
    phrases = [
        f"{a}{b}" for a in ("先", "认真", "马上", "主动") for b in ("道歉", "倾听", "记录问题", "回电话", "解决")
    ]
    words = split_text(ANSWER * 7)
    ChineseAnswer(words).places("道歉")
    began_s = time.perf_counter()
    answer = ChineseAnswer(words)
    for phrase in phrases * 4:
        answer.places(phrase)
    assert time.perf_counter() - began_s < 0.25
