"""The demo: refused among real organisations, made once, and every sign-in opens what its organisation received."""

import json
import re
import stat
from datetime import UTC, datetime

import pytest

from app import create_app, db
from app.cli.demo_letters import whole_letter
from app.crypto import caseworker_key, opening
from app.crypto.recipient_key import from_seed
from app.data import read
from app.domain.deadline import day_of
from app.domain.keyring_content import parse_keyring
from app.domain.letter import letter_json, parse_letter
from app.domain.vocabulary import ROLES
from app.domain.wire import b64u_decode
from app.models import (
    AccessLog,
    Caseworker,
    Duty,
    Epoch,
    KeyringCopy,
    Message,
    Organisation,
    PassedOn,
    Portal,
    Referral,
    Summary,
    WorkRecord,
)
from app.services import rota, shredding
from app.services.rota import Words
from config import Settings
from tests.cli.strings_kept import everything_kept, strings_of_32
from tests.databases import copy_database
from tests.making import NOW, Maker


@pytest.fixture(scope="module")
def demo(tmp_path_factory, sqlite_file):
    """A portal with its demo, made once for this file: (app, what the command printed, path of the accounts)."""
    directory = tmp_path_factory.mktemp("demo")
    copy_database(sqlite_file, directory / "onestop.db")
    settings = Settings(
        secret_key="s" * 64,
        database_url=f"sqlite:///{directory / 'onestop.db'}",
        asset_cache=str(directory / "assets"),
        log_level="ERROR",
    )
    app = create_app(settings)
    accounts = directory / "kept" / "accounts.json"
    ran = app.test_cli_runner().invoke(args=["demo", "--accounts", str(accounts), "--show"])
    assert ran.exit_code == 0, ran.output
    yield app, ran.output, accounts
    app.extensions["onestop_engine"].dispose()


@pytest.fixture
def rows(demo):
    with db.session_for(demo[0].extensions["onestop_engine"]) as session:
        yield session


