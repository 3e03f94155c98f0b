"""Two portals' worth of workers on one database: whatever was begun at one goes on at the other."""

import contextlib
import hashlib
import re
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.wire import b64u_encode as b64u
from tests.browser.live_portal import LivePortal
from tests.databases import a_database
from tests.durability.serving import organisations_in
from tests.making import MESSAGE, body_of
from tests.several.asking import Staff, ask
from tests.several.debian_postgres import DebianPostgres

pytestmark = pytest.mark.slow


@pytest.fixture(
    scope="module",
    params=["sqlite", "postgresql", "debian"],
)
def portals(request, tmp_path_factory):
    """Two masters with two workers each, the secret in common, and an organisation on their database."""
    place = tmp_path_factory.mktemp("several")
    with contextlib.ExitStack() as stack:
        if request.param == "debian":
            url = stack.enter_context(DebianPostgres()).url
        else:
            url = stack.enter_context(a_database(request, place))
        shared = {"database_url": url, "secret_key": secrets.token_hex(32), "demo": False}
        with LivePortal(place / "one", **shared) as one, LivePortal(place / "other", **shared) as other:
            yield one, other, organisations_in(url, [("centre", "support_centre")])[0]


def sent(portal, centre):
    """A report that was acknowledged: its token and its bytes."""
    token = secrets.token_bytes(32)
    body = body_of(centre, lookup=b64u(hashlib.sha256(token).digest()))
    answer = ask(portal, "POST", "/report", body)
    assert answer.status == 201, answer.body
    return {"token": b64u(token)}, body, answer.json


def both_ways(portals):
    one, other, centre = portals
    return [(one, other, centre), (other, one, centre)]


def test_a_report_sent_to_one_is_followed_up_at_the_other(portals):
    for here, there, centre in both_ways(portals):
        token, body, first = sent(here, centre)
        again = ask(there, "POST", "/report", body)
        assert (again.status, again.json) == (201, first)
        followed = ask(there, "POST", "/follow-up", token)
        assert followed.status == 200
        (referral,) = followed.json["referrals"]
        message = {
            "message_id": b64u(bytes(16)),
            "sealed": b64u(bytes(MESSAGE)),
            "referral_id": referral["referral_id"],
        }
        assert ask(here, "POST", "/follow-up/message", token | message).status == 201
        (seen,) = ask(there, "POST", "/follow-up", token).json["referrals"][0]["messages"]
        assert seen["sealed"] == message["sealed"]


def test_a_session_of_one_is_valid_at_the_other_and_its_work_is_seen_there(portals):
    for here, there, centre in both_ways(portals):
        token, _body, _first = sent(here, centre)
        referral_id = ask(there, "POST", "/follow-up", token).json["referrals"][0]["referral_id"]
        staff = Staff(here, centre.people["caseworker"])
        assert referral_id in staff.ask(there, "GET", "/queue?state=received").body.decode()
        opened = staff.ask(there, "POST", f"/referral/{referral_id}/opening", {})
        assert opened.status == 200
        claimed = staff.ask(here, "POST", f"/referral/{referral_id}/claim", {"version": opened.json["version"]})
        assert (claimed.status, claimed.json["state"]) == (200, "assigned")
        late = staff.ask(there, "POST", f"/referral/{referral_id}/claim", {"version": opened.json["version"]})
        assert (late.status, late.json["code"]) == (409, "version_conflict")
        assert ask(there, "POST", "/follow-up", token).json["referrals"][0]["state"] == "assigned"
        assert staff.ask(there, "POST", "/sign-out", {}).status == 200
        assert staff.ask(here, "POST", f"/referral/{referral_id}/opening", {}).status == 401


def test_of_many_who_claim_at_both_at_once_one_does(portals):
    one, other, centre = portals
    token, _body, _first = sent(one, centre)
    referral_id = ask(one, "POST", "/follow-up", token).json["referrals"][0]["referral_id"]
    staff = Staff(one, centre.people["caseworker"])

    def claim(number):
        return staff.ask((one, other)[number % 2], "POST", f"/referral/{referral_id}/claim", {"version": 1}).status

    with ThreadPoolExecutor(8) as several:
        assert sorted(several.map(claim, range(8))) == [200] + [409] * 7


def test_one_report_sent_to_both_at_once_is_there_once(portals):
    one, other, centre = portals
    token = secrets.token_bytes(32)
    body = body_of(centre, lookup=b64u(hashlib.sha256(token).digest()))
    with ThreadPoolExecutor(8) as several:
        statuses = list(
            several.map(lambda number: ask((one, other)[number % 2], "POST", "/report", body).status, range(8))
        )
    assert statuses == [201] * 8
    assert len(ask(other, "POST", "/follow-up", {"token": b64u(token)}).json["referrals"]) == 1


def test_pages_are_the_same_at_both(portals):
    """What a page names by its content must be found wherever the next request goes."""
    one, other, _centre = portals
    pages = [ask(portal, "GET", "/report").body.decode() for portal in (one, other)]
    named = [set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) for page in pages]
    assert named[0] == named[1]
    assert len(named[0]) > 5
    assert {ask(other, "GET", path).status for path in sorted(named[0])[:5]} == {200}
