"""Which mails are due, to whom, and that a mail which went out is not due again."""

from datetime import timedelta

from sqlalchemy import select, update

from app.domain.coming_back import Withdrawal, WithdrawalMessage
from app.domain.deadline import KOREA, day_of
from app.domain.notice import Duty
from app.models import Notice, Referral, Told
from app.services import notice, opening, rota, withdrawal
from tests.making import MESSAGE, NOW, rota_of
from tests.services.telling import ALWAYS, SUNDAYS, WEEKDAYS, due, kinds, referrals, send_all


def test_without_a_rota_nothing_is_due(session, make, centre, lead):
    make.report(centre, urgent=True)
    assert due(session) == ()
    rota.save(session, lead, rota_of(digest=True), NOW)
    assert due(session, NOW + timedelta(days=9)) == ()


def test_an_urgent_letter_is_due_at_once_and_once(session, make, centre, chosen):
    chosen(ALWAYS)
    assert due(session) == ()
    make.report(centre)
    assert due(session) == ()
    make.report(centre, urgent=True)
    (one,) = due(session)
    assert (one.kind, one.addresses, one.organisation_id) == (
        "urgent",
        ("always@centre.example",),
        centre.organisation_id,
    )
    assert kinds(due(session)) == ["urgent"]  # nothing was noted yet
    assert send_all(session) == ["urgent"]
    assert due(session) == ()
    assert due(session, NOW + timedelta(hours=2)) == ()


def test_another_one_waits_until_the_quiet_time_is_over_unless_the_first_was_opened(
    session, make, centre, chosen, worker
):
    chosen(ALWAYS)
    make.report(centre, urgent=True)
    send_all(session)
    make.report(centre, urgent=True)
    soon = NOW + timedelta(minutes=5)
    assert due(session, soon) == ()
    assert kinds(due(session, NOW + timedelta(hours=1))) == ["urgent"]
    told = session.scalar(select(Told.referral_id))
    session.rollback()
    opening.open_referral(session, worker, told, soon)
    assert kinds(due(session, soon)) == ["urgent"]


def test_what_stays_unopened_is_told_again_after_hours_and_no_more_when_opened(session, make, centre, chosen, worker):
    chosen(ALWAYS)
    make.report(centre, urgent=True)
    send_all(session)
    later = NOW + timedelta(hours=5)
    assert kinds(due(session, later)) == ["urgent"]
    (referral_id,) = referrals(session)
    opening.open_referral(session, worker, referral_id, later)
    assert due(session, later) == ()


def test_withdrawn_and_destroyed_ones_are_told_to_nobody(session, make, centre, chosen):
    chosen(ALWAYS)
    for when in ("72h", "now"):
        token, _report_id = make.report(centre, urgent=True)
        (referral_id,) = session.scalars(select(Referral.referral_id).where(Referral.state == "received"))
        assert kinds(due(session)) == ["urgent"]
        said = WithdrawalMessage(referral_id, bytes(16), bytes(MESSAGE))
        withdrawal.withdraw(session, Withdrawal(token, when, (said,)), NOW)
        assert due(session) == ()


def test_those_on_duty_are_told_the_others_only_if_these_cannot_be_reached(session, make, centre, chosen):
    chosen(WEEKDAYS, SUNDAYS)
    make.report(centre, urgent=True)
    (one,) = due(session)
    assert (one.addresses, one.otherwise) == (("sundays@centre.example",), ("weekdays@centre.example",))
    monday = NOW + timedelta(hours=15, minutes=30)
    assert monday.astimezone(KOREA).hour == 3
    (one,) = [one for one in due(session, monday) if one.kind == "urgent"]
    assert one.addresses == ("weekdays@centre.example", "sundays@centre.example")
    assert one.otherwise == ()


def test_a_test_goes_to_every_address_once(session, centre, lead, chosen):
    chosen(WEEKDAYS, SUNDAYS)
    assert rota.ask_test(session, lead, NOW)
    (one,) = due(session)
    assert (one.kind, one.addresses) == ("test", ("weekdays@centre.example", "sundays@centre.example"))
    notice.note_sent(session, one, NOW)
    assert due(session) == ()
    standing = rota.standing(session, lead)
    assert (standing.test_asked_at, standing.test_sent_at, standing.failing_since) == (None, NOW, None)


def test_a_mail_that_could_not_be_sent_stays_due_and_the_first_day_is_kept(session, make, centre, lead, chosen):
    chosen(ALWAYS)
    make.report(centre, urgent=True)
    (one,) = due(session)
    notice.note_failed(session, one, NOW)
    notice.note_failed(session, one, NOW + timedelta(days=1))
    assert rota.standing(session, lead).failing_since == day_of(NOW)
    assert notice.failing(session) == (("centre", day_of(NOW)),)
    session.rollback()
    (again,) = due(session)
    assert again == one
    notice.note_sent(session, again, NOW, whole=False)
    assert rota.standing(session, lead).failing_since == day_of(NOW)
    session.rollback()
    make.report(centre, urgent=True)
    send_all(session, NOW + timedelta(hours=2))
    assert rota.standing(session, lead).failing_since is None
    assert notice.failing(session) == ()


def test_nothing_that_is_kept_tells_the_minute(session, make, centre, chosen):
    chosen(ALWAYS, digest=True)
    make.report(centre, urgent=True)
    odd = NOW + timedelta(minutes=23, seconds=11)
    send_all(session, odd)
    row = session.scalars(select(Notice)).one()
    assert (row.quiet_until.minute, row.quiet_until.second) == (0, 0)
    assert {column.name for column in Told.__table__.columns} == {"referral_id"}


def test_each_organisation_is_told_of_its_own(session, make, centre, lead, chosen):
    chosen(ALWAYS)
    other = make.organisation("other")
    rota.save(session, make.signed_in(other, "lead"), rota_of(Duty("duty@other.example", frozenset(), 0, 24)), NOW)
    session.execute(update(Notice).values(looked_on=day_of(NOW)))
    session.commit()
    make.report(other, urgent=True)
    (one,) = due(session)
    assert one.addresses == ("duty@other.example",)
    make.report(centre, other, urgent=True)
    assert len(due(session)) == 2


def test_a_flood_is_told_in_one_mail(session, make, centre, chosen, monkeypatch):
    chosen(ALWAYS)
    monkeypatch.setattr(notice, "_CHUNK", 2)
    for _ in range(5):
        make.report(centre, urgent=True)
    assert send_all(session) == ["urgent"]
    assert len(session.scalars(select(Told.referral_id)).all()) == 5
    session.rollback()
    assert due(session, NOW + timedelta(hours=2)) == ()
