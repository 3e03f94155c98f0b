"""Lines of a week: who is on duty, and when an organisation is open."""

import re
from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from app.domain import opening_hours
from app.domain.notice import Duty
from app.domain.opening_hours import Opening, clock
from app.forms.staff_fields import Hour, Weekdays, plain

ADDRESS_MOST: Final = 254
STEP: Final = 30  # minutes between two times that can be chosen
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
DAYS: Final = (_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun"))
_SAME: Final = _l("The two hours are the same. For the whole day choose 00:00 to 24:00.")


def _hour(hour: int) -> SelectChoice:
    return SelectChoice(str(hour), clock(hour * 60))


def _times(first: int, last: int) -> list[SelectChoice]:
    return [SelectChoice(clock(minute), clock(minute)) for minute in range(first, last + 1, STEP)]


class DutyForm(Form):
    """One line of the rota. Without an address the line is none."""

    address = StringField(_l("E-mail address"), filters=[plain])
    days = Weekdays(
        _l("Days of the week"),
        choices=[SelectChoice(str(number), name) for number, name in enumerate(DAYS)],
        description=_l("No day ticked means every day."),
    )
    from_hour = Hour(_l("From which hour"), choices=[_hour(hour) for hour in range(24)], default="0")
    until_hour = Hour(
        _l("Until which hour"),
        choices=[_hour(hour) for hour in range(1, 25)],
        default="24",
        description=_l("In Korean time. An earlier hour than the first means the next morning."),
    )

    def validate_address(self, field: StringField) -> None:
        """Raise ValidationError for what is no address."""
        text = field.data or ""
        if text and (len(text) > ADDRESS_MOST or not _ADDRESS.fullmatch(text)):
            raise ValidationError(_l("This does not look like an e-mail address. An example: duty@centre.kr"))

    def validate_until_hour(self, field: SelectField) -> None:
        """Raise ValidationError where a duty would have no hours."""
        if self.address.data and field.data == self.from_hour.data:
            raise ValidationError(_SAME)

    def duty(self) -> Duty:
        """Give this line, from a form that was found to be in order."""
        days = frozenset(int(day) for day in self.days.data or ())
        return Duty(self.address.data or "", days, int(self.from_hour.data), int(self.until_hour.data))


class OpeningForm(Form):
    """One line of the usual hours. Without a day the line is none."""

    days = Weekdays(
        _l("Days of the week"), choices=[SelectChoice(str(number), name) for number, name in enumerate(DAYS)]
    )
    from_time = Hour(_l("Opens at"), choices=_times(0, opening_hours.DAY - STEP), default="09:00")
    until_time = Hour(
        _l("Closes at"),
        choices=_times(STEP, opening_hours.DAY),
        default="18:00",
        description=_l("In Korean time. An earlier hour than the first means the next morning."),
    )

    def validate_until_time(self, field: SelectField) -> None:
        """Raise ValidationError where a line would have no hours."""
        if self.days.data and field.data == self.from_time.data:
            raise ValidationError(_SAME)

    def opening(self) -> Opening:
        """Give this line, from a form that was found to be in order."""
        days = sorted({int(day) for day in self.days.data or ()})
        return Opening(tuple(days), _minute(self.from_time.data), _minute(self.until_time.data))


def _minute(time: str) -> int:
    hour, past = time.split(":")
    return int(hour) * 60 + int(past)
