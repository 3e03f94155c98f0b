"""What is kept how long, in words; every number is read from what really enforces it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _

from app.domain.retention import CLOSED, NOTICE, QUIET, REVIEW
from app.services import clock, guessing, invitation, junk, known_browser, purge, session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.forms.organisation_card import OrganisationCard
    from config import Settings

LOG_DAYS: Final = 14  # as deploy/logrotate.conf has it; a test compares


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the table: what, how long, and from when on or why. `of_reporters`: it is about people who report."""

    what: str
    how_long: str
    about: str
    of_reporters: bool = True


def kept(settings: "Settings") -> tuple[Kept, ...]:
    """Give the table, in the language of the page."""
    return (*_of_reporters(), *_of_traces(), *_of_staff(settings), *_of_the_machine(settings))


def kept_by(cards: "Iterable[OrganisationCard]") -> tuple[Kept, ...]:
    """Give for how long each organisation keeps letters that come today, in the order of their names."""
    return tuple(
        Kept(
            card.name,
            _("%(days)s days after closing", days=card.closed_days),
            _("%(days)s days where nothing happens, while it is open.", days=card.quiet_days),
        )
        for card in sorted(cards, key=lambda card: card.name)
    )


def bounds() -> str:
    """Say between which numbers of days organisations choose, and what a change of theirs means."""
    return str(
        _(
            "Each organisation chooses: %(closed_least)s to %(closed_most)s days after closing, %(quiet_least)s to "
            "%(quiet_most)s days without anything happening; %(closed)s and %(quiet)s until it has chosen. What it "
            "said when you agreed is the most; a shorter time that it chooses later ends nothing before %(notice)s "
            "days are over. Each message between you puts the day off.",
            closed_least=CLOSED.least, closed_most=CLOSED.most, closed=CLOSED.usual,
            quiet_least=QUIET.least, quiet_most=QUIET.most, quiet=QUIET.usual, notice=NOTICE.days,
        )
    )  # fmt: skip


def _of_reporters() -> tuple[Kept, ...]:
    return (
        Kept(
            _("Letters, messages and what staff noted about them"),
            _("By the days of each organisation"),
            _("They stand in the next table. You see the day when you come back with your code."),
        ),
        Kept(
            _("A letter under a legal hold"),
            _("Until the hold ends"),
            _(
                "Where a law wants one letter kept longer, a lead of that organisation says so, with a reason, and "
                "looks at it again within %(days)s days. You see that it is so, and can ask why. Work stops all the "
                "same when you withdraw.",
                days=REVIEW.days,
            ),
        ),
        Kept(
            _("What you withdrew"),
            _hours(clock.KEPT_FOR),
            _("Counted in whole days, since no time of day is kept. Right away if you say so."),
        ),
        Kept(
            _("What you keep to go on with later"),
            _hours(clock.KEPT_FOR),
            _("From the last time you kept it, in whole days. Sending the report deletes it at once."),
        ),
        Kept(
            _("Letters that staff took for junk"),
            _days(junk.KEPT_FOR),
            _("A single line from you brings the letter back."),
        ),
    )


def _of_traces() -> tuple[Kept, ...]:
    return (
        Kept(
            _("The empty line of a destroyed letter"),
            _days(purge.EMPTY_ROWS_KEPT),
            _("Organisation, days and state, without any content: staff see that it was destroyed."),
        ),
        Kept(
            _("A trace that a report was destroyed"),
            _("No end"),
            _("A scrambled number from which nothing can be read. It keeps a destroyed report from coming back."),
        ),
        Kept(
            _("How many requests came from an address"),
            _days(timedelta(days=1)),
            _("At most, in a scrambled form whose key changes every day. It is in no database."),
        ),
    )


def _of_staff(settings: "Settings") -> tuple[Kept, ...]:
    return (
        Kept(
            _("The log of what staff opened and did"),
            _("%(years)s years", years=settings.log_years),
            _("The law asks for at least two. People who report are not in it."),
            of_reporters=False,
        ),
        Kept(
            _("Sign-ins of staff"),
            _hours(session.WHOLE),
            _("At most; %(minutes)s minutes without use end one.", minutes=session.IDLE // timedelta(minutes=1)),
            of_reporters=False,
        ),
        Kept(
            _("Failed sign-ins"),
            _days(guessing.FORGOTTEN_AFTER),
            _("To slow down guessing."),
            of_reporters=False,
        ),
        Kept(
            _("The mark of a browser in which staff signed in"),
            _days(known_browser.KEPT),
            _("On that device alone."),
            of_reporters=False,
        ),
        Kept(
            _("Invitations of staff"),
            _days(invitation.FORGOTTEN_AFTER),
            _("After they were used, taken back or ended."),
            of_reporters=False,
        ),
    )


def _of_the_machine(settings: "Settings") -> tuple[Kept, ...]:
    return (
        Kept(
            _("Sealed backups"),
            _("The newest %(count)s", count=settings.backups_kept),
            _(
                "One is made each night as a rule. What was destroyed lies in older ones as well, and nothing opens "
                "it: its key is gone, also from the only copy of the keys."
            ),
        ),
        Kept(
            _("The server's own log"),
            _days(timedelta(days=LOG_DAYS)),
            _("As the portal is delivered. Days and faults; no addresses, no content, no codes."),
        ),
        Kept(
            _("Public notices and earlier privacy policies"),
            _("No end"),
            _("So that whoever comes back late can still read them."),
        ),
    )


def _hours(time: timedelta) -> str:
    return str(_("%(hours)s hours", hours=time // timedelta(hours=1)))


def _days(time: timedelta) -> str:
    return str(_("%(days)s days", days=time.days))
