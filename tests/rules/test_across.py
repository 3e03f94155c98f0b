"""No way across: whatever of another organisation is named, the answer is the one for what does not exist."""

import secrets
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.domain.deadline import day_of
from app.domain.wire import b64u_encode as b64u
from app.models import Base, Caseworker, Referral
from tests.making import MESSAGE, Maker
from tests.rules.callers import STRANGER, Belongings, Callers, bodies, endpoints, text_of

# What an address or a body can name, and who may: the centre's own lead, or the person whose it is.
LEAD, PERSON = ("centre", "lead"), ("centre", "caseworker")
ADDRESSES = {
    "<referral_id>": "referral",
    "<kid>": "kid",
    "<invitation_id>": "invitation",
    "<record_id>": "view",
    "<slug>": None,
    "<version>": None,
    "<kind>": None,
    "<notice_id>": None,  # the operator's alone, and public
}
BODY_OF_RING = {
    "seq": 2,
    "epoch": None,
    "recovery": {"kid": text_of(16), "public_key": text_of(1216), "sealed": text_of(1024 + 1136)},
}


def under_referral(app, kid):
    """Each address under a referral, with a body in order."""
    return {
        endpoint: (method, pattern.replace("<referral_id>", "{referral}"), bodies(kid).get(endpoint))
        for endpoint, method, pattern in endpoints(app)
        if "<referral_id>" in pattern
    }


def named(ids, own_referral, kid):
    """Each way to name something else by its id: (method, address, body, who may)."""
    listed = {"referrals": [{"referral_id": ids["referral"], "version": 2, "unread": False}]}
    message = {"message_id": text_of(16), "sealed": text_of(MESSAGE)}
    reading = {"by": "", "kind": "", "from": "", "until": "", "referral": ids["referral"], "reason": "review"}
    copies = [{"kid": ids["kid"], "sealed": text_of(1024 + 1136)}]
    ring = BODY_OF_RING | {"copies": copies, "roles": [{"kid": ids["kid"], "role": "lead"}]}
    items = {"version": 1, "items": [{"item_id": ids["item"], "state": "checked"}], "message": message}
    typed = {"pending": ids["step"], "code": "123456"}
    there = b64u(own_referral)
    return {
        "log of a referral": ("GET", f"/log?referral={ids['referral']}", None, LEAD),
        "log taken along": ("POST", "/log/export", reading, LEAD),
        "handed out to be sealed": ("POST", "/resealing", {"referrals": [ids["referral"]]}, LEAD),
        "summaries of the queue": ("POST", "/queue/summaries", {"referrals": [ids["referral"]]}, PERSON),
        "letters for their summaries": ("POST", "/queue/openings", {"referrals": [ids["referral"]]}, PERSON),
        "handed to a colleague": ("POST", "/queue/assignment", listed | {"to": None}, PERSON),
        "moved with others": ("POST", "/queue/state", listed | {"state": "in_support", "messages": []}, PERSON),
        "letters to tell of a change": ("POST", "/queue/telling", {"referrals": [ids["referral"]]}, PERSON),
        "given another day": ("POST", "/queue/deadline", listed | {"due_on": str(day_of(datetime.now(UTC)))}, PERSON),
        "brought back": ("POST", "/queue/undo", listed | {"messages": []}, PERSON),
        "marked as junk": ("POST", "/queue/junk", listed, PERSON),
        "back from the junk": ("POST", "/queue/junk/undo", listed, PERSON),
        "destroyed as junk": ("POST", "/queue/junk/destruction", listed, LEAD),
        "a record of the organisation": ("GET", f"/record/{ids['view']}", None, PERSON),
        "a record taken away": ("POST", "/record/removal", {"record_id": ids["view"], "version": 1}, PERSON),
        "an item of another letter": ("POST", f"/referral/{there}/item-state", items, None),
        "a session": ("POST", "/account/session/ending", {"session_id": ids["session"]}, PERSON),
        "a passkey": ("POST", "/account/passkey/removal", {"passkey_id": ids["passkey"]}, PERSON),
        "a step that somebody began": ("POST", "/account/authenticator/answer", typed, PERSON),
        "a ring with others in it": ("POST", "/keyring", ring, None),
        "second factors": ("POST", f"/people/{ids['kid']}/factors/removal", {}, LEAD),
        "an invitation": ("POST", f"/people/invitation/{ids['invitation']}/withdrawal", {}, LEAD),
        "somebody's access": ("POST", f"/people/{ids['kid']}/leaving", {}, LEAD),
    }


