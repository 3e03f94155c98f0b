"""However many referrals there are, nothing that is done at one of them, or at a page of them, reads more for it."""

import itertools
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app.domain import casework
from app.domain.coming_back import Addition, FollowUpMessage, KeptDraft, Withdrawal, WithdrawalMessage
from app.domain.notice import Duty
from app.domain.submission import Envelope
from app.errors import SignInRefused
from app.models import Referral
from app.services import (
    addition,
    claim,
    disposition,
    draft,
    follow_up,
    keyring,
    log_reading,
    message,
    notice,
    opening,
    organisation,
    purge,
    queue,
    queue_counts,
    queue_order,
    rota,
    sign_in,
    summary,
    withdrawal,
    work_record,
)  # fmt: skip
from app.services import session as staff_session
from app.services.queue import QueueFilters
from app.services.queue_order import HOLDERS
from tests.making import LETTER, MESSAGE, NOW, SUMMARY, Maker, record_of, rota_of, staff_message
from tests.making_many import analyse, fill_drafts
from tests.services.filled import MANY, filled_database
from tests.services.query_plans import BAD, LOGS, VIEWS, watching
from tests.services.queue_doing import doings


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request, tmp_path_factory):
    with filled_database(request, tmp_path_factory.mktemp("many")) as found:
        yield found


@pytest.fixture
def engine(filled):
    return filled[0]


@pytest.fixture
def centre(filled):
    return filled[1]


@pytest.fixture
def worker(make, centre):
    return make.signed_in(centre)


@pytest.fixture(autouse=True)
def few_are_counted(monkeypatch):
    """So that counting what is shown and walking through a table differ by far."""
    monkeypatch.setattr(queue_counts, "COUNTED_TO", 20)
    queue_counts.numbers.cache_clear()
    yield
    queue_counts.numbers.cache_clear()


def clean(engine, do, *, often=True):
    with watching(engine, often=often) as watched:
        do()
    assert watched.statements
    assert watched.complaints == []


@pytest.mark.parametrize("statement", BAD.values(), ids=BAD)
def test_a_query_that_grows_with_the_table_would_be_seen(engine, session, statement):
    with watching(engine) as watched:
        result = session.execute(text(statement))
        if result.returns_rows:
            result.all()
    session.rollback()
    assert watched.complaints


@pytest.mark.parametrize(("state", "holder"), [*itertools.product(VIEWS, HOLDERS)])
def test_a_page_of_the_queue(engine, session, worker, state, holder):
    def two_pages():
        first = queue.page(session, worker, QueueFilters(state, holder), "", NOW)
        if first.next_cursor:
            assert queue.page(session, worker, QueueFilters(state, holder), first.next_cursor, NOW).rows

    clean(engine, two_pages)


def test_the_last_page_costs_no_more_than_the_first(engine, session, worker):
    last = session.scalar(
        select(Referral.referral_id).where(Referral.urgent.is_(False), Referral.state == "closed")
        .order_by(Referral.due_on.desc()).limit(1)
    )  # fmt: skip
    row = queue.row(session, worker, last, NOW)
    after = queue_order.cursor(queue_order.Place(False, row.due_on - timedelta(days=1), bytes(16)))

    def last_page():
        assert queue.page(session, worker, QueueFilters("closed"), after, NOW).next_cursor == ""

    clean(engine, last_page)
    clean(engine, lambda: queue.row(session, worker, last, NOW))


def test_the_queue_as_a_whole(engine, session, worker):
    for do in doings(session, worker):
        clean(engine, do)
        session.rollback()


@pytest.mark.parametrize("filters", LOGS.values(), ids=LOGS)
def test_a_page_of_the_log(engine, session, make, centre, filters):
    lead = make.signed_in(centre, "lead")

    def two_pages():
        first = log_reading.page(session, lead, filters, "", 20)
        if first.next_cursor:
            assert log_reading.page(session, lead, filters, first.next_cursor, 20).entries

    clean(engine, two_pages)


def test_sending_a_report(engine, session, make, centre):
    clean(engine, lambda: make.report(centre))


def test_coming_back_writing_and_withdrawing(engine, session, make, centre):
    token, report_id = make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    said = FollowUpMessage(token, referral_id, secrets.token_bytes(16), bytes(MESSAGE))
    leaving = WithdrawalMessage(referral_id, secrets.token_bytes(16), bytes(MESSAGE))
    clean(engine, lambda: follow_up.open_report(session, token))
    session.rollback()
    clean(engine, lambda: follow_up.send_message(session, said, NOW))
    clean(engine, lambda: withdrawal.withdraw(session, Withdrawal(token, "72h", (leaving,)), NOW))
    letter = Envelope(centre.slug, centre.kid, secrets.token_bytes(LETTER), bytes(32))
    clean(engine, lambda: addition.add_organisation(session, Addition(token, "browser", letter, None), NOW))
    clean(engine, lambda: withdrawal.withdraw(session, Withdrawal(token, "now", (leaving,)), NOW))


