"""How kinds of question are told in Chinese: by words anywhere in the question, the surest first."""

from __future__ import annotations

import re

from voicerehearsal.measures.question_rules import Rules, rules
from voicerehearsal.values import QuestionKind

_DETAIL = (
    r"(?:型号|编号|单号|订单号|号码|电话|地址|姓名|名字|日期|时间|颜色|尺寸|尺码|版本|价格|金额|品牌|邮箱|账号|代码|"
    r"错误|提示|温度|指示灯|数量|批号|保修|系统)"
)

_WE = r"(?:我|我们|我这边|咱们)"
_AGREED = r"(?:可以吗|好吗|行吗|好不好|行不行|可不可以|合适吗|方便吗|怎么样|如何)"
_CHECKED = r"(?:对吗|是吗|对不对|是不是|是这样吗|没错吧|对吧|是吧|有没有|行不行|会不会|是否)"
_STILL = r"(?:想|觉得|希望|会|不|没|很|有点|得|原来|以前|之前|那|这|老|一样|同样)"
_COUNTED = r"(?:点|号|月|天|次|个|台|件|位|岁|年|周|楼|块|分钟|小时|时)"
_WHICH = r"(?:天|年|个月|里|儿|位|家|款|个|种|些|步|一[款个步种台天位])"
_OF_WHAT = r"(?:时候|时间|日期|颜色|型号|版本|牌子|品牌|尺寸|地址|地方|名字|号码|时段|系统|浏览器)"

_RULES: Rules = rules(
    # a step is proposed, and consent asked for
    (rf"((?:要不要|需不需要|需要|要|用不用|是否需要)(?:我|{_WE}))", "consultative"),
    (rf"({_WE}.{{0,30}}(?:{_AGREED}|您看(?:可以|行|好|成)|您(?:同意|介意)吗|您觉得(?:可以|行|好)))", "consultative"),
    (rf"(您看.{{0,30}}{_AGREED})", "consultative"),
    (r"(介不介意|您介意|您同不?同意|(?:能不能|可不可以)(?:请)?让我)", "consultative"),
    (rf"({_WE}(?:能不能|可不可以|可以|能).{{1,20}}吗)", "consultative"),
    # between what is offered
    (rf"(.{{1,12}}还是(?!{_STILL}).{{1,16}})", "choice"),
    (r"(.{1,12}还是(?:想要|想用|会).{1,12})", "choice"),
    (r"([两几三](?:个|种|款).{0,10}(?:哪一?(?:个|种|款)|更))", "choice"),
    # what is to be confirmed
    (rf"({_CHECKED})(?!.{{0,12}}(?:什么|怎么|哪))", "closed"),
    # after one detail
    (rf"(多少|几{_COUNTED}|多(?:久|长|大|高|远|重|快|宽)|什么{_OF_WHAT}|何时|哪{_WHICH}|谁)", "specific"),
    (rf"({_DETAIL}.{{0,8}}(?:什么|多少|哪))", "specific"),
    (rf"((?:告诉|提供|报|说)(?:一下|给我|我一下|我|下)?[您你]?的?.{{0,4}}{_DETAIL})", "specific"),
    # room for a story
    (r"(为什么|为何|怎么|怎样|如何|什么(?:原因|情况|问题|感受|想法|建议|看法|样|事)?)", "open"),
    (r"(说说|讲讲|谈谈|描述|介绍|回忆|具体(?:说|讲|情况)|详细(?:说|讲)|经过)", "open"),
    # yes or no
    (r"(吗|么$|没有$|了没$|不$|吧$)", "closed"),
)


def find(plain_text: str) -> tuple[QuestionKind, str] | None:
    """The kind of the question in a `plain` text, and the words that tell it; None when there is none."""
    for pattern, kind in _RULES:
        found = pattern.search(plain_text)
        if found is not None:
            return kind, found[1]
    return None


NAMES: Rules = rules(
    (r"开放", "open"),
    (r"封闭", "closed"),
    (r"选择", "choice"),
    (r"征询|征求|咨询|商量", "consultative"),
    (r"针对|特定|具体", "specific"),
)


def plain(text: str) -> str:
    """The text without blanks and punctuation: the recogniser writes blanks between its words."""
    return re.sub(r"[^\u3400-\u9fff0-9a-z]+", "", text.lower())