@pytest.fixture
def callers(app, session):
    return Callers(app, session)


@pytest.fixture
def belongings(callers):
    return Belongings(callers)


@pytest.fixture
def their_referral(session, callers):
    _token, report_id = Maker(session, now=callers.now).report(callers.other)
    found = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    session.rollback()
    return found


def kept(session, made):
    """Every row that is the organisation's or one of its people's or letters', whole."""
    own = Referral.organisation_id == made.organisation_id
    of_it = {
        "organisation_id": [made.organisation_id],
        "caseworker_id": [person.caseworker_id for person in made.people.values()],
        "referral_id": session.scalars(select(Referral.referral_id).where(own)).all(),
    }
    rows = {
        (table.name, name): session.execute(select(table).where(table.c[name].in_(ids)).order_by(*table.c)).all()
        for table in Base.metadata.sorted_tables
        for name, ids in of_it.items()
        if name in table.c
    }
    session.rollback()
    return rows


def answer(callers, caller, attempt, ids):
    """The status and the text, with what was named taken out, and its short form that pages repeat."""
    method, address, body, *_who = attempt
    found = callers.ask(caller, method, address, body)
    said = found.text
    for name, identifier in ids.items():
        said = said.replace(identifier, name).replace(identifier[:6], name)
    return found.status_code, said


def test_everything_that_an_address_can_name_is_walked(app):
    words = {part for _e, _m, pattern in endpoints(app) for part in pattern.split("/") if "<" in part}
    assert words == set(ADDRESSES)


def test_nobody_of_another_organisation_reaches_anything_by_its_id(app, session, callers, belongings, their_referral):
    before = kept(session, callers.own)
    assert sum(map(len, before.values())) > 30
    strangers = [caller for caller in callers.everybody if caller == STRANGER or caller[0] != "centre"]
    assert len(strangers) >= 7
    wrong = []
    for caller in strangers:
        invented = belongings.invented()
        foreign = {**under(app, callers, belongings.ids), **named(belongings.ids, their_referral, callers.other.kid)}
        unknown = {**under(app, callers, invented), **named(invented, their_referral, callers.other.kid)}
        for name, attempt in foreign.items():
            found = answer(callers, caller, attempt, belongings.ids)
            if found != answer(callers, caller, unknown[name], invented):
                wrong.append((caller, name, found))
    assert wrong == []
    assert kept(session, callers.own) == before


def under(app, callers, ids):
    """The addresses under a referral with these ids; what is sent is the same for both."""
    return {
        name: (method, address.format(**ids), body)
        for name, (method, address, body) in under_referral(app, callers.other.kid).items()
    }


def test_whose_it_is_gets_another_answer_so_the_walk_would_see_one(app, session, callers, belongings, their_referral):
    invented = belongings.invented()
    foreign, unknown = (named(ids, their_referral, callers.own.kid) for ids in (belongings.ids, invented))
    same = [
        name
        for name, (*_attempt, who) in foreign.items()
        if who is not None
        and answer(callers, who, foreign[name], belongings.ids) == answer(callers, who, unknown[name], invented)
    ]
    assert same == []
    left = session.scalars(select(Caseworker.login).where(Caseworker.left_at.is_not(None))).all()
    assert left == ["centre-caseworker"]


def test_an_id_that_is_none_is_as_unknown_as_any(app, callers):
    for endpoint, method, pattern in endpoints(app):
        for word in ("<referral_id>", "<kid>", "<invitation_id>", "<record_id>"):
            if word not in pattern:
                continue
            for spelling in ("x", "A" * 23, "가", secrets.token_urlsafe(64)):
                status = callers.ask(
                    LEAD, method, pattern.replace(word, spelling), bodies(callers.own.kid).get(endpoint, {})
                )
                assert status.status_code in {400, 404}, (endpoint, spelling, status.status_code)
