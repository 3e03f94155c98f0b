"""What a letter was opened for is said in words wherever it is said: the history, evidence packages, the log."""

from sqlalchemy import select

from app.domain.wire import b64u_encode as b64u
from app.forms.log_words import detail_words
from app.models import Referral
from app.services import first_opening, link_work
from tests.databases import on_one
from tests.staff_browser import StaffBrowser

PURPOSES = (first_opening.FOR_SUMMARY, link_work.FOR_LINKS, link_work.FOR_TELLING)


@on_one
def test_each_purpose_has_words(app, session, make):
    centre = make.organisation()
    make.report(centre)
    referral_id = b64u(session.scalars(select(Referral.referral_id)).one())
    session.rollback()
    browser = StaffBrowser(app)
    browser.sign_in(centre.people["caseworker"])
    for path in (f"/referral/{referral_id}", f"/referral/{referral_id}/evidence"):
        page = browser.get(path).text
        assert [one for one in PURPOSES if f"opened_{one}" not in page] == []
    with app.test_request_context("/en/log"):
        assert [one for one in PURPOSES if detail_words("opened", one) == one] == []
