"""What somebody who comes back without scripts sends, and what the page says of each organisation's work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field
from wtforms.validators import ValidationError

from app.domain import receipt_code
from app.domain.referral_state import LIVING
from app.domain.wire import b64u_encode
from app.errors import FormatError
from app.forms.fields import MESSAGE_TEXT
from app.forms.follow_up import FollowUpForm
from app.forms.plain_answers import words_of
from app.forms.plain_checks import UNDERSTAND, fault_of
from app.forms.progress_words import DELAYED, Standing, item_standing, standing_of
from app.forms.reach import SILENT, Reach
from app.services.follow_up import FollowedReferral
from app.services.plain_follow_up import family, standing

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

NO_REPORT: Final = _l(
    "There is no report for this code. Perhaps a digit is different, or the report was destroyed. If you like, look "
    "once more or call 1366."
)
NOT_A_CODE: Final = _l("This does not seem to be a receipt code. Please compare it with what you wrote down.")
SLIPPED: Final = _l("One digit may have slipped. Is it one of these?")
EMPTY: Final = _l("Please write a few words first.")
CHOOSE_WHEN: Final = _l("Please choose when it should be destroyed.")
BE_SURE: Final = _l("Please tick that you are sure. Nothing was destroyed.")

LEFT: Final = _l("You took it back from %(name)s. Work has stopped there, and the others were not told.")
LEFT_DESTROYED: Final = _l("What %(name)s had from you here is destroyed. The others were not told.")


class PlainFollowUp:
    """The code as it was typed, checked where it arrives."""

    def __init__(self, sent: "MultiDict[str, str] | None" = None) -> None:
        self.form = FollowUpForm(sent)
        self.understood = sent is not None and "understood" in sent
        self.candidates: list[str] = []
        self.code = ""

    def validate(self) -> bool:
        """Read the code; a slip of one digit is looked for, offered, and never tried by itself."""
        self.form.validate({"code": [self._check_code]})
        return self.understood and not self.form.code.errors

    def refuse(self, words: LazyString) -> None:
        """Say at the code what is wrong with it."""
        self.form.code.errors = [words]

    def faults(self) -> list[tuple[str, str]]:
        """Give what is wrong, in the order of the page, as (id of the field, what to do)."""
        first = [] if self.understood else [("understood", str(UNDERSTAND))]
        return first + [("code", str(error)) for error in self.form.code.errors]

    def _check_code(self, _form: object, field: Field) -> None:
        typed = words_of(field)
        try:
            self.code = receipt_code.normalise(typed)
        except FormatError:
            self.candidates = _candidates(typed)
            raise ValidationError(SLIPPED if self.candidates else NOT_A_CODE) from None


def message_fault(text: str) -> LazyString | None:
    """Give what keeps a message from being sent, if anything."""
    return fault_of(text, MESSAGE_TEXT) if text else EMPTY


def withdrawal_faults(sent: "MultiDict[str, str]") -> list[tuple[str, str]]:
    """Give what is still to be chosen before anything is taken back, as (id of the field, what to do)."""
    faults = [] if sent.get("when", "") in {"72h", "now"} else [("when", str(CHOOSE_WHEN))]
    return faults + ([] if "sure" in sent else [("sure", str(BE_SURE))])


def _candidates(typed: str) -> list[str]:
    try:
        return [receipt_code.format(code) for code in receipt_code.candidates(typed)]
    except FormatError:
        return []


@dataclass(frozen=True, slots=True)
class Line:
    """Where something stands, in the words of the page."""

    name: str
    words: str
    since: str
    next: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when it is kept, or since when a hold keeps it and when that is looked at again; empty where it is not."""

    until: str = ""
    since: str = ""
    review: str = ""

    @classmethod
    def of(cls, one: FollowedReferral) -> "Kept":
        """Put the days of one referral into words."""
        if one.hold is not None:
            return cls(since=_day(one.hold.since.isoformat()), review=_day(one.hold.review_on.isoformat()))
        return cls() if one.kept_until is None else cls(until=_day(one.kept_until.isoformat()))


