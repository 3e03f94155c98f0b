"""What the size of a request or an answer tells whoever watches the line: as little as can be had."""

import secrets

import pytest
from sqlalchemy import select

from app.cli.demo_letters import whole_letter
from app.crypto.envelope import seal_letter
from app.crypto.padding import LETTER_BUCKETS, bucket_for
from app.crypto.recipient_key import generate
from app.domain.letter import letter_json
from app.domain.sealed_length import ENVELOPE_LENGTHS
from app.domain.wire import b64u_encode as b64u
from app.models import Referral
from app.page import STEP
from tests.browser.reporter import MADE_UP
from tests.databases import on_one
from tests.making import NOW
from tests.plain_pages import Visitor
from tests.routes.test_follow_up import message_for

TO_CENTRE = {"organisation-centre-chosen": "y", "organisation-centre-sensitive": "y"}


@pytest.fixture
def report(make, session):
    token, _report_id = make.report(make.organisation(), own=b64u(secrets.token_bytes(4096 + 28)))
    ids = [b64u(one) for one in session.scalars(select(Referral.referral_id))]
    session.rollback()
    return b64u(token), ids


@on_one
def test_a_message_or_a_state_more_does_not_show_in_the_size_of_what_comes_back(client, make, session, report):
    token, (referral_id,) = report
    sizes = []
    for _message in range(4):
        answer = client.post("/follow-up", json={"token": token})
        assert answer.json["report"]["state"] == "received"
        sizes.append(len(answer.data))
        assert client.post("/follow-up/message", json={"token": token, **message_for(referral_id)}).status_code == 201
    assert len(set(sizes)) == 1
    assert {size % STEP for size in sizes} == {0}


@on_one
def test_without_scripts_likewise(client, make, session):
    make.organisation()
    session.rollback()
    visitor = Visitor(client)
    code = visitor.sent(**{"link-0-address": "https://board.example/1"}, **TO_CENTRE)
    visitor.come_back(code)
    before = visitor.page.answer
    visitor.press("/follow-up/plain/message", message="고맙습니다")
    after = visitor.page.answer
    assert {len(answer.data) % STEP for answer in (before, after)} == {0}
    assert before.text.rstrip().endswith("</html>")


def contents():
    """Letters of very different lengths, from nothing said to all that can be."""
    yield MADE_UP | {"links": [], "account": "", "offender": {"name": "", "handles": [], "text": ""}}
    for length in (0, 10, 500, 900, 1300, 3000, 5000):
        yield MADE_UP | {"account": "가" * length}
    for number in (1, 5, 20, 60, 100):
        yield MADE_UP | {
            "links": [{"url": f"https://board.example/{'a' * 1000}{one}", "kind": "page"} for one in range(number)]
        }


def test_whatever_is_written_a_letter_has_one_of_four_sizes():
    keys, seen = generate(), set()
    for said in contents():
        letter = letter_json(whole_letter(said, bytes(16), NOW.date()) | {"reply_key": b64u(bytes(32))})
        sealed = seal_letter(
            keys.public_key, bytes(16), bytes(16), keys.kid, "client", letter, bucket_for(len(letter), LETTER_BUCKETS)
        )
        seen.add(len(sealed))
    assert seen == set(ENVELOPE_LENGTHS)


def test_unknown_is_as_long_as_any_other_unknown(client):
    answers = [client.post("/follow-up", json={"token": b64u(secrets.token_bytes(32))}) for _time in range(3)]
    answers += [client.post("/draft/open", json={"token": b64u(secrets.token_bytes(32))}) for _time in range(3)]
    assert len({(answer.status_code, answer.data, str(answer.headers)) for answer in answers}) == 1


def sign_in_of(login):
    return {"login": login, "parameter_set": 1, "sign_in": b64u(secrets.token_bytes(32))}


def test_a_wrong_passphrase_and_an_unknown_login_are_answered_alike(client, make, session):
    make.organisation()
    session.rollback()
    answers = [client.post("/sign-in", json=sign_in_of(login)) for login in ("centre-lead", "nobody-here")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert len({(answer.data, str(answer.headers)) for answer in answers}) == 1
