"""How kinds of question are told in English: by the words a question begins with, wherever in the utterance it does."""

from __future__ import annotations

import re

from voicerehearsal.measures.question_rules import Rules, rules
from voicerehearsal.values import QuestionKind

_AUXILIARY = (
    r"(?:(?:am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n't)?|"
    r"won't|can't)"
)
_PERSON = (
    r"(?:i|you|he|she|it|we|they|there|this|that|these|those|the|an?|your|my|his|her|its|our|their|any|anything|"
    r"anyone|anybody|someone|somebody|something|everything|all|both|either|everyone)"
)
_PLEASE = r"(?:please |just |perhaps |possibly |maybe |kindly )*"
_YOU_SAY = rf"(?:can|could|would|will|may|might) you {_PLEASE}"
_ME = r"(?:me|us)"
_DETAIL = (
    r"(?:number|colou?r|model|version|size|error|code|message|date|day|time|name|surname|address|email|e-mail|phone|"
    r"postcode|price|amount|brand|make|serial|month|year|temperature|light|button|browser|part|room|city|street|"
    r"weight|account|department|wording|reading|label|title)s?"
)
_FINE = (
    r"(?:all right|alright|fine|okay|ok|acceptable|convenient|a good idea|suitable|possible|help|helpful|better|easier)"
)

_POLITE = re.compile(
    rf"(?:{_YOU_SAY}(?:tell {_ME}|say|explain to {_ME}|let {_ME} know|remind {_ME}|remember|recall|check|confirm)"
    rf"|(?:do|did|would) you (?:happen to )?(?:know|remember|recall)|(?:may|can|could|might) (?:i|we) {_PLEASE}"
    rf"ask(?: you)?"
    rf"|i(?:'d| would) (?:just )?like to (?:know|ask)|i(?:'m| am| was) (?:just )?wondering|i wonder"
    rf"|(?:i|we) (?:just )?(?:want|need) to know|{_PLEASE}tell {_ME}|{_PLEASE}let {_ME} know"
    rf"|would you mind telling {_ME})(?: please)? (?=(?:wh|how|if)\w*)"
)
"""What only leads to the question."""

_WHETHER: Rules = rules(
    (r"(?:if|whether) .* or (?!not\b|no\b|any)", "choice"),
    (r"(?:if|whether)\b", "closed"),
    (r"(?:when|where|who|whose|whom)\b", "specific"),
)
"""How a question goes on after it was led to."""

