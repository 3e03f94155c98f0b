"""Setting up: a portal once, organisations with a chain of keys that holds, rings that only follow one another."""

import json
import secrets

import pytest

from app.crypto import epoch_chain, recipient_key, signing
from app.domain.answer import answer
from app.errors import FormatError, NotFound, SetUpRefused, VersionConflict
from app.services import caseworker, keyring, organisation, portal
from tests.making import NOW


def test_a_portal_is_made_once(session, make):
    with pytest.raises(NotFound):
        portal.current(session)
    made = make.portal(demo=True)
    assert (len(made.portal_id), portal.current(session).demo) == (16, True)
    session.rollback()
    with pytest.raises(SetUpRefused):
        portal.create(session, demo=False, now=NOW)


def test_the_directory_is_what_a_browser_verifies(session, make):
    centre = make.organisation()
    make.organisation("police", "police")
    first = answer(organisation.directory(session))["organisations"][0]["fingerprint"]
    make.epoch(centre)
    served = json.loads(json.dumps(answer(organisation.directory(session))))
    checked = epoch_chain.verify_directory(served)
    assert [one["slug"] for one in checked["organisations"]] == ["centre", "police"]
    assert len(checked["organisations"][0]["chain"]) == 2
    assert checked["organisations"][0]["fingerprint"] == first


def test_an_organisation_without_keys_is_not_listed(session, make):
    make.portal()
    organisation.create(session, slug="new", kind="police", name_ko="새", name_en="New", region="seoul", now=NOW)
    assert organisation.directory(session).organisations == ()
    assert organisation.receiving(session) == ()


def test_those_that_counsel_stand_first_whatever_their_name(session, make):
    for slug, kind in (("a-monitor", "monitor"), ("b-commission", "commission"), ("z-centre", "support_centre")):
        make.organisation(slug, kind=kind)
    assert [one.slug for one in organisation.receiving(session)] == ["z-centre", "b-commission", "a-monitor"]


@pytest.mark.parametrize(
    "changes", [{"slug": "centre"}, {"slug": "Not A Slug"}, {"kind": "club"}, {"region": "atlantis"}]
)
def test_what_no_organisation_can_be_called(session, make, changes):
    make.organisation()
    words = {"slug": "other", "kind": "police", "name_ko": "가", "name_en": "A", "region": "seoul"} | changes
    with pytest.raises(SetUpRefused):
        organisation.create(session, **words, now=NOW)


def test_a_key_that_the_key_before_did_not_sign_is_refused(session, make):
    centre = make.organisation()
    keys, seed = recipient_key.generate(), secrets.token_bytes(32)
    signing_key = signing.signing_key_of(seed)
    message = epoch_chain.entry_message(make.portal().portal_id, "centre", 1, signing_key, keys.kid)
    with pytest.raises(FormatError):
        keyring.add_epoch(
            session,
            centre.organisation_id,
            public_key=keys.public_key,
            signing_key=signing_key,
            signature=signing.sign(seed, message),
            now=NOW,
        )
    session.rollback()
    assert organisation.directory(session).organisations[0].kid == centre.kid


@pytest.mark.parametrize("seq", [0, 1, 3])
def test_a_ring_out_of_turn_is_refused(session, make, seq):
    centre = make.organisation()
    with pytest.raises(VersionConflict) as conflict:
        keyring.store_ring(session, centre.organisation_id, seq=seq, copies={}, recovery=(bytes(16), b"x"), now=NOW)
    assert conflict.value.version == 1


@pytest.mark.parametrize("changes", [{"login": "centre-lead"}, {"login": "Bad Login"}, {"role": "king"}])
def test_who_no_caseworker_can_be(session, make, changes):
    centre = make.organisation()
    words = {"login": "somebody", "role": "viewer"} | changes
    with pytest.raises(SetUpRefused):
        caseworker.create(
            session,
            centre.organisation_id,
            **words,
            public_key=recipient_key.generate().public_key,
            parameter_set=1,
            sign_in_hash=bytes(32),
            wrapped_seed=bytes(60),
            now=NOW,
        )
