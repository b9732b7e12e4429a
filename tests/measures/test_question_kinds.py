"""Kinds of question, told from words as a recogniser writes them: without punctuation."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerehearsal.measures.question_kinds import named_kind, question_kind
from voicerehearsal.values import Language, QuestionKind

ENGLISH: dict[QuestionKind, str] = {
    "open": """
        what happened
        can you tell me what happened
        why are you sending the kettle back
        how did you find out about the fault
        could you describe the noise for me
        what do you think of our service
        tell me about your last job
        what would make you happy with this
        how do you feel about that
        what went wrong when you switched it on
        so can you recall what happened before it broke
        could you walk me through what you did
        what is the problem with it
        what made you choose our shop
        how can i help you today
        would you please explain what you mean
        okay and what did the driver say to you
        what else should i know about it
        how was your experience with the app
        in your own words what is bothering you
        could you please tell me a little more about the noise
        what brings you to us today
        how come you did not call earlier
        what are you hoping we can do for you
        what is worrying you about the delivery
        how did the conversation with my colleague go
        could you share a bit more about your situation
        why do you think the battery runs down so fast
        what happens when you press the power button
        so tell me what you have tried so far
        what would you like me to do for you
        how has the repair worked out for you
        please describe exactly what you see
        i'd like to know how this affected your business
    """,
    "closed": """
        did you receive the parcel
        have you tried another socket
        is the red light on
        you would like a replacement is that right
        are you at home today
        has the courier called you
        do you still have the receipt
        was the box damaged when it came
        so you want your money back correct
        can you see the label on the back
        is this the first time it has happened
        will you be there on monday
        you ordered it last week didn't you
        could you tell me whether you have tried another socket
        does it make a noise
        were you charged twice
        okay so have you restarted the router
        the kettle leaks is that correct
        are there any marks on the screen
        did anyone sign for it
        could the parcel be with a neighbour
        have the lights come back on
        do all of the rooms have the problem
        and you paid by card yes or no
        i take it you have not had the refund am i right
        did you switch it off first
        can you hear me clearly
        are your details still correct
        is it raining where you are
        would you say it is urgent
    """,
    "choice": """
        would you like a replacement or a refund
        do you prefer morning or afternoon
        did you order the red one or the blue one
        is it the large or the small size
        should we send it to your home or to your office
        which of these two colours do you like better
        would you rather wait or call again
        shall i refund it to your card or to your account
        are you paying by card or in cash
        do you want it today or tomorrow
        do you need it for home use or for work
        would a voucher or a refund suit you better
        should it go to the old or the new address
        was that before or after the update
        would you like to hold or shall i ring you back
    """,
    "consultative": """
        shall i send you a new one
        would you like me to call you back
        may i put you on hold for a minute
        can we send somebody to look at it
        would it be all right if i checked with a colleague
        do you mind if i call you again tomorrow
        is it okay if we deliver it on tuesday
        how about we exchange it for a new one
        would you be happy if we refunded half of the price
        i would suggest a repair would that be all right
        should we arrange a pickup for you
        would you mind if i transfer you to my colleague
        what if we replaced the pump for free would that help
        i can send a technician tomorrow does that work for you
        may i suggest another model
        would you be okay with a delivery on saturday
        shall i read the order back to you
        would you like to try restarting it with me
        could we agree on friday at ten
        can i offer you a discount of ten per cent on the next order
        i will send you a new cable is that fine with you
    """,
    "specific": """
        what is your order number
        when did it stop working
        how many times have you tried
        which version of the app do you use
        what time did the courier come
        where did you buy it
        what error message do you see
        how long have you had it
        could you tell me the model number please
        who signed for the parcel
        what colour is the light on the front
        could you tell me when you bought it
        can i have your phone number please
        how much did you pay
        what is the serial number on the back
        how often does it switch itself off
        how long does the charging take
        what is your date of birth
        which version is installed
        at what time did it happen
        in which room is the router
        what was the name of the person you spoke to
        when did you last change the filter
        how many people use the account
    """,
}

CHINESE: dict[QuestionKind, str] = {
    "open": """
        您能说说当时发生了什么吗
        为什么想要退货呢
        您觉得怎么处理比较好
        这个问题是怎么出现的
        请您描述一下具体的情况
        您对我们的服务有什么看法
        您能回忆一下事情的经过吗
        您希望我们怎么做
        您遇到了什么问题
        能给我讲讲您的想法吗
        水壶 是 怎么 坏 的
        您当时是怎么操作的
        您为什么觉得我们的服务不好
        能详细说一下整个过程吗
        这件事给您带来了哪些影响
        您理想中的解决办法是什么
        您平时一般怎么用这个功能
    """,
    "closed": """
        您收到包裹了吗
        您是不是想换一个新的
        您有没有试过别的插座
        您想要换货对吗
        红灯亮着吗
        快递员给您打过电话没有
        您现在在家吗
        这是您第一次遇到这种情况是吗
        发票 还 在 吗
        包装有破损吗
        您已经付款了吗
        地址没有变吧
        您之前打过我们的电话吗
        也就是说您还没收到货是不是
        您能看到屏幕上的提示吗
        您的发票还留着吗
    """,
    "choice": """
        您想要换货还是退款
        您是上午方便还是下午方便
        您要红色的还是蓝色的
        送到家里还是送到公司
        这两种颜色您更喜欢哪一种
        您用支付宝还是微信
        您希望发短信还是发邮件
        是左边的灯亮还是右边的灯亮
        退款退到微信还是银行卡
    """,
    "consultative": """
        我帮您换一个新的可以吗
        您看明天上午给您送过去好吗
        要不要我帮您查一下订单
        我先跟仓库核实一下再给您回电话您看可以吗
        我们给您重新发一件行吗
        需要我给您寄一个新的吗
        您看这样处理可以吗
        我给您申请退款您觉得怎么样
        我给您换一台新的您觉得可以吗
        要不要我们安排师傅上门看一下
        我先帮您登记明天给您答复好吗
        您看周六上午送货行不行
    """,
    "specific": """
        您的订单号是多少
        您是什么时候买的
        您用的是哪个版本
        指示灯是什么颜色
        您一共付了多少钱
        请问您的收货地址是哪里
        屏幕上显示的错误代码是什么
        您试了几次
        您用了多长时间了
        您几点收到的短信
        您买的是什么型号
        包裹现在放在哪里
        您的手机号码是多少
        谁签收的包裹
        故障出现多久了
    """,
}

NONE_AT_ALL = (
    ("en", "i am sorry about that"),
    ("en", ""),
    ("en", "thank you very much"),
    ("zh", "非常抱歉"),
    ("zh", ""),
)


def _table(language: Language) -> list[tuple[QuestionKind, str]]:
    table = ENGLISH if language == "en" else CHINESE
    return [(kind, line.strip()) for kind, lines in table.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize("language", get_args(Language))
def test_nearly_all_questions_are_told_by_their_kind(language: Language) -> None:
    """At least 95 of 100 questions, as people ask them, are of the kind they are taken for."""
    table = _table(language)
    wrong = [
        (text, kind, found and (found.kind, found.why))
        for kind, text in table
        if (found := question_kind(text, language)) is None or found.kind != kind
    ]
    print(f"{language}: {len(table) - len(wrong)} of {len(table)}", *wrong, sep="\n")
    assert len(wrong) <= 0.05 * len(table)


@pytest.mark.parametrize(("language", "text"), NONE_AT_ALL)
def test_what_is_no_question_is_of_no_kind(language: Language, text: str) -> None:
    """Where no rule is sure, nothing is guessed."""
    assert question_kind(text, language) is None


@pytest.mark.parametrize(("language", "text"), [("en", "open"), ("zh", "开放")])
def test_the_words_that_tell_are_the_questions_own(language: Language, text: str) -> None:
    """Why a question is of its kind is said in words that are in it."""
    for kind, asked in _table(language):
        found = question_kind(asked, language)
        assert found is None or found.why.replace(" ", "") in asked.replace(" ", ""), (kind, asked)


@pytest.mark.parametrize(
    ("language", "said", "kind"),
    [
        ("en", "open", "open"),
        ("en", "that is an open ended question", "open"),
        ("en", "it's closed", "closed"),
        ("en", "clothes", "closed"),
        ("en", "not open no it's a closed question", "closed"),
        ("en", "a multiple choice question", "choice"),
        ("en", "consultative", "consultative"),
        ("en", "he asks for permission", "consultative"),
        ("en", "i think it is specific", "specific"),
        ("en", "i have no idea", None),
        ("zh", "开放 式", "open"),
        ("zh", "这是封闭式问题", "closed"),
        ("zh", "选择性提问", "choice"),
        ("zh", "征询性", "consultative"),
        ("zh", "是 针对 性 的", "specific"),
        ("zh", "不知道", None),
    ],
)
def test_kinds_are_known_by_their_names(language: Language, said: str, kind: QuestionKind | None) -> None:
    """Their usual names, in a sentence or alone, as a recogniser writes them; who corrects himself is believed."""
    assert named_kind(said, language) == kind


@given(st.sampled_from(_table("en")), st.booleans(), st.sampled_from(["", "okay ", "um ", "all right "]))
def test_neither_case_nor_punctuation_matters(one: tuple[QuestionKind, str], upper: bool, opening: str) -> None:
    """A written question is of the same kind as the spoken one, also after a word to begin with."""
    _, text = one
    found = question_kind(text, "en")
    other = question_kind(opening + (text.upper() if upper else text) + "?", "en")
    assert (found and found.kind) == (other and other.kind)