_BEGINS: Rules = rules(
    # what may be chosen from
    (rf"{_AUXILIARY} {_PERSON}\b.* or (?!not\b|no\b|so\b|any|something|anything|else)\w.*", "choice"),
    (rf"{_AUXILIARY} (?:\w+ ){{1,3}}or (?!not\b|so\b|any|something|else)\w.*", "choice"),
    (r"which (?:of (?:the|these|those)|one\b|would you (?:prefer|like|rather)|do you prefer)", "choice"),
    (r"(?:how|what) about .* or \w.*", "choice"),
    # what is proposed, for the other to agree
    (
        r"(?:(?:would|do) you (?:like|want|prefer|need) (?:me|us|somebody|someone) to\b|(?:shall|should) (?:i|we)\b"
        rf"|(?:may|might|can|could) (?:i|we) {_PLEASE}"
        r"(?!ask\b|know\b|(?:have|take|get|confirm|see|check) (?:your|the)\b)\w+"
        r"|(?:would|do) you mind if|would you be (?:happy|willing|able|open|ready|interested)|would you agree"
        rf"|(?:is|would|will) (?:it|that|this|monday|tomorrow) (?:be |also |still )*{_FINE}\b"
        rf"|(?:do|does|would|will) (?:it|that|this) (?:\w+ )?(?:work|suit|be {_FINE}|sound)\b"
        r"|(?:are|would) you (?:be )?(?:happy|all right|okay|ok) (?:for|if|with)|how about (?:i|we|if)\b"
        r"|what if (?:i|we)\b|what (?:do|would) you (?:think|say) if\b|how would (?:you feel|it be) if\b"
        r"|why don't (?:i|we)\b|can we agree|do you agree)",
        "consultative",
    ),
    # what one detail answers
    (r"how (?:many|much|long|often|old|far|big|large|soon|tall|heavy|hot|late|fast|wide|recently)\b", "specific"),
    (r"(?:what time|at what|in what|on what|which \w+)\b", "specific"),
    (rf"what (?:exact |kind of |type of |sort of )?{_DETAIL}\b", "specific"),
    (rf"what (?:\w+ )?{_DETAIL} (?:is|was|are|do|does|did|can)\b", "specific"),
    (rf"what(?:'s| is| was| are| were) (?:the|your|its|his|her) (?:\w+ ){{0,2}}{_DETAIL}\b", "specific"),
    (rf"(?:when|where|who|whose|whom)(?: exactly| precisely)?(?:'s| {_AUXILIARY})\b", "specific"),
    (
        r"(?:since when|who (?:\w+ed|told|gave|took|sent|came|spoke|said|sold|made|brought|else)|whose \w+)\b",
        "specific",
    ),
    (r"what (?:do|does|did) (?:the|your|it) (?:\w+ )*(?:say|show|read)\b", "specific"),
    (
        rf"(?:(?:can|could|may) i {_PLEASE}(?:have|take|get|confirm|see|check)|{_YOU_SAY}(?:give {_ME}|tell {_ME}|"
        rf"confirm|read {_ME}|read out|spell|send {_ME})) (?:the|your|his|her|its) (?:\w+ ){{0,2}}{_DETAIL}\b",
        "specific",
    ),
    # what there is a story to
    (
        rf"(?:{_YOU_SAY})?(?:describe|explain|elaborate|(?:talk|walk|take) {_ME} through|share|recall|say more|"
        rf"tell {_ME} (?:\w+ )?(?:more|about|a bit|a little|in|your|everything)|give {_ME} (?:some|more|an) \w+)\b",
        "open",
    ),
    (r"(?:why|how)\b", "open"),
    (r"what(?:'s|ever)?\b", "open"),
    # what yes or no answers
    (rf"{_AUXILIARY} (?:not )?{_PERSON}\b", "closed"),
    (r"(?:right|correct|yes or no)$", "closed"),
)


def find(plain_text: str) -> tuple[QuestionKind, str] | None:
    """The kind of the first question in a `plain` text, and the words it begins with; None when there is none."""
    at = 0
    while at < len(plain_text):
        polite = _POLITE.match(plain_text, at)
        begins = _BEGINS
        if polite is not None:
            at, begins = polite.end(), _WHETHER + _BEGINS
        for pattern, kind in begins:
            found = pattern.match(plain_text, at)
            if found is not None:
                return kind, found[0].strip()
        at = plain_text.find(" ", at) + 1 or len(plain_text)
    return None


# With what the small English model makes of them when they are said alone.
NAMES: Rules = rules(
    (r"\b(?:open(?: ended)?|opened|oh p[ei]n|broad)\b", "open"),
    (r"\b(?:closed?(?: ended)?|clothes|closing|yes (?:or )?no|polar)\b", "closed"),
    (r"\b(?:choices?|choose|joyce|either or|alternatives?|multiple|selective|selection|options?)\b", "choice"),
    (
        r"\b(?:consultative|consultation|consulting|consult|consultant|consulted|consent|permission|proposal|proposing|"
        r"suggestion|suggesting)\b",
        "consultative",
    ),
    (r"\b(?:specifics?|pacific|target(?:ed)?|probing|probe|pointed|detail|detailed|details)\b", "specific"),
)


def plain(text: str) -> str:
    """The words in lower case, apostrophes kept, everything else a blank."""
    return re.sub(r"[^a-z0-9']+", " ", text.lower().replace("’", "'")).strip()
