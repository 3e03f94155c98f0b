"""Mail goes to a real mail server: in the clear, by STARTTLS, by TLS; and not where something is wrong with it."""

import dataclasses
import re
import smtplib
import ssl

import pytest

from app.cli import mail
from config import Settings
from tests.cli.mail_server import HOST, PASSWORD, USER, Certificates, Inbox, authenticator, never_answering, served

ADDRESS, SECOND = "duty@centre.example", "second@centre.example"
KOREAN = "급한 것이 기다립니다"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def known_authority(certificates, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))


def settings_for(port, tls="off", **changes):
    given = {"smtp_host": HOST, "smtp_port": port, "smtp_tls": tls, "mail_from": "notice@portal.example"}
    return Settings(secret_key="s" * 32, **(given | changes))


def deliver(settings, *addresses):
    return mail.deliver(settings, KOREAN, f"{KOREAN}\n\nSomething waits.\n", addresses or (ADDRESS,))


def test_a_plain_server_takes_it(certificates):
    inbox = Inbox()
    with served(inbox) as port:
        assert deliver(settings_for(port)) == (ADDRESS,)
    ((recipient, message),) = inbox.taken
    assert recipient == ADDRESS
    assert message["To"] == ADDRESS
    assert message["Subject"] == KOREAN
    assert message.get_content().splitlines() == [KOREAN, "", "Something waits."]
    assert message["From"].addresses[0].addr_spec == "notice@portal.example"


def test_a_mail_says_what_it_is_and_nothing_of_this_machine(certificates):
    inbox = Inbox()
    with served(inbox) as port:
        deliver(settings_for(port), ADDRESS, SECOND)
    (_, first), (_, second) = inbox.taken
    assert first["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{32}@portal\.example>", first["Message-ID"])
    assert first["Message-ID"] != second["Message-ID"]
    assert {name for name, _text in first.items()} <= {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "MIME-Version",
        "X-Auto-Response-Suppress", "Content-Type", "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip
    assert {greeting for greeting, _tls in inbox.greetings} == {"portal.example"}
    assert SECOND not in first.as_string()


def test_starttls_comes_before_anything_is_said(certificates, known_authority):
    inbox = Inbox()
    with served(inbox, tls_context=certificates.context_for(HOST), require_starttls=True) as port:
        assert deliver(settings_for(port, "starttls")) == (ADDRESS,)
    assert inbox.greetings[-1] == ("portal.example", True)


def test_tls_from_the_first_byte(certificates, known_authority):
    inbox = Inbox()
    with served(inbox, ssl_context=certificates.context_for(HOST)) as port:
        assert deliver(settings_for(port, "tls")) == (ADDRESS,)
    assert inbox.recipients == [ADDRESS]


@pytest.mark.parametrize("name", ["an unknown authority", "another name"])
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_that_does_not_fit_stops_the_mail(certificates, monkeypatch, tls, name):
    host = HOST
    if name == "another name":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        host = "elsewhere.example"
    inbox, context = Inbox(), certificates.context_for(host)
    options = {"ssl_context": context} if tls == "tls" else {"tls_context": context}
    with served(inbox, **options) as port, pytest.raises(ssl.SSLCertVerificationError):
        deliver(settings_for(port, tls))
    assert inbox.taken == []


def test_a_server_without_starttls_gets_nothing(certificates):
    inbox = Inbox()
    with served(inbox) as port, pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(settings_for(port, "starttls"))
    assert inbox.taken == []


def test_signing_in_where_the_server_asks_for_it(certificates, known_authority):
    inbox = Inbox()
    options = {"tls_context": certificates.context_for(HOST), "authenticator": authenticator, "auth_required": True}
    with served(inbox, **options) as port:
        settings = settings_for(port, "starttls", smtp_user=USER, smtp_password=PASSWORD)
        assert deliver(settings) == (ADDRESS,)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            deliver(dataclasses.replace(settings, smtp_password="another"))
    assert inbox.recipients == [ADDRESS]


def test_one_address_that_is_refused_keeps_nobody_else_from_theirs(certificates):
    inbox = Inbox(refused=[ADDRESS])
    with served(inbox) as port:
        assert deliver(settings_for(port), ADDRESS, SECOND) == (SECOND,)
        assert deliver(settings_for(port), ADDRESS) == ()
    assert inbox.recipients == [SECOND]


def test_a_server_that_cannot_keep_it_took_it_for_nobody(certificates):
    with served(Inbox(broken=True)) as port:
        assert deliver(settings_for(port), ADDRESS, SECOND) == ()


def test_no_server_is_an_error(certificates):
    with served(Inbox()) as port:
        pass
    with pytest.raises(ConnectionRefusedError):
        deliver(settings_for(port))


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(mail, "STEP_SECONDS", 0.2)
    with never_answering() as port, pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        deliver(settings_for(port))


def test_who_got_it_before_the_server_went_does_not_get_it_again(certificates, monkeypatch):
    sent = []

    def send(self, message, sender, addresses):
        if sent:
            raise smtplib.SMTPServerDisconnected
        sent.extend(addresses)

    monkeypatch.setattr(smtplib.SMTP, "send_message", send)
    with served(Inbox()) as port:
        assert deliver(settings_for(port), ADDRESS, SECOND) == (ADDRESS,)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            deliver(settings_for(port), ADDRESS)