@dataclass(frozen=True, slots=True)
class Thread:
    """One organisation's work. What its links are, and what it answered, lies sealed and is not opened here."""

    key: str
    line: Line
    referrer: str
    onward: str
    links: tuple[Line, ...]
    answers: int
    sent: int
    living: bool
    leaves: bool
    """Whether it can be taken back from this organisation alone, or what was taken back be destroyed sooner."""
    gone_on: str
    """The day on which what was taken back is destroyed; empty where nothing was, or a hold keeps it."""
    reach: Reach
    kept: Kept
    lost: str
    """The day on which the organisation's keys were lost, this letter's among them; empty where they are there."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a thread is said with: names and hours by slug, kids that nobody opens any more, the day, the language."""

    names: Mapping[str, str]
    reaches: Mapping[str, Reach]
    lost: Mapping[bytes, date]
    today: date
    language: str

    def name(self, one: FollowedReferral) -> str:
        """Give the name of an organisation, or its slug where it is listed no more."""
        return self.names.get(one.organisation, one.organisation)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Taking it back from one organisation: whose letters that takes back too, and which of them a hold keeps."""

    key: str
    name: str
    onward: str
    held: tuple[str, ...]
    living: bool
    last: bool
    """Whether nothing is left of the report afterwards, if it is destroyed at once."""


def leaving(referrals: Sequence[FollowedReferral], referral_id: bytes, around: Around) -> Leaving:
    """Put into words what it means to take it back from one organisation. Raises NotFound where it is not there."""
    first, *onward = family(referrals, referral_id)
    taken = [first, *onward]
    held = tuple(around.name(one) for one in taken if one.hold is not None)
    others = [one for one in standing(referrals) if one not in taken]
    return Leaving(
        key=b64u_encode(referral_id),
        name=around.name(first),
        onward=", ".join(around.name(one) for one in standing(onward)),
        held=held,
        living=any(one.state in LIVING for one in taken),
        last=not others and not held,
    )


def left(referrals: Sequence[FollowedReferral], referral_id: bytes, around: Around) -> str:
    """Say what became of one organisation's letter, once it was taken back. Raises NotFound where it is not there."""
    one = family(referrals, referral_id)[0]
    words = LEFT_DESTROYED if one.state == "destroyed" else LEFT
    return str(words) % {"name": around.name(one)}


def threads(referrals: Sequence[FollowedReferral], around: Around) -> list[Thread]:
    """Put what the server knows of each referral into words."""
    by_id = {one.referral_id: around.name(one) for one in referrals}
    return [_thread(one, by_id, around) for one in referrals]


def _thread(one: FollowedReferral, by_id: Mapping[bytes, str], around: Around) -> Thread:
    paused = around.reaches.get(one.organisation, SILENT).commission_paused_on
    today, language = around.today, around.language
    is_living, taken_back = one.state in LIVING, one.state == "withdrawn" and one.hold is None
    return Thread(
        key=b64u_encode(one.referral_id),
        line=_line(by_id[one.referral_id], standing_of(one, today, language), _closed_until(one)),
        referrer=by_id.get(one.referred_by or b"", ""),
        onward=one.onward if is_living else "",
        links=tuple(
            _line(_("Address %(number)s", number=number), item_standing(item, today, language, paused))
            for number, item in enumerate(one.items, 1)
        ),
        answers=sum(message.direction == "to_reporter" for message in one.messages),
        sent=sum(message.direction == "to_organisation" for message in one.messages),
        living=is_living,
        leaves=is_living or taken_back,
        gone_on=_day(one.destroy_on.isoformat()) if taken_back and one.destroy_on is not None else "",
        reach=around.reaches.get(one.organisation, SILENT),
        kept=Kept.of(one),
        lost=_day(around.lost[one.kid].isoformat()) if one.kid in around.lost else "",
    )


def _line(name: str, standing: Standing, instead: str = "") -> Line:
    said = [standing.next]
    if standing.outlook["late"]:
        said.append(str(DELAYED))
    elif standing.outlook["by"] is not None:
        said.append(_("Usually by %(on)s. It may also take longer.", on=_day(standing.outlook["by"])))
    return Line(name, instead or standing.words, _day(standing.since), " ".join(said))


def _closed_until(one: FollowedReferral) -> str:
    if one.state != "closed" or one.destroy_on is None:
        return ""
    return str(
        _(
            "They ended it without further work. What you sent is destroyed on %(on)s. If you still need them, write "
            "one line: then it stays, and they look at it again.",
            on=_day(one.destroy_on.isoformat()),
        )
    )


def _day(day: str) -> str:
    return str(format_date(date.fromisoformat(day), "long"))