def test_keeping_a_draft_opening_and_destroying_it(engine, session):
    fill_drafts(engine, MANY, NOW.date())
    token = secrets.token_bytes(32)
    for _time in range(2):
        asked = KeptDraft(secrets.token_bytes(16), token, bytes(4096 + 28))
        clean(engine, lambda asked=asked: draft.keep(session, asked, NOW))
    clean(engine, lambda: draft.find(session, token, NOW))
    session.rollback()
    clean(engine, lambda: draft.destroy(session, token, NOW))


def test_signing_in_and_out(engine, session, centre):
    person = centre.people["lead"]
    asked = casework.SignIn(person.login, person.sign_in, 1)

    def visit():
        started = sign_in.sign_in(session, asked, NOW)
        staff_session.find(session, started.cookie, NOW + timedelta(minutes=2))
        keyring.own_keys(session, started.signed_in)
        session.rollback()
        staff_session.end(session, started.signed_in, NOW)

    clean(engine, visit)
    wrong = casework.SignIn("nobody", bytes(32), 1)

    def guess():
        with pytest.raises(SignInRefused):
            sign_in.sign_in(session, wrong, NOW)

    clean(engine, guess)


def test_working_on_a_referral(engine, session, make, centre, worker):
    _token, report_id = make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    session.rollback()
    item = secrets.token_bytes(16)
    written = casework.Summary(1, centre.kid, bytes(SUMMARY), (item,))
    checked = casework.ItemStateChange(2, (casework.ItemState(item, "checked"),), staff_message())
    helped = casework.StateChange(3, "in_support", staff_message())
    steps = [
        lambda: opening.open_referral(session, worker, referral_id, NOW),
        lambda: claim.claim(session, worker, referral_id, 1, NOW),
        lambda: summary.save(session, worker, referral_id, written, NOW),
        lambda: work_record.save(session, worker, referral_id, record_of(centre), NOW),
        lambda: disposition.change_items(session, worker, referral_id, checked, NOW),
        lambda: disposition.change_state(session, worker, referral_id, helped, NOW),
        lambda: message.send(session, worker, referral_id, staff_message(), NOW),
        lambda: claim.release(session, worker, referral_id, 4, NOW),
        lambda: opening.open_referral(session, worker, referral_id, NOW),
    ]
    for step in steps:
        clean(engine, step)


def test_what_everybody_asks(engine, session):
    clean(engine, lambda: organisation.directory(session))
    session.rollback()
    clean(engine, lambda: organisation.receiving(session))


def test_what_time_brings(engine, session, centre):
    then = NOW + timedelta(days=5)
    for once in (NOW, then):  # what is due is destroyed beforehand: that is work, not searching
        purge.purge(session, once, clock_is_right=True)
    later = then + timedelta(days=5)
    fill_drafts(engine, MANY, later.date() + timedelta(days=1))
    make = Maker(session, now=then)
    token, report_id = make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    session.rollback()
    leaving = WithdrawalMessage(referral_id, secrets.token_bytes(16), bytes(MESSAGE))
    withdrawal.withdraw(session, Withdrawal(token, "72h", (leaving,)), then)
    clean(engine, lambda: purge.purge(session, later, clock_is_right=True), often=False)
    assert session.scalar(select(Referral.state).where(Referral.referral_id == referral_id)) == "destroyed"
    session.rollback()
    clean(engine, lambda: purge.purge(session, later, clock_is_right=True), often=False)


def test_telling_an_organisation_every_minute(engine, session, make, centre):
    rota.save(session, make.signed_in(centre, "lead"), rota_of(Duty("duty@centre.example", frozenset(), 18, 9)), NOW)
    for one in notice.due(session, b"secret", NOW):  # told of all that waits, looked at what lies long
        notice.note_sent(session, one, NOW)
    analyse(engine)
    _token, _report_id = make.report(centre, urgent=True)
    later = NOW + timedelta(hours=2)

    def tick():
        (mail,) = [one for one in notice.due(session, b"secret", later) if one.kind == "urgent"]
        assert len(mail.new) == 1
        notice.note_sent(session, mail, later)

    clean(engine, tick, often=False)
