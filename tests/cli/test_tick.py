"""What a timer starts."""

from datetime import UTC, datetime, timedelta

from app.models import DestroyedReport, Referral, Report
from tests.making import Maker


def withdrawn_report(session, organisation):
    maker = Maker(session, now=datetime.now(UTC) - timedelta(days=10))
    _token, report_id = maker.report(organisation)
    past = (datetime.now(UTC) - timedelta(days=5)).date()
    session.query(Referral).filter_by(report_id=report_id).update({"state": "withdrawn", "destroy_on": past})
    session.commit()


def test_what_is_past_its_day_is_destroyed_and_twice_is_as_once(app, session):
    maker = Maker(session)
    organisation = maker.organisation()
    withdrawn_report(session, organisation)
    maker.report(organisation)
    for _time in range(2):
        ran = app.test_cli_runner().invoke(args=["tick"])
        assert (ran.exit_code, ran.exception, ran.output) == (0, None, "")
        session.expire_all()
        assert session.query(Report).count() == 1
        assert session.query(DestroyedReport).count() == 1
        session.rollback()  # SQLite has one writer: this reader must not be taken for one


def test_purge_says_how_much_it_was(app, session):
    withdrawn_report(session, Maker(session).organisation())
    assert "destroyed 1 referrals and 1 reports" in app.test_cli_runner().invoke(args=["purge"]).output
    assert "destroyed 0 referrals and 0 reports" in app.test_cli_runner().invoke(args=["purge"]).output
