"""Founding with an invitation: all of it or nothing, once whoever else tries at the same time."""

import copy
import secrets

import pytest
from sqlalchemy import select

from app.crypto import opening, recipient_key
from app.crypto.recipient_key import fingerprint
from app.domain.invitation import parse_founding, parse_joining
from app.domain.keyring_content import parse_keyring
from app.domain.wire import b64u_decode
from app.domain.wire import b64u_encode as b64u
from app.errors import FormatError, LoginTaken, NotFound
from app.models import Caseworker, Epoch, Invitation, Keyring, KeyringCopy, Organisation
from app.services import invitation, joining, organisation
from tests import inviting
from tests.making import NOW, logged


@pytest.fixture
def portal_id(make, session):
    found = make.portal().portal_id
    session.commit()
    return found


@pytest.fixture
def new(session, portal_id):
    """An organisation without keys, and an invitation for its first lead."""
    row = organisation.create(
        session, slug="new", kind="police", name_ko="새 기관", name_en="New", region="seoul", now=NOW
    )
    secret = invitation.invite(session, row.organisation_id, "lead", None, NOW)
    session.commit()
    return secret


def nothing_was_made(session):
    session.rollback()
    made = [session.query(model).count() for model in (Caseworker, Epoch, Keyring, KeyringCopy)]
    used = session.scalars(select(Invitation.used_at)).all()
    session.rollback()
    return made == [0, 0, 0, 0] and used == [None]


def test_a_first_lead_founds_and_the_directory_has_it(session, portal_id, new):
    recovery = recipient_key.generate()
    content = inviting.founding(new, portal_id, "new", recovery=recovery)
    assert organisation.directory(session).organisations == ()
    session.rollback()
    done = joining.found(session, parse_founding(inviting.body(content)), NOW)
    (listed,) = organisation.directory(session).organisations
    assert (listed.slug, listed.fingerprint) == ("new", done.fingerprint)
    assert done.fingerprint == fingerprint(b64u_decode(content["epoch"]["signing_key"], ""))
    lead = session.scalars(select(Caseworker)).one()
    assert (lead.login, lead.role, lead.role_asked) == ("first.lead", "lead", None)
    kept = session.scalars(select(KeyringCopy).where(KeyringCopy.purpose == "recovery")).one()
    ring = parse_keyring(opening.open_recovery(recovery.seed, portal_id, "new", 1, kept.sealed))
    assert ring["members"] == [{"kid": b64u(lead.kid), "role": "lead"}]
    assert session.scalars(select(Keyring.recovery_key)).one() == recovery.public_key
    assert logged(session) == [("joined", "lead"), ("keys_changed", "")]


def test_the_same_again_is_answered_as_the_first_time_and_another_is_not(session, portal_id, new):
    asked = parse_founding(inviting.body(inviting.founding(new, portal_id, "new")))
    first = joining.found(session, asked, NOW)
    assert joining.found(session, asked, NOW) == first
    other = parse_founding(inviting.body(inviting.founding(new, portal_id, "new", "thief")))
    with pytest.raises(NotFound):
        joining.found(session, other, NOW)
    assert session.query(Caseworker).count() == 1


def changed(content, *path, value):
    """The same with one part changed."""
    found = copy.deepcopy(content)
    place = found
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("epoch", "signature"), lambda: b64u(secrets.token_bytes(64))),
        (("epoch", "signing_key"), lambda: b64u(secrets.token_bytes(32))),
        (("epoch", "public_key"), lambda: b64u(recipient_key.generate().public_key)),
        (("public_key",), lambda: b64u(recipient_key.generate().public_key)),
        (("ring", "copies", 0, "kid"), lambda: b64u(secrets.token_bytes(16))),
        (("ring", "recovery", "kid"), lambda: b64u(secrets.token_bytes(16))),
        (("parameter_set",), lambda: 2),
    ],
)
def test_what_does_not_hang_together_makes_nothing(session, portal_id, new, path, value):
    content = changed(inviting.founding(new, portal_id, "new"), *path, value=value())
    with pytest.raises(FormatError):
        joining.found(session, parse_founding(inviting.body(content)), NOW)
    assert nothing_was_made(session)


def test_keys_for_another_organisation_or_portal_make_nothing(session, portal_id, new):
    for place in ((portal_id, "other"), (bytes(16), "new")):
        content = inviting.founding(new, *place)
        with pytest.raises(FormatError):
            joining.found(session, parse_founding(inviting.body(content)), NOW)
        assert nothing_was_made(session)


def test_a_taken_name_makes_nothing_and_another_one_goes(session, make, portal_id, new):
    make.organisation()
    session.commit()
    before = session.query(Epoch).count()
    content = inviting.founding(new, portal_id, "new", "centre-lead")
    with pytest.raises(LoginTaken):
        joining.found(session, parse_founding(inviting.body(content)), NOW)
    assert session.query(Epoch).count() == before
    session.rollback()
    joining.found(session, parse_founding(inviting.body(content | {"login": "other"})), NOW)


def test_founding_takes_other_invitations_back_and_each_kind_is_for_its_own_end(session, portal_id, new):
    own = session.scalars(select(Organisation.organisation_id)).one()
    second = invitation.invite(session, own, "lead", None, NOW)
    session.commit()
    with pytest.raises(NotFound):
        joining.join(session, parse_joining(inviting.body(inviting.joining(new))), NOW)
    assert invitation.look(session, b64u_decode(new, "", 32), NOW).first
    session.rollback()
    joining.found(session, parse_founding(inviting.body(inviting.founding(new, portal_id, "new"))), NOW)
    with pytest.raises(NotFound):
        joining.found(session, parse_founding(inviting.body(inviting.founding(second, portal_id, "new", "b"))), NOW)
    third = invitation.invite(session, own, "lead", None, NOW)
    session.commit()
    with pytest.raises(NotFound):
        joining.found(session, parse_founding(inviting.body(inviting.founding(third, portal_id, "new", "c"))), NOW)
    joined = joining.join(session, parse_joining(inviting.body(inviting.joining(third, "c"))), NOW)
    assert joined.leads == ("first.lead",)
    assert session.scalars(select(Caseworker.role).where(Caseworker.login == "c")).one() == "waiting"
