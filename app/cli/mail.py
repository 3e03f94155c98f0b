"""Handing mail to the mail server of the settings: TLS with its certificate checked, and no wait without an end."""

import secrets
import smtplib
import ssl
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import formatdate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from config import Settings

STEP_SECONDS: Final = 10.0  # what a mail server may take for one answer


def deliver(settings: "Settings", subject: str, text: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """Send a text to each address by itself, and give those for which the mail server took it.

    Raises OSError (smtplib's errors are such) where the server cannot be used, and took it for nobody.
    """
    taken: list[str] = []
    with _server(settings) as server:
        for address in addresses:
            try:
                server.send_message(message(settings, subject, text, address), settings.mail_from, [address])
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
                continue  # this one is refused; the next may not be
            except OSError:
                if not taken:
                    raise
                break  # who got it already must not get it again for the sake of the others
            taken.append(address)
    return tuple(taken)


def message(settings: "Settings", subject: str, text: str, address: str) -> EmailMessage:
    """Make one mail. Nothing in it says more than its words: no id of anything, no name of this machine."""
    name, _at, domain = settings.mail_from.rpartition("@")
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = Address(settings.portal_name_ko, name, domain)
    mail["To"] = address
    mail["Subject"] = subject
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{secrets.token_hex(16)}@{domain}>"
    mail["Content-Language"] = "ko, en"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(text, cte="base64")
    return mail


class _Quitting(smtplib.SMTP):
    """A connection whose end is no error: what was taken is taken, even if the goodbye is not answered."""

    def __exit__(self, *_error: object) -> None:
        try:
            super().__exit__(None, None, None)
        except OSError:
            self.close()


class _QuittingTls(_Quitting, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def _server(settings: "Settings") -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.smtp_port
    domain = settings.mail_from.rpartition("@")[2]  # said in EHLO, instead of this machine's name
    if settings.smtp_tls == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = _QuittingTls(host, port, domain, timeout=STEP_SECONDS, context=context)
    else:
        server = _Quitting(host, port, domain, timeout=STEP_SECONDS)
    try:
        if settings.smtp_tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
    except OSError:
        server.close()
        raise
    return server
