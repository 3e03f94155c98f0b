"""A pasted text, such as a whole chat message, taken apart: the addresses in it, as typed, and the words between them.

Twin of `static/js/domain/pasted_text.js`; both replay `tests/vectors/pasted_text.json`. Nothing here is ever fetched.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

# What can stand in no address as people paste it: blanks, quotation marks, and brackets of prose.
_BLANK: Final = r"\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_GAP: Final = _BLANK + r"<>\"`|“”‘’«»「」『』《》〈〉【】"
_REST: Final = rf"[^{_GAP}]"
_DOT: Final = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Last labels that need no path behind them to be one; with a path, any letters will do.
_ENDS: Final = (
    r"[A-Za-z]{2}|com|net|org|info|biz|app|dev|xyz|top|site|online|club|live|link|page|shop|store|vip|win|fun|icu|pro"
    r"|one|life|world|today|space|website|tech|cloud|blog|media|video|games|chat|social|news|wiki|asia|mobi|name|tel"
    r"|xxx|sex|sexy|adult|porn|cam|webcam|tube|onion|edu|gov|travel|bond|sbs|lol|lat|cyou|click|monster|rest|quest"
)
_TAIL: Final = rf"(?::[0-9]{{1,5}})?(?:[/?#]{_REST}*)?"
_ADDRESS: Final = re.compile(
    rf"h(?:tt|xx|\*\*|__)ps?(?:://|\[:\]//|\[://\]){_REST}+"
    rf"|(?<![A-Za-z0-9+.-])(?:magnet:\?|intent:|[A-Za-z][A-Za-z0-9+.-]{{1,30}}(?:://|\[:\]//|\[://\])){_REST}+"
    rf"|(?<![A-Za-z0-9@._%+-])(?:{_LABEL}{_DOT}){{1,8}}"
    rf"(?:(?:{_ENDS})(?![A-Za-z0-9@_-]){_TAIL}|[A-Za-z]{{2,24}}(?=:[0-9]|[/?#]){_TAIL})"
    rf"|(?<![0-9.])[0-9]{{1,3}}(?:{_DOT}[0-9]{{1,3}}){{3}}(?=:[0-9]|/){_TAIL}"
    rf"|(?<![A-Za-z0-9가-힣@._-])(?:www\.)?[가-힣0-9-]{{2,30}}\.(?:com|net|kr|한국|닷컴|닷넷)(?![A-Za-z0-9가-힣]){_TAIL}",
    re.ASCII | re.IGNORECASE,
)
_AGAIN: Final = re.compile(
    r"(?<![/=:?&#%])(?=h(?:tt|xx)ps?://)|[,;](?=(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}/)", re.ASCII | re.IGNORECASE
)
_HOST: Final = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?)?[^/?#]*", re.ASCII)
_AFTER_HOST: Final = re.compile(r"(?<=[A-Za-z0-9])[가-힣ㄱ-ㅣ]+[^/?#]*$", re.ASCII)
# What stands behind an address without belonging to it: marks, letters of laughing and crying, signs without a shape.
_TRAILING: Final = re.compile(
    r"[.,;:!?'*~^…·。，、！？：；～ㆍㄱ-ㅎㅏ-ㅣ\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe0f"
    r"\u2190-\u2bff\U0001f000-\U0001faff]"
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{", "）": "（", "］": "［", "〕": "〔"}
_PARTICLE: Final = (
    r"입니다|이에요|이예요|예요|에요|이구요|이고요|이고|인데요|인데|이래요|이래|래요|이랍니다|랍니다|임|이요|요|이랑|랑|하고"
    r"|이라고|라고|이라는|라는|이란|에서는|에서도|에서|에는|에도|에|으로|로|을|를|은|는|이|가|와|과|도|만|의|까지|부터|처럼"
    r"|이거|이것|여기|링크|주소|이네요|네요|이야|야|임다|입니당|이었어요|였어요|이었는데|였는데|있어요|봐주세요|확인"
)
_STUCK: Final = re.compile(rf"(?<=[A-Za-z0-9_~)-])(?:{_PARTICLE})$", re.ASCII)
_STUCK_LONG: Final = re.compile(r"(?<=/)(?:입니다|이에요|예요|인데요|인데|에서|이라고|라고|까지|부터|봐주세요)$")
_SENTENCE: Final = re.compile(rf"(?<=[A-Za-z0-9_~)-])(?:{_PARTICLE})[.,!?…~]+[가-힣ㄱ-ㅣ]+$", re.ASCII)
_BEFORE: Final = re.compile(rf"^[{_GAP}\u200b.,;:!?'*~)\]}}/•·※→▶➡👉…=#-]+")
_BEHIND: Final = re.compile(rf"[{_GAP}\u200b(\[{{•·※→▶➡👉:,=#-]")
_NUMBERED: Final = re.compile(r"^[(\[]?(?:[0-9]{1,3}[.)]?|링크|주소|url|link)[)\]]?$", re.ASCII | re.IGNORECASE)
_LEADING: Final = re.compile(rf"^[{_BLANK})\]]*(?:{_PARTICLE})(?=[{_BLANK}.,!?~…ㄱ-ㅎㅏ-ㅣ)]|$)[.,!?~…ㄱ-ㅎㅏ-ㅣ)]*")
_LINE: Final = re.compile(r"\r\n|[\r\n]")
# What is no address: a scheme alone, or the letters that one was stuck to.
_BARE: Final = re.compile(
    r"(?:h\*\*ps?|[a-z][a-z0-9+._-]*)(?:://|\[:\]//|\[://\]|:)[/?]*|[a-z0-9+-]+", re.ASCII | re.IGNORECASE
)


def addresses_in(text: str) -> list[str]:
    """Give the addresses in a text in their order, each once, as typed: web, magnet and app links, defanged ones too.

    What stands right behind one without belonging to it (a full stop, a bracket, a Korean particle) is left out.
    """
    return list(dict.fromkeys(text[start:end] for start, end in _places(text)))


def words_beside(text: str) -> str:
    """Give what a text says beside its addresses, line by line; bullets, numbers and stuck particles say nothing."""
    pieces, done = [], 0
    for start, end in _places(text):
        pieces.append(text[done:start])
        done = end
    pieces = [*pieces[:1], *(_LEADING.sub("", piece) for piece in [*pieces[1:], text[done:]])] if pieces else [text]
    lines = (_said(line) for piece in pieces for line in _LINE.split(piece))
    return "\n".join(line for line in lines if line)


def _said(line: str) -> str:
    bare = _BEFORE.sub("", line)
    while bare and _BEHIND.fullmatch(bare[-1]):
        bare = bare[:-1]
    says = any(unicodedata.category(sign)[0] in "LN" for sign in bare)
    return bare if says and not _NUMBERED.match(bare) else ""


def _places(text: str) -> list[tuple[int, int]]:
    """Give where each address begins and ends."""
    found = []
    for match in _ADDRESS.finditer(text):
        start = match.start()
        for part in _parts(match[0]):
            whole = _without_tail(part)
            if not _BARE.fullmatch(whole):
                found.append((start, start + len(whole)))
            start += len(part)
    return found


def _parts(run: str) -> list[str]:
    """Take addresses apart that stand one behind the other without a blank; one inside of another stays there."""
    cuts = [0, *(match.end() for match in _AGAIN.finditer(run) if match.end() > 0), len(run)]
    return [run[start:end] for start, end in pairwise(cuts) if end > start]


def _without_tail(part: str) -> str:
    host = _HOST.match(part)
    head = part[: host.end()] if host else ""
    shorter = _AFTER_HOST.sub("", head)
    if shorter != head:
        return shorter  # letters of both scripts in the last label: there the address was over
    before = ""
    while before != part:
        before = part
        part = _without_bracket(_without_marks(part))
        part = _SENTENCE.sub("", _STUCK_LONG.sub("", _STUCK.sub("", part)))
    return part


def _without_marks(part: str) -> str:
    end = len(part)
    while end and _TRAILING.match(part, end - 1):
        end -= 1
    return part[:end]


def _without_bracket(part: str) -> str:
    """Leave a closing bracket out that was opened before the address."""
    last = part[-1:]
    opening = _PAIRS.get(last)
    return part[:-1] if opening and part.count(last) > part.count(opening) else part
