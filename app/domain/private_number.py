"""Numbers that nobody here needs and nobody should type: finds resident registration numbers and card numbers in text.

Twin of `static/js/domain/private_number.js`; both replay `tests/vectors/private_number.json`.
"""

import re
import unicodedata
from typing import Final

SHORTEST_CARD: Final = 13
LONGEST_CARD: Final = 19
_DATE: Final = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# What people and keyboards put between the halves; in an address only a hyphen counts: long numbers are common there.
_RESIDENT: Final = re.compile(rf"(?<![0-9]){_DATE}[ \t\n\r\-\u2010-\u2015]{{0,3}}[1-8][0-9]{{6}}(?![0-9])")
_RESIDENT_IN_ADDRESS: Final = re.compile(rf"(?<![0-9]){_DATE}[-\u2010-\u2015][1-8][0-9]{{6}}(?![0-9])")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^ \t\r\n]*")
# As cards are written: in one piece, in groups of four, or four, six and the rest. Bank accounts are grouped otherwise.
_CARDS: Final = (
    re.compile(r"(?<![0-9])[2-69][0-9]{12,18}(?![0-9])"),
    re.compile(
        r"(?<![0-9])[2-69][0-9]{3}(?:[ \-\u2010-\u2015]{1,3}[0-9]{4}){3}(?:[ \-\u2010-\u2015]{1,3}[0-9]{1,3})?(?![0-9])"
    ),
    re.compile(r"(?<![0-9])3[0-9]{3}[ \-\u2010-\u2015]{1,3}[0-9]{6}[ \-\u2010-\u2015]{1,3}[0-9]{4,5}(?![0-9])"),
)


def private_number(text: str, in_address: bool) -> str:
    """Say what a text holds: `resident_number`, `card_number` or nothing; full-width digits are digits.

    Inside of URLs no card is looked for, and a text that is one address (`in_address`) is all URL.
    """
    plain = unicodedata.normalize("NFKC", text)
    if (_RESIDENT_IN_ADDRESS if in_address else _RESIDENT).search(plain):
        return "resident_number"
    if not in_address and _holds_card(_URL.sub(" ", plain)):
        return "card_number"
    return ""


def _holds_card(text: str) -> bool:
    return any(_is_card(found.group()) for pattern in _CARDS for found in pattern.finditer(text))


def _is_card(written: str) -> bool:
    digits = re.sub(r"[^0-9]", "", written)
    return SHORTEST_CARD <= len(digits) <= LONGEST_CARD and luhn(digits) == 0


def luhn(digits: str) -> int:
    """Give what the Luhn sum (ISO/IEC 7812-1) of a string of digits leaves by ten: 0 for a card number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # the digits of 10 to 18, added
    return total % 10
