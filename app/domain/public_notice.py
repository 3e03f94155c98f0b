"""What the operator tells everybody on the portal's pages: which kinds there are, and what the law asks of each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.errors import FormatError

KINDS: Final = ("breach", "possible_breach", "no_breach", "outage", "policy", "general")
# 개인정보 보호법 시행령 제39조제3항, 제39조의3제4항: on the site for 30 days where nobody can be reached.
OF_A_BREACH: Final = KINDS[:3]
LEAST_SHOWN: Final = timedelta(days=30)
TITLE_MOST: Final = 120  # characters
TEXT_MOST: Final = 6000
OPEN_BLANK: Final = "〔"  # what a template leaves to be filled in stands in 〔 〕


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """Plain words in both languages; `until_day` is the last day on which it stands, None until it is ended."""

    kind: str
    title_ko: str
    title_en: str
    text_ko: str
    text_en: str
    from_day: date
    until_day: date | None

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """All that people read."""
        return self.title_ko, self.title_en, self.text_ko, self.text_en


def check_notice(notice: PublicNotice) -> PublicNotice:
    """Give the notice back. Raises FormatError, with the name of what is not as it must be."""
    if notice.kind not in KINDS:
        raise FormatError("kind")
    for name, text, most in (
        ("title_ko", notice.title_ko, TITLE_MOST),
        ("title_en", notice.title_en, TITLE_MOST),
        ("text_ko", notice.text_ko, TEXT_MOST),
        ("text_en", notice.text_en, TEXT_MOST),
    ):
        if not 1 <= len(text) <= most or OPEN_BLANK in text:
            raise FormatError(name)
    if notice.until_day is not None and notice.until_day < earliest_end(notice.kind, notice.from_day):
        raise FormatError("until_day")
    return notice


def earliest_end(kind: str, from_day: date) -> date:
    """Give the first day that may be the last one of a notice that stands from `from_day` on."""
    return from_day + LEAST_SHOWN - timedelta(days=1) if kind in OF_A_BREACH else from_day


def is_standing(from_day: date, until_day: date | None, ended_on: date | None, today: date) -> bool:
    """Say whether a notice stands today; its last day is included, the day on which it was taken down is not."""
    return from_day <= today and ended_on is None and (until_day is None or today <= until_day)
