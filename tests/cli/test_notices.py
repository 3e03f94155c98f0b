"""`flask tick` tells organisations: at once, once, and whatever is wrong with a mail server or one organisation."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from app.cli import mail, notices
from app.domain.deadline import day_of
from app.domain.notice import Duty
from app.models import Notice, Organisation, Referral, Told
from app.services import rota
from tests.cli.mail_desk import Desk, always
from tests.cli.mail_server import Inbox, never_answering, served
from tests.databases import on_one
from tests.making import Maker, rota_of


@pytest.fixture
def desk(settings, session):
    made = []

    def at(port):
        desk = Desk(settings, session, port)
        made.append(desk.app)
        return desk

    yield at
    for app in made:
        app.extensions["onestop_engine"].dispose()


def test_an_urgent_letter_is_told_at_the_next_tick_and_once(desk):
    inbox = Inbox()
    with served(inbox) as port:
        here = desk(port)
        centre, _lead = here.organisation("centre", "duty@centre.example")
        here.tick()
        assert inbox.taken == []
        here.make.report(centre, urgent=True)
        for _time in range(3):
            here.tick()
    assert inbox.recipients == ["duty@centre.example"]


def test_the_mail_has_no_content_no_count_no_name_no_link_and_no_id(desk):
    inbox = Inbox()
    with served(inbox) as port:
        here = desk(port)
        centre, _lead = here.organisation("centre", "duty@elsewhere.example")
        for _ in range(7):
            here.make.report(centre, urgent=True)
        here.tick()
        ids = [one.hex() for one in here.column(Referral.referral_id)]
        names = here.session.execute(select(Organisation.name_ko, Organisation.name_en, Organisation.slug)).one()
        here.session.rollback()
    ((_address, message),) = inbox.taken
    text = message.get_content().replace("\r\n", "\n")
    everything = message.as_string() + text + message["Subject"]
    assert not [part for part in (*names, *ids, "http", "://", "7", "일곱", "seven") if part in text]
    assert not [part for part in (*names, *ids, "http") if part in everything]
    korean, _mark, english = text.partition("\n--\n")
    assert "급히" in korean
    assert "urgent" in english
    assert not any("가" <= letter <= "힣" for letter in english)


def test_every_kind_has_words_in_both_languages(desk):
    here = desk(1)
    with here.app.app_context():
        said = [notices.words_of(here.app.extensions["onestop_settings"], kind) for kind in notices.WORDS]
    assert len(said) == 4
    assert len({subject for subject, _text in said}) == len({text for _subject, text in said}) == 4
    for subject, text in said:
        assert subject.startswith("원스톱: ")
        assert "\n" not in subject
        assert "Onestop\n" in text.partition("--")[2]


def test_who_is_on_duty_but_cannot_be_reached_is_stood_in_for(desk):
    inbox = Inbox(refused=["now@centre.example"])
    with served(inbox) as port:
        here = desk(port)
        centre, lead = here.organisation("centre", "now@centre.example")
        local = here.make.now.astimezone(UTC)
        other_day = frozenset({(local.weekday() + 3) % 7})
        rota.save(
            here.session,
            lead,
            rota_of(always("now@centre.example"), Duty("later@centre.example", other_day, 0, 24)),
            here.make.now,
        )
        here.make.report(centre, urgent=True)
        here.tick()
        here.tick()
    assert inbox.recipients == ["later@centre.example"]
    assert here.column(Notice.failing_since) == [day_of(here.make.now)]


def test_while_the_mail_server_is_away_nothing_is_lost(desk):
    inbox = Inbox()
    with served(inbox) as port:
        here = desk(port)
        centre, _lead = here.organisation("centre", "duty@centre.example")
        here.make.report(centre, urgent=True)
    here.tick()
    assert here.column(Told.referral_id) == []
    assert here.column(Notice.failing_since) == [day_of(here.make.now)]
    with served(inbox) as port:
        object.__setattr__(here.app.extensions["onestop_settings"], "smtp_port", port)
        here.tick()
    assert inbox.recipients == ["duty@centre.example"]
    assert here.column(Notice.failing_since) == [None]


@on_one
def test_the_log_says_that_a_mail_was_not_sent_and_to_nobody_in_particular(desk, caplog):
    with served(Inbox()) as port:
        here = desk(port)
        centre, _lead = here.organisation("centre", "duty@centre.example")
        here.make.report(centre, urgent=True)
    here.tick()
    (line,) = [record for record in caplog.records if record.msg == "mail not sent"]
    assert "ConnectionRefusedError" in line.place
    assert "centre" not in line.place


@on_one
def test_one_organisation_s_trouble_is_nobody_else_s(desk):
    inbox = Inbox(refused=["gone@first.example"])
    with served(inbox) as port:
        here = desk(port)
        first, _lead = here.organisation("first", "gone@first.example")
        second, _lead = here.organisation("second", "duty@second.example")
        here.make.report(first, second, urgent=True)
        here.tick()
        inbox.refused.clear()
        here.tick()
    assert inbox.recipients == ["duty@second.example", "gone@first.example"]


@on_one
def test_a_server_that_never_answers_does_not_hold_up_the_tick(desk, monkeypatch):
    monkeypatch.setattr(mail, "STEP_SECONDS", 0.2)
    asked, deliver = [], mail.deliver
    monkeypatch.setattr(mail, "deliver", lambda *parts: asked.append(parts) or deliver(*parts))
    monkeypatch.setattr(notices, "monotonic", lambda: len(asked) * (notices.ALL_SECONDS + 1))
    with never_answering() as port:
        here = desk(port)
        made = [here.organisation(f"org-{n}", f"duty@org-{n}.example")[0] for n in range(4)]
        here.make.report(*made, urgent=True)
        here.tick()
    assert len(asked) == 1  # the time was over after the first
    assert here.column(Told.referral_id) == []


def test_nobody_s_report_waits_for_a_mail_server(desk, monkeypatch):
    """Nothing of the database is held while mail is on its way."""
    with served(Inbox()) as port:
        here = desk(port)
        centre, _lead = here.organisation("centre", "duty@centre.example")
        here.make.report(centre, urgent=True)

        def slow(*_parts):
            here.make.report(centre)
            return ("duty@centre.example",)

        monkeypatch.setattr(mail, "deliver", slow)
        here.tick()
    assert len(here.column(Referral.referral_id)) == 2
    assert len(here.column(Told.referral_id)) == 1


@on_one
def test_a_database_that_cannot_be_written_to_sends_no_mail_a_minute(desk, monkeypatch):
    inbox = Inbox()

    def full(*_parts):
        raise OSError

    monkeypatch.setattr(notices.notice, "note_failed", full)
    with served(inbox) as port:
        here = desk(port)
        centre, _lead = here.organisation("centre", "duty@centre.example")
        here.make.report(centre, urgent=True)
        here.session.rollback()
        ran = here.app.test_cli_runner().invoke(args=["tick"])
    assert ran.exit_code != 0
    assert inbox.taken == []


@on_one
def test_a_look_that_leads_to_nothing_is_noted_and_sends_nothing(desk):
    inbox = Inbox()
    with served(inbox) as port:
        here = desk(port)
        here.organisation("centre", "duty@centre.example", digest=True)
        here.session.execute(update(Notice).values(looked_on=None))
        here.session.commit()
        here.tick()
    assert inbox.taken == []


@on_one
def test_a_test_mail_reaches_every_address(desk):
    inbox = Inbox()
    with served(inbox) as port:
        here = desk(port)
        _centre, lead = here.organisation("centre", "a@centre.example", "b@centre.example")
        rota.ask_test(here.session, lead, here.make.now)
        here.tick()
        here.tick()
    assert inbox.recipients == ["a@centre.example", "b@centre.example"]
    assert here.column(Notice.test_asked_at) == [None]


@on_one
def test_without_a_mail_server_nothing_is_tried(app, session):
    maker = Maker(session, now=datetime.now(UTC))
    centre = maker.organisation()
    rota.save(session, maker.signed_in(centre, "lead"), rota_of(always("duty@centre.example")), maker.now)
    maker.report(centre, urgent=True)
    session.rollback()
    ran = app.test_cli_runner().invoke(args=["tick"])
    assert (ran.exit_code, ran.output) == (0, "")
    assert session.scalars(select(Told)).all() == []