def test_the_accounts_are_listed_for_their_owner_only(demo):
    _app, printed, path = demo
    accounts = json.loads(path.read_text(encoding="utf-8"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {tuple(account) for account in accounts} == {("organisation", "kind", "login", "passphrase", "role")}
    kinds = [account["kind"] for account in accounts]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "support_centre": 8,
        "commission": 4,
        "police": 4,
        "monitor": 4,
        "operator": 1,
    }
    assert [account["role"] for account in accounts] == [*ROLES * 5, "operator"]
    assert len({account["passphrase"] for account in accounts}) == 21
    assert all(account["login"] in printed and account["passphrase"] in printed for account in accounts)


def test_it_says_that_it_is_a_demo(rows):
    assert rows.query(Portal).one().demo is True
    made_up = rows.query(Organisation).filter(Organisation.kind != "operator")
    assert all("시범" in one.name_ko and "demo" in one.name_en for one in made_up)


def opened_letter(rows, epoch_seed, portal_id, referral):
    sealed = shredding.letter(rows, referral)
    if not referral.onward:
        return opening.open_letter(epoch_seed, portal_id, referral.report_id, referral.sealed_by, sealed)
    slug, signing_key = (
        rows.query(Organisation.slug, Epoch.signing_key)
        .join(Epoch, Epoch.organisation_id == Organisation.organisation_id)
        .join(PassedOn, PassedOn.referrer_id == Organisation.organisation_id)
        .filter(PassedOn.referral_id == referral.referral_id)
        .one()
    )
    place = (portal_id, referral.report_id, referral.referral_id, slug)
    return opening.open_referral(epoch_seed, *place, signing_key, sealed)


def test_every_sign_in_opens_what_its_role_opens(demo, rows):
    accounts = json.loads(demo[2].read_text(encoding="utf-8"))
    portal_id = rows.query(Portal).one().portal_id
    opened = 0
    for account in accounts:
        person = rows.query(Caseworker).filter_by(login=account["login"]).one()
        slug = rows.get(Organisation, person.organisation_id).slug
        root = caseworker_key.root(account["passphrase"], portal_id, account["login"])
        assert caseworker_key.sign_in_hash(caseworker_key.sign_in_key(root)) == person.sign_in_hash
        wrap = caseworker_key.wrap_key(root)
        seed = opening.unwrap_seed(wrap, portal_id, slug, person.kid, person.wrapped_seed)
        assert from_seed(seed).kid == person.kid
        if account["role"] == "operator":
            assert rows.query(KeyringCopy).filter_by(kid=person.kid).count() == 0
            continue
        copy = rows.query(KeyringCopy).filter_by(kid=person.kid).one_or_none()
        assert (copy is None) == (account["role"] == "auditor")
        if copy is None:
            continue
        ring = parse_keyring(opening.open_keyring(seed, portal_id, slug, copy.seq, copy.sealed))
        if account["role"] == "viewer":
            assert [epoch["seed"] for epoch in ring["epochs"]] == [None]
            continue
        epoch_seed = b64u_decode(ring["epochs"][0]["seed"], "seed", 32)
        for referral in rows.query(Referral).filter_by(organisation_id=person.organisation_id):
            opened += 1
            letter = parse_letter(opened_letter(rows, epoch_seed, portal_id, referral))
            if account["kind"] in {"commission", "monitor"}:
                assert (letter["account"], letter["offender"], letter["contact"]) == (None, None, None)
                assert letter["items"]
    assert opened >= 80  # each letter by both people of its organisation


def test_nothing_that_whoever_runs_the_portal_has_is_a_key_of_a_letter(demo, rows):
    """Each 32 bytes of it are taken for the seed of a key: whose that is shows in the public key that they yield."""
    account = next(one for one in json.loads(demo[2].read_text(encoding="utf-8")) if one["role"] == "operator")
    portal_id = rows.query(Portal).one().portal_id
    root = caseworker_key.root(account["passphrase"], portal_id, account["login"])
    person = rows.query(Caseworker).filter_by(login=account["login"]).one()
    own_wrap = caseworker_key.wrap_key(root)
    slug = rows.get(Organisation, person.organisation_id).slug
    own_seed = opening.unwrap_seed(own_wrap, portal_id, slug, person.kid, person.wrapped_seed)
    tried = {root, own_wrap, caseworker_key.sign_in_key(root), own_seed}
    assert own_wrap in strings_of_32(b"x" + own_wrap + b"yz")
    for content in everything_kept(demo[0].extensions["onestop_settings"]):
        tried |= strings_of_32(content)
    assert len(tried) > 1000
    kids = {one.kid for one in rows.query(Epoch)} | {one.kid for one in rows.query(Caseworker)}
    yielded = {from_seed(one).kid for one in tried}
    assert person.kid in yielded, "of the operator's own key the seed is among them"
    assert yielded & kids == {person.kid}


def test_one_letter_was_passed_on_and_accepted_and_one_was_not(rows):
    onward = {one.onward: one for one in rows.query(Referral).filter(Referral.onward != "")}
    assert {answer: one.state for answer, one in onward.items()} == {"accepted": "assigned", "refused": "closed"}
    assert onward["accepted"].urgent
    for one in onward.values():
        referrer = rows.get(Referral, one.referred_by)
        assert (referrer.report_id, referrer.size) == (one.report_id, one.size)
        assert rows.get(PassedOn, one.referral_id).answer


def test_there_is_something_to_look_at(rows):
    referrals = rows.query(Referral).all()
    assert len(referrals) >= 40
    assert {"received", "assigned", "needs_info", "in_support", "closed"} <= {one.state for one in referrals}
    assert len({one.received_on for one in referrals}) >= 5
    assert {one.urgent for one in referrals} == {True, False}
    assert rows.query(Summary).count() >= 20
    assert rows.query(Message).count() >= 8
    assert "claimed" in {entry.action for entry in rows.query(AccessLog)}


def test_there_are_requests_and_a_room_to_look_at(rows):
    kept = [(one.type, one.state) for one in rows.query(WorkRecord).filter(WorkRecord.referral_id.is_(None))]
    assert sorted(kept) == [
        ("directory", "draft"),
        ("directory", "reviewed"),
        ("directory", "reviewed"),
        ("request", "drafted"),
        ("request", "refused"),
        ("request", "sent"),
        ("room", "warning_recommended"),
    ]


def test_some_letters_of_the_centre_have_links_in_common_and_are_summarised(rows):
    centre = rows.query(Organisation).filter_by(slug="demo-centre").one()
    numbers = {}
    made_up = [one for one in read("demo/reports")["reports"] if "demo-centre" in one["to"]]
    for one in made_up:
        for url in {link["url"] for link in one["links"]}:
            numbers[url] = numbers.get(url, 0) + 1
    assert sorted(number for number in numbers.values() if number > 1) == [2, 3]
    opened = rows.query(Referral).join(Summary, Summary.referral_id == Referral.referral_id)
    open_ones = opened.filter(Referral.organisation_id == centre.organisation_id, Referral.state != "closed")
    assert open_ones.count() >= 5


def test_the_reports_differ():
    letters = [whole_letter(made_up, bytes(16), day_of(NOW)) for made_up in read("demo/reports")["reports"]]
    for letter in letters:
        parse_letter(letter_json(letter))
    assert len({kind for letter in letters for kind in letter["material"]}) == 6
    assert len({item["kind"] for letter in letters for item in letter["items"]}) >= 9
    assert len({letter["reporter"]["age_group"] for letter in letters}) == 4
    korean = [letter for letter in letters if letter["account"] and re.search("[가-힣]", letter["account"]["text"])]
    assert len(korean) >= 30


def test_centres_say_their_hours_and_one_has_a_rota_and_says_that_nobody_is_there(rows):
    said = rota.reachable(rows, day_of(datetime.now(UTC)))
    assert list(said) == ["demo-centre", "demo-regional"]
    assert all(one.opening and "공휴일" in one.hours.ko for one in said.values())
    assert said["demo-centre"].away == Words()
    assert "시범" in said["demo-regional"].away.ko
    assert "demo" in said["demo-regional"].away.en
    duties = rows.query(Duty).all()
    assert len(duties) == 2
    assert all(duty.address.endswith(".example") for duty in duties)  # a demo must never write to anybody
    rows.rollback()


def test_a_second_start_changes_nothing(demo, rows):
    app, _printed, path = demo
    before = path.read_bytes(), rows.query(Referral).count()
    ran = app.test_cli_runner().invoke(args=["demo", "--accounts", str(path)])
    assert (ran.exit_code, ran.output) == (0, "")
    rows.expire_all()
    assert (path.read_bytes(), rows.query(Referral).count()) == before


def test_none_is_made_among_real_organisations(app, session, tmp_path):
    Maker(session).organisation()
    ran = app.test_cli_runner().invoke(args=["demo", "--accounts", str(tmp_path / "accounts.json")])
    assert ran.exit_code == 1
    assert "real organisations" in ran.output
    assert not (tmp_path / "accounts.json").exists()
    session.expire_all()
    assert session.query(Organisation).count() == 1
