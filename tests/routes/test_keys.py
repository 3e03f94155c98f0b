"""Keys over HTTP: the page, letters handed out and taken back, and recovery, each as a browser meets it."""

import secrets

import pytest
from sqlalchemy import select, update

from app.crypto import recipient_key
from app.crypto.opening import open_recovery_proof
from app.domain.wire import b64u_decode
from app.domain.wire import b64u_encode as b64u
from app.models import Organisation, Referral, StaffSession
from app.services import keyring
from tests.databases import on_one
from tests.making import LETTER, NOW
from tests.routes.bad_bodies import wrong_bodies
from tests.staff_browser import StaffBrowser

SAME = {"Sec-Fetch-Site": "same-origin"}
RING = 4096 + 1136


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker"))


@pytest.fixture
def lead(app, centre):
    browser = StaffBrowser(app)
    assert browser.sign_in(centre.people["lead"]).status_code == 200
    return browser


@pytest.fixture
def moving(make, session, centre):
    """A letter under older keys: its id and the body that moves it."""
    make.report(centre)
    referral_id, sealed_hash = session.execute(select(Referral.referral_id, Referral.sealed_hash)).one()
    session.rollback()
    from_kid = centre.kid
    return b64u(referral_id), {
        "from_kid": b64u(from_kid),
        "from_hash": b64u(sealed_hash),
        "to_kid": b64u(make.epoch(centre)),
        "sealed": b64u(secrets.token_bytes(LETTER)),
        "summary_version": 0,
        "summary": None,
        "records": [],
    }


def test_letters_are_listed_handed_out_and_taken_back(lead, session, moving):
    referral_id, body = moving
    listed = lead.get("/resealing").json
    assert (listed["total"], listed["to_kid"], listed["next"]) == (1, body["to_kid"], None)
    assert listed["referrals"] == [
        {"referral_id": referral_id, "kid": body["from_kid"], "sealed_hash": body["from_hash"]}
    ]
    assert lead.get(f"/resealing?after={referral_id}").json["referrals"] == []
    assert lead.get("/resealing?after=x").status_code == 404
    (handed,) = lead.post("/resealing", {"referrals": [referral_id]}).json["referrals"]
    assert (handed["referral_id"], handed["sealed_hash"]) == (referral_id, body["from_hash"])
    assert {"report_id", "origin_kid", "sealed_by", "sealed", "summary", "records"} <= set(handed)
    address = f"/referral/{referral_id}/resealing"
    changed = lead.post(address, body | {"from_hash": b64u(bytes(32))})
    assert (changed.status_code, changed.json["code"]) == (409, "version_conflict")
    for _time in range(2):
        assert lead.post(address, body).json == {"referral_id": referral_id, "kid": body["to_kid"]}
    other_kid = lead.post(address, body | {"to_kid": b64u(bytes(16))})
    assert (other_kid.status_code, other_kid.json["code"]) == (409, "key_retired")
    assert lead.get("/resealing").json["total"] == 0


def test_a_letter_is_replaced_only_by_who_just_proved_to_be_there(lead, session, moving):
    referral_id, body = moving
    session.execute(update(StaffSession).values(confirmed_at=None))
    session.commit()
    for address, asked in (("/resealing", {"referrals": [referral_id]}), (f"/referral/{referral_id}/resealing", body)):
        answer = lead.post(address, asked)
        assert (answer.status_code, answer.json["code"]) == (403, "confirm_first")


@on_one
def test_whatever_is_wrong_with_a_body_is_a_400(lead, moving):
    referral_id, good = moving
    for what, body, where in wrong_bodies(good):
        answer = lead.post(f"/referral/{referral_id}/resealing", body)
        assert (answer.status_code, answer.json["code"]) == (400, "format_error"), what
        assert where is None or answer.json["field"] == where, what
    for body in ({"referrals": []}, {"referrals": [referral_id] * 2}, {"referrals": ["x"]}, {}):
        assert lead.post("/resealing", body).status_code == 400
    assert lead.post(f"/referral/{referral_id}/resealing", good | {"sealed": None}).status_code == 400
    assert lead.post(f"/referral/{referral_id}/resealing", good | {"to_kid": good["from_kid"]}).status_code == 400
    assert lead.get("/resealing").json["total"] == 1


@on_one
def test_the_page_says_how_the_keys_stand_and_keeps_the_schedule(lead, session, moving):
    page = lead.get("/en/keys")
    assert "Letters still under older keys: 1." in page.text
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
    form = {"csrf_token": lead.csrf, "rotate_months": "3"}
    assert lead.client.post("/keys/schedule", data=form, headers=SAME).status_code == 303
    assert session.scalar(select(Organisation.rotate_months)) == 3
    session.rollback()
    for months in ("1", "x", ""):
        assert (
            lead.client.post("/keys/schedule", data=form | {"rotate_months": months}, headers=SAME).status_code == 400
        )
    assert lead.get("/keys/unused").json == {"unused": []}


@on_one
def test_recovery_begins_opens_and_ends_only_with_a_proof(client, session, centre):
    assert "단어 24개" in client.get("/recovery").text
    pair = recipient_key.generate()
    keyring.store_ring(
        session, centre.organisation_id, seq=2, copies={centre.people["lead"].kid: bytes(RING)},
        recovery=(pair.kid, bytes(RING)), now=NOW, recovery_key=pair.public_key,
    )  # fmt: skip

    def post(what, body):
        return client.post(f"/recovery/{what}", json=body, headers=SAME)

    assert post("begin", {"slug": "nobody"}).status_code == 404
    begun = post("begin", {"slug": "centre"}).json
    assert begun["recovery_kid"] == b64u(pair.kid)
    wrong = post("open", {"pending": begun["pending"], "proof": b64u(bytes(32))})
    assert (wrong.status_code, wrong.json["code"]) == (409, "step_over")
    secret = open_recovery_proof(
        pair.seed,
        b64u_decode(begun["portal_id"], "portal_id"),
        "centre",
        begun["seq"],
        b64u_decode(begun["challenge"], "challenge"),
    )
    opened = post("open", {"pending": begun["pending"], "proof": b64u(secret)})
    assert (opened.status_code, opened.json["seq"]) == (200, 2)
    assert post("ending", {}).status_code == 400


@on_one
def test_everybody_is_told_of_a_recovery_on_every_page_until_a_lead_knows(app, session, centre, lead):
    worker = StaffBrowser(app)
    worker.sign_in(centre.people["caseworker"])
    assert "taken-over" not in worker.get("/queue").text
    session.execute(update(Organisation).values(recovered_at=NOW))
    session.commit()
    for browser, path in ((worker, "/queue"), (lead, "/queue"), (lead, "/keys")):
        assert "taken-over" in browser.get(path).text
    form = {"csrf_token": worker.csrf}
    assert worker.client.post("/recovery/known", data=form, headers=SAME).status_code == 403
    form = {"csrf_token": lead.csrf}
    assert lead.client.post("/recovery/known", data=form, headers=SAME).status_code == 303
    assert session.scalar(select(Organisation.recovery_seen_at)) is not None
