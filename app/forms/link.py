"""One link of a report: an address as it was pasted, and what little may be known about it."""

from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.forms.fields import ADDRESS_TEXT, Line, Pick, Words

_ROUGH_DATE: Final = _l("A year or a month is enough, such as 2026 or 2026-11.")


class LinkForm(Form):
    """One place where the material is, or was."""

    address = Words(
        _l("Address (URL)"),
        hint=_l("Paste it as it is. Several at once are fine, even a whole message with addresses in it."),
        why=_l("Deletion and blocking work by the exact address."),
        limit=ADDRESS_TEXT,
        rows=2,
        may_stay_open=True,
    )
    kind = Pick(
        _l("What kind of place is it?"), "link_kinds", why=_l("Each kind of place is dealt with in another way.")
    )
    place = Words(
        _l("Where is it, in words?"),
        hint=_l("For example the name of the site or app, the room, or the words you would search for."),
        why=_l("Where there is no address, these words are how it is found."),
        rows=2,
        may_stay_open=True,
    )
    poster = Line(
        _l("Name or ID of whoever posted it"), why=_l("One account often posts in several places."), may_stay_open=True
    )
    title_keywords = Line(
        _l("Title, or words in the title"),
        why=_l("Sites can search for these words and remove copies."),
        may_stay_open=True,
    )
    first_seen = Line(
        _l("When was it first seen?"),
        hint=_ROUGH_DATE,
        why=_l("It helps to find out where it began."),
        limit=20,
        may_stay_open=True,
    )
    last_seen = Line(
        _l("When was it last seen?"),
        hint=_l("From memory. You need not look for it again."),
        why=_l("So that staff know whether it may still be there."),
        limit=20,
        may_stay_open=True,
    )
    posted = Line(
        _l("When was it posted?"),
        hint=_ROUGH_DATE,
        why=_l("Sites keep their records for a limited time."),
        limit=20,
        may_stay_open=True,
    )
    spread = Pick(_l("Is it being shared?"), "spread", why=_l("Places where it spreads are worked on first."))
    commercial = Pick(
        _l("Is there money in it?"), "commercial", why=_l("Where money is made, the police can follow it.")
    )
