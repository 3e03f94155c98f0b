"""For how many days a lead has letters kept, within the portal's bounds."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Form, IntegerField
from wtforms.validators import ValidationError

from app.domain.retention import CLOSED, QUIET, Bounds, Policy


def _within(bounds: Bounds) -> LazyString:
    words: LazyString = _l(
        "From %(least)s to %(most)s days. %(usual)s are usual here.",
        least=bounds.least,
        most=bounds.most,
        usual=bounds.usual,
    )
    return words


class Days(IntegerField):
    """A whole number of days within bounds; what is none, or out of them, is said in the page's own words."""

    def __init__(self, label: LazyString, bounds: Bounds, **bound: object) -> None:
        super().__init__(label, description=_within(bounds), **bound)  # type: ignore[arg-type]
        self.bounds = bounds

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take digits, with space around; anything else is no number."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(10**6)) else None

    def pre_validate(self, _form: object) -> None:
        """Raise ValidationError with what to do about it."""
        if self.data is None or not self.bounds.least <= self.data <= self.bounds.most:
            raise ValidationError(
                _l(
                    "Please write a whole number from %(least)s to %(most)s.",
                    least=self.bounds.least,
                    most=self.bounds.most,
                )
            )


class KeepingForm(Form):
    """Days after closing, and days without anything happening."""

    closed_days = Days(_l("Days after a referral was closed"), CLOSED)
    quiet_days = Days(_l("Days without anything happening, where it was never closed"), QUIET)

    @classmethod
    def of(cls, policy: Policy) -> "KeepingForm":
        """Fill the form with what holds now."""
        return cls(data={"closed_days": policy.closed_days, "quiet_days": policy.quiet_days})

    def faults(self) -> list[tuple[str, str]]:
        """Give what is wrong, in the order of the page, as (id of the field, what to do)."""
        return [(field.id, str(error)) for field in self for error in field.errors]
