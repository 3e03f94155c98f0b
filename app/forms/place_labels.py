"""Plain words for regions and languages. A language carries its own name too, for who reads no Korean."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

HELP_LANGUAGES: Final[Mapping[str, LazyString]] = {
    "ko": _l("Korean (한국어)"),
    "en": _l("English (English)"),
    "zh": _l("Chinese (中文)"),
    "vi": _l("Vietnamese (Tiếng Việt)"),
    "th": _l("Thai (ไทย)"),
    "tl": _l("Tagalog (Tagalog)"),
    "ja": _l("Japanese (日本語)"),
    "ru": _l("Russian (Русский)"),
    "mn": _l("Mongolian (Монгол)"),
    "km": _l("Khmer (ខ្មែរ)"),
    "uz": _l("Uzbek (Ўзбекча)"),
    "ne": _l("Nepali (नेपाली)"),
    "id": _l("Indonesian (Bahasa Indonesia)"),
    "my": _l("Burmese (မြန်မာ)"),
    "other": _l("Another language"),
}

REGIONS: Final[Mapping[str, LazyString]] = {
    "seoul": _l("Seoul"),
    "busan": _l("Busan"),
    "daegu": _l("Daegu"),
    "incheon": _l("Incheon"),
    "gwangju": _l("Gwangju"),
    "daejeon": _l("Daejeon"),
    "ulsan": _l("Ulsan"),
    "sejong": _l("Sejong"),
    "gyeonggi": _l("Gyeonggi"),
    "gangwon": _l("Gangwon"),
    "chungbuk": _l("North Chungcheong"),
    "chungnam": _l("South Chungcheong"),
    "jeonbuk": _l("North Jeolla"),
    "jeonnam": _l("South Jeolla"),
    "gyeongbuk": _l("North Gyeongsang"),
    "gyeongnam": _l("South Gyeongsang"),
    "jeju": _l("Jeju"),
    "abroad": _l("Outside Korea"),
}
