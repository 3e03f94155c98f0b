"""Telling organisations by mail that something waits: what is due is sent, and what was sent is noted.

A mail has no content, no count, no name and no link: whoever reads it on the way, or over a shoulder, learns that there
is something, and when it was sent.
"""

import random
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Final

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app import db, telemetry
from app.cli import mail
from app.services import notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel.speaklater import LazyString

    from app.services.notice import Due
    from config import Settings

ALL_SECONDS: Final = 40.0  # for all mails of one tick; what is left is due again at the next

WORDS: "Final[Mapping[str, tuple[LazyString, LazyString]]]" = {
    "urgent": (
        _l("Please look now"),
        _l("Something urgent is waiting for your organisation. Please sign in to the portal as soon as you can."),
    ),
    "digest": (
        _l("Something new"),
        _l("There is something new for your organisation. Please look when you are next at your desk."),
    ),
    "unopened": (
        _l("Still waiting"),
        _l(
            "Something has been waiting for your organisation for three days or longer, and nobody has opened it. "
            "Everybody on the rota gets this mail, once a day, until it has been opened."
        ),
    ),
    "test": (
        _l("A test"),
        _l("A lead of your organisation asked for this test. Mail from the portal reaches this address."),
    ),
}


def tell_organisations() -> None:
    """Send every mail that is due. What cannot be sent stays due; one organisation's trouble is nobody else's."""
    settings: Settings = current_app.extensions["onestop_settings"]
    if not settings.smtp_host:
        return
    session, until = db.session(), monotonic() + ALL_SECONDS
    everything = list(notice.due(session, settings.secret_key.encode(), datetime.now(UTC)))
    random.SystemRandom().shuffle(everything)  # where time runs out, it is not always for the same organisation
    for one in everything:
        if one.kind is None:
            notice.note_sent(session, one, datetime.now(UTC))
        elif monotonic() < until:
            _tell(session, settings, one)


def _tell(session: Session, settings: "Settings", one: "Due") -> None:
    # Noted as failing before anything is sent: a database that cannot be written to must not mean a mail a minute.
    notice.note_failed(session, one, datetime.now(UTC))
    try:
        subject, text = words_of(settings, str(one.kind))
        taken = mail.deliver(settings, subject, text, one.addresses)
        if not taken and one.otherwise:
            taken = mail.deliver(settings, subject, text, one.otherwise)
    except OSError as error:
        telemetry.log.warning("mail not sent", extra={"place": telemetry.place_of(error)})
        return
    if set(taken) != set(one.addresses):
        telemetry.log.warning("mail refused for an address")
    if taken:
        notice.note_sent(session, one, datetime.now(UTC), whole=set(taken) == set(one.addresses))


def words_of(settings: "Settings", kind: str) -> tuple[str, str]:
    """Give subject and text of a mail, Korean and then English in one."""
    subjects, texts = [], []
    for language, name in (("ko", settings.portal_name_ko), ("en", settings.portal_name_en)):
        with force_locale(language):
            subject, text = WORDS[kind]
            subjects.append(str(subject))
            texts.append(f"{name}\n\n{text}\n\n{_about()}")
    return f"{settings.portal_name_ko}: {' / '.join(subjects)}", "\n\n--\n\n".join(texts) + "\n"


def _about() -> str:
    return str(
        _(
            "Open the portal the way you always do: on purpose, this mail has no link. "
            "It was sent by a program, and nobody reads answers to it."
        )
    )
