"""Whose words and deeds an answer tells of: what others do, what was never done, and what is only asked.

"Some people just say sorry", "I should have apologised", "my manager tells us to smile, but…", "should I apologise?"
tell nothing of the speaker; "I would apologise", "if a caller is angry I apologise" and every story told in the past
do. Recognised speech has no commas: a trigger reaches forward until a clause with another subject begins, after the
idea of ConText (Harkema et al. 2009: historical, hypothetical and other-experiencer triggers with ends of reach).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_PEOPLE = (
    r"(?:agent|people|colleague|manager|boss|supervisor|trainer|friend|coworker|co worker|teammate|operator|worker|"
    r"person|rep|representative|advisor|adviser|staff|team|neighbour|predecessor|company|companies|folk|"
    r"employee|candidate|mentor|team leader|team lead)s?"
)
_ADVERB = (
    r"(?:(?:always|just|never|only|really|often|usually|sometimes|simply|still|actually|already|even|also|once|then|"
    r"who|on the other hand|next to me|sitting next to me|at work|there|here|in my team|on my team|of mine) )*"
)
_BAD = (
    r"(?:bad|poor|lazy|rude|careless|weak|inexperienced|untrained|unprofessional|impatient|cold|terrible|robotic|"
    r"typical|worse|nervous)"
)
_OTHERS = (
    rf"(?:some|most|many|other|certain|lots of|a lot of|plenty of|too many) "
    rf"(?:of )?(?:(?:the|my|our|other) )*(?:[a-z]+ )?{_PEOPLE}|other {_PEOPLE}"
    rf"|(?:the )?others (?:just|simply|always|only|usually|often)"
)
_FAMILY = r"(?:sister|brother|wife|husband|mother|father|cousin|son|daughter|flatmate)"
_ONE_OTHER = (
    rf"my (?:[a-z]+ )?(?:{_PEOPLE}|{_FAMILY})"
    r"|(?:a|one|another) (?:[a-z]+ )?(?:colleague|coworker|friend|teammate)(?: of mine)?"
)
_WILL = r"(?!(?:ll|will|would|can|could|may|might|is going to|has to|should|must|to|or|and|about|for|with|who can) )"
_TOLD = (
    r"(?:tell|tells|told|asks?|asked|wants?|wanted|expects?|expected|reminds?|reminded|teach(?:es)?|taught|trains?|"
    r"trained|instructs?|instructed|advises?|advised|forces?|forced) (?:us|me|you|everyone|everybody|agents|staff)"
)
_BOOK = (
    r"(?:the|our|my|that|every) (?:[a-z]+ )?"
    r"(?:manual|script|handbook|training|book|guideline|textbook|course|poster|policy|rule|rulebook)s?"
)
_NEVER_DONE = (
    r"(?:i|we|one|somebody|someone|he|she|they|nobody) (?:really |probably |perhaps |maybe |certainly )?"
    r"(?:should|could|might|ought to|would|d) (?:really |probably |perhaps |maybe |at least |also |just |not )*"
    r"have (?!to |a |an |the |my |some |more |no |enough )"
    r"|(?:somebody|someone) (?:really )?(?:should|ought to)"
    r"|(?:i|we) (?:really )?"
    r"(?:could (?!hear|see|tell|feel|imagine|understand|not)|might|would (?:like|love) to|want to|wanted to)"
    r"(?= (?:[a-z]+ ){1,8}but (?:i|we|they|he|she|it|that|nobody|there) "
    r"(?:[a-z]+ )?(?:not|never|cannot|no|forgot|did not|could not))"
    r"|i wish|if only|if i had (?!to |a |an |the |my |any |some |no |more |two |three )|had i "
)
_ASKED = (
    r"(?:should|shall) i (?:really |just |also |even |first )*"
    r"(?:apologi[sz]e|say|smile|answer|talk|start|mention|explain)"
    r"|do i (?:really )?(?:need|have) to|am i supposed|(?:do|would) you (?:want|expect) (?:me|us) to|are you asking"
)
_SAID_BY_OTHERS = (
    rf"(?!(?:[a-z]+ ){{0,2}}(?:i|we) )(?:[a-z]+ ){{0,2}}{_TOLD} (?:to (?!my face)|that we\b|we\b|how to|not to)"
    r"|(?:i|we) (?:am|are|was|were|have been|ve been|have heard|keep hearing) (?:always |often )?(?:told|taught) that"
    r"|(?:was|were|been|am|are|being) (?:always )?(?:told|supposed|meant|taught|instructed) to"
    rf"|{_BOOK} (?:[a-z]+ )?(?:say|tell|want|ask|teach|recommend|suggest|state)s?"
    r"|(?:everybody|everyone) (?:always |often |usually )?(?:say|claim|think|believe|tell)s?"
    r"|(?:people|they) (?:always |often |usually )?(?:say|claim|think|believe)s? (?:that )?(?:you|we|one)"
)
_SUPPOSED = (
    r"i (?:suppose|guess|imagine|expect)|i (?:would|d) (?:probably|perhaps|maybe|suppose|guess|imagine)"
    r"|if (?:(?:a|the|some|any) )?(?:[a-z]+ )?"
    r"(?:customer|caller|client|colleague|person|somebody|someone|that|it|they)s? "
    r"(?:[a-z]+ )?(?:were|was|is|are|would|should)"
)
_TRIGGERS = re.compile(
    rf"(?<!\S)(?:{_NEVER_DONE}|{_ASKED}|{_SAID_BY_OTHERS}"
    rf"|(?:an?|the|some|many|most|any|your) {_BAD} {_PEOPLE}|(?:somebody|someone|everybody|everyone|anybody) else"
    rf"|(?:{_OTHERS}) {_ADVERB}{_WILL}|(?:{_ONE_OTHER}) {_ADVERB}{_WILL})"
)
_IN_A_STORY = re.compile(
    rf"(?<!\S)(?:{_NEVER_DONE}|{_ASKED}|{_SAID_BY_OTHERS}|{_SUPPOSED}"
    rf"|(?:an?|the|some|many|most|any|your) {_BAD} {_PEOPLE}|(?:{_OTHERS}) {_ADVERB}{_WILL})"
)
_OWN_HELP = re.compile(
    r"(?:help|support|encourage|respect|ask|asked|thank|let|from|with|to|of|for|tell|told|about|give|by) $"
)
_STOPS = re.compile(
    r" (?:but|so|because|instead|though|although|however|whereas|while|then|and then|therefore|that is why|yet)(?= )"
    r"|(?: and| when| if|,)? (?:i|we)(?: (?:m|am|ve|have|ll|always|just|do|never|would|will|only|really))*(?= )"
)


_THROUGH_I = re.compile(rf"(?:i wish|if only|{_SUPPOSED})$")
"""What goes on through "I"."""

_BUT = re.compile(r" (?:but|instead|though|however|yet)(?= )")
_STORY = re.compile(
    r"\b(?:(?:tell|told|talk) (?:me|us) (?:about|of)|a time|an occasion|when did|have you (?:ever )?\w+|did you|"
    r"give me an example|describe a|the last thing|the worst day)\b",
    re.IGNORECASE,
)


def asks_for_a_story(question: str) -> bool:
    """Whether a question asks what happened, so that what would happen is no answer to it."""
    return bool(_STORY.search(question))


def unowned(words: Sequence[str], ends: frozenset[int], *, story: bool = False) -> frozenset[int]:
    """The tokens of an answer that stand in what others do or say, what was never done, or what is only asked.

    Args:
        words: Folded words, contractions written out (`wordforms.Token.text`).
        ends: Tokens after which a sentence ends, as far as that is known.
        story: Whether a story is told: what one colleague did then belongs to it, what one would do does not.
    """
    text = " ".join(words) + " "
    starts = list(accumulate((len(w) + 1 for w in words), initial=0))
    sentence_ends = sorted(starts[i + 1] for i in ends)
    found: set[int] = set()
    for match in (_IN_A_STORY if story else _TRIGGERS).finditer(text):
        if _OWN_HELP.search(text[: match.start()]):
            continue
        sentence = next((end for end in sentence_ends if end >= match.end()), len(text))
        stops = _BUT if _THROUGH_I.match(match[0]) else _STOPS
        stop = stops.search(text, match.end() - 1, sentence)
        end = stop.start() + 1 if stop else sentence
        found.update(range(bisect_right(starts, match.start()) - 1, bisect_right(starts, end - 1)))
    return frozenset(i for i in found if i < len(words))
